"""Read pages one after another, the next one while the one before is used.

Elasticsearch finds a page while the client works on another: on two cores, reading all turns takes as long as the
slower of the two, not their sum. Who stops within the first two pages has read none in vain.
"""

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


def read_ahead(read: Callable[[K], V], first: K, after: Callable[[V], K | None]) -> Generator[V]:
    """Yield the page at `first`, then each at what `after` returns for the one before, until that is None.

    From the third page on, `read` is called in a thread, once at a time.
    """
    page = read(first)
    following = after(page)
    yield page
    if following is None:
        return
    page = read(following)
    with ThreadPoolExecutor(1) as thread:
        while (following := after(page)) is not None:
            coming = thread.submit(read, following)
            yield page
            page = coming.result()
        yield page
