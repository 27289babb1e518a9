"""Limits of what one measurement may take, so that none of them holds up the rest."""

import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from math import ceil
from statistics import median
from types import FrameType
from typing import TypeVar

T = TypeVar("T")


class OverTime(BaseException):
    """What was measured took longer than it may; no `except Exception` on the way takes it for an error."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `OverTime` in what is done here once it has taken so many seconds."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise OverTime

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def within(seconds: float, measured: Callable[[], str]) -> str:
    """Return what a measurement says, or that it took longer."""
    try:
        with limited(seconds):
            return measured()
    except OverTime:
        return f"> {seconds:.0f} s"


def spread(took: Iterable[Callable[[], int]], seconds: float) -> str:
    """Return the median of measurements, and what 95 of 100 do not exceed.

    Those that `seconds` had no time for are left out; then the number of the others is told.
    """
    every, found = list(took), list[int]()
    end = time.monotonic() + seconds
    for one in every:
        try:
            with limited(max(end - time.monotonic(), 0.001)):
                found.append(one())
        except OverTime:
            break
    if not found:
        return f"> {seconds:.0f} s"
    figures = f"{median(found):.0f} / {sorted(found)[ceil(len(found) * 0.95) - 1]}"
    return figures if len(found) == len(every) else f"{figures} ({len(found)} of {len(every)})"
