"""The node's log, as one reads it: the last lines, and those that come."""

import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from indexer.elastic.node.paths import Places

# Seconds between two looks.
_GLANCE = 0.25


def now(where: Places) -> int:
    """Return where Elasticsearch's log ends now, in bytes: `last_lines` stops there, `follow` goes on from there."""
    return where.log.stat().st_size if where.log.exists() else 0


def last_lines(where: Places, count: int, end: int) -> list[str]:
    """Return the last `count` lines of Elasticsearch's log up to `end`, then those that its process printed, if any.

    The log that was rolled over is read too, so that there are `count` lines even if it was rolled over just before.
    """
    lines = deque(_lines(where.log.with_suffix(".1.log")), maxlen=count)
    lines.extend(_lines(where.log, end))
    return [*lines, *_lines(where.console)]


def follow(where: Places, end: int, glance: float = _GLANCE) -> Iterator[str]:
    """Return the lines that come behind `end`, for ever; a log that is rolled over, or not there yet, is no end."""
    while True:
        size = now(where)
        if size < end:
            end = 0
        text, end = _whole_lines(where.log, end) if size > end else ("", end)
        yield from text.splitlines()
        if not text:
            time.sleep(glance)


def _lines(file: Path, end: int = -1) -> Iterator[str]:
    """Return the lines of a file that may not be there, of its first `end` bytes."""
    if file.exists():
        with file.open("rb") as stream:
            yield from stream.read(end).decode("utf-8", errors="replace").splitlines()


def _whole_lines(file: Path, end: int) -> tuple[str, int]:
    """Return what stands behind `end` up to the last line's end, and where that is."""
    with file.open("rb") as stream:
        stream.seek(end)
        read = stream.read()
    whole = read.rfind(b"\n") + 1
    return read[:whole].decode("utf-8", errors="replace"), end + whole
