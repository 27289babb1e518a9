"""The hash of a transcript file, by which a later run recognises it as unchanged."""

import hashlib
from pathlib import Path

from indexer.errors import ReadingError


def digest(path: Path) -> str:
    """Return the hash of a file and of its sidecar NAME.toml, if there is one; raise `ReadingError`."""
    sidecar = path.with_suffix(".toml")
    combined = hashlib.blake2b(digest_size=16)
    for part in (path, sidecar) if sidecar != path and sidecar.is_file() else (path,):
        try:
            with part.open("rb") as file:
                combined.update(hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).digest())
        except OSError as error:
            raise ReadingError(str(part), error.strerror or "cannot be read") from error
    return combined.hexdigest()
