"""Prepare interviews by workers, here or elsewhere, while this process does the rest of a run.

Segmentation, topics and documents are three quarters of the work of a run, and independent for each interview. The
result is the same wherever an interview is prepared. Short runs prepare all interviews in this process (workers take
a second to start), and any run a very long one, whose documents are made one at a time as they are sent. An interview
whose worker is gone is prepared in this process, unless several workers ended with it.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Generic, TypeVar

from indexer.enrich.enrich import Knowledge
from indexer.errors import LoadingError
from indexer.executors.executor import DeadlyTaskError, Executor, LostWorkerError, Pending, wait_for
from indexer.indexing.knowledge_copy import KnowledgeCopy
from indexer.indexing.plan import Load, Plan
from indexer.indexing.prepare import LONG, Prepared, Step, length, prepare, prepare_completely
from indexer.language.messages import gettext as _
from indexer.report import Event
from indexer.settings import Settings

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class _Work(Generic[R]):
    """What is done with an interview: in this process, and by a worker."""

    here: Callable[[Load, Knowledge], R]
    there: Callable[[Load, KnowledgeCopy], R]


@dataclass(frozen=True, slots=True)
class _Entry(Generic[T, R]):
    """One of a row: an item that is passed on, a result, or an interview that a worker has."""

    item: T | R | None = None
    load: Load | None = None
    pending: Pending[R] | None = None

    @property
    def is_done(self) -> bool:
        return self.pending is None or self.pending.done()


class Workers:
    """Has interviews prepared with some knowledge; `on_wait` is called now and then while workers are waited for."""

    def __init__(
        self,
        executor: Executor,
        knowledge: Knowledge,
        settings: Settings,
        on_wait: Callable[[], None] = lambda: None,
    ) -> None:
        self._executor, self._knowledge, self._settings, self._on_wait = executor, knowledge, settings, on_wait
        self._characters = 0
        self._are_wanted = False

    def prepare(self, plans: Iterable[Plan]) -> Iterator[Step]:
        """Yield plans in their order, interviews to load as prepared ones; workers prepare those ahead meanwhile."""
        return self._in_order(plans, _Work(prepare, prepare_elsewhere))

    def analyze(self, events: Iterable[Plan | Event]) -> Iterator[Plan | Event]:
        """Yield plans and events in their order, interviews to load with the analyses of their turns."""
        return self._in_order(events, _Work(_analyzed, analyze_elsewhere))

    def _in_order(self, items: Iterable[T | Load], work: _Work[R]) -> Iterator[T | R]:
        row: deque[_Entry[T, R]] = deque()
        for item in items:
            row.append(self._begin(item, work, row) if isinstance(item, Load) else _Entry(item))
            while len(row) > self._ahead:
                yield self._result(row.popleft(), work)
        while row:
            yield self._result(row.popleft(), work)

    @property
    def _ahead(self) -> int:
        """Return how many interviews to hold, so that no worker waits: none before they have started."""
        return 2 * self._executor.count + 1 if self._are_wanted and self._executor.is_ready() else 0

    def _are_ready(self, characters: int) -> bool:
        """Tell whether there are workers, which are started when there is enough to do that they can."""
        self._characters += characters
        self._are_wanted |= characters <= LONG and self._characters >= self._executor.least
        return self._are_wanted and self._executor.is_ready()

    def _is_idle(self, row: Sequence[_Entry[T, R]]) -> bool:
        """Tell whether workers could soon wait: this process prepares an interview itself while they have enough."""
        return len(row) < self._ahead or any(entry.is_done for entry in row)

    def _begin(self, load: Load, work: _Work[R], row: Sequence[_Entry[T, R]]) -> _Entry[T, R]:
        """Have an interview prepared by a worker, or prepare it in this process."""
        characters = length(load)
        if self._are_ready(characters) and characters <= LONG and self._is_idle(row):
            try:
                return _Entry(load=load, pending=self._executor.submit(work.there, load, self._shared))
            except LostWorkerError:
                pass
        return _Entry(work.here(load, self._knowledge))

    @cached_property
    def _shared(self) -> object:
        return self._executor.share(KnowledgeCopy.of(self._knowledge, self._settings))

    def _result(self, entry: _Entry[T, R], work: _Work[R]) -> T | R:
        """Return an item or a result; raise `LoadingError` if workers end wherever it is prepared."""
        if entry.pending is None or entry.load is None:
            return entry.item  # type: ignore[return-value]
        try:
            return wait_for(entry.pending, self._on_wait)
        except LostWorkerError:
            return work.here(entry.load, self._knowledge)
        except DeadlyTaskError as error:
            raise LoadingError(
                _("Several workers ended while they prepared {file}.").format(file=entry.load.origin.source),
                _("Run the same command again with workers that have more memory, or without --on."),
            ) from error


def prepare_elsewhere(load: Load, copy: KnowledgeCopy) -> Prepared:
    """Prepare an interview in a worker."""
    return prepare_completely(load, copy.knowledge())


def analyze_elsewhere(load: Load, copy: KnowledgeCopy) -> Load:
    """Analyze the turns of an interview in a worker."""
    return _analyzed(load, copy.knowledge())


def _analyzed(load: Load, knowledge: Knowledge) -> Load:
    """Return a plan with the analyses of its turns, unless these are too large to be held."""
    if length(load) > LONG:
        return load
    texts = tuple(turn.text for turn in load.interview.turns)
    return replace(load, analyses=tuple(knowledge.analyzer.analyze_all(texts)))
