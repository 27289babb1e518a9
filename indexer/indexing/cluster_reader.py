"""Read and parse files by the workers of a cluster, some files ahead of the one that is asked for.

A file is sent along with its sidecar, unless all workers see the same file at the same path: a shared folder. Files
that are large or have many transcripts, pipes, and what no worker can read are read in this process, within the same
limits.
"""

import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import ReadingError
from indexer.executors.dask_cluster import DaskCluster
from indexer.executors.executor import DeadlyTaskError, Executor, LostWorkerError, Pending, wait_for
from indexer.indexing.file_reader import FileReader, StoppedError
from indexer.indexing.transcript import Item, ReadOptions, TranscriptReader, read_items
from indexer.readers.file_hash import digest
from indexer.settings import Settings

LARGEST_SENT = 4 * 2**20
"""Bytes of a file that is sent: what is read of it is held whole, 25 times as much at most."""

_OF_MANY = (".zip", ".jsonl", ".ndjson")
"""Files of any number of transcripts: read one by one, as they are asked for."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file: its path as typed, absolute, its hash, and its content and that of its sidecar if they are sent along."""

    path: Path
    place: Path
    hash: str
    content: bytes | None = None
    sidecar: bytes | None = None

    def with_contents(self) -> "SentFile":
        """Return the file with its contents; raise `OSError` or `ReadingError` if it cannot be read."""
        beside = self.path.with_suffix(".toml")
        sidecar = beside.read_bytes() if beside != self.path and beside.is_file() else None
        return SentFile(self.path, self.place, self.hash, self.path.read_bytes(), sidecar)

    def is_there(self) -> bool:
        """Tell whether this process sees the same file at its path."""
        try:
            return digest(self.place) == self.hash
        except ReadingError:
            return False


class ClusterReader:
    """Begins to read the files of a run by workers; what they do not read is read by `here`."""

    def __init__(
        self, here: FileReader, cluster: DaskCluster, settings: Settings, should_stop: Callable[[], bool]
    ) -> None:
        self._here, self._cluster, self._should_stop = here, cluster, should_stop
        self._limits = Settings(file_seconds=settings.file_seconds, file_memory=settings.file_memory)
        self._are_shared: bool | None = None

    @property
    def ahead(self) -> int:
        """The number of files to begin before one is asked for."""
        return 2 * self._cluster.count

    def begin(self, path: Path, hash_: str, source: str, options: ReadOptions) -> Iterator[Item]:
        """Return what will be in a file, which a worker begins to read."""
        pending = self._submitted(SentFile(path, path.absolute(), hash_), source, options) if _is_sent(path) else None
        return self._items(pending, path, source, options)

    def _submitted(self, file: SentFile, source: str, options: ReadOptions) -> Pending[list[Item] | None] | None:
        with suppress(LostWorkerError, OSError):  # reading it here tells why
            sent = file if self._is_shared(file) else file.with_contents()
            return self._cluster.submit(read_elsewhere, sent, source, options, self._limits)
        return None

    def _is_shared(self, file: SentFile) -> bool:
        """Tell whether all workers see the files of this run, by the first one."""
        if self._are_shared is None:
            answers = self._cluster.ask(file.is_there).values()
            self._are_shared = bool(answers) and all(answer is True for answer in answers)
        return self._are_shared

    def _items(
        self, pending: Pending[list[Item] | None] | None, path: Path, source: str, options: ReadOptions
    ) -> Iterator[Item]:
        found: list[Item] | None = None
        if pending is not None:
            with suppress(LostWorkerError, DeadlyTaskError):
                found = wait_for(pending, self._stop_if_asked)
        yield from self._here.read(path, read_items, source, options) if found is None else found

    def _stop_if_asked(self) -> None:
        if self._should_stop():
            raise StoppedError


def choose_reader(
    here: FileReader, executor: Executor, settings: Settings, should_stop: Callable[[], bool]
) -> TranscriptReader | ClusterReader:
    """Return the reader of a run: of a cluster if it has one, otherwise of this process."""
    if isinstance(executor, DaskCluster):
        return ClusterReader(here, executor, settings, should_stop)
    return TranscriptReader(here)


def _is_sent(path: Path) -> bool:
    """Tell whether a file is a regular one, not large, with one transcript or a few."""
    try:
        about = path.stat()
    except OSError:
        return False
    return stat.S_ISREG(about.st_mode) and about.st_size <= LARGEST_SENT and path.suffix.lower() not in _OF_MANY


def read_elsewhere(file: SentFile, source: str, options: ReadOptions, limits: Settings) -> list[Item] | None:
    """Read a file in a worker, within the limits; None if it is neither sent along nor seen."""
    with tempfile.TemporaryDirectory(prefix="fangtan-") as folder, FileReader(limits) as reader:
        place = file.place
        if file.content is not None:
            place = Path(folder) / file.path.name
            place.write_bytes(file.content)
            if file.sidecar is not None:
                place.with_suffix(".toml").write_bytes(file.sidecar)
        elif not file.is_there():
            return None
        items = reader.read(place, read_items, source, options)
        return [_told_of(file.path, place, item) if isinstance(item, ReadingError) else item for item in items]


def _told_of(path: Path, place: Path, error: ReadingError) -> ReadingError:
    """Return an error with the path as typed in place of where the file was read."""
    folder, typed = f"{place.parent}{os.sep}", str(path.parent / "_").removesuffix("_")
    path_, reason, step = (one.replace(folder, typed) for one in (error.path, error.reason, error.next_step))
    return ReadingError(path_, reason, error.line, step)
