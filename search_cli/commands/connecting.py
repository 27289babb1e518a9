"""The client, with a word on standard error while Elasticsearch starts, and how long that took."""

import sys
import time
from typing import TYPE_CHECKING

from indexer.settings import Settings

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch
    from rich.status import Status


def connected(settings: Settings) -> "Elasticsearch":
    """Return a client, the embedded node started if it is needed and does not run; standard error says so."""
    from indexer.elastic.connection import connect

    with Waiting("It goes on running until: fangtan node stop") as waiting:
        return connect(settings, waiting)


class Waiting:
    """Tells the steps of something slow: a spinner on a terminal, one plain line elsewhere; nothing if there are none.

    Used as a context, called with each step. `after` is what to know once it is over.
    """

    def __init__(self, after: str = "") -> None:
        self._after = after
        self._spinner: Status | None = None
        self._began = 0.0
        self._step = ""

    def __enter__(self) -> "Waiting":
        return self

    def __call__(self, step: str, detail: str = "") -> None:
        """Show a step and, on a terminal, how far it is."""
        self._began = self._began or time.monotonic()
        if sys.stderr.isatty():
            self._spin(f"{step} ({detail})" if detail else step)
        elif step != self._step:
            sys.stderr.write(f"{step} … ")
            sys.stderr.flush()
        self._step = step

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if not self._began:
            return
        if self._spinner is not None:
            self._spinner.stop()
        if kind is None:
            start = "Elasticsearch started in " if self._spinner is not None else ""
            sys.stderr.write(f"{start}{time.monotonic() - self._began:.1f} s. {self._after}".rstrip() + "\n")
        elif self._spinner is None:
            sys.stderr.write("\n")  # the error begins a line of its own

    def _spin(self, step: str) -> None:
        """Show a step on the terminal."""
        from search_cli.rendering.terminal.console import err

        if self._spinner is None:
            self._spinner = err().status(step)
            self._spinner.start()
        self._spinner.update(step)
