"""Remember on this machine which files an archive has and what they were when they were read.

A run over files that have not changed then reads none of them, and asks Elasticsearch for none of their interviews. Of
each file there is:

    hash         of its bytes (`file_hash`), the size, times and number (inode) that it and its sidecar had then,
                 and the name of the recording beside it
    interviews   how many of the archive it has, all of them complete and of these bytes

The hash holds while size, times and number are the same. As in git, that is not believed of a file that was written
shortly before it was read: it may have been written again within one tick of the clock of its disk
(https://git-scm.com/docs/racy-git). The time of the last change (ctime) is among them, which no program can set; on
Windows, which has none, every file is read.

The interviews hold while the archive is as the run left it that counted them (`archive_state`). Where a list is
missing, damaged, or cannot be written, the files are read: it costs time, and nothing else.
"""

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.readers import recordings
from indexer.readers.discover import TranscriptFile
from indexer.readers.file_hash import digest
from indexer.readers.read import split_name
from indexer.settings import archive_folder

_RECENT = 60
"""Seconds between the last change of a file and its reading, below which its times say nothing: clocks of file servers
differ, and FAT counts two seconds as one."""

_TOGETHER = 5000
"""Files after which what was read of them is written."""

# An archive has a list on each machine. The log is synced at its checkpoints only: a machine that crashes loses the
# last entries, not the file.
_SETUP = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS state (state TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (
    folder TEXT NOT NULL, name TEXT NOT NULL, times TEXT NOT NULL, hash TEXT NOT NULL, interviews INTEGER,
    PRIMARY KEY (folder, name)
) WITHOUT ROWID;
"""

# another hash: the interviews are no longer those of the file, which the archive has all the same
_READ = """
INSERT INTO files VALUES (?, ?, ?, ?, NULL) ON CONFLICT DO UPDATE SET times = excluded.times, hash = excluded.hash,
    interviews = CASE WHEN hash = excluded.hash THEN interviews WHEN interviews IS NULL THEN NULL ELSE 0 END
"""
_COUNTED = """
INSERT INTO files VALUES (?, ?, '', ?, ?) ON CONFLICT DO UPDATE SET
    interviews = CASE WHEN hash = excluded.hash THEN excluded.interviews ELSE 0 END
"""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as it is now: its hash, and its interviews if nothing need be done about them, else 0."""

    hash: str
    interviews: int = 0


@dataclass(frozen=True, slots=True)
class CountedFile:
    """A file of an archive: its absolute path, its hash, and its interviews if all of them are complete, else 0."""

    path: str
    hash: str
    interviews: int


def list_path(index: str) -> Path:
    """Return the list of an archive."""
    return archive_folder(index) / "files.sqlite"


class FileList:
    """The list of one archive, a context; `is_settled` once the archive is known to be as the last run left it.

    The times of a file that was written within `recent` seconds before it was read are not believed.
    """

    def __init__(self, path: Path, recent: float = _RECENT) -> None:
        self._path, self._recent, self.is_settled = path, recent, False
        self._database: sqlite3.Connection | None = None
        self._folder, self._rows = "", dict[str, tuple[str, str, int | None]]()
        self._typed, self._recordings = "", recordings.Recordings()
        self._read: list[tuple[str, str, str, str]] = []

    def __enter__(self) -> "FileList":
        try:
            self._open()
        except (OSError, sqlite3.DatabaseError):  # damaged, or it cannot be written
            with suppress(OSError, sqlite3.DatabaseError):
                self._begin_anew()
        return self

    def __exit__(self, *_: object) -> None:
        self._write()
        if self._database:
            self._database.close()
            self._database = None

    def settle(self, state: str) -> bool:
        """Tell whether the archive is in the state that its files were counted in."""
        self.is_settled = bool(state) and list(self._cursor("SELECT state FROM state")) == [(state,)]
        return self.is_settled

    def look_up(self, file: TranscriptFile) -> KnownFile:
        """Return a file as it is, which is read if it is not known to be unchanged; raise `ReadingError`."""
        folder, name = os.path.split(file.real)
        if folder != self._folder:
            self._folder, self._rows = folder, self._in_folder(folder)
        times, hash_, interviews = self._rows.get(name, ("", "", None))
        typed, own = os.path.split(file.typed)
        if typed != self._typed:
            self._typed, self._recordings = typed, recordings.in_folder(typed)
        now, changed = _times(file.typed, recordings.of_name(own, self._recordings))
        if now and now == times:
            return KnownFile(hash_, (interviews or 0) if self.is_settled else 0)
        began = time.time()
        found = digest(file.path)
        self._read.append((folder, name, now if changed + self._recent < began else "", found))
        if len(self._read) >= _TOGETHER:
            self._write()
        return KnownFile(found, (interviews or 0) if self.is_settled and found == hash_ else 0)

    def gone(self, exists: Callable[[str], bool]) -> Iterator[str]:
        """Yield the absolute paths of the files of the archive that do not exist, sorted."""
        rows = self._cursor("SELECT folder, name FROM files WHERE interviews IS NOT NULL ORDER BY folder, name")
        yield from (path for row in rows if not exists(path := os.path.join(*row)))  # noqa: PTH118 - a thousand a ms

    def record(self, state: str, files: Iterable[CountedFile]) -> None:
        """Keep the files of the archive as they are in a state, in place of all that it had before."""
        self._write()
        with suppress(sqlite3.Error):
            if self._database:
                with self._database as database:
                    database.execute("DELETE FROM state")
                    database.execute("UPDATE files SET interviews = NULL")
                    rows = ((*os.path.split(one.path), one.hash, one.interviews) for one in files)
                    database.executemany(_COUNTED, rows)
                    lost = [
                        row
                        for row in database.execute("SELECT folder, name FROM files WHERE interviews IS NULL")
                        if not os.path.lexists(os.path.join(*row))  # noqa: PTH118
                    ]
                    database.executemany("DELETE FROM files WHERE folder = ? AND name = ?", lost)
                    database.execute("INSERT INTO state VALUES (?)", (state,))

    def _in_folder(self, folder: str) -> dict[str, tuple[str, str, int | None]]:
        self._write()
        rows = self._cursor("SELECT name, times, hash, interviews FROM files WHERE folder = ?", folder)
        return {name: (times, hash_, interviews) for name, times, hash_, interviews in rows}

    def _write(self) -> None:
        """Write what was read; without it, it is read again."""
        rows, self._read = self._read, []
        with suppress(sqlite3.Error):
            if self._database and rows:
                with self._database as database:
                    database.executemany(_READ, rows)

    def _cursor(self, statement: str, *values: str) -> Iterator[tuple[Any, ...]]:
        with suppress(sqlite3.Error):
            if self._database:
                yield from self._database.execute(statement, values)

    def _open(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self._path)
        try:
            database.executescript(_SETUP)
        except sqlite3.Error:
            database.close()
            raise
        self._database = database

    def _begin_anew(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._path}{suffix}").unlink(missing_ok=True)
        self._open()


def _times(path: str, recording: str) -> tuple[str, float]:
    """Return what tells whether a file or what is beside it changed, "" if it cannot be told, and when it did last."""
    if sys.platform == "win32":
        return "", 0  # what is called ctime there is when a file was made: all are read
    try:
        of_file = os.stat(path)  # noqa: PTH116 - asked of each file of an archive
    except OSError:
        return "", 0
    found, changed = _of(of_file), max(of_file.st_mtime, of_file.st_ctime)
    with suppress(OSError, ValueError):
        suffix = split_name(os.path.split(path)[1])[1]
        beside = os.stat(f"{path.removesuffix(suffix)}.toml")  # noqa: PTH116
        found, changed = f"{found} {_of(beside)}", max(changed, beside.st_mtime, beside.st_ctime)
    return f"{found} {recording}" if recording else found, changed


def _of(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
