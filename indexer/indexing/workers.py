"""Prepare interviews in worker processes, so that an index run uses several cores.

Segmentation, topics and documents are three quarters of the work of a run, and independent for each interview. The
result is the same wherever an interview is prepared. Short runs prepare all interviews in this process (workers take
half a second to start), and any run a very long one, whose documents are made one at a time as they are sent.
"""

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
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
                pending.append((plan.origin.source, self._begin(plan, idle=self._is_idle(pending))))
            else:
                pending.append(("", _completed(plan)))
            while len(pending) > self._ahead:
                yield _result(*pending.popleft())
        yield from (_result(*entry) for entry in pending)

    @property
    def _ahead(self) -> int:
        """Return how many interviews to hold, so that no worker waits: none before there are workers."""
        return 2 * self._count + 1 if self._pool else 0

    @cached_property
    def _count(self) -> int:
        return default_count() if self._settings.workers is None else self._settings.workers

    def _is_idle(self, pending: Sequence[tuple[str, Future[Step]]]) -> bool:
        """Tell whether workers could soon wait: this process prepares an interview itself while they have enough."""
        return len(pending) < self._ahead or any(future.done() for _, future in pending)

    def _begin(self, load: Load, *, idle: bool) -> Future[Step]:
        """Have an interview prepared by a worker, or prepare it in this process."""
        characters = length(load)
        self._characters += characters
        if self._characters < MANY or characters > LONG or not self._count or (self._pool and not idle):
            return _completed(prepare(load, self._knowledge))
        self._pool = self._pool or _start(self._count, self._settings)
        try:
            with _interrupts_blocked():  # loky starts the workers when the first task is submitted
                return cast("Future[Step]", self._pool.submit(_prepare, load, self._settings))
        except BrokenProcessPool as error:
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
    except BrokenProcessPool as error:
        raise LoadingError(
            f"A worker process ended before it had prepared {source}.",
            "Run the same command again. If memory is short, FANGTAN_WORKERS=0 uses a single process.",
        ) from error


def _start(count: int, settings: Settings) -> "ProcessPoolExecutor":
    """Return a pool of workers. loky runs neither the caller's main program in them nor needs its `__main__` guard."""
    import loky

    return loky.ProcessPoolExecutor(count, initializer=_initialize, initargs=(settings, os.getpid()))


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Block Ctrl-C; processes started meanwhile never get it: this one ends them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _initialize(settings: Settings, parent: int) -> None:
    """Load the dictionary in a worker."""
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
