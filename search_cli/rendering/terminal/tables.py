"""Tables that fit the width: less important columns are dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, columns_of
from search_cli.rendering.terminal.wrapping import clip

_GAP = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and its values, safe to print; `right` aligns numbers to the right.

    `least` is the width to which it may be cut (0: never cut). The columns with the highest `rank` are dropped first.
    `styles` are those of the values, if they differ.
    """

    heading: str
    values: Sequence[str]
    right: bool = False
    least: int = 0
    rank: int = 0
    style: Style = Style.PLAIN
    styles: Sequence[Style] = ()


@dataclass(frozen=True, slots=True)
class _Measured:
    """A column, the width that shows all its values, and the least width. Each text is measured once."""

    column: Column
    full: int
    least: int

    @classmethod
    def of(cls, column: Column) -> "_Measured":
        heading = columns_of(column.heading)
        full = max(heading, *map(columns_of, set(column.values))) if column.values else heading
        return cls(column, full, min(full, max(column.least, heading)) if column.least else full)


def table(columns: Sequence[Column], width: int) -> list[StyledLine]:
    """Lay out the headings and a line per row, at most `width` wide; columns without values are left out."""
    kept = _fitting(columns, width)
    if not kept:
        return []
    laid_out = [_cells(one, size) for one, size in zip(kept, _sizes(kept, width), strict=True)]
    return [_row(cells) for cells in zip(*laid_out, strict=True)]


def fitting(columns: Sequence[Column], width: int) -> list[Column]:
    """Return the columns that fit, without those that have no values."""
    return [one.column for one in _fitting(columns, width)]


def _fitting(columns: Sequence[Column], width: int) -> list[_Measured]:
    kept = [_Measured.of(column) for column in columns if any(column.values)]
    while len(kept) > 1 and _least_width(kept) > width:
        kept.remove(max(kept, key=lambda one: one.column.rank))
    return kept


def fits(columns: Sequence[Column], width: int) -> bool:
    """Tell whether a table of all these columns fits."""
    return _least_width([_Measured.of(column) for column in columns]) <= width


def _least_width(columns: Sequence[_Measured]) -> int:
    """Return the least width of a table of these columns."""
    return 1 + sum(one.least for one in columns) + _GAP * (len(columns) - 1)


def _sizes(columns: Sequence[_Measured], width: int) -> list[int]:
    """Return the widths of the columns: the full ones, or cut from the highest rank on."""
    sizes = [one.full for one in columns]
    over = 1 + sum(sizes) + _GAP * (len(columns) - 1) - width
    for index in sorted(range(len(columns)), key=lambda index: -columns[index].column.rank):
        if over <= 0:
            break
        cut = min(over, sizes[index] - columns[index].least)
        sizes[index] -= cut
        over -= cut
    if over > 0:  # a single column that is too wide
        sizes[0] = max(sizes[0] - over, 2)
    return sizes


def _cells(measured: _Measured, size: int) -> list[tuple[Segment, int, int]]:
    """Return the heading and the values, cut to `size`, each with the spaces before and after it."""
    column = measured.column
    whole = (column.heading, *column.values)
    head, *texts = whole if size >= measured.full else (clip(text, size) for text in whole)
    segments = [Segment(head, Style.DIM)]
    segments += map(Segment, texts, column.styles or [column.style] * len(texts))
    fills = [size - columns_of(segment.text) for segment in segments]
    none = [0] * len(fills)
    return list(zip(segments, *((fills, none) if column.right else (none, fills)), strict=True))


def _row(cells: Sequence[tuple[Segment, int, int]]) -> StyledLine:
    """Lay out a row."""
    segments: list[Segment] = []
    gap = 1
    for text, before, after in cells:
        segments.append(_spaces(gap + before))
        if text.text:
            segments.append(text)
        gap = _GAP + after
    last = cells[-1][2]
    return (*segments, _spaces(last)) if last else tuple(segments)


@cache
def _spaces(count: int) -> Segment:
    return Segment(" " * count)
