"""Tables, CSV or tab-separated: a line per row, with columns recognised by common names.

    说话人,开始时间,内容             speaker, start, text in any order; others are annotations
    沈佳,00:00:07,人都到了
    问题,回答                        or a question and its answer in each row

A table without a header row is read if it has two columns: speaker and text. The exports of chats are such tables.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from operator import itemgetter

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.model import Metadata
from indexer.readers import encoding
from indexer.readers.formats.chats import clock, notices
from indexer.readers.script import Line, Script
from indexer.readers.source import Item, Source
from indexer.readers.timestamps import milliseconds

COLUMN_NAMES: Mapping[str, re.Pattern[str]] = {
    "text": re.compile(
        "text|content|transcript|utterance|sentence|speech|subtitle|message|内容|文本|正文|原文|字幕|文字|台词|句子|话语|"
        "发言|发言内容|对话|对话内容|说话内容|转写|转写内容|转写文本|逐字稿|內容|發言|發言內容|對話|對話內容|轉寫|轉寫內容|"
        "中文|汉语|漢語|zh|cn|chinese|strcontent|消息内容|消息|訊息|訊息內容|聊天内容"
    ),
    "speaker": re.compile(
        "speaker|name|who|role|person|user|label|姓名|名字|说话人|发言人|讲话人|主讲人|讲者|角色|人物|发言者|说话者|身份|"
        "說話人|發言人|講者|發言者|說話者|sender|author|nickname|sendername|发送者|发送人|发件人|昵称|發送者|傳送者|暱稱"
    ),
    "start": re.compile(
        "start|begin|from|time|timestamp|开始|开始时间|起始|起始时间|时间|时间戳|開始|開始時間|時間|"
        "strtime|datetime|date|发送时间|消息时间|日期时间|傳送時間"
    ),
    "end": re.compile("end|stop|to|结束|结束时间|终止时间|結束|結束時間"),
}
"""Names of table columns and JSON keys."""

_QUESTIONS = re.compile("question|q|问题|提问|问|問題|提問|問")
_ANSWERS = re.compile("answer|a|回答|答案|答复|答|答覆|回覆|回复")
_TRANSLATIONS = re.compile("en|eng|english|translation|英文|英语|英語|英译|译文|譯文|翻译|翻譯")
_LETTER = re.compile(r"[^\W\d_]")
_SUFFIX = re.compile(r"[ _（(].*")  # suffixes of column names: speaker_name, start (s), 说话人（角色）
_DELIMITERS = ",\t;|，"
_SAMPLE_ROWS = 20  # rows by which delimiter and header are detected
_MAX_NAME_LENGTH = 20


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The indices of the columns, -1 for a missing one; `has_header` is true if the first row names them.

    Where each row has a question, its answer is the text.
    """

    text: int
    speaker: int = -1
    start: int = -1
    end: int = -1
    has_header: bool = True
    question: int = -1


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a table."""
    decoded = encoding.read_text(source)
    try:
        yield _script(decoded.text.removeprefix("\ufeff"), source)
    except csv.Error as error:
        raise ReadingError(source.name, _("not a table: {error}").format(error=error)) from error
    if decoded.damage is not None:
        yield decoded.damage


def _script(text: str, source: Source) -> Script:
    """Return the transcript of a table."""
    delimiter = _delimiter(text)
    rows = _rows(text, delimiter)
    columns = _columns([row for _index, row in zip(range(_SAMPLE_ROWS), _rows(text, delimiter), strict=False)], source)
    header = next(rows) if columns.has_header else []
    return script_of_rows(enumerate(rows, start=1 + columns.has_header), columns, header)


def script_of_rows(rows: Iterable[tuple[int, Sequence[str]]], columns: TableColumns, header: Sequence[str]) -> Script:
    """Return the transcript of numbered rows; its date is that of the first time with a day, as in chats."""
    lines: list[Line] = []
    metadata: Metadata = ()
    for number, row in rows:
        lines += _row_lines(number, row, columns, header)
        if not metadata and columns.start >= 0 and (day := clock.of_datetime(_cell(row, columns.start))[0]):
            metadata = (("date", day.isoformat()),)
    return Script(tuple(lines), metadata)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the rows that are not empty."""
    lines = StringIO(text.replace("\0", ""), newline="")
    return (row for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=True) if any(map(str.strip, row)))


