"""The hash of a transcript file, by which a later run recognises it as unchanged."""

import hashlib
import os
from io import BufferedReader
from pathlib import Path

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.language.system_errors import system_reason
from indexer.readers import recordings
from indexer.safe_file import open_file

MAX_FILE_BYTES = 8 * 2**30
"""Size up to which a file is read at all: JSON lines of some 2 million interviews."""

_AT_ONCE = 256 * 1024
"""Bytes of a file that is read at once; for larger ones, hashlib makes a buffer of as many."""


def digest(path: Path) -> str:
    """Return the hash of a file, of its sidecar NAME.toml, if there is one, and of the name of the recording beside it.

    Raises `ReadingError`.
    """
    sidecar = path.with_suffix(".toml")
    combined = hashlib.blake2b(digest_size=16)
    for part in (path, sidecar) if sidecar != path and sidecar.is_file() else (path,):
        try:
            with open_file(part) as file:
                if os.fstat(file.fileno()).st_size > MAX_FILE_BYTES:
                    reason = _("larger than {number} GB").format(number=MAX_FILE_BYTES // 2**30)
                    raise ReadingError(str(part), reason, next_step=_("Split the file."))
                combined.update(_hash(file))
        except OSError as error:
            raise ReadingError(str(part), system_reason(error) if error.strerror else _("cannot be read")) from error
    if recording := recordings.beside(path):
        combined.update(recording.encode("utf-8", "replace"))
    return combined.hexdigest()


def _hash(file: BufferedReader) -> bytes:
    """Return the hash of what is in a file."""
    begin = file.read(_AT_ONCE)
    if len(begin) < _AT_ONCE:
        return hashlib.blake2b(begin, digest_size=16).digest()
    return hashlib.file_digest(file, lambda: hashlib.blake2b(begin, digest_size=16)).digest()
