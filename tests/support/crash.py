"""The death of an index run between two requests, as far as Elasticsearch can tell."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from elasticsearch import Elasticsearch

from indexer.elastic.connection import connect
from indexer.settings import Settings


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
