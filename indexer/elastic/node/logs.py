"""Read the node's log: the last lines, and new ones as they are written."""

import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from indexer.elastic.node.paths import NodePaths

# Seconds between two polls.
_POLL = 0.25


def size(paths: NodePaths) -> int:
    """Return the size of Elasticsearch's log in bytes: `last_lines` stops there, `follow` continues from there."""
    return paths.log.stat().st_size if paths.log.exists() else 0


def last_lines(paths: NodePaths, count: int, end: int) -> list[str]:
    """Return the last `count` lines of Elasticsearch's log up to `end`, then the output of its process, if any.

    The rotated log is read too, so that there are `count` lines even just after a rotation.
    """
    lines = deque(_lines(paths.log.with_suffix(".1.log")), maxlen=count)
    lines.extend(_lines(paths.log, end))
    return [*lines, *_lines(paths.console)]


def follow(paths: NodePaths, end: int, poll: float = _POLL) -> Iterator[str]:
    """Yield lines appended after `end`, forever; survive rotation and a missing file."""
    while True:
        length = size(paths)
        if length < end:
            end = 0
        text, end = _complete_lines(paths.log, end) if length > end else ("", end)
        yield from text.splitlines()
        if not text:
            time.sleep(poll)


def _lines(file: Path, end: int = -1) -> Iterator[str]:
    """Yield the lines in the first `end` bytes of a file, none if it is missing."""
    if file.exists():
        with file.open("rb") as stream:
            yield from stream.read(end).decode("utf-8", errors="replace").splitlines()


def _complete_lines(file: Path, start: int) -> tuple[str, int]:
    """Return the complete lines from `start` on, and the offset paths they end."""
    with file.open("rb") as stream:
        stream.seek(start)
        data = stream.read()
    length = data.rfind(b"\n") + 1
    return data[:length].decode("utf-8", errors="replace"), start + length
