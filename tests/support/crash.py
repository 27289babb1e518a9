"""The death of an index run between two requests, as far as Elasticsearch can tell."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from random import randrange
from typing import Any

from elasticsearch import Elasticsearch

from indexer.elastic.connection import connect
from indexer.settings import Settings
from tests.support.archives import transcript

EVERY = 1 if os.environ.get("EVERY_REQUEST") else 8
"""A run is killed at every eighth request from one of the first eight; `make trials` kills one at each."""

IN_SMALL_REQUESTS = """
from indexer.store import bulk
from search_cli.app import main
bulk.REQUEST_BYTES = 50_000
main()
"""
"""`fangtan` whose first interviews are in long before its last, however quick the machine is."""


def write_many(folder: Path, number: int) -> Path:
    """Write as many transcripts of 81 turns, which take about as many small requests; return the folder."""
    for one in range(number):
        text = transcript(40, f"合作与社交网络营销{one}")
        (folder / f"访谈{one:03}.txt").write_text(text, encoding="utf-8")
    return folder


def moments() -> range:
    """Return the numbers of the requests at which runs are killed, in turn, until one runs to its end."""
    return range(1 + randrange(EVERY), 100, EVERY)


class Dead(BaseException):
    """The process ends here: nothing catches this by mistake."""


@contextmanager
def dying(settings: Settings, last: int) -> Iterator[Elasticsearch]:
    """A client whose process dies when Elasticsearch has done its request of number `last`, before it hears of that.

    No request gets through from then on, so that nothing is tidied up either.
    """
    with connect(settings) as client:
        original = client.transport.perform_request
        numbers, alone = count(1), threading.Lock()

        def perform(*args: Any, **kwargs: Any) -> Any:
            with alone:
                number = next(numbers)
            if number <= last:
                answer = original(*args, **kwargs)
            if number >= last:
                raise Dead
            return answer

        client.transport.perform_request = perform  # type: ignore[method-assign]
        yield client
