"""Whole processes, timed from outside: wall-clock seconds and peak memory of each, rounds taken in turn."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: wall-clock seconds, CPU seconds, and the most memory it held, in MB."""

    seconds: float
    cpu: float
    megabytes: float


def run(arguments: Sequence[str], variables: Mapping[str, str]) -> Run:
    """Run this Python with `arguments` from the project's root; fail with its own words if it does."""
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
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(arguments)} ended with {process.returncode}:\n{said.decode(errors='replace')}")
    peak = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak)


def middle(runs: Sequence[Run]) -> Run:
    """Return the median of each figure."""
    return Run(median(r.seconds for r in runs), median(r.cpu for r in runs), median(r.megabytes for r in runs))
