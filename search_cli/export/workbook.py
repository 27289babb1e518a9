"""Hits as an Excel workbook, a row per hit, written row by row.

No cell is a formula or a link: what a transcript says is text, and dates are dates. Excel's limits (its specifications
and limits): 1,048,576 rows per sheet, beyond which another sheet follows; 32,767 UTF-16 units per cell, beyond which
the whole text is in a sheet of its own, in parts.
"""

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

from indexer.language.messages import gettext as _
from indexer.language.messages import ngettext
from search_cli.export.clean_text import xml_text
from search_cli.export.content import ExportContent
from search_cli.export.whole_file import OpenFile
from search_cli.rendering.formats.csv_rows import HIT_COLUMNS, cell_text, hit_values, is_formula

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ROWS = 1_048_575
"""Rows of a sheet below its header."""

CELL = 32_767
"""UTF-16 units of a cell."""

_EXCERPT = 1000
"""Characters shown of a text that is too long for a cell."""

_TURNS, _LONG = "Turns", "Long texts"
_LONG_COLUMNS = ("address", "field", "part", "text")
_WIDTH = 14
_WIDTHS = {
    **dict.fromkeys(("rank", "turn", "exchange", "reply_to", "part"), 7),
    **dict.fromkeys(("score", "start", "end", "match"), 9),
    **dict.fromkeys(("interview_id", "address", "topics", "mentions", "keywords", "affiliation", "tags", "media"), 24),
    **dict.fromkeys(("title", "citation", "source", "url", "media_link", "note"), 36),
    "role": 12,
    "date": 12,
    "question": 40,
    "notes": 40,
    "text": 80,
}
"""Columns in digits, of which a Chinese character takes two; the rest have `_WIDTH`."""

_FIRST_YEAR = 1900
"""Excel has no earlier dates."""


def write(content: ExportContent, target: OpenFile) -> None:
    """Write the sheets; memory does not grow with the rows."""
    from xlsxwriter import Workbook

    options = {"constant_memory": True, "tmpdir": str(target.folder), "use_zip64": True}
    if content.total > ROWS:
        sheets_needed = -(-content.total // ROWS)
        told = _("The turns need {number} sheets: one of Excel holds {rows}.")
        content.tell(told.format(number=sheets_needed, rows=f"{ROWS:,}"))
    file = _FirstError(target.file)
    workbook = Workbook(file, options)
    sheets = _Sheets(workbook, content.fields or HIT_COLUMNS)
    for hit in content.hits:
        sheets.add(hit.turn.address, hit_values(hit, sheets.fields, content.style))
    sheets.finish()
    workbook.close()
    if file.error is not None:
        raise file.error
    if sheets.long_texts:
        content.tell(_long_texts_note(sheets.long_texts))


def _long_texts_note(number: int) -> str:
    """Return where the texts are that are too long for a cell."""
    told = ngettext(
        "{number} text too long for a cell of Excel: in parts of {characters} characters in the sheet {sheet}.",
        "{number} texts too long for a cell of Excel: in parts of {characters} characters in the sheet {sheet}.",
        number,
    )
    return told.format(number=f"{number:,}", characters=f"{CELL:,}", sheet=_LONG)


class _FirstError:
    """A file that keeps the first error for the end: XlsxWriter leaves its zip file open where one is raised."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        self._try(self._file.write, data)
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._try(self._file.seek, offset, whence)

    def tell(self) -> int:
        return self._try(self._file.tell)

    def flush(self) -> None:
        self._try(self._file.flush)

    def _try(self, call: Callable[..., int | None], *values: object) -> int:
        """Return what a call returns; 0 once there was an error."""
        if self.error is None:
            try:
                return call(*values) or 0
            except OSError as error:
                self.error = error
        return 0


class _Sheets:
    """The sheets of turns and of long texts; `fields` are the columns."""

    def __init__(self, workbook: "Workbook", fields: tuple[str, ...]) -> None:
        self.fields = fields
        self._workbook = workbook
        top = {"text_wrap": True, "valign": "top"}
        self._header = workbook.add_format({"bold": True, "valign": "top"})
        self._text = workbook.add_format(top)
        self._quoted = workbook.add_format({**top, "quote_prefix": True})
        self._date = workbook.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})
        self._number = workbook.add_format({"valign": "top"})
        self._long: Worksheet | None = None
        self._long_rows = self.long_texts = 0
        self._count, self._row = 1, 0
        self._sheet = self._new_sheet(_TURNS, fields)

    def add(self, address: str, values: list[object]) -> None:
        """Write a row, in a new sheet if this one is full."""
        if self._row == ROWS:
            self.finish()
            self._count, self._row = self._count + 1, 0
            self._sheet = self._new_sheet(f"{_TURNS} {self._count}", self.fields)
        self._row += 1
        for column, (name, value) in enumerate(zip(self.fields, values, strict=True)):
            self._write(column, name, value, address)

    def finish(self) -> None:
        """Let the rows of the current sheet be filtered."""
        self._sheet.autofilter(0, 0, self._row, len(self.fields) - 1)

    def _write(self, column: int, name: str, value: object, address: str) -> None:
        """Write a cell of the current row."""
        if value is None or value in ("", ()):
            return
        if isinstance(value, int | float):
            self._sheet.write_number(self._row, column, value, self._number)
        elif name == "date" and (date := _date(str(value))):
            self._sheet.write_datetime(self._row, column, date, self._date)
        else:
            self._write_text(column, name, value, address)

    def _write_text(self, column: int, name: str, value: object, address: str) -> None:
        text = xml_text(cell_text(value))
        parts = cell_parts(text)
        if len(parts) > 1:
            self._add_long(address, name, parts)
            text = f"{text[:_EXCERPT]}…… [{_LONG}]"
        self._sheet.write_string(self._row, column, text, self._format(text))

    def _format(self, text: str) -> "Format":
        """Return the format of a text: what looks like a formula stays a text when its cell is edited."""
        return self._quoted if is_formula(text) else self._text

    def _add_long(self, address: str, name: str, parts: list[str]) -> None:
        """Write the parts of a long text, in the sheet that has nothing else."""
        if self._long is None:
            self._long = self._new_sheet(_LONG, _LONG_COLUMNS)
        self.long_texts += 1
        for number, part in enumerate(parts, start=1):
            self._long_rows += 1
            self._long.write_string(self._long_rows, 0, xml_text(cell_text(address)), self._text)
            self._long.write_string(self._long_rows, 1, name, self._text)
            self._long.write_number(self._long_rows, 2, number, self._number)
            self._long.write_string(self._long_rows, 3, part, self._format(part))

    def _new_sheet(self, name: str, columns: tuple[str, ...]) -> "Worksheet":
        """Add a sheet with its header, which stays when the rows are scrolled."""
        sheet = self._workbook.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, field in enumerate(columns):
            sheet.set_column(column, column, _WIDTHS.get(field, _WIDTH))
            sheet.write_string(0, column, field, self._header)
        return sheet


def cell_parts(text: str) -> list[str]:
    """Cut a text into parts that fit into a cell, between characters; one that fits is one part."""
    if 2 * len(text) <= CELL:
        return [text]
    units = text.encode("utf-16-le")
    parts, start = [], 0
    while start < len(units):
        end = start + 2 * CELL
        if end < len(units) and 0xDC <= units[end + 1] <= 0xDF:  # the second half of a character
            end -= 2
        parts.append(units[start:end].decode("utf-16-le"))
        start = end
    return parts


def _date(text: str) -> datetime.date | None:
    """Return a date that Excel has, None for another text."""
    try:
        date = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return date if date.year >= _FIRST_YEAR else None
