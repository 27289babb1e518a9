"""Whole processes, timed from outside: wall-clock seconds and peak memory of each, rounds taken in turn."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from threading import Event, Thread, Timer

import psutil

ROOT = Path(__file__).parents[2]
FOLDER = ROOT.parent / "shared/data/interviews"


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: wall-clock seconds, CPU seconds, and the most memory it held, in MB.

    `node_cpu` are the CPU seconds that Elasticsearch took meanwhile. `is_cut`: it was stopped at its limit of time.
    """

    seconds: float
    cpu: float
    megabytes: float
    node_cpu: float = 0.0
    is_cut: bool = False


def run(
    arguments: Sequence[str],
    variables: Mapping[str, str],
    accepted: Sequence[int] = (0,),
    checkout: Path = ROOT,
    limit: float | None = None,
) -> Run:
    """Run Python with `arguments` in a checkout, another one's own; end with its own words where it ends otherwise.

    After `limit` seconds it is stopped, and said to be cut.
    """
    python = sys.executable if checkout == ROOT else str(checkout / ".venv/bin/python")
    began = time.perf_counter()
    process = subprocess.Popen(
        [python, *arguments],
        cwd=checkout,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    peak = _Peak(process.pid)
    cut = Event()
    timer = Timer(limit, _stop, (process.pid, cut)) if limit is not None else None
    if timer is not None:
        timer.start()
    said = process.stdout.read()
    if timer is not None:
        timer.cancel()
    peak.ended.set()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accepted and not cut.is_set():
        sys.exit(f"{' '.join(arguments)} ended with {process.returncode}:\n{said.decode(errors='replace')}")
    peak.join()
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak.megabytes, is_cut=cut.is_set())


def _stop(pid: int, cut: Event) -> None:
    """Stop a process and those it started, its workers."""
    cut.set()
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        for one in (*process.children(recursive=True), process):
            with suppress(psutil.NoSuchProcess):
                one.kill()


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
    figures = ("seconds", "cpu", "megabytes", "node_cpu")
    found = Run(*(median(getattr(run, figure) for run in runs) for figure in figures))
    return replace(found, is_cut=any(run.is_cut for run in runs))
