"""Tables on web pages: those of speech become turns, the others stay the paragraphs that they were.

Most tables of a page are its layout; a table is one of speech if its first row names a column of text and one of
speakers or times, or if names on the left repeat.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.readers.formats import table_rows
from indexer.readers.script import Line

_MAX_COLUMNS = 20
_MAX_CELL_LINES = 400  # a page laid out as one table has more


@dataclass(frozen=True, slots=True)
class CellPosition:
    """The place of a line in the innermost table around it, each counted through the page."""

    table: int
    row: int
    column: int


def arrange(lines: Sequence[Line], positions: Sequence[CellPosition | None]) -> Iterator[Line]:
    """Yield the lines of a page, those of tables of speech as turns; `positions` has the place of each line."""
    placed = zip(lines, positions, strict=True)
    for position, group in groupby(placed, key=lambda one: one[1].table if one[1] else None):
        block = list(group)
        found = None if position is None else _turns([(line, cell) for line, cell in block if cell])
        yield from found or (line for line, _ in block)


def _turns(block: Sequence[tuple[Line, CellPosition]]) -> list[Line]:
    """Return the lines of a table of speech, [] if it is another."""
    first = block[0][1].row
    if block[-1][1].row == first or max(cell.column for _, cell in block) > _MAX_COLUMNS:
        return []
    rows = [list(row) for _, row in groupby(block, key=lambda one: one[1].row)]
    width = max(cell.column for _, cell in block) + 1
    cells = [[[line for line, cell in row if cell.column == column] for column in range(width)] for row in rows]
    if any(len(cell) > _MAX_CELL_LINES for row in cells for cell in row):
        return []
    return table_rows.turns(cells, unnamed=True)
