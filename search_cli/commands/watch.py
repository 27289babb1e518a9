"""`fangtan watch`: what changes in a folder of transcripts, into Elasticsearch."""

import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from search_cli.commands.index import Keep, Paths
from search_cli.commands.meta_option import Meta, given

if TYPE_CHECKING:
    from indexer.errors import FangtanError
    from indexer.options import Order
    from indexer.report import Failure, IndexReport


def register(app: typer.Typer) -> None:
    """Add `fangtan watch`."""
    app.command(rich_help_panel="Fill the archive")(watch)


def watch(paths: Paths = None, keep_duplicates: Keep = False, meta: Meta = None) -> None:
    """Index transcripts, then go on indexing what is added, changed or taken away, until Ctrl-C.

    A file is read when it has not changed for a second. One that is deleted is taken out of the archive; a watched
    folder that goes away ends the watching, and its interviews stay in. While Elasticsearch cannot be asked, or another
    run is loading, it is tried again.

    Folders of another machine often tell no changes: WATCHFILES_FORCE_POLLING=1 looks instead of listening.

    Examples:
      fangtan watch data/interviews
      fangtan watch 搜狐IT --meta outlet=搜狐IT
    """
    from indexer.pipeline import Order, check
    from indexer.watch import Pace, beats, follow

    order = Order(tuple(paths or ()), False, False, given(meta or (), forgetting=True), keep_duplicates)
    check(order)
    pace = Pace()
    with _stopping() as stop:
        runs = _Runs(order, stop)
        follow(beats(order.paths, stop, pace), runs.run, runs.failed, pace)


class _Runs:
    """Runs, one after another, and tells what each did that is new."""

    def __init__(self, order: "Order", stop: threading.Event) -> None:
        self._order, self._stop = order, stop
        self._first = True
        self._told = ""
        self._failures: set[Failure] = set()

    def run(self, changed: Sequence[Path]) -> None:
        """Index all that is watched."""
        from dataclasses import replace

        from indexer import pipeline, settings
        from search_cli.commands.connecting import connected

        ours = settings.load()
        with connected(ours) as client:
            order = replace(self._order, prune=True)
            report = pipeline.index(order, ours, client, pipeline.Watch(stop=self._stop.is_set))
        self._tell(report)

    def _tell(self, report: "IndexReport") -> None:
        from dataclasses import replace

        from search_cli.rendering.pages.index_progress import show_report
        from search_cli.rendering.terminal.console import write
        from search_cli.rendering.terminal.styles import Segment, Style, line

        fresh = tuple(one for one in report.failed if one not in self._failures)
        self._failures = set(report.failed)
        if self._first or self._told or report.indexed or report.removed or report.versions or fresh:
            write([line(Segment(time.strftime("%H:%M:%S"), Style.DIM))])
            show_report(replace(report, failed=fresh, word=report.word if self._first else ""))
            sys.stdout.flush()
        self._first, self._told = False, ""

    def failed(self, error: "FangtanError", wait: float) -> None:
        """Tell an error, once, and that it will be tried again."""
        from search_cli.rendering.terminal.error_lines import note

        if error.message != self._told:
            note(f"{error.message} Trying again in {wait:.0f} s.", error.next_step)
        self._told = error.message


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Yield what Ctrl-C and SIGTERM set; a second one interrupts as it always does."""
    stop = threading.Event()
    # one that is ignored, as Ctrl-C is in the background of a script, stays so
    numbers = [one for one in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(one) is not signal.SIG_IGN]

    def press(number: int, frame: object) -> None:
        stop.set()
        for one in numbers:
            signal.signal(one, before[one])

    before = {one: signal.signal(one, press) for one in numbers}
    try:
        yield stop
    finally:
        for one in numbers:
            signal.signal(one, before[one])
