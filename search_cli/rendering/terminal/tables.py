"""Tables that fit: as many columns as there is room for, the most important first."""

from collections.abc import Sequence
from dataclasses import dataclass

from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import clip

_GAP = 2


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its values (made safe), numbers to the right.

    `least` is the narrowest it is cut to (0: never cut), `rank` its importance: the highest go first where there is no
    room for all.
    """

    heading: str
    values: Sequence[str]
    right: bool = False
    least: int = 0
    rank: int = 0
    style: Style = Style.PLAIN


def table(columns: Sequence[Column], width: int) -> list[StyledLine]:
    """Return the heading and one line a row, none wider than `width`; columns without any value are left out."""
    kept = fitting(columns, width)
    if not kept:
        return []
    sizes = _sizes(kept, width)
    head = _row([(column.heading, column.right, Style.DIM) for column in kept], sizes)
    rows = zip(*(column.values for column in kept), strict=True)
    styles = [(column.right, column.style) for column in kept]
    return [head, *(_row([(value, *how) for value, how in zip(row, styles, strict=True)], sizes) for row in rows)]


def fitting(columns: Sequence[Column], width: int) -> list[Column]:
    """Return the columns there is room for, without those that have no value."""
    kept = [column for column in columns if any(column.values)]
    while len(kept) > 1 and _least(kept) > width:
        kept.remove(max(kept, key=lambda column: column.rank))
    return kept


def _natural(column: Column) -> int:
    """Return the columns that show all of it."""
    return max(cells(line(text)) for text in (column.heading, *column.values))


def _narrowest(column: Column) -> int:
    """Return the columns it needs at least."""
    natural = _natural(column)
    return min(natural, max(column.least, cells(line(column.heading)))) if column.least else natural


def _least(columns: Sequence[Column]) -> int:
    """Return the width of the narrowest table of these columns."""
    return 1 + sum(map(_narrowest, columns)) + _GAP * (len(columns) - 1)


def _sizes(columns: Sequence[Column], width: int) -> list[int]:
    """Return each column's size: all it needs, the last ones cut first where that is too much."""
    sizes = [_natural(column) for column in columns]
    over = 1 + sum(sizes) + _GAP * (len(columns) - 1) - width
    for place in sorted(range(len(columns)), key=lambda place: -columns[place].rank):
        if over <= 0:
            break
        cut = min(over, sizes[place] - _narrowest(columns[place]))
        sizes[place] -= cut
        over -= cut
    if over > 0:  # one column left, and it is too wide
        sizes[0] = max(sizes[0] - over, 2)
    return sizes


def _row(values: Sequence[tuple[str, bool, Style]], sizes: Sequence[int]) -> StyledLine:
    """Return one line of the table."""
    pieces: list[Segment] = []
    for place, ((value, right, style), size) in enumerate(zip(values, sizes, strict=True)):
        text = clip(value, size)
        fill = " " * (size - cells(line(text)))
        gap = " " * (_GAP if place else 1)
        pieces += (
            [Segment(gap + fill), Segment(text, style)]
            if right
            else [Segment(gap), Segment(text, style), Segment(fill)]
        )
    return line(*pieces)
