"""Processes that prepare interviews beside this one, so that more than one core works on an archive.

Segmenting, topics and documents are three quarters of the work of an index run, and each interview's are its own. A
worker is this module run as a program: it is told the settings, then reads one interview after another and answers with
what is written of each. It needs no Elasticsearch. Ordinary pipes, rather than `multiprocessing`, which would run the
caller's program once more in every worker.

What is prepared is the same wherever it is done. A short run does it here (workers take half a second to be ready), and
any run what no worker is free for, and a very long interview, whose documents are made one at a time as they are sent.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from typing import IO, cast

from indexer.enrich.enrich import Knowledge, load_knowledge
from indexer.errors import LoadingError
from indexer.indexing.prepare import Prepared, prepare, whole
from indexer.model import Interview
from indexer.settings import Settings
from indexer.store.bulk import Job, Load
from indexer.store.documents import Placed

FEW = 1_000_000
"""Characters from which workers are worth their start: one core prepares them in two seconds."""

LONG = 1_000_000
"""Characters of an interview whose documents are not held all at once: a million of them make 35 MB of JSON."""

MOST = 4
"""Workers at most, as each takes the memory of a dictionary of its own."""

Process = subprocess.Popen[bytes]


def cores() -> int:
    """Return how many workers a run has unless told: as many as there are cores beside this process and Elasticsearch.

    On two cores one worker gains nothing: 24.3 s for 18 MB with it, 24.0 s without, both cores busy all the time.
    """
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(min(usable - 2, MOST), 0)


class Workers:
    """The workers of one run, started when there is enough to do; a context, at whose end they end."""

    def __init__(self, settings: Settings, knowledge: Knowledge) -> None:
        self._settings, self._knowledge = settings, knowledge
        self._number = cores() if settings.workers is None else settings.workers
        self._seen = 0
        self._processes: list[Process] = []
        self._idle: SimpleQueue[Process] = SimpleQueue()
        self._threads: ThreadPoolExecutor | None = None
        self._waiting: deque[Future[Prepared]] = deque()

    @property
    def ahead(self) -> int:
        """Return how many interviews may be on their way, so that no worker waits and few are held."""
        return 2 * self._number + 1

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.kill()  # what it may still be at is wanted by nobody
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            for pipe in (process.stdin, process.stdout):
                with suppress(BrokenPipeError):
                    cast("IO[bytes]", pipe).close()
            process.wait()

    def prepare(self, interview: Interview, placed: Placed) -> Callable[[], Prepared]:
        """Have an interview prepared; what is returned waits for it, and raises `LoadingError` if a worker is gone."""
        length = sum(len(turn.text) for turn in interview.turns)
        self._seen += length
        while self._waiting and self._waiting[0].done():
            self._waiting.popleft()
        if not self._number or self._seen < FEW or length > LONG or len(self._waiting) >= self.ahead:
            here = prepare(interview, placed, self._knowledge)
            return lambda: here
        future = self._started().submit(self._ask, interview, placed)
        self._waiting.append(future)
        return future.result

    def _started(self) -> ThreadPoolExecutor:
        """Return the threads that talk to the workers, and start both the first time."""
        if self._threads is None:
            for _ in range(self._number):
                process = _process(self._settings)
                self._processes.append(process)
                self._idle.put(process)
            self._threads = ThreadPoolExecutor(self._number, thread_name_prefix="fangtan-worker")
        return self._threads

    def _ask(self, interview: Interview, placed: Placed) -> Prepared:
        """Return what an idle worker makes of an interview."""
        process = self._idle.get()
        try:
            _tell(process, (interview, placed))
            answer = cast("Prepared", _hear(cast("IO[bytes]", process.stdout)))
        except (BrokenPipeError, EOFError, pickle.UnpicklingError) as error:
            raise LoadingError(
                f"A process that prepared {placed.source} ended before it was done (exit code {process.wait()}).",
                "Run the same command again. If memory is short: FANGTAN_WORKERS=0 makes do with one process.",
            ) from error
        self._idle.put(process)
        return answer


def in_order(jobs: Iterable[Job], ahead: int) -> Iterator[Load]:
    """Yield the loads of jobs in their order, having asked for so many `ahead`."""
    begun: deque[Job] = deque()
    for job in jobs:
        begun.append(job)
        if len(begun) > ahead:
            yield _load(begun.popleft())
    yield from map(_load, begun)


def _load(job: Job) -> Load:
    return job if isinstance(job, Load) else job()


def _process(settings: Settings) -> Process:
    """Start a worker; it finds the same modules as this process, and hears no Ctrl-C: this process ends it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "indexer.indexing.workers"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        start_new_session=True,
    )
    _tell(process, settings)
    return process


def _tell(process: Process, what: object) -> None:
    pipe = cast("IO[bytes]", process.stdin)
    pickle.dump(what, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def _hear(pipe: IO[bytes]) -> object:
    """Return what the process at the other end says, which is always one of fangtan's own."""
    return pickle.load(pipe)  # noqa: S301


def serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Prepare interviews as they are asked for, until there are no more."""
    knowledge = load_knowledge(cast("Settings", _hear(asked)))
    make = partial(prepare, knowledge=knowledge)
    while True:
        try:
            interview, placed = cast("tuple[Interview, Placed]", _hear(asked))
        except EOFError:
            return
        pickle.dump(whole(make(interview, placed)), answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(sys.stdin.buffer, sys.stdout.buffer)
