"""Hits as CSV, as `fangtan search --csv` prints them, with the columns that are asked for."""

from search_cli.export.content import ExportContent
from search_cli.export.whole_file import OpenFile
from search_cli.rendering.formats.csv_rows import HIT_COLUMNS, csv_table, hit_values

_MARK = b"\xef\xbb\xbf"
"""The byte order mark by which Excel recognises UTF-8."""


def write(content: ExportContent, target: OpenFile) -> None:
    """Write a header and a row per hit."""
    fields = content.fields or HIT_COLUMNS
    if not target.piped:
        target.file.write(_MARK)
    rows = (hit_values(hit, fields, content.style) for hit in content.hits)
    target.file.writelines(line.encode("utf-8", "replace") for line in csv_table(fields, rows))
