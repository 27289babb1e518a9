"""A concordance as a person reads it: the words one below the other, what was said before and after on either side.

Alignment is by columns of the terminal, two for a Chinese character. Signs whose width Unicode leaves to the terminal
(“ ” … — ·, East Asian Width "ambiguous") take one, as terminals have it now; `wide_signs` is for those set to two.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.text.printable import plain
from search_cli.kwic.concordance import Concordance, Occurrence
from search_cli.query.characters import is_han
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import indented, wrap

_NAMED, _PLACED = 60, 50
"""Columns of a window that has room for who speaks, and for where."""
_SORTS = {
    "left": "by what stands before",
    "right": "by what stands after",
    "word": "by the word",
    "speaker": "by speaker",
    "date": "latest first",
}


@dataclass(frozen=True, slots=True)
class ConcordancePage:
    """How lines are laid out: columns in all, signs of two columns, a next step."""

    width: int
    wide_signs: bool = False
    hints: bool = True


@dataclass(frozen=True, slots=True)
class _Sizes:
    """The columns of the parts of a line: who speaks, what stands before the word, the word and the rest, where."""

    speaker: int
    left: int
    rest: int
    address: int


def concordance_lines(found: Concordance, page: ConcordancePage) -> list[StyledLine]:
    """Return the whole screen of a concordance that has lines."""
    places = _places(found, page)
    speakers = [plain(one.speaker).strip() or humanize.role(one.role) for one in found.lines]
    sizes = _sizes(found.lines, speakers, places, page)
    rows = [
        _row(one, speaker, place, sizes, page)
        for one, speaker, place in zip(found.lines, speakers, places, strict=True)
    ]
    head = _head(found)
    if cells(line(head)) >= page.width:
        head = head.removesuffix(f" · {_SORTS.get(found.sort, '')}")  # the order, which was typed, goes first
    return [
        *wrap(line(" ", Segment(head, Style.DIM)), page.width),
        (),
        *rows,
        *([(), *_next_step(found, page)] if page.hints else []),
    ]


def _head(found: Concordance) -> str:
    """Return what the lines are of: 14 occurrences of 小米 · 8 turns · 4 of 15 interviews · by speaker."""
    counted = found.occurrences
    first = f"first {len(found.lines):,} " if counted is None else ""
    many = f"{first}occurrences" if counted is None else humanize.count(counted, "occurrence")
    some = "turns with some of the words" if found.match == "any" and len(found.words) > 1 else ""
    turns = f"{found.turns:,} {some}" if some else humanize.count(found.turns, "turn")
    where = f"{found.interviews:,} of {humanize.count(found.archive_interviews, 'interview')}"
    if _alone(found):
        where = plain(found.lines[0].interview_id)
    also = [f"also {plain(' · '.join(found.also))}"] if found.also else []
    parts = [f"{many} of {plain(found.query)}", *also, turns, where]
    if order := _SORTS.get(found.sort):
        parts.append(order)
    return " · ".join(parts)


def _alone(found: Concordance) -> bool:
    """Tell whether all occurrences are of one interview, which then stands in the head."""
    return found.interviews == 1 and bool(found.lines)


def _places(found: Concordance, page: ConcordancePage) -> list[str]:
    """Return each line's address as short as it can be typed: qzone#3; #3 where all are of one interview.

    Where some are too long even so, all lose their folders, then the end of their names, and are only pointers.
    """
    if _alone(found):
        return [f"#{one.turn}" for one in found.lines]
    short = {one.interview_id: plain(found.short.get(one.interview_id, one.interview_id)) for one in found.lines}
    room = max(page.width // 5, 12)
    numbers = max(len(f"#{one.turn}") for one in found.lines)
    if any(_columns(name, page) + numbers > room for name in short.values()):
        short = {interview: name.rpartition("/")[2] or name for interview, name in short.items()}
    return [f"{_head_of(short[one.interview_id], room - numbers, page, cut='…')}#{one.turn}" for one in found.lines]


def _sizes(
    lines: Sequence[Occurrence], speakers: Sequence[str], places: Sequence[str], page: ConcordancePage
) -> _Sizes:
    """Return the columns of each part: who and where as much as they need, to a limit, the text all the rest."""
    width = page.width
    longest = max((_columns(name, page) for name in speakers), default=0)
    speaker = min(longest, width // 8) if width >= _NAMED else 0
    address = max((_columns(place, page) for place in places), default=0) if width >= _PLACED else 0
    text = width - 1 - (speaker + 2 if speaker else 0) - (address + 2 if address else 0)
    word = min(max((_columns(one.keyword, page) for one in lines), default=0), text // 3)
    left = max((text - word - 2) // 2, 1)
    return _Sizes(speaker, left, text - left, address)


def _row(one: Occurrence, speaker: str, place: str, sizes: _Sizes, page: ConcordancePage) -> StyledLine:
    """Return one line: the word begins at the same column in all of them."""
    who = _head_of(speaker, sizes.speaker, page, cut="…")
    left = _tail_of(plain(one.left).rstrip(), sizes.left, page)
    word = _head_of(plain(one.keyword), max(sizes.rest - 2, 2), page, cut="…")
    used = _columns(word, page) + 2
    right = _head_of(plain(one.right).lstrip(), sizes.rest - used, page, whole=True)
    where = line("  ", Segment(place, Style.ADDRESS)) if sizes.address else ()
    return line(
        " ",
        *((Segment(who), " " * (sizes.speaker - _columns(who, page) + 2)) if sizes.speaker else ()),
        " " * (sizes.left - _columns(left, page)),
        Segment(left),
        " ",
        Segment(word, Style.MARK),
        " ",
        Segment(right),
        " " * (sizes.rest - used - _columns(right, page)),
        *where,
    )


def _next_step(found: Concordance, page: ConcordancePage) -> list[StyledLine]:
    """Return one line that says what to type next, as much as fits."""
    first = found.lines[0]
    steps = [("Read on: ", f"fangtan show {humanize.argument(_typed(first, found))}")]
    if found.occurrences is None or found.occurrences > len(found.lines):
        steps.append(("more: ", f"--limit {2 * len(found.lines)}"))
    steps.append(("words near it: ", "--collocates"))
    pieces: list[Segment] = []
    for what, typed in steps:
        start = Segment(f" · {what}" if pieces else f" {what}", Style.DIM)
        if pieces and cells((*pieces, start)) + cells(line(plain(typed))) > page.width:
            continue
        pieces += [start, Segment(plain(typed), Style.COMMAND)]
    if cells(pieces) > page.width:
        return indented(line(pieces[1]), page.width, line(pieces[0]), 3)
    return [tuple(pieces)]


def _typed(one: Occurrence, found: Concordance) -> str:
    """Return the shortest address of a line that `fangtan show` takes."""
    return f"{found.short.get(one.interview_id, one.interview_id)}#{one.turn}"


def _graphemes(text: str, page: ConcordancePage) -> list[tuple[str, int]]:
    """Return the characters as they are seen, accents with their letters, each with its columns."""
    from rich.cells import split_graphemes

    seen = [(text[start:end], size) for start, end, size in split_graphemes(text)[0]]
    if not page.wide_signs:
        return seen
    return [(one, 2 if size == 1 and unicodedata.east_asian_width(one[0]) == "A" else size) for one, size in seen]


def _columns(text: str, page: ConcordancePage) -> int:
    """Return the columns a text takes."""
    return sum(size for _, size in _graphemes(text, page))


def _head_of(text: str, room: int, page: ConcordancePage, *, cut: str = "", whole: bool = False) -> str:
    """Return what of a text fits into `room` columns, `cut` at the end of what does not; `whole` words and numbers."""
    seen = _graphemes(text, page)
    if sum(size for _, size in seen) <= room:
        return text
    end = _fitting([size for _, size in seen], room - _columns(cut, page))
    if whole:
        end = _before_run([one for one, _ in seen], end)
    return "".join(one for one, _ in seen[:end]) + (cut if room > 0 else "")


def _tail_of(text: str, room: int, page: ConcordancePage) -> str:
    """Return the end of a text that fits into `room` columns, no word or number cut in two."""
    seen = _graphemes(text, page)[::-1]
    end = _fitting([size for _, size in seen], room)
    if end < len(seen):
        end = _before_run([one for one, _ in seen], end)
    return "".join(one for one, _ in seen[:end][::-1])


def _fitting(sizes: Sequence[int], room: int) -> int:
    """Return how many of the first characters fit."""
    used = 0
    for place, size in enumerate(sizes):
        used += size
        if used > room:
            return place
    return len(sizes)


def _before_run(seen: Sequence[str], end: int) -> int:
    """Return the end moved to before the word or number it would cut: 11亿 is not what 6.11亿 says.

    A word that fills the whole room is cut after all.
    """
    moved = end
    while moved and _runs(seen[moved - 1]) and _runs(seen[moved] if moved < len(seen) else ""):
        moved -= 1
    return moved or end


def _runs(character: str) -> bool:
    """Tell whether a character is of a word of letters or a number, points inside it too."""
    return bool(character) and (character in ".,%" or (character.isalnum() and not is_han(character)))
