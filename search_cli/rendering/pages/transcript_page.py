"""The screens of a turn with its exchange and of a whole interview, and citations."""

from collections.abc import Container, Mapping, Sequence

from indexer.language.messages import gettext as _
from indexer.text.printable import plain
from search_cli.catalog import WholeInterview
from search_cli.citation import CitationStyle, citation
from search_cli.models import Span, SpokenTurn, TurnTags
from search_cli.rendering.pages.hits import duplicates, paragraphs, tags_line
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import clip, indented, spread, wrap
from search_cli.search.turn_range import TurnRange

_WIDEST_LABEL = 24
_BESIDE = 60
"""Columns from which speakers are beside their turns; in a narrower window, above them."""
_POINTER = "▸"
Marks = Mapping[int, tuple[Span, ...]]
"""What a query matched, by the number of the turn."""

Tags = Mapping[str, TurnTags]
"""The tags and notes of turns, by address."""

_NO_TAGS: Tags = {}


def exchange_lines(
    turns: Sequence[SpokenTurn],
    chosen: SpokenTurn,
    width: int,
    style: CitationStyle = CitationStyle.PLAIN,
    marks: Marks | None = None,
    tags: Tags = _NO_TAGS,
) -> list[StyledLine]:
    """Lay out a turn with its exchange: the head, the turns with ▸ at the chosen one, its citation, its recording."""
    own = turn_lines(turns, width, {chosen.turn}, marks, tags)
    sources = [*cite_lines(chosen, width, style), *listen_lines(chosen, width)]
    return [*head(chosen, width), (), *own, (), *sources]


def interview_lines(interview: WholeInterview, width: int, tags: Tags = _NO_TAGS) -> list[StyledLine]:
    """Lay out a whole interview: the head with its guests, all turns."""
    about = interview.about
    facts = " · ".join(part for part in (about.outlet, about.date, about.source) if part)
    lines = _head_lines(about.title or about.id, facts, width)
    for label, values in (("受访", about.guests), ("作者", about.authors)):
        if values:
            lines += indented(line(Segment("、".join(map(plain, values)), Style.DIM)), width, line(f" {label} "), 6)
    if about.url:
        lines += wrap(line(" ", Segment(plain(about.url), Style.DIM)), width)
    lines += recording_lines(about.media, width)
    if about.given:
        given = line(Segment(f"{plain(' · '.join(about.given))}  (--meta)", Style.DIM))
        lines += indented(given, width, line(" 覆盖 "), 6)
    lines += [(Segment(" "), *row) for row in duplicates(about.versions, width - 1)]
    return [*lines, (), *turn_lines(interview.turns, width, tags=tags)]


def head(turn: SpokenTurn, width: int) -> list[StyledLine]:
    """Lay out the title, outlet, date and file of the interview."""
    facts = " · ".join(part for part in (turn.outlet, turn.date, turn.source) if part)
    return _head_lines(turn.title or turn.interview_id, facts, width)


def _head_lines(title: str, facts: str, width: int) -> list[StyledLine]:
    """Lay out a head: the title at the left, the facts at the right or below."""
    lines = spread(line(Segment(plain(title), Style.NAME)), line(Segment(plain(facts), Style.DIM)), width - 1)
    return [(Segment(" "), *row) for row in lines]


def range_lines(
    found: TurnRange, context: int, width: int, style: CitationStyle = CitationStyle.PLAIN, tags: Tags = _NO_TAGS
) -> list[StyledLine]:
    """Lay out turns of an interview: the head, the turns with ▸ in a context, the citation of a single one."""
    chosen = range(found.first, found.last + 1)
    lines = [*head(found.turns[0], width), (), *turn_lines(found.turns, width, chosen if context else (), tags=tags)]
    if found.asked > found.last:
        has = _("{interview} has turns 1 to {last}.")
        note = has.format(interview=plain(found.interview_id), last=f"{found.interview_turns:,}")
        lines += [(), *indented(line(Segment(note, Style.DIM)), width, line(" "), 1)]
    first = next(turn for turn in found.turns if turn.turn == found.first)
    if found.first == found.last:
        lines += [(), *cite_lines(first, width, style), *listen_lines(first, width)]
    elif listen := listen_lines(first, width):
        lines += [(), *listen]
    return lines


