"""The progress of an index run, on standard error, and its report, on standard output."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.report import Failure, IndexReport, LeftOut, Progress
from indexer.text.printable import plain
from search_cli.rendering.pages.parse_report import omission
from search_cli.rendering.pages.unread_files import unread_lines
from search_cli.rendering.terminal.console import message_width, width, write
from search_cli.rendering.terminal.humanize import argument, count
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import indented, wrap

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

_LISTED = 3
"""Names that are listed; the others are counted."""


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None]]:
    """Yield a callback that updates a progress bar, or does nothing without a terminal."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    bar = empty_bar()
    task = bar.add_task("Reading", total=None, detail="", rate="")

    def update(progress: Progress) -> None:
        elapsed = bar.tasks[task].elapsed or 0.0
        if progress.of_embedded:
            done = f"{progress.embedded:,}/{progress.of_embedded:,} turns"
            total, completed = progress.of_embedded, progress.embedded
            bar.update(task, description=progress.stage, total=total, completed=completed, detail=done, rate="")
            return
        bar.update(
            task,
            description=progress.stage,
            total=progress.of_bytes or None,
            completed=progress.bytes,
            detail=f"{progress.files:,}/{progress.of_files:,} files  {progress.turns:,} turns",
            rate=_rate(progress.bytes, elapsed),
        )

    with bar:
        yield update


def empty_bar() -> "Bar":
    """Return an empty progress bar: files, turns, rate, time left."""
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


def show_report(report: IndexReport, paths: Sequence[Path] = ()) -> None:
    """Print the report of a run of `paths`; failures go to standard error."""
    write(done_lines(report, width()))
    if report.failed:
        sys.stdout.flush()
        write(failed_lines(report.failed, message_width()), sys.stderr)
    write(more_lines(report, width(), paths))


def done_lines(report: IndexReport, width: int) -> list[StyledLine]:
    """Return the counts of a run."""
    return wrap(line(_summary(report)), width)


def failed_lines(failed: Sequence[Failure], width: int) -> list[StyledLine]:
    """Return the failures, file by file."""
    files = (list(failures) for _, failures in groupby(failed, lambda failure: failure.path))
    return [one for failures in files for one in _failures(failures, width)]


def more_lines(report: IndexReport, width: int, paths: Sequence[Path] = ()) -> list[StyledLine]:
    """Return the rest of the report and the next step."""
    lines = wrap(_left_out(report.left_out), width) if report.left_out.left_out else []
    if report.much_left_out:
        lines += _much_left_out(report.much_left_out, width)
    if report.unsure:
        lines += _mostly_narration(report.unsure, width)
    if report.versions:
        lines += wrap(_duplicates(report.versions), width)
    if report.topics:
        lines += _topics(report.topics, width)
    if report.removed:
        lines += wrap(line(f"Removed {count(len(report.removed), 'interview')}: {_listed(report.removed)}"), width)
    lines += _whole_archive(report, width)
    if report.sidecars:
        lines += _sidecars(report.sidecars, width)
    if report.gone:
        lines += _gone(report.gone, paths, width)
    lines += unread_lines(report.unread, width)
    if report.interrupted:
        lines += wrap(line(_stopped(report)), width)
    elif report.word:
        lines.append(line("Now: ", Segment(f"fangtan search {argument(plain(report.word))}", Style.COMMAND)))
    return lines


def _whole_archive(report: IndexReport, width: int) -> list[StyledLine]:
    """Return what the run did to the archive after the files were loaded."""
    lines: list[StyledLine] = []
    if report.renamed:
        lines += wrap(line(f"{count(report.renamed, 'turn')} got another speaker: one name for each person."), width)
    if report.embedded:
        lines += wrap(line(f"{count(report.embedded, 'turn')} got a vector."), width)
    if report.unembedded:
        lines += wrap(line(f"New turns have no vector: {plain(report.unembedded)}"), width)
    if report.missing:
        lines += wrap(missing_line(report.missing), width)
    return lines


def missing_line(missing: Sequence[str]) -> StyledLine:
    """Return what speakers.toml names and the archive does not have."""
    command = Segment("fangtan interviews", Style.COMMAND)
    return line(f"speakers.toml names what is not in the archive: {_listed(missing)}. Ids are listed by ", command, ".")


def report_object(report: IndexReport) -> dict[str, Any]:
    """Return a report as `--json` prints it: the fields of `IndexReport`; fields may be added, never changed."""
    return asdict(report)


def _summary(report: IndexReport) -> str:
    """Return the counts: Indexed 470 interviews (26,801 turns, 2,744 passages) from 472 files, …."""
    files = f"{count(report.files, 'file')}, {_size(report.bytes)}, in {report.seconds:.1f} s"
    if report.indexed:
        documents = f"{count(report.turns, 'turn')}, {count(report.passages, 'passage')}"
        indexed = f"Indexed {count(report.indexed, 'interview')} ({documents}) from {files}"
    else:
        indexed = f"Nothing new in {files}"
    failed = f"{len(report.failed):,} failed{':' if report.failed else ''}"
    return f"{indexed}; {report.unchanged:,} unchanged; {failed}"


