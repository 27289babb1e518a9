"""Prepare interviews in worker processes, so that an index run uses several cores.

Segmentation, topics and documents are three quarters of the work of a run, and independent for each interview. The
result is the same wherever an interview is prepared. Short runs prepare all interviews in this process (workers take
a second to start), and any run a very long one, whose documents are made one at a time as they are sent.
"""

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, cast

from indexer.enrich.enrich import Knowledge, load_knowledge
from indexer.errors import LoadingError
from indexer.indexing.plan import Load, Plan
from indexer.indexing.prepare import LONG, Prepared, Step, length, prepare, prepare_completely
from indexer.settings import Settings

if TYPE_CHECKING:
    from loky import ProcessPoolExecutor

MANY = 1_000_000
"""Characters from which workers are worth starting: one core prepares them in two seconds."""

MOST = 4
"""Workers at most, as each has a dictionary of its own in memory."""

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


class Workers:
    """The worker processes of a run, started when there is enough to do; a context that ends them."""

    def __init__(self, settings: Settings, knowledge: Knowledge) -> None:
        self._settings, self._knowledge = settings, knowledge
        self._characters = 0
        self._pool: ProcessPoolExecutor | None = None
        self._started: Future[Step] | None = None

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(kill_workers=True)  # what they may still prepare is not needed

    def prepare(self, plans: Iterable[Plan]) -> Iterator[Step]:
        """Yield plans in their order, interviews to load as prepared ones; workers prepare those ahead meanwhile."""
        pending: deque[tuple[str, Future[Step]]] = deque()
        for plan in plans:
            if isinstance(plan, Load):
                pending.append((plan.origin.source, self._begin(plan, pending)))
            else:
                pending.append(("", _completed(plan)))
            while len(pending) > self._ahead:
                yield _result(*pending.popleft())
        yield from (_result(*entry) for entry in pending)

    @property
    def _ahead(self) -> int:
        """Return how many interviews to hold, so that no worker waits: none before they have started."""
        return 2 * self._count + 1 if self._started and self._started.done() else 0

    @cached_property
    def _count(self) -> int:
        return default_count() if self._settings.workers is None else self._settings.workers

    def _is_idle(self, pending: Sequence[tuple[str, Future[Step]]]) -> bool:
        """Tell whether workers could soon wait: this process prepares an interview itself while they have enough."""
        return len(pending) < self._ahead or any(future.done() for _, future in pending)

    def _begin(self, load: Load, pending: Sequence[tuple[str, Future[Step]]]) -> Future[Step]:
        """Have an interview prepared by a worker, or prepare it in this process."""
        characters = length(load)
        self._characters += characters
        if characters > LONG or not self._have_started() or not self._is_idle(pending):
            return _completed(prepare(load, self._knowledge))
        return self._submit(_prepare, load, self._settings)

    def _have_started(self) -> bool:
        """Tell whether there are workers, which are started when there is enough to do; nothing waits for them."""
        if self._characters >= MANY and self._count and not self._started:
            self._pool = _pool(self._count, self._settings)
            self._started = self._submit(os.getpid)
        return bool(self._started and self._started.done())

    def _submit(self, function: Callable[..., object], *arguments: object) -> Future[Step]:
        """Have a worker call a function."""
        try:
            with _interrupts_blocked():  # loky starts the workers when the first call is submitted
                return cast("Future[Step]", cast("ProcessPoolExecutor", self._pool).submit(function, *arguments))
        except BrokenExecutor as error:
            return _failed(error)  # reported in its turn: what was prepared before is yielded


def _completed(step: Step) -> Future[Step]:
    future: Future[Step] = Future()
    future.set_result(step)
    return future


def _failed(error: Exception) -> Future[Step]:
    future: Future[Step] = Future()
    future.set_exception(error)
    return future


def _result(source: str, future: Future[Step]) -> Step:
    """Return a result; raise `LoadingError` if a worker ended before it had it."""
    try:
        return future.result()
    except BrokenExecutor as error:
        raise LoadingError(
            f"A worker process ended before it had prepared {source}.",
            "Run the same command again. If memory is short, FANGTAN_WORKERS=0 uses a single process.",
        ) from error


def _pool(count: int, settings: Settings) -> "ProcessPoolExecutor":
    """Return a pool of workers. loky runs neither the caller's main program in them nor needs its `__main__` guard."""
    import loky

    return loky.ProcessPoolExecutor(count, initializer=_initialize, initargs=(settings, os.getpid()))


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


def _initialize(settings: Settings, parent: int) -> None:
    """Load the dictionary in a worker, and ignore what ends a run whatever it was started with."""
    for one in _ENDING:
        signal.signal(one, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    load_knowledge(settings)


def _end_with(parent: int) -> None:
    """End this worker once the process that started it is gone: killed, that could not end it itself."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


def _prepare(load: Load, settings: Settings) -> Prepared:
    """Prepare an interview in a worker."""
    return prepare_completely(load, load_knowledge(settings))