def _delimiter(text: str) -> str:
    """Return the delimiter that gives the first rows at least two columns, the same number in each."""
    best = (-1.0, ",")
    for delimiter in _DELIMITERS:
        widths = [len(row) for _index, row in zip(range(_SAMPLE_ROWS), _rows(text, delimiter), strict=False)]
        if widths and min(widths) > 1:
            best = max(best, (widths.count(widths[0]) / len(widths), delimiter), key=itemgetter(0))
    return best[1]


def _columns(rows: Sequence[Sequence[str]], source: Source) -> TableColumns:
    """Return the columns of a table; raise `ReadingError` if there is no text column."""
    if not rows:
        raise ReadingError(source.name, _("the table is empty"))
    if columns := columns_by_header(rows[0]):
        return columns
    if all(len(row) == 2 for row in rows):
        has_speaker_header = _column_index([rows[0][0].strip().casefold()], COLUMN_NAMES["speaker"]) == 0
        if has_speaker_header or all(0 < len(row[0].strip()) <= _MAX_NAME_LENGTH for row in rows):
            return TableColumns(text=1, speaker=0, has_header=has_speaker_header)
    reason = _("no column is named text or 内容: {names}").format(names=", ".join(rows[0])[:80])
    raise ReadingError(source.name, reason, 1, _("Add a header row: speaker,text"))


def columns_by_header(row: Sequence[str]) -> TableColumns | None:
    """Return the columns by the names in a header row, None if there is no text column."""
    names = [name.strip().casefold() for name in row]
    indices = {key: _column_index(names, pattern) for key, pattern in COLUMN_NAMES.items()}
    if indices["text"] < 0:
        question, answer = _column_index(names, _QUESTIONS), _column_index(names, _ANSWERS)
        return TableColumns(answer, start=indices["start"], question=question) if min(question, answer) >= 0 else None
    return TableColumns(indices["text"], indices["speaker"], indices["start"], indices["end"])


def _column_index(names: Sequence[str], pattern: re.Pattern[str]) -> int:
    """Return the index of the first column with one of these names, -1 if there is none."""
    stripped = [_SUFFIX.sub("", name) for name in names]
    return next((index for index, name in enumerate(stripped) if pattern.fullmatch(name)), -1)


def _row_lines(number: int, row: Sequence[str], columns: TableColumns, header: Sequence[str]) -> Iterator[Line]:
    """Yield the lines of a row: its text, or its question and answer, then the cells beside them as annotations."""
    label = _cell(row, columns.speaker).rstrip("：:").strip()
    start, end = time(_cell(row, columns.start)), milliseconds(_cell(row, columns.end))
    spoken = [(columns.text, label)] if columns.question < 0 else [(columns.question, "问"), (columns.text, "答")]
    for index, speaker in spoken:
        for line in filter(str.strip, _cell(row, index).splitlines()):
            is_notice = columns.speaker >= 0 and speaker and notices.is_notice(line.strip(), speaker)
            yield (
                Line(number, line.strip(), label="", kind="annotation")
                if is_notice
                else Line(number, line.strip(), label=speaker or None, start=start, end=end)
            )
    used = {columns.text, columns.question, columns.speaker, columns.start, columns.end}
    for index, cell in enumerate(row):
        if index not in used and _LETTER.search(cell):
            yield _beside(number, " ".join(cell.split()), _cell(header, index))


def _beside(number: int, text: str, name: str) -> Line:
    """Return the line of a cell beside the text: a translation, or an annotation with the name of its column."""
    if _TRANSLATIONS.fullmatch(_SUFFIX.sub("", name.casefold())):
        return Line(number, text, label="", kind="translation")
    return Line(number, f"{name}：{text}" if name else text, label="", kind="annotation")


def time(printed: str) -> int | None:
    """Return the milliseconds of a time, or of the clock beside a day; None if it is neither."""
    found = milliseconds(printed)
    return found if found is not None else clock.of_datetime(printed)[1]


def _cell(row: Sequence[str], index: int) -> str:
    """Return the text of a cell, "" if there is none."""
    return row[index].strip() if 0 <= index < len(row) else ""
