"""Open a file that appears, or replaces another, only when it is complete."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file being written, and a folder on the same disk for what is needed until then.

    `piped`: another program reads it, so that nothing is written that only files have (a byte order mark).
    """

    file: BinaryIO
    folder: Path
    piped: bool = False


@contextmanager
def whole_file(path: Path) -> Iterator[OpenFile]:
    """Yield a file that gets its name at the end; if anything is raised, what there was stays as it was.

    A device, such as /dev/stdout, and a pipe are written directly. Raises `OSError`.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as file, TemporaryDirectory() as folder:
            yield OpenFile(file, Path(folder))
        return
    path = path.resolve()
    with TemporaryDirectory(".part", f".{path.name[:40]}.", path.parent, ignore_cleanup_errors=True) as name:
        part = Path(name) / "file"
        with part.open("wb") as file:
            yield OpenFile(file, Path(name))
        if path.exists():
            part.chmod(path.stat().st_mode)
        part.replace(path)
