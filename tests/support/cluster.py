"""A real cluster: three embedded nodes, as `fangtan node start --nodes 3` makes it, which are killed and started."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil

from indexer.elastic import cluster_size
from indexer.elastic.node import manager, member, state
from indexer.elastic.node.paths import node_paths
from indexer.settings import Settings


def free_ports(number: int) -> list[int]:
    """Return ports that nobody listens at."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _ports_in_a_row() -> int:
    """Return the first of three ports in a row that nobody listens at, below those that the system gives away."""
    return next(first for first in range(19200, 32000, member.NODES) if all(map(_is_free, range(first, first + 3))))


def _is_free(port: int) -> bool:
    with suppress(OSError), socket.create_server(("127.0.0.1", port)):
        return True
    return False


class Cluster:
    """Nodes of one cluster, by number from 1."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(node_data=folder / "节点", node_port=_ports_in_a_row(), node_heap="768m")
        self.paths = node_paths(self.settings)

    def url(self, number: int) -> str:
        return f"http://127.0.0.1:{self.settings.node_port + number - 1}"

    def settings_of(self, **archive: Any) -> Settings:
        """Return settings of an archive on it, as someone has them who has named no address."""
        return replace(self.settings, **archive)

    def start(self, *numbers: int) -> None:
        """Start what is missing, which is what was killed, and wait until all answer."""
        assert len(manager.running(self.paths.members())) == member.NODES - len(numbers)
        manager.start_all(self.settings, whole=True)

    def kill(self, *numbers: int) -> None:
        """Kill nodes as a crash does."""
        for number in numbers:
            found = state.running(self.paths.member(number))
            assert found is not None
            process = psutil.Process(found.pid)
            process.kill()
            process.wait()


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Run a cluster."""
    nodes = Cluster(folder)
    try:
        cluster_size.resize(nodes.settings, member.NODES)
        yield nodes
    finally:
        manager.stop(nodes.settings)
