"""Processes that do nothing but look like a node's: for what is decided by looking at processes."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from indexer.elastic.node import state
from indexer.elastic.node.paths import NodePaths

QUIET = "import time; print('up', flush=True); time.sleep(60)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + QUIET


def node_words(where: NodePaths) -> tuple[str, ...]:
    """The arguments of a process that runs a node there."""
    return (state.SERVER, str(where.cache), str(where.node), "0", "512m")


class Sleepers:
    """Starts them; those that are left are ended with it."""

    def __init__(self) -> None:
        self._started: list[subprocess.Popen[bytes]] = []

    def start(self, *words: str, script: str = QUIET) -> psutil.Process:
        process = subprocess.Popen((sys.executable, "-c", script, *words), stdout=subprocess.PIPE)
        self._started.append(process)
        assert process.stdout is not None
        process.stdout.readline()
        return psutil.Process(process.pid)

    def end(self) -> None:
        for process in self._started:
            process.kill()
            process.communicate()


@contextmanager
def sleepers() -> Iterator[Sleepers]:
    started = Sleepers()
    try:
        yield started
    finally:
        started.end()
