"""The client, with a word on standard error while the embedded node starts."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from indexer.settings import Settings

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch
    from rich.status import Status


def connected(settings: Settings) -> "Elasticsearch":
    """Return a client of Elasticsearch; tell what is waited for, and how long it took, if the node had to start."""
    from indexer.elastic.connection import connect

    with _Waiting() as waiting:
        return connect(settings, waiting)


class _Waiting:
    """A spinner on a terminal, one plain line otherwise; nothing at all when there is nothing to wait for."""

    def __init__(self) -> None:
        self._spinner: Status | None = None
        self._began = 0.0
        self._told = False

    def __enter__(self) -> Callable[[str], None]:
        return self._tell

    def __exit__(self, *_: object) -> None:
        if self._spinner is not None:
            self._spinner.stop()

    def _tell(self, step: str) -> None:
        from search_cli.rendering.console import err

        self._began = self._began or time.monotonic()
        if err().is_terminal:
            if self._spinner is None:
                self._spinner = err().status(step)
                self._spinner.start()
            self._spinner.update(step)
        elif not self._told:
            err().print(f"{step} …")
        self._told = True
