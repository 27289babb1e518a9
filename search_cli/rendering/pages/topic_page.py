"""The page of `fangtan topic`: figures, words, children, speakers, years, topics on the same turns, the best turns."""

from collections.abc import Iterator, Sequence

from indexer.language.messages import gettext as _
from indexer.model import unqualified
from indexer.text.printable import plain
from search_cli.models import Facet, Marked
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.bars import facet_lines
from search_cli.rendering.terminal.excerpts import excerpt
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line, padded
from search_cli.rendering.terminal.tables import Column, table
from search_cli.rendering.terminal.wrapping import indented, spread
from search_cli.search.topic_profile import TopicProfile, TopicSpeaker, TopicWord

_LABEL = 13
_TURN_LINES = 3
_ROWS = 8
"""Rows of a table, at most; the machine forms have more."""


def profile_lines(
    profile: TopicProfile, width: int, filters: Sequence[str] = (), hints: bool = True
) -> list[StyledLine]:
    """Lay out the page of a topic; `filters` are those of the command as typed."""
    if not profile.turns:
        nothing = _("No such turn has the topic {name}.").format(name=plain(profile.name))
        return indented(line(nothing), width, line(" "), 1)
    lines = [*_head(profile, width), (), *_facts(profile, width)]
    for heading, note, section in _sections(profile, width):
        title = line(Segment(heading, Style.NAME), Segment(f"  {note}" if note else "", Style.DIM))
        lines += [(), *indented(title, width, line(" "), 1), *section]
    return [*lines, *(_next_steps(profile, filters, width) if hints else [])]


def _head(profile: TopicProfile, width: int) -> list[StyledLine]:
    """Lay out the head: 教育        13,586 turns in 299 interviews, 2015-08-04 – 2026-08-20."""
    turns = humanize.turns_in(profile.turns, profile.interviews, profile.first, profile.last)
    right = line(Segment(turns, Style.DIM))
    return [(Segment(" "), *row) for row in spread(line(Segment(plain(profile.name), Style.NAME)), right, width - 1)]


def _facts(profile: TopicProfile, width: int) -> Iterator[StyledLine]:
    """Yield a line for each short fact: the share, the parent, undated turns."""
    of_turns = _("{share} of {turns}")
    share = of_turns.format(share=humanize.share(profile.share), turns=humanize.count(profile.of_turns, "turn"))
    facts = [
        (_("share"), share),
        (_("characters"), f"{profile.characters:,}"),
        (_("part of"), plain(profile.parent)),
        (_("undated"), humanize.count(profile.undated, "turn") if profile.undated else ""),
    ]
    for label, text in facts:
        if text:
            head = line(Segment(f" {padded(label, _LABEL - 1)}", Style.DIM))
            yield from indented(line(text), width, head, _LABEL)


def _sections(profile: TopicProfile, width: int) -> Iterator[tuple[str, str, list[StyledLine]]]:
    """Yield heading, note and lines of each part that has a row."""
    if profile.words:
        is_weighed = any(one.weight for one in profile.words)
        words = [one for one in profile.words if one.turns] or profile.words
        note = _more(len(words), profile.all_words) if is_weighed else _("characteristic, not in topics.toml")
        yield _("Words"), note, _words(words[:_ROWS], profile.turns, width)
    if profile.children:
        children = Facet("topic", profile.children[:_ROWS], profile.turns, 0)
        yield _("Parts"), _more(len(profile.children), len(profile.children)), facet_lines(children, width)
    if profile.speakers:
        yield _("Speakers"), _more(len(profile.speakers), profile.all_speakers), _speakers(profile.speakers, width)
    if profile.years:
        yield _("Years"), "", facet_lines(Facet("year", profile.years, profile.turns, 0), width)
    if profile.together:
        together = Facet("topic", profile.together[:_ROWS], profile.turns, 0)
        yield _("Together with"), _("on the same turns"), facet_lines(together, width)
    if profile.best:
        best = [row for one in profile.best for row in _turn(one, width)]
        yield _("Turns"), _("with the heaviest of its words"), best


def _more(listed: int, every: int) -> str:
    """Return how many rows are shown, if not all: 8 of 20."""
    shown = min(listed, _ROWS)
    return _("{shown} of {all}").format(shown=shown, all=f"{every:,}") if every > shown else ""


def _words(words: Sequence[TopicWord], turns: int, width: int) -> list[StyledLine]:
    """Lay out the words: weight, turns of the topic that have it, their share."""
    return table(
        [
            Column(_("word"), [plain(one.word) for one in words], least=8),
            Column(_("weight"), [f"{one.weight:.2f}" if one.weight else "" for one in words], right=True, rank=2),
            Column(_("turns"), [f"{one.turns:,}" for one in words], right=True, rank=1),
            Column(_("share"), [humanize.share(one.turns / turns) for one in words], right=True, rank=3),
        ],
        width,
    )


def _speakers(speakers: Sequence[TopicSpeaker], width: int) -> list[StyledLine]:
    """Lay out the speakers: turns, share of the topic, share of their own turns."""
    rows = speakers[:_ROWS]
    return table(
        [
            Column(_("speaker"), [plain(unqualified(one.name)) for one in rows], least=10),
            Column(_("turns"), [f"{one.turns:,}" for one in rows], right=True, rank=1),
            Column(_("share"), [humanize.share(one.share) for one in rows], right=True, rank=2),
            Column(_("of their own turns"), [humanize.share(one.own_share) for one in rows], right=True, rank=3),
        ],
        width,
    )


def _turn(one: Marked, width: int) -> list[StyledLine]:
    """Lay out a turn: its address, speaker and date, an excerpt."""
    turn = one.turn
    about = "  ".join(part for part in (plain(unqualified(turn.speaker)), turn.date) if part)
    head = line(Segment(plain(turn.address), Style.ADDRESS), Segment(f"  {about}".rstrip(), Style.DIM))
    text = excerpt(turn.text, one.marks, _TURN_LINES * (width - 4))
    return [*indented(head, width, line("  "), 2), *indented(text, width, line("    "), 4)]


def _next_steps(profile: TopicProfile, filters: Sequence[str], width: int) -> Iterator[StyledLine]:
    """Yield how to see the turns of the figures: a command each."""
    topic = f"--topic {humanize.argument(profile.name)}"
    steps = [(_("Its turns"), topic)]
    if profile.words:
        steps.append((_("With a word"), f"{humanize.query_arguments(profile.words[0].word)} {topic}"))
    if profile.speakers:
        steps.append((_("Of a speaker"), f"{topic} --speaker {humanize.argument(profile.speakers[0].name)}"))
    if profile.years:
        steps.append((_("Of a year"), f"{topic} --year {profile.years[-1].value}"))
    if profile.together:
        # two filters of one field are alternatives: what is not without the other has both
        both = f"-(-topic:{_quoted(profile.together[0].value)})"
        steps.append((_("With another"), f"{topic} {humanize.argument(both)}"))
    yield ()
    for label, arguments in steps:
        command = " ".join(["fangtan search", arguments, *filters])
        first = line(Segment(f" {padded(label, _LABEL)} ", Style.DIM))
        yield from indented(line(Segment(plain(command), Style.COMMAND)), width, first, 3)


def _quoted(name: str) -> str:
    """Return a name as the value of a field in a query."""
    return f'"{name}"' if any(character.isspace() or character in '():"' for character in name) else name
