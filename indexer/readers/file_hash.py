"""What tells whether a file is still the one that was read: a hash of its bytes and of its sidecar's."""

import hashlib
from pathlib import Path

from indexer.errors import ReadingError


def digest(path: Path) -> str:
    """Return the hash of a file and, where there is one, of NAME.toml beside it; raise `ReadingError`."""
    beside = path.with_suffix(".toml")
    whole = hashlib.blake2b(digest_size=16)
    for one in (path, beside) if beside != path and beside.is_file() else (path,):
        try:
            with one.open("rb") as file:
                whole.update(hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).digest())
        except OSError as error:
            raise ReadingError(str(one), error.strerror or "cannot be read") from error
    return whole.hexdigest()
