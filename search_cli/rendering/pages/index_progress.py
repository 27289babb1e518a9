"""The progress of an index run, on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from indexer.language.messages import gettext as _
from indexer.report import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None]]:
    """Yield a callback that updates a progress bar, or does nothing without a terminal."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    bar = empty_bar()
    task = bar.add_task(_("Reading"), total=None, detail="", rate="")

    def update(progress: Progress) -> None:
        elapsed = bar.tasks[task].elapsed or 0.0
        if progress.of_embedded:
            total, completed = progress.of_embedded, progress.embedded
            done = turns_done(completed, total)
            bar.update(task, description=_(progress.stage), total=total, completed=completed, detail=done, rate="")
            return
        bar.update(
            task,
            description=_(progress.stage),
            total=progress.of_bytes or None,
            completed=progress.bytes,
            detail=_files_done(progress),
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


def turns_done(turns: int, of_turns: int) -> str:
    """Return how many turns are done: 1,200/26,801 turns."""
    return _("{turns}/{of_turns} turns").format(turns=f"{turns:,}", of_turns=f"{of_turns:,}")


def _files_done(progress: Progress) -> str:
    """Return how many files and turns are done: 12/472 files  640 turns."""
    done = _("{files}/{of_files} files  {turns} turns")
    return done.format(files=f"{progress.files:,}", of_files=f"{progress.of_files:,}", turns=f"{progress.turns:,}")


def _rate(size: int, seconds: float) -> str:
    """Return the rate in megabytes per second, "" in the first half second."""
    return f"{size / seconds / 1e6:.1f} MB/s" if size and seconds > 0.5 else ""
