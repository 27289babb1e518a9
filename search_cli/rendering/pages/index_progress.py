"""An index run as a person reads it: how far it is, on standard error, and what it did, on standard output."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from indexer.report import Failure, IndexReport, Progress
from indexer.text.printable import plain
from search_cli.rendering.terminal.console import message_width, width, write
from search_cli.rendering.terminal.humanize import argument, count
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import indented, wrap

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

_LISTED = 3
"""Names given in full in a sentence; the others are counted."""


@contextmanager
def shown() -> Iterator[Callable[[Progress], None]]:
    """Yield what shows how far a run is: a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    bar = _bar()
    task = bar.add_task("Reading", total=None, detail="", rate="")

    def show(progress: Progress) -> None:
        elapsed = bar.tasks[task].elapsed or 0.0
        bar.update(
            task,
            total=progress.of_bytes or None,
            completed=progress.bytes,
            detail=f"{progress.files:,}/{progress.of_files:,} files  {progress.turns:,} turns",
            rate=_rate(progress.bytes, elapsed),
        )

    with bar:
        yield show


def _bar() -> "Bar":
    """Return an empty bar: files, turns, rate, time left."""
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from search_cli.rendering.terminal.console import err

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TextColumn("{task.fields[detail]}  {task.fields[rate]}"),
        TimeRemainingColumn(compact=True),
    )
    return Bar(*columns, console=err(), transient=True)


def show_report(report: IndexReport) -> None:
    """Print what a run did, and what to try next; in between, on standard error, what failed."""
    write(done_lines(report, width()))
    if report.failed:
        sys.stdout.flush()
        write(failed_lines(report.failed, message_width()), sys.stderr)
    write(more_lines(report, width()))


def done_lines(report: IndexReport, width: int) -> list[StyledLine]:
    """Return what a run did, in numbers."""
    return wrap(line(_done(report)), width)


def failed_lines(failed: Sequence[Failure], width: int) -> list[StyledLine]:
    """Return what failed, file by file."""
    files = (list(failures) for _, failures in groupby(failed, lambda failure: failure.path))
    return [one for failures in files for one in _failures(failures, width)]


def more_lines(report: IndexReport, width: int) -> list[StyledLine]:
    """Return what else is to be known of a run, and what to try next."""
    lines = _unsure(report.unsure, width) if report.unsure else []
    if report.versions:
        lines += wrap(_versions(report.versions), width)
    if report.removed:
        lines += wrap(line(f"Removed {count(len(report.removed), 'interview')}: {_listed(report.removed)}"), width)
    if report.interrupted:
        lines += wrap(line(_stopped(report)), width)
    elif report.word:
        lines.append(line("Now: ", Segment(f"fangtan search {argument(plain(report.word))}", Style.COMMAND)))
    return lines


def report_object(report: IndexReport) -> dict[str, Any]:
    """Return a report as `--json` prints it: the fields of `IndexReport`; some may be added, none changes."""
    return asdict(report)


def _done(report: IndexReport) -> str:
    """Return the sentence that counts: Indexed 470 interviews (26,801 turns, 2,744 passages) from 472 files, …."""
    read = f"{count(report.files, 'file')}, {_size(report.bytes)}, in {report.seconds:.1f} s"
    if report.indexed:
        loaded = f"{count(report.turns, 'turn')}, {count(report.passages, 'passage')}"
        did = f"Indexed {count(report.indexed, 'interview')} ({loaded}) from {read}"
    else:
        did = f"Nothing new in {read}"
    failed = f"{len(report.failed):,} failed{':' if report.failed else ''}"
    return f"{did}; {report.unchanged:,} unchanged; {failed}"


def _failures(failures: Sequence[Failure], width: int) -> list[StyledLine]:
    """Return what failed of one file: a file of a thousand bad lines is told by its first."""
    lines = [one for failure in failures[:_LISTED] for one in _failure(failure, width)]
    more = len(failures) - _LISTED
    return [*lines, line(f"    and {count(more, 'line')} more of this file")] if more > 0 else lines


def _failure(failure: Failure, width: int) -> list[StyledLine]:
    """Return what failed and what to try: `path:line: reason`, over several lines where the screen is narrow."""
    place = Segment(f"{plain(failure.path)}:{failure.line}" if failure.line else plain(failure.path), Style.ERROR)
    beside = line("  ", place, "  ")
    if width == sys.maxsize:
        lines = [line(place, f": {plain(failure.reason)}")]
    elif cells(beside) > width // 2:
        # a line of its own, however long: a path is copied
        lines = [line("  ", place), *indented(line(plain(failure.reason)), width, line("    "), 4)]
    else:
        lines = indented(line(plain(failure.reason)), width, beside, 4)
    if failure.next_step:
        lines += indented(line(plain(failure.next_step)), width, line("    Try: "), 6)
    return lines


def _unsure(sources: Sequence[str], width: int) -> list[StyledLine]:
    """Return the transcripts that are mostly narration, which is seldom meant, and how to see why."""
    first = [
        line("  ", Segment(f"fangtan parse --explain {argument(plain(one))}", Style.COMMAND))
        for one in sources[:_LISTED]
    ]
    more = len(sources) - _LISTED
    said = f"{count(len(sources), 'transcript')} in which few lines were turns:"
    return [*wrap(line(said), width), *first, *([line(f"  and {more:,} more")] if more > 0 else [])]


def _versions(ids: Sequence[str]) -> StyledLine:
    """Return that some transcripts are interviews that are in already, and what lists them."""
    said = f"{count(len(ids), 'transcript')} of an interview that is in already: {_listed(ids)}  ("
    return line(said, Segment("fangtan duplicates", Style.COMMAND), ")")


def _stopped(report: IndexReport) -> str:
    """Return what to know after Ctrl-C."""
    if report.rebuilt:
        return "Stopped: the archive is as it was before the rebuild. Run the same command again to rebuild it."
    return "Stopped: what is counted above is in. Run the same command again for the rest."


def _listed(names: Sequence[str]) -> str:
    """Return the first names, and how many more there are."""
    first = ", ".join(map(plain, names[:_LISTED]))
    more = len(names) - _LISTED
    return f"{first} and {more:,} more" if more > 0 else first


def _rate(size: int, seconds: float) -> str:
    """Return megabytes a second, nothing before it can be told."""
    return f"{size / seconds / 1e6:.1f} MB/s" if size and seconds > 0.5 else ""


def _size(size: int) -> str:
    """Return a number of bytes as people say it: 900 bytes, 12 KB, 17.7 MB."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size / 1e3:,.0f} KB"
