"""The formats of an export: the module of each, and what it takes. A new one is a module and a line here."""

from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import cast

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.export.content import Writer


class ExportFormat(StrEnum):
    """The formats; the values are those of `--format`."""

    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"
    MARKDOWN = "markdown"
    DOCX = "docx"
    QDPX = "qdpx"


@dataclass(frozen=True, slots=True)
class FormatInfo:
    """The module that writes a format, and its suffixes.

    `has_fields`: it is a table whose columns can be chosen. `is_text`: it can be written to a pipe.
    """

    module: str
    suffixes: tuple[str, ...]
    has_fields: bool = False
    is_text: bool = False

    @property
    def writer(self) -> Writer:
        """Return the module, imported when it is needed."""
        return cast("Writer", import_module(f"search_cli.export.{self.module}"))


FORMATS = {
    ExportFormat.CSV: FormatInfo("csv_file", (".csv",), has_fields=True, is_text=True),
    ExportFormat.JSONL: FormatInfo("json_lines", (".jsonl",), has_fields=True, is_text=True),
    ExportFormat.XLSX: FormatInfo("workbook", (".xlsx",), has_fields=True),
    ExportFormat.MARKDOWN: FormatInfo("markdown_document", (".md", ".markdown"), is_text=True),
    ExportFormat.DOCX: FormatInfo("word_document", (".docx",)),
    ExportFormat.QDPX: FormatInfo("qda_project", (".qdpx",)),
}


def chosen_format(path: Path, typed: ExportFormat | None) -> ExportFormat:
    """Return the format that was typed, or that of the file's suffix; raise `UsageError` if neither is known."""
    if typed is not None:
        return typed
    suffix = path.suffix.lower()
    for name, info in FORMATS.items():
        if suffix in info.suffixes:
            return name
    suffixes = _(", ").join(info.suffixes[0] for info in FORMATS.values())
    raise UsageError(
        _("The format of {path} is not known: it does not end in one of {suffixes}.").format(
            path=path, suffixes=suffixes
        ),
        _("Add --format with one of {names}.").format(names=_(", ").join(FORMATS)),
    )
