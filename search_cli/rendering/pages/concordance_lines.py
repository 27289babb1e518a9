"""The screen of a concordance: the words below each other, with their left and right contexts.

Alignment is by columns of the terminal, two for a Chinese character. Signs of ambiguous width (“ ” … — ·, East Asian
Width "ambiguous") have one column, as in most terminals now; `wide_signs` is for those that give them two.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop, pgettext
from indexer.model import own_name
from indexer.text.printable import plain
from search_cli.kwic.concordance import Concordance, Occurrence
from search_cli.query.characters import is_han
from search_cli.query.request import Match
from search_cli.rendering.pages.occurrence_head import also_searched, occurrences_of
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import indented, wrap

_WITH_SPEAKERS, _WITH_ADDRESSES = 60, 50
"""Columns from which speakers and addresses are shown."""
_SORTS = {
    "left": gettext_noop("by left context"),
    "right": gettext_noop("by right context"),
    "word": gettext_noop("by word"),
    "speaker": gettext_noop("by speaker"),
    "date": gettext_noop("latest first"),
    "oldest": gettext_noop("oldest first"),
}


@dataclass(frozen=True, slots=True)
class ConcordancePage:
    """The options of the screen: its width, signs of two columns, a next step."""

    width: int
    wide_signs: bool = False
    hints: bool = True


@dataclass(frozen=True, slots=True)
class _Sizes:
    """The columns of a line: speaker, left context, word with right context, address."""

    speaker: int
    left: int
    rest: int
    address: int


def concordance_lines(found: Concordance, page: ConcordancePage) -> list[StyledLine]:
    """Lay out the screen of a concordance with lines."""
    addresses = _addresses(found, page)
    speakers = [
        plain(own_name(occurrence.speaker, occurrence.interview_id)).strip() or humanize.role(occurrence.role)
        for occurrence in found.lines
    ]
    sizes = _sizes(found.lines, speakers, addresses, page)
    rows = [
        _row(occurrence, speaker, address, sizes, page)
        for occurrence, speaker, address in zip(found.lines, speakers, addresses, strict=True)
    ]
    return [
        *wrap(line(" ", Segment(_head(found, page.width), Style.DIM)), page.width),
        (),
        *rows,
        *([(), *_next_step(found, page)] if page.hints else []),
    ]


def _head(found: Concordance, width: int) -> str:
    """Return the counts: 14 occurrences of 小米 · 8 turns · 4 of 15 interviews · by speaker.

    The order, which was typed, is left out where there is no room for it.
    """
    if _is_one_interview(found):
        interviews = plain(found.lines[0].interview_id)
    else:
        interviews = humanize.part_of(found.interviews, found.archive_interviews, "interview")
    counts = " · ".join([_occurrences(found), *also_searched(found.also), _turns(found), interviews])
    if order := _SORTS.get(found.sort):
        whole = f"{counts} · {_(order)}"
        return whole if cells(line(whole)) < width else counts
    return counts


def _occurrences(found: Concordance) -> str:
    """Return how often the query occurs, or that these are the first occurrences of too many to count."""
    if found.occurrences is not None:
        return occurrences_of(found.occurrences, found.query)
    return _("first {number} occurrences of {query}").format(number=f"{len(found.lines):,}", query=plain(found.query))


def _turns(found: Concordance) -> str:
    """Return the number of turns, and how many of the words they have."""
    turns = humanize.count(found.turns, "turn")
    if found.match == Match.ALL or len(found.words) <= 1:
        return turns
    told = _("{turns} with most of the words") if found.match == Match.MOST else _("{turns} with some of the words")
    return told.format(turns=turns)


def _is_one_interview(found: Concordance) -> bool:
    """Tell whether all occurrences are in one interview, whose id is then in the head."""
    return found.interviews == 1 and bool(found.lines)


def _addresses(found: Concordance, page: ConcordancePage) -> list[str]:
    """Return the shortest address of each line that `fangtan show` takes: qzone#3.

    Only an id that has no short form (in archives too large for them) may be cut, with …, which stands for the rest.
    """
    room = max(page.width // 3, 12)
    short = {one.interview_id: plain(found.short.get(one.interview_id, one.interview_id)) for one in found.lines}
    numbers = max(len(f"#{one.turn}") for one in found.lines)
    return [f"{_clip_end(short[one.interview_id], room - numbers, page, cut='…')}#{one.turn}" for one in found.lines]


def _sizes(
    lines: Sequence[Occurrence], speakers: Sequence[str], addresses: Sequence[str], page: ConcordancePage
) -> _Sizes:
    """Return the columns of each part: up to a limit for speaker and address, the rest for the text."""
    width = page.width
    longest = max((_columns(name, page) for name in speakers), default=0)
    speaker = min(longest, width // 8) if width >= _WITH_SPEAKERS else 0
    address = max((_columns(one, page) for one in addresses), default=0) if width >= _WITH_ADDRESSES else 0
    text = width - 1 - (speaker + 2 if speaker else 0) - (address + 2 if address else 0)
    word = min(max((_columns(one.keyword, page) for one in lines), default=0), text // 3)
    left = max((text - word - 2) // 2, 1)
    return _Sizes(speaker, left, text - left, address)


def _row(occurrence: Occurrence, speaker: str, address: str, sizes: _Sizes, page: ConcordancePage) -> StyledLine:
    """Lay out a line; the word begins at the same column in all lines."""
    name = _clip_end(speaker, sizes.speaker, page, cut="…")
    left = _clip_start(plain(occurrence.left).rstrip(), sizes.left, page)
    word = _clip_end(plain(occurrence.keyword), max(sizes.rest - 2, 2), page, cut="…")
    used = _columns(word, page) + 2
    right = _clip_end(plain(occurrence.right).lstrip(), sizes.rest - used, page, whole_words=True)
    end = line("  ", Segment(address, Style.ADDRESS)) if sizes.address else ()
    return line(
        " ",
        *((Segment(name), " " * (sizes.speaker - _columns(name, page) + 2)) if sizes.speaker else ()),
        " " * (sizes.left - _columns(left, page)),
        Segment(left),
        " ",
        Segment(word, Style.MARK),
        " ",
        Segment(right),
        " " * (sizes.rest - used - _columns(right, page)),
        *end,
    )


def _next_step(found: Concordance, page: ConcordancePage) -> list[StyledLine]:
    """Lay out the next commands on one line, as many as fit."""
    first = found.lines[0]
    steps = [(_("Read on: "), f"fangtan show {humanize.argument(_short_address(first, found))}")]
    if found.occurrences is None or found.occurrences > len(found.lines):
        steps.append((pgettext("lines", "more: "), f"--limit {2 * len(found.lines)}"))
    steps.append((_("words near it: "), "--collocates"))
    segments: list[Segment] = []
    for label, typed in steps:
        start = Segment(f" · {label}" if segments else f" {label}", Style.DIM)
        if segments and cells((*segments, start)) + cells(line(plain(typed))) > page.width:
            continue
        segments += [start, Segment(plain(typed), Style.COMMAND)]
    if cells(segments) > page.width:
        return indented(line(segments[1]), page.width, line(segments[0]), 1)
    return [tuple(segments)]


def _short_address(occurrence: Occurrence, found: Concordance) -> str:
    """Return the shortest address of a line for `fangtan show`."""
    return f"{found.short.get(occurrence.interview_id, occurrence.interview_id)}#{occurrence.turn}"


def _graphemes(text: str, page: ConcordancePage) -> list[tuple[str, int]]:
    """Split a text into graphemes, each with its columns."""
    from rich.cells import split_graphemes

    graphemes = [(text[start:end], size) for start, end, size in split_graphemes(text)[0]]
    if not page.wide_signs:
        return graphemes
    return [
        (grapheme, 2 if size == 1 and unicodedata.east_asian_width(grapheme[0]) == "A" else size)
        for grapheme, size in graphemes
    ]


def _columns(text: str, page: ConcordancePage) -> int:
    """Return the width of a text in columns."""
    return sum(size for _, size in _graphemes(text, page))


def _clip_end(text: str, room: int, page: ConcordancePage, *, cut: str = "", whole_words: bool = False) -> str:
    """Return the beginning of a text that fits in `room` columns, with `cut` in place of the rest."""
    graphemes = _graphemes(text, page)
    if sum(size for _, size in graphemes) <= room:
        return text
    end = _fitting([size for _, size in graphemes], room - _columns(cut, page))
    if whole_words:
        end = _before_word([grapheme for grapheme, _ in graphemes], end)
    return "".join(grapheme for grapheme, _ in graphemes[:end]) + (cut if room > 0 else "")


def _clip_start(text: str, room: int, page: ConcordancePage) -> str:
    """Return the end of a text that fits in `room` columns, without cutting a word or number."""
    graphemes = _graphemes(text, page)[::-1]
    end = _fitting([size for _, size in graphemes], room)
    if end < len(graphemes):
        end = _before_word([grapheme for grapheme, _ in graphemes], end)
    return "".join(grapheme for grapheme, _ in graphemes[:end][::-1])


def _fitting(sizes: Sequence[int], room: int) -> int:
    """Return how many of the first graphemes fit."""
    used = 0
    for index, size in enumerate(sizes):
        used += size
        if used > room:
            return index
    return len(sizes)


def _before_word(graphemes: Sequence[str], end: int) -> int:
    """Move the end before the word or number that it cuts: 11亿 is not 6.11亿.

    A word that fills the whole room is cut.
    """
    moved = end
    while moved and moved < len(graphemes) and _is_in_word(graphemes[moved - 1]) and _is_in_word(graphemes[moved]):
        moved -= 1
    return moved or end


def _is_in_word(character: str) -> bool:
    """Tell whether a character is part of a Latin word or a number, including the points inside."""
    return bool(character) and (character in ".,%" or (character.isalnum() and not is_han(character)))
