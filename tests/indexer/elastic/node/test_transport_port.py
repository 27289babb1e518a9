"""Who is at the other end of a connection; that others are refused is in tests/elastic/test_three_nodes.py."""

import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from indexer.elastic.node import state, transport_port
from indexer.elastic.node.paths import NodePaths
from indexer.elastic.node.state import State
from tests.support.sleepers import Sleepers, node_words, sleepers

CONNECTED = (
    "import socket, sys, time; s = socket.create_server(('127.0.0.1', 0)); "
    "c = socket.create_connection(('127.0.0.1', int(sys.argv[-1]))); print('up', flush=True); time.sleep(60)"
)


@pytest.fixture
def processes() -> Iterator[Sleepers]:
    with sleepers() as started:
        yield started


@pytest.mark.parametrize("remembered", [True, False])
def test_a_node_is_told_from_other_programs(tmp_path: Path, processes: Sleepers, remembered: bool) -> None:
    """Also one whose state file was deleted."""
    first = NodePaths(tmp_path, tmp_path / "节点")
    second = first.member(2)
    second.node.mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as ours, socket.create_server(("127.0.0.1", 0)) as mine:
        here = ours.getsockname()[1]
        node = processes.start(*node_words(second), str(here), script=CONNECTED)
        if remembered:
            state.write(second, State(node.pid, "starting"))
        accepted, (_, there) = ours.accept()
        with accepted, socket.create_connection(ours.getsockname()) as another:
            assert transport_port._is_connected(first, there, here)
            assert not transport_port._is_connected(first, another.getsockname()[1], here)
            assert not transport_port._is_connected(first, there, here + 1), "to this port, no other"
        listening = [one.laddr.port for one in node.net_connections("tcp") if one.status == psutil.CONN_LISTEN]
        assert transport_port._listens(first, *listening)
        assert not transport_port._listens(first, mine.getsockname()[1])


def test_where_no_node_runs(tmp_path: Path) -> None:
    alone = NodePaths(tmp_path, tmp_path / "节点")
    with socket.create_server(("127.0.0.1", 0)) as mine:
        assert not transport_port._listens(alone, mine.getsockname()[1])
