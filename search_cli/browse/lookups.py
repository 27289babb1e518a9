"""Ask the archive on threads, so that the screen never waits: of questions only the last counts, what is done is done.

The workers of Textual are threads of the event loop's pool, which a program waits for when it ends: with an
Elasticsearch that hangs, half a minute. Those of questions are not waited for. Each keeps its connection, and does one
thing at a time: while it is busy, of all that is asked only the last is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from threading import Condition, Thread
from typing import TypeVar

from indexer.errors import FangtanError

T = TypeVar("T")
Deliver = Callable[[Callable[[], None]], None]
"""Calls a function in the thread of the screen."""


@dataclass(slots=True)
class _Lane:
    """The thread of a group, what it does next, and the number of the last thing that was asked."""

    changed: Condition = field(default_factory=Condition)
    work: Callable[[], Callable[[], None]] | None = None
    number: int = 0
    is_busy: bool = False


class Lookups:
    """Work in groups, each with a thread; `deliver` hands what is to be done with an answer to the screen."""

    def __init__(self, deliver: Deliver) -> None:
        self._deliver = deliver
        self._lanes: dict[str, _Lane] = {}
        self._tasks = 0

    def ask(
        self,
        group: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[FangtanError], None],
    ) -> None:
        """Do `work` in the thread of a group, then call `done` or `failed`, unless the group was asked again."""
        lane = self._lanes.get(group) or self._started(group)
        with lane.changed:
            lane.number += 1
            lane.work = lambda: _answer(work, done, failed)
            lane.is_busy = True
            lane.changed.notify()

    def do(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[FangtanError], None]) -> None:
        """Do `work` whatever else is asked, and tell what came of it; the program does not end before it is done."""

        def run() -> None:
            self._deliver(partial(self._finish, _answer(work, done, failed)))

        self._tasks += 1
        Thread(target=run, name="browse-task", daemon=False).start()

    @property
    def has_tasks(self) -> bool:
        """Tell whether something is being done."""
        return self._tasks > 0

    def drop(self, group: str) -> None:
        """Forget what a group was asked."""
        if lane := self._lanes.get(group):
            with lane.changed:
                lane.number += 1
                lane.work = None
                lane.is_busy = False

    def is_busy(self, group: str) -> bool:
        """Tell whether a group was asked what it has not answered."""
        return group in self._lanes and self._lanes[group].is_busy

    def _started(self, group: str) -> _Lane:
        lane = self._lanes[group] = _Lane()
        Thread(target=self._run, args=(lane,), name=f"browse-{group}", daemon=True).start()
        return lane

    def _run(self, lane: _Lane) -> None:
        while True:
            with lane.changed:
                while lane.work is None:
                    lane.changed.wait()
                work, number = lane.work, lane.number
                lane.work = None
            answer = work()
            self._deliver(partial(self._give, lane, number, answer))

    def _finish(self, answer: Callable[[], None]) -> None:
        self._tasks -= 1
        answer()

    @staticmethod
    def _give(lane: _Lane, number: int, answer: Callable[[], None]) -> None:
        """Hand over an answer, in the thread of the screen, if it is that to the last question."""
        if number == lane.number:
            lane.is_busy = False
            answer()


def _answer(
    work: Callable[[], T], done: Callable[[T], None], failed: Callable[[FangtanError], None]
) -> Callable[[], None]:
    """Do the work; return what is to be done with its result. Another exception is raised there: it is a bug."""
    try:
        result = work()
    except FangtanError as error:
        return _bound(failed, error)
    except Exception as error:  # noqa: BLE001  is raised in the thread of the screen, which shows it
        return _bound(_raise, error)
    return _bound(done, result)


def _bound(function: Callable[[T], None], value: T) -> Callable[[], None]:
    return lambda: function(value)


def _raise(error: Exception) -> None:
    raise error
