"""The lines of a hit: speaker, date, outlet, title and address, the question, an excerpt, topics, the recording."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.text.printable import plain
from indexer.text.topic_path import narrowest
from search_cli.models import Hit, HitMatch, Marked, SpokenTurn, TurnTags
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.excerpts import excerpt, marked
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import clip, indented, spread, wrap

NEAR = gettext_noop("near in meaning")
"""Above a hit that holds nothing of the words."""

_LINES = 3
"""Lines of an excerpt: enough for two or three sentences of Chinese at 80 columns."""
_TITLE = 16
"""Least columns of a title beside the address; a narrower one has its own line."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of hits: the width in columns, and whether turns are shown in full (`--full`)."""

    width: int
    full: bool = False


def hit_lines(hit: Hit, layout: Layout) -> list[StyledLine]:
    """Lay out a hit."""
    number = f"{hit.rank:>2}  "
    indent, room = len(number), layout.width - len(number)
    lines = attribution(hit.turn, room)
    lines += [row for turn in hit.before for row in _context_turn(turn, room)]
    if hit.question is not None and hit.question.turn.turn not in {near.turn.turn for near in hit.before}:
        lines += _question(hit.question, room, layout.full)
    if hit.match is HitMatch.MEANING:
        lines.append(line(Segment(_(NEAR), Style.DIM)))
    lines += _text(hit, room, layout.full)
    lines += _notes(hit, room)
    lines += [row for turn in hit.after for row in _context_turn(turn, room)]
    lines += topics(hit.turn, room)
    lines += recording(hit.turn, room)
    if hit.tags or hit.note:
        lines += indented(tags_line(TurnTags(hit.tags, hit.note)), room, (), 3)
    lines += duplicates(hit.versions, room)
    return [(Segment(" " * indent if index else number, Style.DIM), *row) for index, row in enumerate(lines)]


def attribution(turn: SpokenTurn, room: int) -> list[StyledLine]:
    """Lay out speaker, date and outlet, then title and address; missing values leave no gap."""
    published = line(Segment(plain(" · ".join(part for part in (turn.date, turn.outlet) if part)), Style.DIM))
    place = line(_start_time(turn), Segment(plain(turn.address), Style.ADDRESS))
    title = plain(turn.title).strip()
    if not published:
        return spread(speaker_line(turn, room), place, room) + (wrap(line(title), room)[:2] if title else [])
    beside = speaker_line(turn, room - cells(published) - 2)
    speaker = beside if cells(beside) + cells(published) + 2 <= room else speaker_line(turn, room)
    return spread(speaker, published, room) + _title_lines(title, place, room)


def _title_lines(title: str, place: StyledLine, room: int) -> list[StyledLine]:
    """Lay out the title with the address at its right; a long title is cut, or is above the address."""
    left = room - cells(place) - 2
    if left >= min(_TITLE, cells(line(title))):
        return spread(line(clip(title, left)), place, room)
    return wrap(line(title), room)[:2] + wrap(place, room)


def speaker_line(turn: SpokenTurn, room: int) -> StyledLine:
    """Lay out the speaker with role and affiliation; the affiliation is cut to fit in `room`."""
    name = plain(turn.name).strip()
    role = humanize.role(turn.role)
    if not name:
        return line(Segment(role or humanize.UNNAMED, Style.NAME))
    affiliation = plain(turn.affiliation).strip()
    used = cells(line(f"{name}  {role} · "))
    if affiliation and used + cells(line(affiliation)) > room >= used + 12:
        affiliation = clip(affiliation, room - used)
    about = " · ".join(part for part in (role, affiliation) if part)
    return line(Segment(name, Style.NAME), f"  {about}" if about else "")


def _start_time(turn: SpokenTurn) -> Segment:
    """Return the start of the turn in the recording, empty if the transcript has no times."""
    return Segment("" if turn.start is None else f"{humanize.clock(turn.start)}  ", Style.DIM)


