"""The node's log, as one reads it: the last lines, and those that come."""

import time
from collections import deque
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from indexer.elastic.places import Places

# Seconds between two looks.
_GLANCE = 0.25


def last_lines(where: Places, count: int) -> list[str]:
    """Return the last `count` lines of Elasticsearch's log, then those that its process printed itself, if any.

    The log that was rolled over is read too: a line does not get lost because it was written just before.
    """
    files = (where.log.with_suffix(".1.log"), where.log)
    lines = deque(chain.from_iterable(_lines(file) for file in files), maxlen=count)
    return [*lines, *_lines(where.console)]


def follow(where: Places, glance: float = _GLANCE) -> Iterator[str]:
    """Return the lines that come from now on, without end; a log that is rolled over, or not there yet, is no end."""
    position = where.log.stat().st_size if where.log.exists() else 0
    while True:
        size = where.log.stat().st_size if where.log.exists() else 0
        if size < position:
            position = 0
        if size > position:
            text, position = _whole_lines(where.log, position)
            yield from text.splitlines()
        else:
            time.sleep(glance)


def _lines(file: Path) -> Iterator[str]:
    """Return the lines of a file that may not be there."""
    if file.exists():
        with file.open(encoding="utf-8", errors="replace") as stream:
            yield from (line.rstrip("\n") for line in stream)


def _whole_lines(file: Path, position: int) -> tuple[str, int]:
    """Return what stands behind `position` (bytes) up to the last line's end, and where that is."""
    with file.open("rb") as stream:
        stream.seek(position)
        read = stream.read()
    end = read.rfind(b"\n") + 1
    return read[:end].decode("utf-8", errors="replace"), position + end
