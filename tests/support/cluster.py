"""A real cluster: three embedded nodes, each a process, joined over loopback."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.elastic.node import home, state
from indexer.elastic.node.paths import NodePaths, node_paths
from indexer.settings import Settings

ROOT = Path(__file__).parents[2]
_HEAP = "256m"
_START = 300


def free_ports(number: int) -> list[int]:
    """Return ports that nobody listens at."""
    sockets = [socket.socket() for _ in range(number)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Cluster:
    """Nodes of one cluster, by number from 1."""

    def __init__(self, folder: Path, size: int) -> None:
        self._http, self._transport = free_ports(size), free_ports(size)
        cache = node_paths(Settings()).cache
        home.make(home.home_in(cache))
        self.paths = [NodePaths(cache, folder / f"node-{number}") for number in range(1, size + 1)]
        self._processes: dict[int, subprocess.Popen[bytes]] = {}

    def url(self, number: int) -> str:
        return f"http://127.0.0.1:{self._http[number - 1]}"

    def start(self, *numbers: int) -> None:
        """Start nodes, and wait until they answer."""
        for number in numbers:
            paths = self.paths[number - 1]
            paths.node.mkdir(parents=True, exist_ok=True)
            state.remove(paths)
            ports = ",".join(map(str, self._transport))
            arguments = (str(paths.cache), str(paths.node), str(self._http[number - 1]), _HEAP, str(number), ports)
            with (paths.node / "console.log").open("ab") as console:
                self._processes[number] = subprocess.Popen(
                    (sys.executable, "-m", state.SERVER, *arguments), cwd=ROOT, stdout=console, stderr=console
                )
        deadline = time.monotonic() + _START
        for number in numbers:
            while state.running(self.paths[number - 1]) is None:
                found = state.read(self.paths[number - 1])
                assert time.monotonic() < deadline, f"node {number} has not started: {found}"
                assert self._processes[number].poll() is None, f"node {number} ended: {found}"
                time.sleep(0.1)

    def kill(self, *numbers: int) -> None:
        """Kill nodes as a crash does."""
        for number in numbers:
            self._processes[number].kill()
            self._processes[number].wait()

    def stop(self) -> None:
        for process in self._processes.values():
            process.kill()
            process.wait()


@contextmanager
def cluster(folder: Path, size: int = 3) -> Iterator[Cluster]:
    """Run a cluster."""
    nodes = Cluster(folder, size)
    try:
        nodes.start(*range(1, size + 1))
        yield nodes
    finally:
        nodes.stop()
