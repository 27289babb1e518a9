"""`fangtan watch`: index a folder of transcripts whenever it changes."""

import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from indexer.language.messages import gettext as _
from indexer.language.messages import sentences
from search_cli.commands.command_options import Meta, parse_meta
from search_cli.commands.index import FollowLinks, Keep, Paths, print_notes
from search_cli.commands.lost_tags import print_lost_tags
from search_cli.commands.stop_signals import stop_request

if TYPE_CHECKING:
    from indexer.errors import FangtanError
    from indexer.options import IndexOptions
    from indexer.report import Failure, IndexReport


def register(app: typer.Typer) -> None:
    """Add `fangtan watch`."""
    app.command(rich_help_panel="Index")(watch)


def watch(
    paths: Paths = None, keep_duplicates: Keep = False, meta: Meta = None, follow_links: FollowLinks = False
) -> None:
    """Index transcripts, then index files as they are added, changed or deleted, until Ctrl-C.

    A file is read when it has not changed for a second. A deleted file is
    removed from the archive; if a watched folder is deleted, watching ends and
    its interviews are kept. While Elasticsearch is not available, or another
    run is loading, it tries again.

    What a link out of the folder leads to is not watched: it is read again at the next change of anything.

    Network folders often do not report changes: set WATCHFILES_FORCE_POLLING=1 to poll them.

    Examples:
      fangtan watch data/interviews
      fangtan watch 搜狐IT --meta outlet=搜狐IT
    """
    from indexer.pipeline import IndexOptions, check
    from indexer.watch import WatchTiming, run_on_change, watch_changes

    overrides = parse_meta(meta, can_remove=True)
    options = IndexOptions(tuple(paths or ()), False, False, overrides, keep_duplicates, follow_links)
    check(options)
    timing = WatchTiming()
    with stop_request() as stop:
        runs = _Runs(options, stop)
        run_on_change(watch_changes(options.paths, stop, timing), runs.run, runs.failed, timing)


class _Runs:
    """Index runs, one after another; prints what is new in each report."""

    def __init__(self, options: "IndexOptions", stop: threading.Event) -> None:
        self._options, self._stop = options, stop
        self._is_first = True
        self._last_error = ""
        self._failures: set[Failure] = set()

    def run(self, changed: Sequence[Path]) -> None:
        """Index all watched folders and files."""
        from dataclasses import replace

        from indexer import pipeline, settings
        from indexer.indexing import data_folder
        from indexer.topics import first_topics
        from search_cli.commands.context import connected

        current = settings.load()
        with connected(current) as client:
            current, notes = data_folder.choose(client, current, self._options)
            print_notes(notes if self._is_first else ())
            order = replace(self._options, prune=True)
            callbacks, find = pipeline.Callbacks(should_stop=self._stop.is_set), first_topics.finder(client, current)
            report = pipeline.index(order, current, client, callbacks, find)
            if report.indexed or report.removed:
                print_lost_tags(current, client)
        self._print(report)

    def _print(self, report: "IndexReport") -> None:
        from dataclasses import replace

        from search_cli.rendering.pages.index_report import show_report
        from search_cli.rendering.terminal.console import write
        from search_cli.rendering.terminal.styles import Segment, Style, line

        failures = tuple(one for one in report.failed if one not in self._failures)
        self._failures = set(report.failed)
        changes = report.indexed or report.removed or report.versions or failures
        if self._is_first or self._last_error or changes:
            write([line(Segment(time.strftime("%H:%M:%S"), Style.DIM))])
            word = report.word if self._is_first else ""
            show_report(replace(report, failed=failures, word=word))
            sys.stdout.flush()
        self._is_first, self._last_error = False, ""

    def failed(self, error: "FangtanError", wait: float) -> None:
        """Print an error and when it is tried again; a repeated error only once."""
        from search_cli.rendering.terminal.error_lines import print_note

        if error.message != self._last_error:
            again = _("Trying again in {seconds} s.").format(seconds=f"{wait:.0f}")
            print_note(sentences(error.message, again), error.next_step)
        self._last_error = error.message
