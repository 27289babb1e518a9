"""Worker processes on this machine, by loky: they need no `__main__` guard, and end with the process that starts them.

A worker that is killed breaks the whole pool: its tasks are told to be lost, and the next one starts a new pool.
"""

import os
import pickle
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from indexer.executors.executor import LostWorkerError
from indexer.language import messages
from indexer.language.languages import Language

if TYPE_CHECKING:
    from loky import ProcessPoolExecutor

T = TypeVar("T")

MANY = 1_000_000
"""Characters from which workers are worth starting: one core prepares them in two seconds."""

MOST = 4
"""Workers at most, as each has a dictionary of its own in memory."""

_MOST_POOLS = 3
"""Pools that are started anew before everything is done in this process: something ends them."""

_ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Signals that a terminal, or `kill` with a group, sends to the workers too."""

_LOOK = 1.0
"""Seconds between a worker's looks whether its parent is still there."""


def default_count() -> int:
    """Return the default number of workers: the cores that this process and Elasticsearch leave.

    On two cores a worker gains nothing: 24.3 s for 18 MB with one, 24.0 s without, both cores always busy.
    """
    import loky

    return max(min(int(loky.cpu_count()) - 2, MOST), 0)


@dataclass(frozen=True, slots=True)
class _Shared:
    """A value in a temporary file, which each worker reads once."""

    path: Path


@dataclass(slots=True)
class _PoolTask(Generic[T]):
    """A task of a pool; `on_broken` is called if that breaks."""

    future: "Future[T]"
    on_broken: Callable[[], None]

    def done(self) -> bool:
        return self.future.done()

    def result(self, timeout: float | None = None) -> T:
        try:
            return self.future.result(timeout)
        except BrokenExecutor as error:
            self.on_broken()
            raise LostWorkerError from error


class LokyPool:
    """The worker processes of a run, started with the first question whether they are ready."""

    least = MANY

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool: ProcessPoolExecutor | None = None
        self._started: Future[int] | None = None
        self._pools = 0
        self._shared: list[Path] = []

    def is_ready(self) -> bool:
        """Tell whether a worker has started; after a pool broke, start another."""
        if self._pool is None and self._pools <= _MOST_POOLS:
            self._pool = _pool(self.count)
            self._pools += 1
            self._started = self._submit(os.getpid)
        return self._started is not None and self._started.done()

    def share(self, value: object) -> object:
        """Keep a value for the workers in a temporary file, which `close` deletes."""
        descriptor, name = tempfile.mkstemp(prefix="fangtan-")
        with os.fdopen(descriptor, "wb") as file:
            pickle.dump(value, file, pickle.HIGHEST_PROTOCOL)
        self._shared.append(Path(name))
        return _Shared(Path(name))

    def submit(self, function: Callable[..., T], *arguments: object) -> _PoolTask[T]:
        """Have a worker call a function; raise `LostWorkerError` if the pool is broken."""
        pool = self._pool
        try:
            return _PoolTask(self._submit(_call, function, arguments), lambda: self._end(pool))
        except BrokenExecutor as error:
            self._end(pool)
            raise LostWorkerError from error

    def close(self) -> None:
        """End the workers: what they may still do is not needed."""
        self._end(self._pool)
        while self._shared:
            self._shared.pop().unlink(missing_ok=True)

    def _end(self, pool: "ProcessPoolExecutor | None") -> None:
        """End a pool, and forget it unless another has taken its place."""
        if pool is not None:
            pool.shutdown(kill_workers=True)
        if pool is self._pool:
            self._pool = self._started = None

    def _submit(self, function: Callable[..., Any], *arguments: object) -> "Future[Any]":
        if self._pool is None:
            raise LostWorkerError
        with _interrupts_blocked():  # loky starts the workers when the first call is submitted
            future: Future[Any] = self._pool.submit(function, *arguments)
            return future


def _pool(count: int) -> "ProcessPoolExecutor":
    """Return a pool of workers. loky runs neither the caller's main program in them nor needs its `__main__` guard."""
    import loky

    return loky.ProcessPoolExecutor(count, initializer=_initialize, initargs=(os.getpid(), messages.language()))


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Block the signals that end a run; processes started meanwhile do not get them: this one ends them."""
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # loky starts it otherwise, which unblocks Ctrl-C
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _initialize(parent: int, language: Language) -> None:
    """Speak the language of the run; ignore what ends it, whatever a worker was started with."""
    messages.use(language)
    for one in _ENDING:
        signal.signal(one, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this worker once the process that started it is gone: killed, that could not end it itself."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


def _call(function: Callable[..., T], arguments: tuple[object, ...]) -> T:
    """Call a function in a worker, with the values that `_Shared` stands for."""
    return function(*(_value(one.path) if isinstance(one, _Shared) else one for one in arguments))


@lru_cache(maxsize=4)
def _value(path: Path) -> object:
    return pickle.loads(path.read_bytes())  # noqa: S301 - our own file, which no other user may write to
