"""Read files within limits: those that could take long in a process of their own, which is ended when they do.

A page of 200 kB takes some milliseconds, whatever is in it. A book may take a minute, and a file that was made to take
an hour cannot be told from it beforehand. So large files, and those whose size says little (zip files, Word documents,
e-books, PDF), are read and parsed by one process that stays for the next such file. It sends transcript by transcript,
each when it is asked for, so that memory stays flat; what it yields is what would be yielded here.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import Any, TypeVar

from indexer.errors import FangtanError, ReadingError
from indexer.indexing.reader_process import Read, ReaderProcess, guarded
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.language.system_errors import system_reason
from indexer.readers.source import MAX_BYTES
from indexer.safe_file import open_file, piped_bytes
from indexer.settings import Settings

T = TypeVar("T")

MAX_BYTES_HERE = 256 * 1024
"""Size up to which text is read in this process: 472 interviews have up to 160 kB, 26 hostile files took up to 6 s."""

_CONTAINERS = (b"PK\x03\x04", b"PK\x05\x06", b"%PDF-")
_LOOK = 0.1
"""Seconds between looks at a process that has sent nothing."""

_BUSY = 4
"""Times that a file has longer where other programs have the processor: it is ended for what it computes itself."""

_START = 60
"""Seconds that a process has for its start, on a busy machine; it takes .3 on an idle one."""

_MORE_TIME = 10
"""A file of several transcripts has this times the seconds of one, and one more for each megabyte."""

_MAX_IDLE_MEMORY = 512 * 2**20  # of a process that stays for the next file


class StoppedError(Exception):
    """Reading was stopped by the user before the file was read; what was yielded is not all of it."""


class _LimitError(Exception):
    """A file took more than a limit allows."""


class FileReader:
    """Reads files, one at a time; a context that ends its process. `should_stop` is asked while a file takes long."""

    def __init__(self, settings: Settings, should_stop: Callable[[], bool] = lambda: False) -> None:
        self._seconds, self._memory = settings.file_seconds, settings.file_memory
        self._should_stop = should_stop
        self._process: ReaderProcess | None = None

    def __enter__(self) -> "FileReader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process; the next file that needs one starts another."""
        if self._process:
            self._process.end()
        self._process = None

    def read(self, path: Path, function: Read[T], *arguments: object) -> Iterator[T | ReadingError]:
        """Yield what `function(path, content, *arguments)` yields; whatever goes wrong is the last item, an error.

        `content` is None unless the path is that of a pipe or standard input. Raises `StoppedError` if `should_stop`
        says so while a file takes long, and what errors other than `ReadingError` the function raises for the user.
        """
        try:
            content = piped_bytes(path, MAX_BYTES + 1, self._seconds)
        except ReadingError as error:
            yield error
        except OSError as error:
            yield ReadingError(str(path), system_reason(error) if error.strerror else _("cannot be read"))
        else:
            read = self._read_apart if _may_take_long(path, content) else guarded
            yield from read(path, function, content, *arguments)

    def _read_apart(self, path: Path, function: Read[T], *arguments: object) -> Iterator[T | ReadingError]:
        """Read a file in the process; end that if the file takes too much, or not all of it is asked for."""
        is_read = False
        try:
            process = self._started()
            process.send((function, path, arguments, self._seconds, self._memory))
            yield from self._received(process, path)
            is_read = process.memory() < _MAX_IDLE_MEMORY
        except _LimitError as error:
            yield self._limited(path, error)
        except (EOFError, OSError):
            yield self._broken(path)
        finally:
            if not is_read:
                self.close()

    def _started(self) -> "ReaderProcess":
        if self._process and self._process.has_ended():
            self.close()
        if self._process is None:
            self._process = ReaderProcess()
        return self._process

    def _received(self, process: "ReaderProcess", path: Path) -> Iterator[Any]:
        """Yield the items that the process sends; raise what it raised for the user."""
        self._next(process, _START)
        left = _MORE_TIME * self._seconds + _size(path) / 1_000_000
        while True:
            began = time.monotonic()
            item = self._next(process, min(self._seconds, left))
            left -= time.monotonic() - began
            if item is None:
                return
            if isinstance(item, MemoryError):
                raise _LimitError("memory")
            if isinstance(item, FangtanError) and not isinstance(item, ReadingError):
                raise item
            yield item

    def _next(self, process: "ReaderProcess", seconds: float) -> object:
        """Return what the process sends next; raise `_LimitError` if it takes too long or too much memory."""
        if process.has_sent(_LOOK):
            return process.receive()
        began, used = time.monotonic(), process.seconds()
        while not process.has_sent(_LOOK):
            if self._should_stop():
                raise StoppedError
            waited = time.monotonic() - began
            if waited > seconds and (process.seconds() - used > seconds or waited > _BUSY * seconds):
                raise _LimitError("seconds")
            if process.memory() > self._memory:
                raise _LimitError("memory")
        return process.receive()

    def _limited(self, path: Path, error: _LimitError) -> ReadingError:
        """Return the error for a file that takes too much, with the setting that allows more."""
        if str(error) == "seconds":
            reason = _("reading took longer than {seconds} s").format(seconds=self._seconds)
            return ReadingError(str(path), reason, next_step=_allow("FANGTAN_FILE_SECONDS", f"{10 * self._seconds}"))
        return memory_error(path, self._memory)

    def _broken(self, path: Path) -> ReadingError:
        """Return the error for a file whose process ended, or could not be started."""
        code = self._process.exit_code() if self._process else None
        if code is None:
            return ReadingError(str(path), _("the process that reads it cannot be started"), next_step=_(_AGAIN))
        if code == -getattr(signal, "SIGXCPU", 0):
            return self._limited(path, _LimitError("seconds"))
        how = signal.Signals(-code).name if code < 0 else _("exit code {number}").format(number=code)
        reason = _("the process that read it ended ({how})").format(how=how)
        return ReadingError(str(path), reason, next_step=_(_AGAIN))


_AGAIN = gettext_noop("Run the same command again; if it fails again, leave this file out.")


def _allow(name: str, value: str) -> str:
    """Return how to allow a file more, if it is what it says it is."""
    step = _("If it is a transcript, allow more ({setting}) or split the file.")
    return step.format(setting=f"{name}={value}")


def memory_error(path: PurePath, memory: int) -> ReadingError:
    """Return the error for a file that takes too much memory."""
    more = f"{2 * memory // 2**20}m"
    reason = _("reading took more than {number} MB of memory").format(number=f"{memory // 2**20:,}")
    return ReadingError(str(path), reason, next_step=_allow("FANGTAN_FILE_MEMORY", more))


def _may_take_long(path: Path, content: bytes | None) -> bool:
    """Tell whether a file is large, or one whose size says little."""
    if sys.platform == "win32":
        return False  # no connection can be handed to another process there: files are read here, without limits
    if content is not None:
        return len(content) > MAX_BYTES_HERE or content.startswith(_CONTAINERS)
    try:
        with open_file(path) as file:
            return os.fstat(file.fileno()).st_size > MAX_BYTES_HERE or file.read(1024).startswith(_CONTAINERS)
    except (OSError, ReadingError):
        return False  # reading it tells why


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
