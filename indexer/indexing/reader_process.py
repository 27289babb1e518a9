"""The process in which a file is read and parsed apart from the run, and what is said to it.

It is sent a function, a path and its limits, and sends what the function yields, item by item: it waits for the last
to be taken. It needs no `__main__` guard, tells reasons in the language of the process that started it, and ends with
it.
"""

import os
import signal
import subprocess
import sys
import threading
import time
import traceback
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, TypeVar

from indexer.errors import FangtanError, ReadingError
from indexer.language import messages
from indexer.language.languages import Language
from indexer.language.messages import gettext as _

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
Read = Callable[..., Iterator[T]]
"""A function of a module that yields what is in a file: of its path, its content if it was a pipe, and more."""

_LOOK = 1.0
"""Seconds between a process's looks whether its parent is still there."""

_MAIN = (
    "import sys; sys.path[:] = sys.argv[4:]; from indexer.indexing import reader_process; "
    "reader_process.serve(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])"
)


def guarded(path: Path, function: Read[T], *arguments: object) -> Iterator[T | ReadingError]:
    """Yield what a function yields for a file; an error that nobody foresaw is an error of that file, too."""
    try:
        yield from function(path, *arguments)
    except ReadingError as error:
        yield error
    except RecursionError:
        yield ReadingError(str(path), _("it is nested too deeply"))
    except (FangtanError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - the other files are read; where it happened is told
        place = traceback.extract_tb(error.__traceback__)[-1]
        reason = _("fangtan fails to read it: {error} in {place}").format(
            error=type(error).__name__, place=f"{PurePath(place.filename).name}:{place.lineno}"
        )
        yield ReadingError(str(path), reason, next_step=_("This is a fault of fangtan: please report it."))


class ReaderProcess:
    """A process that reads files; `OSError` if it cannot be started."""

    def __init__(self) -> None:
        from multiprocessing.connection import Pipe

        self._connection, far = Pipe()
        with far:
            # of a session of its own, so that Ctrl-C reaches this process alone, which ends it
            self._process = subprocess.Popen(
                [sys.executable, "-c", _MAIN, str(far.fileno()), str(os.getpid()), messages.language(), *sys.path],
                pass_fds=[far.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._end = weakref.finalize(self, _kill, self._process)
        self.send, self.has_sent = self._connection.send, self._connection.poll

    def receive(self) -> object:
        """Return what it sent; raise `EOFError` or `OSError` if it ended."""
        return self._connection.recv()

    def memory(self) -> int:
        """Return the bytes of memory that it takes, 0 if it ended."""
        import psutil

        with suppress(psutil.Error):
            return int(psutil.Process(self._process.pid).memory_info().rss)
        return 0

    def seconds(self) -> float:
        """Return the seconds that it has computed, 0 if it ended."""
        import psutil

        with suppress(psutil.Error):
            times = psutil.Process(self._process.pid).cpu_times()
            return float(times.user + times.system)
        return 0.0

    def has_ended(self) -> bool:
        """Tell whether it ended while it waited: the system may have needed its memory."""
        return self._process.poll() is not None

    def exit_code(self) -> int | None:
        """Return its exit code, None if it has not ended by itself."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(1)
        return None

    def end(self) -> None:
        """End it."""
        self._connection.close()
        self._end()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()


def serve(descriptor: int, parent: int, language: str) -> None:
    """Read the files that a `FileReader` asks for, until it closes its end of the connection."""
    from multiprocessing.connection import Connection

    messages.use(Language(language))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()
    with Connection(descriptor) as connection, suppress(EOFError, OSError):
        while True:
            _serve_file(connection, *connection.recv())


def _serve_file(
    connection: "Connection[Any, Any]",
    function: Read[object],
    path: Path,
    arguments: tuple[object, ...],
    seconds: int,
    memory: int,
) -> None:
    """Send that it begins, what a function yields for a file, then `None`, or the error that ended it."""
    connection.send(True)  # with the function came what that imports
    _limit_memory(memory)
    try:
        _limit_time(seconds)
        for item in guarded(path, function, *arguments):
            connection.send(item)
            _limit_time(seconds)
        connection.send(None)
    except (FangtanError, MemoryError) as error:
        connection.send(error)


def _limit_memory(memory: int) -> None:
    """Let no more memory be reserved than `memory` beyond what this process has: the parent looks only now and then."""
    with suppress(ImportError, OSError, ValueError):  # where the system has no such limit
        import resource

        import psutil

        reserved = int(psutil.Process().memory_info().vms)
        resource.setrlimit(resource.RLIMIT_AS, (reserved + memory, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _limit_time(seconds: int) -> None:
    """Let the system end this process if nobody else does: its parent may be gone while it computes."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        most = int(time.process_time()) + 2 * seconds + 10
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def end_with(parent: int) -> None:
    """End this process once the process that started it is gone: killed, that could not end it itself."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)
