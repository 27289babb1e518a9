"""A table of what was said, CSV or tab-separated: a row a line, its columns known by their usual names.

    说话人,开始时间,内容             speaker, start, text in any order, other columns are left out
    沈佳,00:00:07,人都到了

A table without a header is read where it has two columns: who speaks, and what.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from indexer.errors import ReadingError
from indexer.readers import encoding
from indexer.readers.script import Line, Script
from indexer.readers.source import Item, Source
from indexer.readers.timestamps import milliseconds

NAMES: Mapping[str, re.Pattern[str]] = {
    "text": re.compile(
        "text|content|transcript|utterance|sentence|speech|subtitle|message|内容|文本|正文|原文|字幕|文字|台词|句子|话语|"
        "发言|发言内容|对话|对话内容|说话内容|转写|转写内容|转写文本|逐字稿|內容|發言|發言內容|對話|對話內容|轉寫|轉寫內容"
    ),
    "speaker": re.compile(
        "speaker|name|who|role|person|user|label|姓名|名字|说话人|发言人|讲话人|主讲人|讲者|角色|人物|发言者|说话者|身份|"
        "說話人|發言人|講者|發言者|說話者"
    ),
    "start": re.compile("start|begin|from|time|timestamp|开始|开始时间|起始|起始时间|时间|时间戳|開始|開始時間|時間"),
    "end": re.compile("end|stop|to|结束|结束时间|终止时间|結束|結束時間"),
}
"""What the columns of a table, and the names in JSON, are called."""

_BESIDE = re.compile(r"[ _（(].*")  # what may stand behind a column's name: speaker_name, start (s), 说话人（角色）
_DELIMITERS = ",\t;|，"
_LOOKED_AT = 20  # rows by which delimiter and header are told
_LONGEST_NAME = 20


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what, -1 where none does; `header` says that the first row names them."""

    text: int
    speaker: int = -1
    start: int = -1
    end: int = -1
    header: bool = True


def read(source: Source) -> Iterator[Item]:
    """Yield the one transcript of a table."""
    decoded = encoding.read(source)
    try:
        yield _script(decoded.text.removeprefix("\ufeff"), source)
    except csv.Error as error:
        raise ReadingError(source.name, f"not a table: {error}") from error
    if decoded.damage is not None:
        yield decoded.damage


def _script(text: str, source: Source) -> Script:
    """Return the script a table holds."""
    delimiter = _delimiter(text)
    rows = _rows(text, delimiter)
    columns = _columns([row for _, row in zip(range(_LOOKED_AT), _rows(text, delimiter), strict=False)], source)
    if columns.header:
        next(rows)
    return Script(
        tuple(line for number, row in enumerate(rows, start=1 + columns.header) for line in _row(number, row, columns))
    )


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the rows that are not empty."""
    lines = StringIO(text.replace("\0", ""), newline="")
    return (row for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=True) if any(map(str.strip, row)))


def _delimiter(text: str) -> str:
    """Return what parts the columns: what gives the first rows two columns or more, the same number in each."""
    best = (-1.0, ",")
    for delimiter in _DELIMITERS:
        widths = [len(row) for _, row in zip(range(_LOOKED_AT), _rows(text, delimiter), strict=False)]
        if widths and min(widths) > 1:
            best = max(best, (widths.count(widths[0]) / len(widths), delimiter), key=lambda one: one[0])
    return best[1]


def _columns(rows: Sequence[Sequence[str]], source: Source) -> Columns:
    """Return which column holds what; raise `ReadingError` where none holds text."""
    if not rows:
        raise ReadingError(source.name, "there is no row in it")
    if columns := named(rows[0]):
        return columns
    if all(len(row) == 2 for row in rows):
        header = _place([rows[0][0].strip().casefold()], NAMES["speaker"]) == 0
        if header or all(0 < len(row[0].strip()) <= _LONGEST_NAME for row in rows):
            return Columns(text=1, speaker=0, header=header)
    raise ReadingError(
        source.name,
        f"no column of it is called text or 内容: {', '.join(rows[0])[:80]}",
        1,
        "Give the columns a first row: speaker,text",
    )


def named(header: Sequence[str]) -> Columns | None:
    """Return which column holds what by the names in a first row, None where none is that of the text."""
    names = [name.strip().casefold() for name in header]
    places = {key: _place(names, known) for key, known in NAMES.items()}
    if places["text"] < 0:
        return None
    return Columns(places["text"], places["speaker"], places["start"], places["end"])


def _place(header: Sequence[str], names: re.Pattern[str]) -> int:
    """Return the first column that has one of these names, -1 where none has."""
    bare = [_BESIDE.sub("", name) for name in header]
    return next((place for place, name in enumerate(bare) if names.fullmatch(name)), -1)


def _row(number: int, row: Sequence[str], columns: Columns) -> Iterator[Line]:
    """Yield the lines of one row's text."""
    text, label = _cell(row, columns.text), _cell(row, columns.speaker).rstrip("：:").strip()
    start, end = milliseconds(_cell(row, columns.start)), milliseconds(_cell(row, columns.end))
    for line in text.splitlines():
        if line.strip():
            yield Line(number, line.strip(), label=label or None, start=start, end=end)


def _cell(row: Sequence[str], place: int) -> str:
    """Return a cell, "" where the row has none there."""
    return row[place].strip() if 0 <= place < len(row) else ""