def turn_lines(
    turns: Sequence[SpokenTurn],
    width: int,
    chosen: Container[int] = (),
    marks: Marks | None = None,
    tags: Tags = _NO_TAGS,
) -> list[StyledLine]:
    """Lay out turns with their numbers, speakers and tags, ▸ at the chosen ones, and what is marked in them."""
    number = max((len(str(turn.turn)) for turn in turns), default=1)
    label = min(max((cells(line(_speaker(turn))) for turn in turns), default=0), _WIDEST_LABEL)
    lines: list[StyledLine] = []
    for index, turn in enumerate(turns):
        pointer = _POINTER if turn.turn in chosen else " "
        first = line(f" {pointer}", Segment(f"{turn.turn:>{number + 1}}", Style.ADDRESS), "  ")
        marked = (marks or {}).get(turn.turn, ())
        if width >= _BESIDE:
            lines += _beside(turn, first, label, width, marked)
        else:
            lines += ([()] if index else []) + _above(turn, first, width, marked)
        if own := tags.get(turn.address):
            column = cells(first) + (label + 2 if label and width >= _BESIDE else 0)
            lines += indented(tags_line(own), width, line(" " * column), column + 3)
    return lines


def _beside(turn: SpokenTurn, first: StyledLine, label: int, width: int, marks: tuple[Span, ...]) -> list[StyledLine]:
    """Lay out a turn with its speaker at the left."""
    name = clip(_speaker(turn), label)
    gap = " " * (label - cells(line(name)) + 2) if label else ""
    column = cells(first) + label + (2 if label else 0)
    lines = _start_time(turn) + _text(turn, width - column, marks)
    first = line(*first, Segment(name, Style.NAME), gap)
    rest = (Segment(" " * column),)
    return [(*(rest if index else first), *row) for index, row in enumerate(lines or [()])]


def _above(turn: SpokenTurn, first: StyledLine, width: int, marks: tuple[Span, ...]) -> list[StyledLine]:
    """Lay out a turn with its speaker on a line above."""
    column = cells(first)
    name = _speaker(turn)
    lines = indented(line(Segment(name, Style.NAME)), width, first, column) if name else [first]
    return lines + [(Segment(" " * column), *row) for row in _start_time(turn) + _text(turn, width - column, marks)]


def _text(turn: SpokenTurn, room: int, marks: tuple[Span, ...]) -> list[StyledLine]:
    """Lay out the text of a turn, with its notes, dimmed, where they stand."""
    lines: list[StyledLine] = []
    position = 0
    for note, offset in zip(turn.notes, turn.note_offsets, strict=True):
        lines += paragraphs(turn.text[position:offset], _within(marks, position, offset), room)
        lines += wrap(line(Segment(plain(note), Style.DIM)), room)
        position = offset
    return lines + paragraphs(turn.text[position:], _within(marks, position, len(turn.text)), room)


def _within(marks: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """Return the marks in a part of a text, counted from its start."""
    return tuple((max(a, start) - start, min(b, end) - start) for a, b in marks if a < end and b > start)


def _start_time(turn: SpokenTurn) -> list[StyledLine]:
    """Lay out the turn's start in the recording, which a terminal opens; nothing if the transcript has no times."""
    return [] if turn.start is None else [line(Segment(humanize.clock(turn.start), Style.DIM, turn.media_link))]


def _speaker(turn: SpokenTurn) -> str:
    """Return the speaker's label as printed, with the name if it differs: 问（搜狐IT）."""
    label, name = plain(turn.label).strip(), plain(turn.name).strip()
    if label and name and label != name:
        return f"{label}（{name}）"
    return label or name or humanize.role(turn.role)


def recording_lines(media: str, width: int) -> list[StyledLine]:
    """Lay out the recording of an interview: 录音 /data/talk.mp3."""
    if not media:
        return []
    from indexer.media_address import link

    return indented(line(Segment(plain(media), Style.DIM, link(media))), width, line(" 录音 "), 6)


def listen_lines(turn: SpokenTurn, width: int) -> list[StyledLine]:
    """Lay out the link that opens the recording where a turn starts, whole: it is copied, or opened by a terminal."""
    link = turn.media_link
    shown = line(Segment(link, Style.ADDRESS, link))
    return indented(shown, width, line(Segment(f" {_('Listen: ')}", Style.DIM)), 1) if link else []


def cite_lines(turn: SpokenTurn, width: int, style: CitationStyle = CitationStyle.PLAIN) -> list[StyledLine]:
    """Lay out the citation of a turn: 郑志昊，《与小米手机合作发布红米手机》，搜狐IT，2013-08-02，qzone-xiaomi#3."""
    label = line(Segment(f" {_('Cite: ')}", Style.DIM))
    return indented(cited(turn, style), width, label, cells(label))


def cited(turn: SpokenTurn, style: CitationStyle) -> StyledLine:
    """Return a citation, safe to print, with the address styled.

    One in Markdown is never broken: it is copied, and a line break would part a backslash from what it escapes.
    """
    text, address = plain(citation(turn, style)), plain(turn.address)
    if style is CitationStyle.MARKDOWN:
        return line(Segment(text, Style.COMMAND))
    before, found, after = text.rpartition(address)
    return line(before, Segment(address, Style.ADDRESS), after) if found else line(text)
