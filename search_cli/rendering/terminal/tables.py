"""Tables that fit the width: less important columns are dropped."""

from collections.abc import Sequence
from dataclasses import dataclass

from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
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


def table(columns: Sequence[Column], width: int) -> list[StyledLine]:
    """Lay out the headings and a line per row, at most `width` wide; columns without values are left out."""
    kept = fitting(columns, width)
    if not kept:
        return []
    sizes = _sizes(kept, width)
    head = _row([(column.heading, column.right, Style.DIM) for column in kept], sizes)
    return [head, *(_row([_value(column, index) for column in kept], sizes) for index in range(len(kept[0].values)))]


def _value(column: Column, index: int) -> tuple[str, bool, Style]:
    """Return a value of a column, whether it is aligned to the right, and its style."""
    return column.values[index], column.right, column.styles[index] if column.styles else column.style


def fitting(columns: Sequence[Column], width: int) -> list[Column]:
    """Return the columns that fit, without those that have no values."""
    kept = [column for column in columns if any(column.values)]
    while len(kept) > 1 and _least_width(kept) > width:
        kept.remove(max(kept, key=lambda column: column.rank))
    return kept


def fits(columns: Sequence[Column], width: int) -> bool:
    """Tell whether a table of all these columns fits."""
    return _least_width(columns) <= width


def _full_width(column: Column) -> int:
    """Return the width that shows all values."""
    return max(cells(line(text)) for text in (column.heading, *column.values))


def _narrowest(column: Column) -> int:
    """Return the least width."""
    full = _full_width(column)
    return min(full, max(column.least, cells(line(column.heading)))) if column.least else full


def _least_width(columns: Sequence[Column]) -> int:
    """Return the least width of a table of these columns."""
    return 1 + sum(map(_narrowest, columns)) + _GAP * (len(columns) - 1)


def _sizes(columns: Sequence[Column], width: int) -> list[int]:
    """Return the widths of the columns: the full ones, or cut from the highest rank on."""
    sizes = [_full_width(column) for column in columns]
    over = 1 + sum(sizes) + _GAP * (len(columns) - 1) - width
    for index in sorted(range(len(columns)), key=lambda index: -columns[index].rank):
        if over <= 0:
            break
        cut = min(over, sizes[index] - _narrowest(columns[index]))
        sizes[index] -= cut
        over -= cut
    if over > 0:  # a single column that is too wide
        sizes[0] = max(sizes[0] - over, 2)
    return sizes


def _row(values: Sequence[tuple[str, bool, Style]], sizes: Sequence[int]) -> StyledLine:
    """Lay out a row."""
    segments: list[Segment] = []
    for index, ((value, right, style), size) in enumerate(zip(values, sizes, strict=True)):
        text = clip(value, size)
        fill = " " * (size - cells(line(text)))
        gap = " " * (_GAP if index else 1)
        segments += (
            [Segment(gap + fill), Segment(text, style)]
            if right
            else [Segment(gap), Segment(text, style), Segment(fill)]
        )
    return line(*segments)
