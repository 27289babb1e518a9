"""Whole processes, timed from outside: wall-clock seconds and peak memory of each, rounds taken in turn."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Event, Thread

import psutil

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: wall-clock seconds, CPU seconds, and the most memory it held, in MB."""

    seconds: float
    cpu: float
    megabytes: float


def run(arguments: Sequence[str], variables: Mapping[str, str], accepted: Sequence[int] = (0,)) -> Run:
    """Run this Python with `arguments` from the project's root; end with its own words where it ends otherwise."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    peak = _Peak(process.pid)
    said = process.stdout.read()
    peak.ended.set()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accepted:
        sys.exit(f"{' '.join(arguments)} ended with {process.returncode}:\n{said.decode(errors='replace')}")
    peak.join()
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak.megabytes)


class _Peak(Thread):
    """Looks at a process's memory all the time: what the system keeps of it begins with that of its parent."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._process = psutil.Process(pid)
        self.ended = Event()
        self.megabytes = 0.0
        self.start()

    def run(self) -> None:
        with suppress(psutil.NoSuchProcess):
            while not self.ended.wait(0.02):
                self.megabytes = max(self.megabytes, self._process.memory_info().rss / 2**20)


def middle(runs: Sequence[Run]) -> Run:
    """Return the median of each figure."""
    return Run(median(r.seconds for r in runs), median(r.cpu for r in runs), median(r.megabytes for r in runs))
