"""Tables in documents and on pages: speakers and speech, keys and values, or cells like any other paragraphs.

时间      发言人  内容            a header row, as in a CSV table
00:00:07  沈佳    人都到了
问        您好。                  names on the left that repeat, or are labels; an empty one continues
受访者    何苗                    keys on the left: a header field, read as 受访者：何苗
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

_MAX_NAME_LENGTH = 14
_CLOCK = re.compile(r"[\d:：.,\s\-–~—>]*\d:[\d:：.,\s\-–~—>]*")
_SENTENCE = re.compile(r"[。！？!?，；\n]")
_ROW_NUMBER = re.compile(r"[\d.、\s]*")
_KEY = re.compile(
    "(?:访谈|采访|会议|受访|被访|记录|录音|整理|调研)?.{0,4}(?:时间|時間|日期|地点|地點|主题|主題|对象|對象|者|人|编号|編號|单位|單位|"
    "职务|职业|姓名|性别|年龄|学历|电话|方式|时长|题目|目的|背景|备注|备註|机构|地址|来源)"
)
_LABEL = re.compile(
    "[问問答]|[QqAa]|提问|記者|记者|主持人|(?:说话人|发言人|说话者|受访者|被访者|访谈者|访问者|采访者)\\s?[\\dA-Za-z]?"
)


def table_lines(rows: Sequence[Row]) -> Iterator[Line]:
    """Yield the lines of the rows of a table, in order."""
    if not rows:
        return
    if found := turns(rows):
        yield from found
    elif columns := _columns_by_content(rows):
        names = [_clean_name(_cell_text(row, columns.speaker)) for row in rows]
        counts, keyed = Counter(names), any(map(_is_key, names))
        for name, row in zip(names, rows, strict=True):
            is_key = keyed and counts[name] == 1 and _KEY.fullmatch(name)
            yield from _other_lines(row) if is_key else _speech_lines(row, columns)
    else:
        for row in rows:
            yield from _other_lines(row)


def turns(rows: Sequence[Row], unnamed: bool = False) -> list[Line]:
    """Return the lines of a table of speech with a header row, [] if it is none.

    `unnamed`: also of one without a header row, if a name on the left occurs twice, or is a label or beside a time.
    """
    if rows and (columns := _columns_by_header(rows)):
        header = [replace(line, kind="note") for cell in rows[0] for line in cell]
        return header + [line for row in rows[1:] for line in _speech_lines(row, columns)]
    if not unnamed or not rows or not (columns := _columns_by_content(rows)):
        return []
    names = [name for row in rows if (name := _clean_name(_cell_text(row, columns.speaker)))]
    is_named = len(set(names)) < len(names) or columns.start >= 0 or all(map(_LABEL.fullmatch, names))
    sentences = sum(bool(_SENTENCE.search(_cell_text(row, columns.text))) for row in rows)
    is_speech = (
        is_named and not any(map(_is_key, names)) and 2 * sentences >= len(rows)
    )  # not a programme of an evening
    return [line for row in rows for line in _speech_lines(row, columns)] if is_speech else []


def _columns_by_header(rows: Sequence[Row]) -> csv_table.TableColumns | None:
    """Return the columns if the first row names those of text and of speaker or time."""
    found = csv_table.columns_by_header([_text(cell) for cell in rows[0]]) if len(rows) > 1 else None
    return found if found and (found.speaker >= 0 or found.start >= 0 or found.question >= 0) else None


def _columns_by_content(rows: Sequence[Row]) -> csv_table.TableColumns | None:
    """Return the columns of a table without a header row whose rows are alike."""
    width = len(rows[0])
    if len(rows) < 2 or not 2 <= width <= 4 or any(len(row) != width for row in rows):
        return None
    clock = next((n for n in range(width) if all(_CLOCK.fullmatch(_text(row[n])) for row in rows)), -1)
    others = [n for n in range(width) if n != clock and not all(_ROW_NUMBER.fullmatch(_text(row[n])) for row in rows)]
    if len(others) != 2 or not _are_names([_text(row[others[0]]) for row in rows], has_times=clock >= 0):
        return None
    return csv_table.TableColumns(text=others[1], speaker=others[0], start=clock)


def _are_names(cells: Sequence[str], has_times: bool) -> bool:
    """Return whether cells are names of speakers: short, and repeated, or labels, or beside a time."""
    names = [name for cell in cells if (name := _clean_name(cell))]
    if (
        not names
        or not _clean_name(cells[0])
        or any(len(name) > _MAX_NAME_LENGTH or _SENTENCE.search(name) for name in names)
    ):
        return False
    keys = [_is_key(name) for name in names]
    return not all(keys) if has_times or len(set(names)) < len(names) else not any(keys)


def _is_key(name: str) -> bool:
    """Return whether a name is a key of a header field that cannot be a speaker: 访谈时间, not 受访者."""
    return bool(_KEY.fullmatch(name)) and not _LABEL.fullmatch(name)


def _speech_lines(row: Row, columns: csv_table.TableColumns) -> Iterator[Line]:
    """Yield the speech of a row; cells in other columns are notes."""
    label = _clean_name(_cell_text(row, columns.speaker)) or None
    start, end = (
        csv_table.time(_first_clock(_cell_text(row, columns.start))),
        milliseconds(_cell_text(row, columns.end)),
    )
    for index, cell in enumerate(row):
        if index in (columns.text, columns.question):
            speaker = label if columns.question < 0 else "答" if index == columns.text else "问"
            yield from (replace(line, label=speaker, start=start, end=end) for line in cell)
        elif index not in (columns.speaker, columns.start, columns.end):
            yield from (replace(line, kind="note") for line in cell)


def _other_lines(row: Row) -> Iterator[Line]:
    """Yield the cells of a row without speech, a key with its value as one line."""
    is_single_line = len(row) % 2 == 0 and all(len(cell) <= 1 for cell in row)
    if is_single_line and all(_KEY.fullmatch(_clean_name(_text(key))) for key in row[::2]):
        for key, value in zip(row[::2], row[1::2], strict=True):
            yield replace(key[0], text=f"{_clean_name(_text(key))}：{_text(value)}", bold_prefix_length=0)
        return
    for cell in row:
        yield from cell


def _text(cell: Cell) -> str:
    return "\n".join(line.text for line in cell).strip()


def _cell_text(row: Row, index: int) -> str:
    return _text(row[index]) if 0 <= index < len(row) else ""


def _clean_name(printed: str) -> str:
    return printed.strip().rstrip("：:").strip()


def _first_clock(printed: str) -> str:
    """Return the first time in a cell: 00:07 of 00:07-00:12."""
    return re.split(r"\s*[-–~—>]+\s*", printed.strip("[]（）() "))[0]
