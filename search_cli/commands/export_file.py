"""Write turns to a file, for `fangtan export` and `fangtan show`: options, progress, and what is told at the end."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import pgettext
from search_cli.commands.output import writing_error
from search_cli.export.format_table import FORMATS, ExportFormat, chosen_format
from search_cli.query.request import SearchOptions

if TYPE_CHECKING:
    from search_cli.archive import Archive
    from search_cli.catalog import WholeInterview
    from search_cli.export.content import ExportContent
    from search_cli.models import Hit
    from search_cli.rendering.pages.export_progress import ExportProgress

_PANEL = "Output"
_STDOUT = Path("-")

Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="The file to write, in the format of its suffix: .csv, .jsonl, .xlsx, .md, .docx or .qdpx.",
        rich_help_panel=_PANEL,
    ),
]
FormatOption = Annotated[
    ExportFormat | None,
    typer.Option("--format", help="The format, if the suffix does not say it.", rich_help_panel=_PANEL),
]


@dataclass(frozen=True, slots=True)
class ExportTarget:
    """A file to write, - for standard output, and its format; `quiet`: nothing is told."""

    path: Path
    format: ExportFormat
    quiet: bool = False


def export_target(path: Path | None, typed: ExportFormat | None, *, quiet: bool = False) -> ExportTarget:
    """Return the target; raise `UsageError` where it is not known, or its format cannot be printed."""
    if path is None and typed is None:
        raise UsageError(_("An export needs a file."), _("Add -o FILE: .csv, .jsonl, .xlsx, .md, .docx or .qdpx."))
    to = path or _STDOUT
    kind = chosen_format(to, typed)
    if to == _STDOUT and not FORMATS[kind].is_text:
        raise UsageError(
            _("{form} cannot be printed.").format(form=kind),
            _("Write a file: -o FILE{suffix}").format(suffix=FORMATS[kind].suffixes[0]),
        )
    return ExportTarget(to, kind, quiet)


def export_fields(typed: str, kind: ExportFormat) -> tuple[str, ...]:
    """Parse `--fields`; raise `UsageError` for an unknown one, or a format that has no columns."""
    from search_cli.rendering.formats.csv_rows import hit_fields

    if typed and not FORMATS[kind].has_fields:
        tables = pgettext("formats", " or ").join(name for name, info in FORMATS.items() if info.has_fields)
        raise UsageError(
            _("{form} has no columns to choose.").format(form=kind),
            _("Leave out --fields, or write {forms}.").format(forms=tables),
        )
    return hit_fields(typed)


def search_content(archive: "Archive", query: str, options: SearchOptions, title: str) -> "ExportContent":
    """Return all hits of a search as what is exported; in a project of qualitative analysis, `title` is their code.

    Without a title, that of a search of all turns, the code is English, as all codes are.
    """
    from search_cli.export.content import ALL_TURNS, ExportContent

    counted = {name: value for name, value in options.items() if name not in {"sort", "seed"}}
    total = archive.search(query, **cast("SearchOptions", {**counted, "limit": 1})).pageable
    hits = archive.export(query, **options)
    return ExportContent(title, hits, total, archive.interview, code=title or ALL_TURNS, tags_of=archive.tags_of)


def write_export(content: "ExportContent", target: ExportTarget) -> int:
    """Write an export, print what was written, and return the number of turns; standard output gets nothing else."""
    from search_cli.rendering.pages.export_progress import progress_bar, report_lines
    from search_cli.rendering.terminal.console import width, write
    from search_cli.rendering.terminal.error_lines import print_note

    with progress_bar(content.total, is_shown=not target.quiet) as progress:
        counted = _Counted(progress)
        passing = replace(
            content, hits=counted.each(content.hits), read_interview=counted.reading(content.read_interview)
        )
        _write(passing if target.quiet else replace(passing, tell=lambda note: print_note(note, "")), target)
    if target.quiet:
        return counted.turns
    if counted.turns != content.total:
        told = _("The archive changed meanwhile: {number} hits when the export began.")
        print_note(told.format(number=f"{content.total:,}"), "")
    if target.path != _STDOUT and target.path.is_file():
        size = target.path.stat().st_size
        write(report_lines(counted.turns, len(counted.interviews), str(target.path), size, width()))
    return counted.turns


def _write(content: "ExportContent", target: ExportTarget) -> None:
    """Write the file, or to standard output."""
    from tempfile import TemporaryDirectory

    from search_cli.export.whole_file import OpenFile, whole_file

    writer = FORMATS[target.format].writer
    if target.path == _STDOUT:
        with TemporaryDirectory() as folder:
            writer.write(content, OpenFile(sys.stdout.buffer, Path(folder), piped=True))
        return
    try:
        with whole_file(target.path) as opened:
            writer.write(content, opened)
    except OSError as error:
        raise writing_error(error, str(target.path)) from error


class _Counted:
    """Counts turns and interviews as they pass, and tells how many have."""

    def __init__(self, progress: "ExportProgress") -> None:
        self.turns = 0
        self.interviews: set[str] = set()
        self._progress = progress

    def each(self, hits: "Iterable[Hit]") -> "Iterator[Hit]":
        """Yield the hits."""
        for hit in hits:
            self.turns += 1
            self.interviews.add(hit.turn.interview_id)
            self._progress.turns(self.turns)
            yield hit

    def reading(self, read: "Callable[[str], WholeInterview]") -> "Callable[[str], WholeInterview]":
        """Return a function that reads an interview, one after another."""
        numbers = count(1)

        def counted(interview_id: str) -> "WholeInterview":
            self._progress.interviews(next(numbers), len(self.interviews))
            return read(interview_id)

        return counted
