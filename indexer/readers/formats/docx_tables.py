"""A table in a Word document: who speaks and what, key and value, or cells like any paragraphs.

时间      发言人  内容            a first row that names the columns, as in a table of its own
00:00:07  沈佳    人都到了
问        您好。                  names on the left that come again, or are labels; an empty one goes on
受访者    何苗                    keys on the left: head matter, read as 受访者：何苗
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.readers.formats import csv_table
from indexer.readers.script import Line
from indexer.readers.timestamps import milliseconds

Cell = Sequence[Line]
Row = Sequence[Cell]

_LONGEST_NAME = 14
_CLOCK = re.compile(r"[\d:：.,\s\-–~—>]*\d:[\d:：.,\s\-–~—>]*")
_SENTENCE = re.compile(r"[。！？!?，；\n]")
_COUNT = re.compile(r"[\d.、\s]*")
_KEY = re.compile(
    "(?:访谈|采访|会议|受访|被访|记录|录音|整理|调研)?.{0,4}(?:时间|時間|日期|地点|地點|主题|主題|对象|對象|者|人|编号|編號|单位|單位|"
    "职务|职业|姓名|性别|年龄|学历|电话|方式|时长|题目|目的|背景|备注|备註|机构|地址|来源)"
)
_LABEL = re.compile(
    "[问問答]|[QqAa]|提问|記者|记者|主持人|(?:说话人|发言人|说话者|受访者|被访者|访谈者|访问者|采访者)\\s?[\\dA-Za-z]?"
)


def lines(rows: Sequence[Row]) -> Iterator[Line]:
    """Yield the lines of a table's rows, in order."""
    if columns := _named_columns(rows):
        yield from (replace(line, kind="note") for cell in rows[0] for line in cell)
        for row in rows[1:]:
            yield from _spoken(row, columns)
    elif columns := _speaking(rows):
        names = [_name(_at(row, columns.speaker)) for row in rows]
        counts, keyed = Counter(names), any(map(_is_key, names))
        for name, row in zip(names, rows, strict=True):
            is_key = keyed and counts[name] == 1 and _KEY.fullmatch(name)
            yield from _other(row) if is_key else _spoken(row, columns)
    else:
        for row in rows:
            yield from _other(row)


def _named_columns(rows: Sequence[Row]) -> csv_table.Columns | None:
    """Return which column holds what where the first row says so of text and of who speaks or when."""
    found = csv_table.named([_text(cell) for cell in rows[0]]) if len(rows) > 1 else None
    return found if found and (found.speaker >= 0 or found.start >= 0) else None


def _speaking(rows: Sequence[Row]) -> csv_table.Columns | None:
    """Return which column holds what where no row says so but all are alike."""
    width = len(rows[0])
    if len(rows) < 2 or not 2 <= width <= 4 or any(len(row) != width for row in rows):
        return None
    clock = next((n for n in range(width) if all(_CLOCK.fullmatch(_text(row[n])) for row in rows)), -1)
    left = [n for n in range(width) if n != clock and not all(_COUNT.fullmatch(_text(row[n])) for row in rows)]
    if len(left) != 2 or not _are_names([_text(row[left[0]]) for row in rows], timed=clock >= 0):
        return None
    return csv_table.Columns(text=left[1], speaker=left[0], start=clock)


def _are_names(cells: Sequence[str], timed: bool) -> bool:
    """Tell whether cells are who speaks: short, and they come again, or are labels, or stand beside a time."""
    names = [name for one in cells if (name := _name(one))]
    if not names or not _name(cells[0]) or any(len(name) > _LONGEST_NAME or _SENTENCE.search(name) for name in names):
        return False
    keys = [_is_key(name) for name in names]
    return not all(keys) if timed or len(set(names)) < len(names) else not any(keys)


def _is_key(name: str) -> bool:
    """Tell whether a name is that of a value in the head, and cannot be a speaker's: 访谈时间, not 受访者."""
    return bool(_KEY.fullmatch(name)) and not _LABEL.fullmatch(name)


def _spoken(row: Row, columns: csv_table.Columns) -> Iterator[Line]:
    """Yield what one row says; a cell outside the columns known is a note."""
    label = _name(_at(row, columns.speaker)) or None
    start, end = milliseconds(_first_clock(_at(row, columns.start))), milliseconds(_at(row, columns.end))
    for place, cell in enumerate(row):
        if place == columns.text:
            yield from (replace(line, label=label, start=start, end=end) for line in cell)
        elif place not in (columns.speaker, columns.start, columns.end):
            yield from (replace(line, kind="note") for line in cell)


def _other(row: Row) -> Iterator[Line]:
    """Yield the cells of a row that nobody speaks, a key with its value as one line."""
    if (
        len(row) % 2 == 0
        and all(len(one) <= 1 for one in row)
        and all(_KEY.fullmatch(_name(_text(one))) for one in row[::2])
    ):
        for key, value in zip(row[::2], row[1::2], strict=True):
            yield replace(key[0], text=f"{_name(_text(key))}：{_text(value)}", strong=0)
        return
    for cell in row:
        yield from cell


def _text(cell: Cell) -> str:
    return "\n".join(line.text for line in cell).strip()


def _at(row: Row, place: int) -> str:
    return _text(row[place]) if 0 <= place < len(row) else ""


def _name(printed: str) -> str:
    return printed.strip().rstrip("：:").strip()


def _first_clock(printed: str) -> str:
    """Return the first time of a cell: 00:07-00:12 begins at 00:07."""
    return re.split(r"\s*[-–~—>]+\s*", printed.strip("[]（）() "))[0]
