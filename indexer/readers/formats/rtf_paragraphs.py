"""Paragraphs of rich text in the making: lines of the text, or of the cells of a table."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.readers.formats import table_rows
from indexer.readers.formats.text_runs import TextRun, bold_characters
from indexer.readers.script import Line


@dataclass(slots=True)
class Paragraphs:
    """Paragraphs in the making, those of the text or of the notes."""

    lines: list[Line] = field(default_factory=list)
    pieces: list[TextRun] = field(default_factory=list)
    kind: str = ""
    in_table: bool = False
    cell: list[Line] = field(default_factory=list)
    row: list[list[Line]] = field(default_factory=list)
    rows: list[list[list[Line]]] = field(default_factory=list)

    def end_paragraph(self) -> None:
        """End the paragraph: its lines go to the text, or to the cell."""
        pieces, self.pieces = self.pieces, []
        if not self.in_table and not self.row and not self.cell:
            self.end_table()
        target = self.cell if self.in_table else self.lines
        target.extend(_lines_of(pieces, self.kind))

    def end_cell(self) -> None:
        """End a cell of a table."""
        self.in_table = True
        self.end_paragraph()
        self.row.append(self.cell)
        self.cell = []

    def end_row(self) -> None:
        """End a row of a table."""
        if self.row:
            self.rows.append(self.row)
        self.row = []

    def end_table(self) -> None:
        """End the table, if there is one."""
        self.end_row()
        rows, self.rows = [row for row in self.rows if any(row)], []
        if rows:
            self.lines.extend(table_rows.table_lines(rows))


def _lines_of(pieces: list[TextRun], kind: str) -> Iterator[Line]:
    """Yield the lines of a paragraph with the number of bold characters at the start of each."""
    whole = "".join(text for text, _ in pieces)
    whole = whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if not whole.isascii() else whole
    bold = bold_characters(pieces)
    for index, text in enumerate(whole.split("\n")):
        if text.strip():
            yield Line(0, text, kind=kind, bold_prefix_length=0 if index else min(bold, len(text)))
