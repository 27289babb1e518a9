"""Keep the vectors of texts on this machine, so that a text is embedded once, however often its turn is written.

A file of SQLite per archive and model, in the archive's own folder: it may be deleted, and is made anew if it is
damaged. A vector is there as soon as its batch is done: a run that is killed is continued by the next.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import WritingError
from indexer.language.messages import gettext as _
from indexer.language.system_errors import system_reason
from indexer.settings import archive_folder

if TYPE_CHECKING:
    from indexer.embeddings.encoder import Vectors

# half precision: changes a cosine by less than .001, and takes half the space
_STORED = "<f2"

# SQLite's variables in a statement
_TOGETHER = 500

# Several processes may read; writing is under the lock of the archive. The log is synced at its checkpoints only: a
# machine that crashes loses the last batches, not the file.
_SETUP = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL);
"""


def cache_path(index: str, fingerprint: str) -> Path:
    """Return the file of an archive and a model."""
    return archive_folder(index) / f"vectors-{fingerprint}.sqlite"


def delete_caches(index: str, keep: str = "") -> None:
    """Delete the vectors of an archive, but those of the model with the fingerprint `keep`."""
    for file in archive_folder(index).glob("vectors-*.sqlite*"):
        if not keep or not file.name.startswith(cache_path(index, keep).name):
            file.unlink(missing_ok=True)


def key_of(text: str) -> bytes:
    """Return the key of a text: 16 bytes."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()


class VectorCache:
    """The vectors of one archive and one model, by `key_of` their texts."""

    def __init__(self, path: Path, dimensions: int) -> None:
        """Open or create the file; raise `WritingError`."""
        self.path, self._dimensions = path, dimensions
        with self._writing():
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._open()
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:  # damaged
                self._begin_anew()

    def __enter__(self) -> "VectorCache":
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def __len__(self) -> int:
        return int(self._database.execute("SELECT count(*) FROM vectors").fetchone()[0])

    def get(self, keys: Sequence[bytes]) -> dict[bytes, "Vectors"]:
        """Return the vectors that there are, each (dimensions,)."""
        import numpy as np

        size = self._dimensions * np.dtype(_STORED).itemsize
        return {key: _vector(stored) for key, stored in self._rows(keys) if len(stored) == size}

    def put(self, vectors: Mapping[bytes, "Vectors"]) -> dict[bytes, "Vectors"]:
        """Keep vectors, in place of those that their texts have; return them as `get` will."""
        rows = {key: vector.astype(_STORED).tobytes() for key, vector in vectors.items()}
        with self._writing(), self._database:
            self._database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows.items())
        return {key: _vector(stored) for key, stored in rows.items()}

    def prune(self, keys: Iterable[bytes]) -> None:
        """Forget all texts but those with these keys."""
        with self._writing(), self._database:
            self._database.execute("CREATE TEMP TABLE used (key BLOB PRIMARY KEY) WITHOUT ROWID")
            self._database.executemany("INSERT OR IGNORE INTO used VALUES (?)", ((key,) for key in keys))
            self._database.execute("DELETE FROM vectors WHERE key NOT IN used")
            self._database.execute("DROP TABLE used")

    def _rows(self, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
        left = iter(keys)
        while some := list(islice(left, _TOGETHER)):
            marks = ",".join("?" * len(some))
            yield from self._read(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", some)  # noqa: S608

    def _read(self, statement: str, values: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
        """Return the rows of a query; none of a file that turns out to be damaged, which is begun anew."""
        try:
            return self._database.execute(statement, values).fetchall()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            with self._writing():
                self._begin_anew()
            return []

    def _open(self) -> None:
        self._database = sqlite3.connect(self.path)
        try:
            self._database.executescript(_SETUP)
        except sqlite3.Error:
            self._database.close()
            raise

    def _begin_anew(self) -> None:
        self._database.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        self._open()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Map what keeps the file from being written: a full disk, a folder without permission."""
        try:
            yield
        except (OSError, sqlite3.OperationalError) as error:
            reason = system_reason(error) if isinstance(error, OSError) else str(error)
            raise WritingError(str(self.path), reason, _("Make room, or make its folder writable.")) from error


def _vector(stored: bytes) -> "Vectors":
    import numpy as np

    return np.frombuffer(stored, _STORED).astype(np.float32)
