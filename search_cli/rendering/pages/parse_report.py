r"""A parsed transcript, not yet indexed: for a terminal, as JSON, as a line of the JSON-lines interchange, explained.

`fangtan parse --json` prints one object; this form is stable, fields may be added, none is renamed or dropped:

    {"title", "date", "outlet", "authors": [...], "guests": [{"name", "affiliation"}, ...], "url", "language",
     "turns": [{"turn", "speaker", "label", "role", "affiliation", "text", "exchange", "reply_to", "start", "end"},
               ...]}

"title", "date" (YYYY-MM-DD), "outlet" and "url" are null where the transcript does not say them. "speaker" is the
canonical name, "label" what is printed, without colon, brackets and office; both are "" for unlabelled narration.
"role" is interviewer, interviewee, host, other or narration; "start" and "end" are milliseconds or null.

`--jsonl` prints the same on one line with an "id", without what is empty: `fangtan index` reads it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from indexer.model import Interview, Turn
from indexer.text.printable import plain
from search_cli.models import SpokenTurn
from search_cli.rendering.formats.machine import json_text
from search_cli.rendering.pages.transcript_page import head, turn_lines
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.wrapping import clip, indented

_TURN = ("turn", "speaker", "label", "role", "affiliation", "text", "exchange", "reply_to", "start", "end")


def interview_object(interview: Interview) -> dict[str, Any]:
    """Return the object that `--json` prints."""
    return {
        "title": interview.title or None,
        "date": interview.date.isoformat() if interview.date else None,
        "outlet": interview.outlet or None,
        "authors": list(interview.authors),
        "guests": [{"name": guest.name, "affiliation": guest.affiliation} for guest in interview.guests],
        "url": interview.url or None,
        "language": interview.language,
        "turns": [{name: getattr(turn, name) for name in _TURN} for turn in interview.turns],
    }


def object_text(interview: Interview) -> Iterator[str]:
    """Yield that object as text, a turn a line: however long the transcript is, never the whole at once."""
    whole = interview_object(interview)
    turns = whole.pop("turns")
    yield "{\n"
    yield from (f" {json_text(key)}: {json_text(value)},\n" for key, value in whole.items())
    yield ' "turns": ['
    yield from (f"{',' if place else ''}\n  {json_text(turn)}" for place, turn in enumerate(turns))
    yield "\n ]\n}\n"


def interchange_object(interview: Interview, id_: str) -> dict[str, Any]:
    """Return the object of a line that `--jsonl` prints: what is empty is left out."""
    whole = {"id": id_, **interview_object(interview)}
    turns = [_without_empty(turn) | {"speaker": turn["speaker"], "role": turn["role"]} for turn in whole.pop("turns")]
    return {**_without_empty(whole), "turns": turns}


def interchange_text(interview: Interview, id_: str) -> Iterator[str]:
    """Yield that line as text, turn by turn."""
    whole = interchange_object(interview, id_)
    turns = whole.pop("turns")
    yield json_text(whole).removesuffix("}") + ', "turns": ['
    yield from (f"{', ' if place else ''}{json_text(turn)}" for place, turn in enumerate(turns))
    yield "]}\n"


def _without_empty(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], 0)}


def interview_lines(interview: Interview, name: str, width: int) -> list[StyledLine]:
    """Return a parsed interview as it is shown on a terminal: the head, who speaks how often, the turns."""
    turns = [_spoken(interview, turn, name) for turn in interview.turns]
    if not turns:
        return [line(" Nothing in it is a turn.")]
    lines = head(turns[0], width)
    if interview.authors:
        lines.append(line(Segment(clip(f" 作者 {plain('、'.join(interview.authors))}", width), Style.DIM)))
    lines += indented(line(Segment(_who(interview.turns), Style.DIM)), width, line(" "), 1)
    return [*lines, (), *turn_lines(turns, width)]


def _who(turns: Iterable[Turn]) -> str:
    """Return who speaks: 郑志昊 受访 7 · 搜狐IT 采访 7 · 旁白 1."""
    counts = Counter((turn.speaker, humanize.role(turn.role)) for turn in turns)
    return " · ".join(" ".join(filter(None, (plain(who), role, str(n)))) for (who, role), n in counts.most_common())


def _spoken(interview: Interview, turn: Turn, name: str) -> SpokenTurn:
    """Return a turn as the screens take it."""
    return SpokenTurn(
        interview_id=name,
        turn=turn.turn,
        speaker=turn.speaker,
        label=turn.label,
        role=turn.role,
        affiliation=turn.affiliation,
        text=turn.text,
        title=interview.title,
        date=interview.date.isoformat() if interview.date else "",
        outlet=interview.outlet,
        authors=interview.authors,
        source=name,
        url=interview.url,
        exchange=turn.exchange,
        reply_to=turn.reply_to,
        topics=turn.topics,
        keywords=turn.keywords,
        start=turn.start,
        end=turn.end,
    )


def explained_lines(pieces: Iterable[tuple[int, str, str, str]], width: int) -> Iterator[StyledLine]:
    """Yield what each piece (line, text, what it was taken for, why) was taken for, its text cut to half the width."""
    for number, text, taken, why in pieces:
        told = f"{taken}: {why}" if why else taken
        shown = clip(plain(text).strip(), max(width - 8 - min(len(told), width // 2), 12))
        first = line(Segment(f"{number:>5}", Style.ADDRESS), "  ")
        yield from indented(line(shown, "  ", Segment(plain(told), Style.DIM)), width, first, 7)
