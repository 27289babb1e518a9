"""The bytes of one transcript file, wherever they come from: a path, standard input, a member of an archive."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from indexer.errors import ReadingError
from indexer.model import Interview
from indexer.readers.script import Script

Item = Script | Interview | ReadingError
"""What reading gives: a transcript to parse, an interview that is taken as it is, or what could not be read."""

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read whole. The longest of 472 real transcripts has 0.16 MB, a book about 2 MB."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. `name` is for messages, `suffix` is in small letters with its dot.

    `encoding` forces one (`--encoding`).
    """

    name: str
    suffix: str
    open: Callable[[], BinaryIO]
    encoding: str = ""

    def data(self) -> bytes:
        """Return the whole file; raise `ReadingError` where it is too large to be a transcript."""
        with self.open() as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise ReadingError(
                self.name, f"larger than {LARGEST // 2**20} MB, no single transcript is", next_step="Split the file."
            )
        return data