def recording(turn: SpokenTurn, room: int) -> list[StyledLine]:
    """Lay out where the recording has the turn, on one line: talk.mp3#t=63; a terminal opens it."""
    if not (link := turn.media_link):
        return []
    from indexer.media_address import short  # not needed by most archives

    return [line(Segment(clip(plain(short(turn.media or link, turn.start)), room), Style.DIM, link))]


def _question(question: Marked, room: int, full: bool) -> list[StyledLine]:
    """Lay out the question, dimmed: one line of it, or all."""
    first = Segment(_("问 "), Style.DIM)
    columns = max(room - 3, 10)
    text, marks = question.turn.text.replace("\n", " "), question.marks
    if full:
        shown = marked(text, marks, Style.DIM, Style.DIM_MARK)
    else:
        shown = excerpt(text, marks, columns - 4, Style.DIM, Style.DIM_MARK)
    return [(Segment("   ") if index else first, *row) for index, row in enumerate(wrap(shown, columns))]


def _text(hit: Hit, room: int, full: bool) -> list[StyledLine]:
    """Lay out the turn: an excerpt, or all its paragraphs."""
    if full:
        return paragraphs(hit.turn.text, hit.marks, room)
    return wrap(excerpt(hit.turn.text, hit.marks, _LINES * (room - 2) - 4), room)


def _notes(hit: Hit, room: int) -> list[StyledLine]:
    """Lay out the notes that the query matches, dimmed."""
    matched = [(note, marks) for note, marks in zip(hit.turn.notes, hit.note_marks, strict=False) if marks]
    lines: list[StyledLine] = []
    label = line(Segment(_("note "), Style.DIM))
    for note, marks in matched:
        text = excerpt(note, marks, _LINES * (room - 7) - 4, Style.DIM, Style.DIM_MARK)
        lines += indented(text, room, label, cells(label))
    return lines


def paragraphs(text: str, marks: tuple[tuple[int, int], ...], room: int) -> list[StyledLine]:
    """Wrap the text, with each paragraph on lines of its own."""
    lines: list[StyledLine] = []
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        inside = [(max(a, start) - start, min(b, end) - start) for a, b in marks if a < end and b > start]
        if paragraph.strip():
            lines += wrap(marked(paragraph, inside), room)
        start = end + 1
    return lines


def _context_turn(near: Marked, room: int) -> list[StyledLine]:
    """Lay out a turn around the hit (`--context`), dimmed: its number, its speaker and two lines of it."""
    name = plain(near.turn.name or near.turn.label) or humanize.role(near.turn.role) or humanize.UNNAMED
    text = excerpt(near.turn.text, near.marks, 2 * (room - 2) - 4 - cells(line(name)), Style.DIM, Style.DIM_MARK)
    return wrap(line(Segment(f"#{near.turn.turn} {name}  ", Style.DIM), *text), room)


def duplicates(ids: Sequence[str], room: int) -> list[StyledLine]:
    """Lay out the ids of the interview's duplicates, which are whole."""
    if not ids:
        return []
    label = _("{duplicates}: ").format(duplicates=humanize.count(len(ids), "duplicate"))
    segments = [Segment(label, Style.DIM)]
    for index, one in enumerate(map(plain, ids)):
        segments += [Segment(_(", ") if index else "", Style.DIM), Segment(one, Style.ADDRESS)]
    return wrap(line(*segments), room)


def tags_line(tags: TurnTags) -> StyledLine:
    """Lay out the tags and the note that people gave a turn."""
    names = " · ".join(map(plain, tags.tags))
    between = "  " if names and tags.note else ""
    return line(Segment(_("标 "), Style.DIM), names, Segment(f"{between}{plain(tags.note)}", Style.DIM))


def topics(turn: SpokenTurn, room: int) -> list[StyledLine]:
    """Lay out the topics on one line, as many as fit; 商业/广告 tells that it is 商业, too."""
    names = [plain(name) for name in narrowest(turn.topics)]
    if not names:
        return []
    kept = ""
    for topic in names:
        longer = f"{kept} · {topic}" if kept else topic
        if cells(line(longer)) > room:
            break
        kept = longer
    return [line(Segment(kept or clip(names[0], room), Style.DIM))]
