"""What a run needs of those that work for it, whoever they are."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

LOOK = 0.5
"""Seconds between looks at a task that is not done."""


class LostWorkerError(Exception):
    """A worker is gone that had a task, or the way to it: the task can be done elsewhere."""


class DeadlyTaskError(Exception):
    """Several workers ended one after another while they had the same task."""


class Pending(Protocol[T_co]):
    """A task that was handed over, as `concurrent.futures.Future`."""

    def done(self) -> bool:
        """Tell whether there is a result, or none to come."""

    def result(self, timeout: float | None = None) -> T_co:
        """Return the result, or raise what the task raised; `TimeoutError` after so many seconds.

        Raises `LostWorkerError` and `DeadlyTaskError`.
        """


class Executor(Protocol):
    """Workers; a context that ends them, or what they do for this run.

    `count` tasks are done at a time. `least` are the characters of text from which they are worth starting.
    """

    @property
    def count(self) -> int:
        """The number of tasks that are done at a time."""

    @property
    def least(self) -> int:
        """The characters of text from which workers are worth starting."""

    def is_ready(self) -> bool:
        """Tell whether tasks can be handed over; workers that have to be started are, and nothing waits for them."""

    def share(self, value: object) -> object:
        """Return what stands for a value among the arguments of tasks: it is sent to each worker once."""

    def submit(self, function: Callable[..., T], *arguments: object) -> Pending[T]:
        """Hand a task over: a function of a module, and arguments that can be pickled."""

    def close(self) -> None:
        """End the workers, or what they still do."""


class NoWorkers:
    """The executor of a run that does everything in its own process."""

    count = 0
    least = 0

    def is_ready(self) -> bool:
        """Return False: there is nobody."""
        return False

    def share(self, value: object) -> object:
        """Return the value."""
        return value

    def submit(self, function: Callable[..., T], *arguments: object) -> Pending[T]:
        """Raise `LostWorkerError`: there is nobody."""
        raise LostWorkerError

    def close(self) -> None:
        """Do nothing."""


def wait_for(pending: Pending[T], on_wait: Callable[[], Any]) -> T:
    """Return the result of a task; `on_wait` is called now and then meanwhile."""
    while True:
        try:
            return pending.result(LOOK)
        except TimeoutError:
            if pending.done():  # the task itself raised it
                return pending.result()
            on_wait()
