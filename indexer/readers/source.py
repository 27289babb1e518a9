"""The bytes of one transcript file: from a path, standard input, or a member of an archive."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from indexer import safe_file
from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.model import Interview
from indexer.readers.script import Script

Item = Script | Interview | ReadingError
"""The result of reading: a transcript to parse, an interview that is already parsed, or an error."""

MAX_BYTES = 64 * 1024 * 1024
"""Maximum size of a file that is read whole. The longest of 472 real transcripts has 0.16 MB, a book about 2 MB."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read.

    `name` is shown in messages, `suffix` is lower case with its dot, `encoding` forces an encoding (`--encoding`).
    """

    name: str
    suffix: str
    open: Callable[[], BinaryIO]
    encoding: str = ""

    @classmethod
    def of(cls, path: Path, content: bytes | None, encoding: str = "") -> "Source":
        """Return the source of a path; `content` is that of standard input or a pipe (see `safe_file`)."""
        suffix = "" if str(path) == "-" else path.suffix.lower()
        if content is not None:
            return cls(str(path), suffix, lambda: BytesIO(content), encoding)
        return cls(str(path), suffix, lambda: safe_file.open_file(path), encoding)

    def read_bytes(self) -> bytes:
        """Return the content of the file; raise `ReadingError` if it is too large for a transcript."""
        with self.open() as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            reason = _("larger than {number} MB, too large for a transcript").format(number=MAX_BYTES // 2**20)
            raise ReadingError(self.name, reason, next_step=_("Split the file."))
        return content
