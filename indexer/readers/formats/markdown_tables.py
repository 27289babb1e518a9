"""Tables in Markdown: rows of cells between vertical bars, the second row of dashes.

| 时间 | 发言人 | 内容 |
|---|---|---|
| 09:01 | 村支书 | 今天讲桥的事。<br>大家都来。 |
"""

import re
from collections.abc import Callable, Iterable, Iterator

from indexer.readers.formats import table_rows
from indexer.readers.script import Line

_ROW = re.compile(r"[ \t]{0,3}\|.*\|[ \t]*")
_SEPARATOR = re.compile(r"[ \t]{0,3}\|?[ \t]*:?-{1,}:?[ \t]*(?:\|[ \t]*:?-{1,}:?[ \t]*)+\|?[ \t]*")
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_FENCE = re.compile(r"[ \t]{0,3}(?:```|~~~)")


def blocks(lines: Iterable[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """Split lines into blocks, each with whether it is a table; lines in fenced code are none."""
    block: list[Line] = []
    in_table = in_fence = False
    for line in lines:
        in_fence ^= bool(_FENCE.match(line.text))
        is_row = not in_fence and bool(_ROW.fullmatch(line.text) or (in_table and _SEPARATOR.fullmatch(line.text)))
        if block and (is_row != in_table or (is_row and line.number != block[-1].number + 1)):
            yield _is_table(block), block
            block = []
        in_table = is_row
        block.append(line)
    if block:
        yield _is_table(block), block


def _is_table(block: list[Line]) -> bool:
    return len(block) > 2 and bool(_ROW.fullmatch(block[0].text)) and bool(_SEPARATOR.fullmatch(block[1].text))


def turns(table: list[Line], mark: Callable[[Line], Line | None]) -> list[Line]:
    """Return the lines of a table of speech, [] if it is another; `mark` takes the mark-up from a piece of a cell."""
    rows = [[_cell(line, cell, mark) for cell in _cells(line.text)] for line in (table[0], *table[2:])]
    width = len(rows[0])
    return table_rows.turns([(row + [[]] * width)[:width] for row in rows], unnamed=True)


def _cells(text: str) -> list[str]:
    """Return the texts of the cells of a row."""
    return [cell.strip() for cell in _BAR.split(text.strip())[1:-1]]


def _cell(line: Line, text: str, mark: Callable[[Line], Line | None]) -> list[Line]:
    """Return the lines of a cell."""
    pieces = (mark(Line(line.number, piece)) for piece in _BREAK.split(text) if piece.strip())
    return [piece for piece in pieces if piece]
