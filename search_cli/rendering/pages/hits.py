"""A hit as a person reads it: who, when and where first; then what was asked, what was said, how to cite it."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.text.printable import plain
from search_cli.models import Hit, Marked, SpokenTurn
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.excerpts import excerpt, marked
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import clip, spread, wrap

_LINES = 3
"""Lines of an excerpt: enough for two or three sentences of Chinese at 80 columns."""
_TITLE = 16
"""Columns below which a title is not cut further: it goes on a line of its own."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How hits are laid out: the columns in all, and whether turns are shown whole (`--full`)."""

    width: int
    full: bool = False


def hit_lines(hit: Hit, layout: Layout) -> list[StyledLine]:
    """Return the lines of one hit, none wider than the layout."""
    number = f"{hit.rank:>2}  "
    indent, room = len(number), layout.width - len(number)
    lines = attribution(hit.turn, room)
    lines += [one for turn in hit.before for one in _neighbour(turn, room)]
    if hit.question is not None and hit.question.turn.turn not in {near.turn.turn for near in hit.before}:
        lines += _question(hit.question, room, layout.full)
    lines += _said(hit, room, layout.full)
    lines += [one for turn in hit.after for one in _neighbour(turn, room)]
    lines += topics(hit.turn, room)
    lines += versions(hit.versions, room)
    return [(Segment(number if place == 0 else " " * indent, Style.DIM), *one) for place, one in enumerate(lines)]


def attribution(turn: SpokenTurn, room: int) -> list[StyledLine]:
    """Return who speaks, when and where; then the title and the address to cite. What is missing leaves no gap."""
    when = line(Segment(plain(" · ".join(part for part in (turn.date, turn.outlet) if part)), Style.DIM))
    place = line(_moment(turn), Segment(plain(turn.address), Style.ADDRESS))
    title = plain(turn.title).strip()
    if not when:
        return spread(_who(turn, room), place, room) + (wrap(line(title), room)[:2] if title else [])
    beside = _who(turn, room - cells(when) - 2)
    who = beside if cells(beside) + cells(when) + 2 <= room else _who(turn, room)
    return spread(who, when, room) + _titled(title, place, room)


def _titled(title: str, place: StyledLine, room: int) -> list[StyledLine]:
    """Return the title with the address at its right; a long title is cut, or stands above the address."""
    left = room - cells(place) - 2
    if left >= min(_TITLE, cells(line(title))):
        return spread(line(clip(title, left)), place, room)
    return wrap(line(title), room)[:2] + wrap(place, room)


def _who(turn: SpokenTurn, room: int) -> StyledLine:
    """Return the speaker with role and affiliation; the affiliation is cut where it does not fit in `room`."""
    name = plain(turn.speaker).strip()
    said = humanize.role(turn.role)
    if not name:
        return line(Segment(said or humanize.UNNAMED, Style.NAME))
    belongs = plain(turn.affiliation).strip()
    spent = cells(line(f"{name}  {said} · "))
    if belongs and spent + cells(line(belongs)) > room >= spent + 12:
        belongs = clip(belongs, room - spent)
    about = " · ".join(part for part in (said, belongs) if part)
    return line(Segment(name, Style.NAME), f"  {about}" if about else "")


def _moment(turn: SpokenTurn) -> Segment:
    """Return where in the recording the turn begins, if the transcript has times."""
    return Segment("" if turn.start is None else f"{humanize.clock(turn.start)}  ", Style.DIM)


def _question(question: Marked, room: int, full: bool) -> list[StyledLine]:
    """Return the question, dimmed: one line of it, or all."""
    first = Segment("问 ", Style.DIM)
    columns = max(room - 3, 10)
    text, marks = question.turn.text.replace("\n", " "), question.marks
    if full:
        said = marked(text, marks, Style.DIM, Style.DIM_MARK)
    else:
        said = excerpt(text, marks, columns - 4, Style.DIM, Style.DIM_MARK)
    lines = wrap(said, columns)
    return [(first if place == 0 else Segment("   "), *one) for place, one in enumerate(lines)]


def _said(hit: Hit, room: int, full: bool) -> list[StyledLine]:
    """Return the turn itself: its best lines, or all its paragraphs."""
    if full:
        return paragraphs(hit.turn.text, hit.marks, room)
    return wrap(excerpt(hit.turn.text, hit.marks, _LINES * (room - 2) - 4), room)


def paragraphs(text: str, marks: tuple[tuple[int, int], ...], room: int) -> list[StyledLine]:
    """Return the whole text wrapped, each of its paragraphs on lines of its own."""
    lines: list[StyledLine] = []
    place = 0
    for paragraph in text.split("\n"):
        end = place + len(paragraph)
        inside = [(max(a, place) - place, min(b, end) - place) for a, b in marks if a < end and b > place]
        if paragraph.strip():
            lines += wrap(marked(paragraph, inside), room)
        place = end + 1
    return lines


def _neighbour(near: Marked, room: int) -> list[StyledLine]:
    """Return a turn around the hit (`--context`), dimmed: its number, its speaker and two lines of it."""
    name = plain(near.turn.speaker or near.turn.label) or humanize.role(near.turn.role) or humanize.UNNAMED
    said = excerpt(near.turn.text, near.marks, 2 * (room - 2) - 4 - cells(line(name)), Style.DIM, Style.DIM_MARK)
    return wrap(line(Segment(f"#{near.turn.turn} {name}  ", Style.DIM), *said), room)


def versions(ids: Sequence[str], room: int) -> list[StyledLine]:
    """Return that there are other transcripts of the interview, on one line."""
    if not ids:
        return []
    said = f"{humanize.count(len(ids), 'other version')}: {', '.join(map(plain, ids))}"
    return [line(Segment(clip(said, room), Style.DIM))]


def topics(turn: SpokenTurn, room: int) -> list[StyledLine]:
    """Return the topics on one line, as many as fit."""
    if not turn.topics:
        return []
    kept = ""
    for topic in map(plain, turn.topics):
        longer = f"{kept} · {topic}" if kept else topic
        if cells(line(longer)) > room:
            break
        kept = longer
    return [line(Segment(kept or clip(plain(turn.topics[0]), room), Style.DIM))]