def _topics(sizes: Sequence[tuple[str, int]], width: int) -> list[StyledLine]:
    """Return how many topics were learned, and the largest: Found 80 topics: 口罩、药师、防疫 (1,204 turns), …."""
    largest = ", ".join(f"{plain(name)} ({count(turns, 'turn')})" for name, turns in sizes[:_LISTED])
    more = f" and {len(sizes) - _LISTED:,} more" if len(sizes) > _LISTED else ""
    text = f"Found {count(len(sizes), 'topic')}: {largest}{more}  ("
    return wrap(line(text, Segment("fangtan topics", Style.COMMAND), ")"), width)


def _failures(failures: Sequence[Failure], width: int) -> list[StyledLine]:
    """Return the first failures of a file, and the number of the others."""
    lines = [one for failure in failures[:_LISTED] for one in _failure(failure, width)]
    more = len(failures) - _LISTED
    return [*lines, line(f"    and {count(more, 'more line')} of this file")] if more > 0 else lines


def _failure(failure: Failure, width: int) -> list[StyledLine]:
    """Return a failure: path, line number, reason and next step; on one line where width is unlimited."""
    location = Segment(f"{plain(failure.path)}:{failure.line}" if failure.line else plain(failure.path), Style.ERROR)
    label = line("  ", location, "  ")
    if width == sys.maxsize:
        lines = [line(location, f": {plain(failure.reason)}")]
    elif cells(label) > width // 2:
        # on a line of its own, and not wrapped: paths are copied
        lines = [line("  ", location), *indented(line(plain(failure.reason)), width, line("    "), 4)]
    else:
        lines = indented(line(plain(failure.reason)), width, label, 4)
    if failure.next_step:
        lines += indented(line(plain(failure.next_step)), width, line("    Try: "), 6)
    return lines


def _mostly_narration(sources: Sequence[str], width: int) -> list[StyledLine]:
    """Return the transcripts that are mostly narration, with the commands that explain why."""
    commands = [
        line("  ", Segment(f"fangtan parse --explain {argument(plain(one))}", Style.COMMAND))
        for one in sources[:_LISTED]
    ]
    more = len(sources) - _LISTED
    heading = f"{count(len(sources), 'transcript')} with few turns, mostly narration:"
    return [*wrap(line(heading), width), *commands, *([line(f"  and {more:,} more")] if more > 0 else [])]


def _left_out(left_out: LeftOut) -> StyledLine:
    """Return how much of the transcripts that were read is in no turn."""
    return line(Segment(omission(left_out).capitalize(), Style.DIM))


def _much_left_out(left_out: Sequence[LeftOut], width: int) -> list[StyledLine]:
    """Return the transcripts of which unusually much is left out, with the commands that explain why."""
    worst: list[StyledLine] = []
    for one in sorted(left_out, key=lambda one: -one.left_out / one.characters)[:_LISTED]:
        command = Segment(f"fangtan parse --explain {argument(plain(one.source))}", Style.COMMAND)
        worst += [line("  ", command), *indented(line(omission(one)), width, line("    "), 4)]
    more = len(left_out) - _LISTED
    heading = f"{count(len(left_out), 'transcript')} of which much is left out:"
    return [*wrap(line(heading), width), *worst, *([line(f"  and {more:,} more")] if more > 0 else [])]


def _duplicates(ids: Sequence[str]) -> StyledLine:
    """Return the transcripts of interviews that are already indexed, and the command that lists them."""
    text = f"{count(len(ids), 'duplicate')} of interviews in the archive: {_listed(ids)}  ("
    return line(text, Segment("fangtan duplicates", Style.COMMAND), ")")


def _sidecars(sidecars: Sequence[str], width: int) -> list[StyledLine]:
    """Return the sidecar files that replace metadata of an earlier `--meta`, not wrapped: paths are copied."""
    files = [line(f"  {plain(one)}") for one in sidecars[:_LISTED]]
    more = len(sidecars) - _LISTED
    heading = f"{count(len(sidecars), 'sidecar file')} used instead of an earlier --meta, being newer:"
    return [*wrap(line(heading), width), *files, *([line(f"  and {more:,} more")] if more > 0 else [])]


def _gone(ids: Sequence[str], paths: Sequence[Path], width: int) -> list[StyledLine]:
    """Return the interviews whose files are gone, and the command that removes them."""
    are, files = ("is", "its file is") if len(ids) == 1 else ("are", "their files are")
    text = f"{count(len(ids), 'interview')} {are} still indexed, but {files} gone: {_listed(ids)}"
    command = " ".join(["fangtan index", *(argument(plain(str(path))) for path in paths), "--prune"])
    remove = "  Remove it: " if len(ids) == 1 else "  Remove them: "
    return [*wrap(line(text), width), *indented(line(Segment(command, Style.COMMAND)), width, line(remove), 2)]


def _stopped(report: IndexReport) -> str:
    """Return the state of the archive after Ctrl-C."""
    if report.rebuilt:
        return "Stopped: the archive is as it was before the rebuild. Run the same command again to rebuild it."
    return "Stopped: the interviews counted above are indexed. Run the same command again for the rest."


def _listed(names: Sequence[str]) -> str:
    """Return the first names, and the number of the others."""
    first = ", ".join(map(plain, names[:_LISTED]))
    more = len(names) - _LISTED
    return f"{first} and {more:,} more" if more > 0 else first


def _rate(size: int, seconds: float) -> str:
    """Return the rate in megabytes per second, "" in the first half second."""
    return f"{size / seconds / 1e6:.1f} MB/s" if size and seconds > 0.5 else ""


def _size(size: int) -> str:
    """Format a file size in decimal units: 900 bytes, 12 KB, 17.7 MB."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size / 1e3:,.0f} KB"
