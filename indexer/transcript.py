"""A file to interviews as people read them: read, parsed, attributed. What `fangtan parse` shows; no index is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.annotating import speakers
from indexer.annotating.annotate import attribute
from indexer.errors import ReadingError
from indexer.model import Interview
from indexer.parsing.given import override
from indexer.parsing.parse import explain
from indexer.reading.files import read
from indexer.reading.script import Script
from indexer.settings import Settings


@dataclass(frozen=True, slots=True)
class Explained:
    """What a piece of a line was taken for, and why; `line` counts the file's lines from 1."""

    line: int
    text: str
    taken: str
    why: str


@dataclass(frozen=True, slots=True)
class Account:
    """An interview, and how it was found; a transcript that gives its turns itself has nothing to explain."""

    interview: Interview
    pieces: tuple[Explained, ...] = ()


def accounts(
    path: Path, settings: Settings, encoding: str = "", given: tuple[tuple[str, str], ...] = ()
) -> Iterator[Account | ReadingError]:
    """Yield the interviews of a file (`-`: standard input), and errors in place of what cannot be read."""
    known = speakers.load(settings.data / "speakers.toml")
    for item in read(path, encoding, given):
        if isinstance(item, ReadingError):
            yield item
            continue
        interview, pieces = explain(item) if isinstance(item, Script) else (override(item, given), ())
        explained = tuple(Explained(one.line.number, one.text, one.taken.value, one.why) for one in pieces)
        yield Account(attribute(interview, known), explained)
