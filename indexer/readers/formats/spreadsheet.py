"""Excel workbooks (.xlsx): each sheet with a column of text is a transcript, its columns known by their names.

    序号  开始时间   说话人  内容
    1    00:00:07  沈佳   人都到了

The header row may have a title above it; sheets without such a row (an evaluation, a list of codes) are left out, and
told if no sheet has one. Read by openpyxl row by row; every member of the file is checked before.
"""

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, NoReturn

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers import safe_zip
from indexer.readers.formats import csv_table
from indexer.readers.script import Line, Script
from indexer.readers.source import Item, Source

if TYPE_CHECKING:
    from openpyxl import Workbook

_MAX_TAGS = 3_000_000  # an hour of talk, a sentence a row, has 10,000
_MAX_ROWS, _MAX_COLUMNS, _MAX_SHEETS = 200_000, 64, 200
_HEADER_ROWS = 12  # a title, a date and other fields may stand above the names of the columns
_FAULTS = (
    ArithmeticError, AttributeError, EOFError, IndexError, KeyError, NotImplementedError, OSError, RecursionError,
    SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What openpyxl raises for a damaged workbook; errors of XML are a `SyntaxError`."""

Row = tuple[int, list[str]]
"""The number of a row, and its cells as printed."""


def read(source: Source) -> Iterator[Item]:
    """Yield the transcripts of a workbook, named by their sheets if there are several."""
    _check_members(source)
    yield from scripts(_sheets(source), source)


def scripts(sheets: Iterable[tuple[str, Sequence[Row]]], source: Source) -> Iterator[Script]:
    """Yield the transcripts of sheets with their names; raise `ReadingError` if none of them is one."""
    kept = list(sheets)
    found = [(name, script) for name, rows in kept if (script := script_of_sheet(rows))]
    if not found:
        _raise_no_text(next((cells for _sheet, rows in kept for _number, cells in rows[:1]), []), source)
    for name, script in found:
        yield Script(script.lines, script.metadata, name=name if len(found) > 1 else "")


def _raise_no_text(first: Sequence[str], source: Source) -> NoReturn:
    """Raise the error for a workbook without a column of text, with the names of the columns there are."""
    if not first:
        raise ReadingError(source.name, _("the workbook is empty"))
    names = ", ".join(filter(None, first))[:80]
    reason = _("no sheet has a column named text or 内容: {names}").format(names=names)
    raise ReadingError(source.name, reason, 1, _("Add a header row: speaker, text"))


def script_of_sheet(rows: Sequence[Row]) -> Script | None:
    """Return the transcript of the rows of a sheet, None if none of the first rows names a column of text."""
    for index, (_number, cells) in enumerate(rows[:_HEADER_ROWS]):
        columns = csv_table.columns_by_header(cells)
        if columns and (columns.speaker >= 0 or columns.start >= 0 or columns.question >= 0 or len(cells) == 1):
            above = [Line(number, "　".join(filter(None, row))) for number, row in rows[:index]]
            script = csv_table.script_of_rows(rows[index + 1 :], columns, cells)
            return Script((*above, *script.lines), script.metadata)
    return None


def _check_members(source: Source) -> None:
    """Raise `ReadingError` for a file with too many tags, or with document types of its own."""
    with safe_zip.open_archive(source) as archive:
        for info in archive.infolist():
            content = safe_zip.read_member(archive, info, source)
            if content.count(b"<") > _MAX_TAGS:
                tags = _("more than {number} tags in it").format(number=f"{_MAX_TAGS:,}")
                raise ReadingError(source.name, tags, next_step=_("Split it."))
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise ReadingError(source.name, _("defines its own entities, which are not expanded"))


def _sheets(source: Source) -> Iterator[tuple[str, Sequence[Row]]]:
    """Yield the name and the rows of each visible sheet."""
    import warnings

    import openpyxl

    with source.open() as file, warnings.catch_warnings(action="ignore"):
        try:
            workbook = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            for sheet in workbook.worksheets[:_MAX_SHEETS]:
                if sheet.sheet_state == "visible":
                    yield sheet.title, list(_rows(workbook, sheet.title))
        except _FAULTS as error:
            next_step = _("Open it, and save it as .xlsx or .csv.")
            raise ReadingError(source.name, _("the workbook is damaged"), next_step=next_step) from error


def _rows(workbook: "Workbook", title: str) -> Iterator[Row]:
    """Yield the rows of a sheet that are not empty."""
    sheet = workbook[title]
    reset = getattr(sheet, "reset_dimensions", None)
    if reset:
        reset()  # the size that the file claims would fill each row up to it
    rows = iter(sheet.iter_rows(max_col=_MAX_COLUMNS))
    for number, row in enumerate(islice(rows, _MAX_ROWS), start=1):
        cells = [_printed(cell.value, str(getattr(cell, "number_format", "") or "")) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells
    if next(rows, None) is not None:
        raise ReadingError(title, _("more than {number} rows").format(number=f"{_MAX_ROWS:,}"))


def _printed(value: object, number_format: str) -> str:
    """Return a cell as it is printed: a time with the digits of its format, 12 for 12.0."""
    if value is None:
        return ""
    if isinstance(value, timedelta):
        return _clock(value.total_seconds())
    if isinstance(value, time):
        if "s" not in number_format.lower() and not value.second:
            return f"{value.hour:02}:{value.minute:02}"  # typed as 00:07, which is printed as that
        return value.isoformat(timespec="milliseconds" if value.microsecond else "seconds")
    if isinstance(value, datetime):
        return value.isoformat(" ", timespec="seconds") if value.time() != time() else value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").strip()


def _clock(seconds: float) -> str:
    """Return a duration as hours, minutes and seconds."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}" if whole >= 0 else ""
