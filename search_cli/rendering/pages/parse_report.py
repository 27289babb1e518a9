r"""The output of `fangtan parse`: a page, a JSON object, a line of JSON, an explanation of each line.

`fangtan parse --json` prints one object, with stable fields: some may be added, none is renamed or removed:

    {"title", "date", "outlet", "authors": [...], "guests": [{"name", "affiliation"}, ...], "url", "language", "media",
     "turns": [{"turn", "speaker", "label", "role", "affiliation", "text", "exchange", "reply_to", "start", "end",
                "notes": [...], "note_offsets": [...]}, ...]}

"title", "date" (YYYY-MM-DD), "outlet", "url" and "media" are null if the transcript does not have them. "speaker" is
the canonical name, "label" the label as printed, without colon, brackets and affiliation; both are "" for unlabelled
narration. "role" is interviewer, interviewee, host, other or narration; "start" and "end" are milliseconds or null.
"notes" are the lines that nobody speaks, "note_offsets" the characters of "text" before each.

`--jsonl` prints the same on one line, with an "id" and without empty fields: `fangtan index` reads it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.model import Interview, Turn, to_source
from indexer.report import NOTHING_LEFT_OUT, LeftOut
from indexer.text.printable import plain
from search_cli.models import SpokenTurn
from search_cli.rendering.formats.json_objects import json_text
from search_cli.rendering.pages.transcript_page import head, recording_lines, turn_lines
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import clip, indented

_PLURALS = {
    "heading": gettext_noop("headings"),
    "caption": gettext_noop("captions"),
    "stage direction": gettext_noop("stage directions"),
    "footnote": gettext_noop("footnotes"),
    "record": gettext_noop("records"),
    "annotation": gettext_noop("annotations"),
    "translation": gettext_noop("translations"),
}
_TURN = (
    *("turn", "speaker", "label", "role", "affiliation", "text", "exchange", "reply_to", "start", "end"),
    *("notes", "note_offsets"),
)

_STYLES = {"speech": Style.PLAIN, "narration": Style.PLAIN, "label": Style.NAME, "title": Style.NAME}
"""Styles of the classes that `fangtan parse --explain` shows; others are left out, and dimmed."""


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
        "media": interview.media or None,
        "turns": [_turn_object(turn) for turn in interview.turns],
    }


def _turn_object(turn: Turn) -> dict[str, Any]:
    values = to_source(turn)
    return {name: values[name] for name in _TURN}


def object_text(interview: Interview) -> Iterator[str]:
    """Yield that object as text, turn by turn, so that a long transcript is never serialized as a whole."""
    fields = interview_object(interview)
    turns = fields.pop("turns")
    yield "{\n"
    yield from (f" {json_text(key)}: {json_text(value)},\n" for key, value in fields.items())
    yield ' "turns": ['
    yield from (f"{',' if index else ''}\n  {json_text(turn)}" for index, turn in enumerate(turns))
    yield "\n ]\n}\n"


def interchange_object(interview: Interview, id_: str) -> dict[str, Any]:
    """Return the object that `--jsonl` prints, without empty fields."""
    fields = {"id": id_, **interview_object(interview)}
    turns = [_without_empty(turn) | {"speaker": turn["speaker"], "role": turn["role"]} for turn in fields.pop("turns")]
    return {**_without_empty(fields), "turns": turns}


def interchange_text(interview: Interview, id_: str) -> Iterator[str]:
    """Yield that object as a line of text, turn by turn."""
    fields = interchange_object(interview, id_)
    turns = fields.pop("turns")
    yield json_text(fields).removesuffix("}") + ', "turns": ['
    yield from (f"{', ' if index else ''}{json_text(turn)}" for index, turn in enumerate(turns))
    yield "]}\n"


def _without_empty(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], 0)}


def interview_lines(
    interview: Interview, name: str, width: int, left_out: LeftOut = NOTHING_LEFT_OUT
) -> list[StyledLine]:
    """Return the page of a parsed interview: its metadata, the turns per speaker, what is left out, the turns."""
    turns = spoken_turns(interview, name, name)
    omitted = left_out_lines(left_out, width)
    if not turns:
        return [line(f" {_('No turns found.')}"), *omitted]
    lines = head(turns[0], width)
    if interview.authors:
        lines.append(line(Segment(clip(f" 作者 {plain('、'.join(interview.authors))}", width), Style.DIM)))
    lines += recording_lines(interview.media, width)
    lines += indented(line(Segment(_speakers(interview.turns), Style.DIM)), width, line(" "), 1)
    return [*lines, *omitted, (), *turn_lines(turns, width)]


def left_out_lines(left_out: LeftOut, width: int) -> list[StyledLine]:
    """Return how much of a transcript is in no turn; emphasized if it is unusually much, empty if it is nothing."""
    if not left_out.left_out:
        return []
    style = Style.ERROR if left_out.is_unusual else Style.DIM
    return indented(line(Segment(omission(left_out), style)), width, line(" "), 1)


def omission(left_out: LeftOut) -> str:
    """Return what is left out: left out 12 %: footer 9 %, captions 3 %."""
    parts = _(", ").join(f"{_(_PLURALS.get(name, name))} {_percent(n, left_out)}" for name, n in left_out.parts)
    return _("left out {share}: {parts}").format(share=_percent(left_out.left_out, left_out), parts=parts)


def _percent(count: int, left_out: LeftOut) -> str:
    """Return a share of a text in whole percent: 12 %; <1 % if it is less than half of one."""
    percent = round(100 * count / left_out.characters)
    return f"{percent} %" if percent else "<1 %"


def _speakers(turns: Iterable[Turn]) -> str:
    """Return the turns per speaker: 郑志昊 受访 7 · 搜狐IT 采访 7 · 旁白 1."""
    counts = Counter((turn.speaker, humanize.role(turn.role)) for turn in turns)
    return " · ".join(" ".join(filter(None, (plain(name), role, str(n)))) for (name, role), n in counts.most_common())


def spoken_turns(interview: Interview, id_: str, source: str) -> tuple[SpokenTurn, ...]:
    """Convert the turns of an interview that is not indexed to the records that pages take."""
    return tuple(_spoken(interview, turn, id_, source) for turn in interview.turns)


def _spoken(interview: Interview, turn: Turn, id_: str, source: str) -> SpokenTurn:
    return SpokenTurn(
        interview_id=id_,
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
        source=source,
        url=interview.url,
        exchange=turn.exchange,
        reply_to=turn.reply_to,
        topics=turn.topics,
        keywords=turn.keywords,
        start=turn.start,
        end=turn.end,
        notes=turn.notes,
        note_offsets=turn.note_offsets,
        media=interview.media,
    )


def explained_lines(pieces: Iterable[tuple[int, str, str, str]], width: int) -> Iterator[StyledLine]:
    """Yield the explanation of each piece (line number, text, class, reason), its text cut to half the width.

    What is spoken is printed plainly, labels as names are, and all that is left out dimmed.
    """
    for number, text, line_class, reason in pieces:
        explained = _("{line_class}: {reason}") if reason else "{line_class}"
        explanation = explained.format(line_class=_(line_class), reason=reason)
        room = width - 9 - min(cells(line(plain(explanation))), width // 2)
        excerpt = clip(plain(text).strip(), max(room, 12))
        label = line(Segment(f"{number:>5}", Style.ADDRESS), "  ")
        shown = Segment(excerpt, _STYLES.get(line_class, Style.DIM))
        yield from indented(line(shown, "  ", Segment(plain(explanation), Style.DIM)), width, label, 7)
