"""The state file, and when it is valid."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.elastic.node import state
from indexer.elastic.node.paths import NodePaths
from indexer.elastic.node.state import State
from tests.support.sleepers import Sleepers, node_words, sleepers


@pytest.fixture
def where(tmp_path: Path) -> NodePaths:
    return NodePaths(cache=tmp_path / "cache", node=tmp_path / "node")


@pytest.fixture
def processes() -> Iterator[Sleepers]:
    with sleepers() as started:
        yield started


def test_a_state_is_read_as_it_was_written(where: NodePaths) -> None:
    for one in (
        State(1, "starting", "512m"),
        State(2, "running", "1g", 9201),
        State(3, "failed", message="Port 9200 is taken.", next_step="Set FANGTAN_NODE_PORT."),
    ):
        state.write(where, one)
        assert state.read(where) == one
    assert [file.name for file in where.node.iterdir()] == ["node.json"]


def test_the_address() -> None:
    assert State(1, "running", port=9201).url == "http://127.0.0.1:9201"


def test_the_time_is_noted() -> None:
    assert abs(State(1, "running").since - time.time()) < 5


def test_none(where: NodePaths) -> None:
    assert state.read(where) is None
    assert state.running(where) is None
    state.remove(where)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"pid": 1', '{"pid": 1}', '{"pid": 1, "phase": "running", "of_tomorrow": 1}', "9200"],
)
def test_an_invalid_state(where: NodePaths, text: str) -> None:
    where.node.mkdir()
    where.state.write_text(text, "utf-8")
    assert state.read(where) is None


@given(st.binary())
def test_any_bytes_are_a_state_or_none(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    where = NodePaths(Path(), tmp_path_factory.mktemp("node"))
    where.state.write_bytes(content)
    assert state.read(where) is None


def test_the_process_of_a_node(where: NodePaths, processes: Sleepers) -> None:
    node = processes.start(*node_words(where))
    one = State(node.pid, "running", port=9200)
    state.write(where, one)
    assert state.process(where, one) == node
    assert state.running(where) == one


def test_a_node_that_starts_does_not_answer(where: NodePaths, processes: Sleepers) -> None:
    one = State(processes.start(*node_words(where)).pid, "starting")
    state.write(where, one)
    assert state.process(where, one) is not None
    assert state.running(where) is None


def test_a_pid_that_another_process_has_now(where: NodePaths, processes: Sleepers) -> None:
    state.write(where, State(processes.start("another", "program").pid, "running", port=9200))
    assert state.running(where) is None


def test_the_node_of_another_folder(where: NodePaths, processes: Sleepers) -> None:
    other = NodePaths(where.cache, where.node.with_name("other"))
    state.write(where, State(processes.start(*node_words(other)).pid, "running", port=9200))
    assert state.running(where) is None


def test_a_process_that_has_ended(where: NodePaths, processes: Sleepers) -> None:
    node = processes.start(*node_words(where))
    one = State(node.pid, "running", port=9200)
    state.write(where, one)
    node.kill()
    deadline = time.monotonic() + 10
    while node.is_running() and node.status() != psutil.STATUS_ZOMBIE and time.monotonic() < deadline:
        time.sleep(0.01)
    assert state.running(where) is None  # a zombie, not reaped yet
    assert state.process(where, one) is None


def test_no_process_of_that_number(where: NodePaths) -> None:
    pid = next(number for number in range(99999, 1, -1) if not psutil.pid_exists(number))
    assert state.process(where, State(pid, "running")) is None


def test_a_stray_is_found_without_a_state(where: NodePaths, processes: Sleepers) -> None:
    assert state.stray(where) is None
    processes.start("another", "program")
    node = processes.start(*node_words(where))
    assert state.stray(where) == node


LISTENING = (
    "import socket, time; s = socket.create_server(('127.0.0.1', 0)); "
    "print(s.getsockname()[1], flush=True); time.sleep(60)"
)


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[" * 100_000,
        '{"pid": 1, "phase": "running", "port": 9200}',
        '{"pid": "x", "phase": "running", "port": []}',
        '{"pid": -5, "phase": "running", "port": 9200}',
        '{"pid": 99999999999999999999, "phase": "running", "port": 9200}',
        '{"pid": 1, "phase": ["running"], "heap": {}}',
    ],
)
def test_a_file_of_nonsense_is_written_anew_for_the_node_that_runs(
    where: NodePaths, processes: Sleepers, text: str
) -> None:
    where.node.mkdir()
    where.state.write_text(text, "utf-8")
    assert state.running(where) is None
    node = processes.start(*node_words(where), script=LISTENING)
    found = state.running(where)
    assert found is not None
    assert (found.pid, found.phase, found.heap) == (node.pid, "running", "512m")
    assert {one.laddr.port for one in node.net_connections("tcp")} == {found.port}
    assert state.read(where) == found


def test_one_of_several_is_written_down_without_its_port_for_the_others(tmp_path: Path, processes: Sleepers) -> None:
    second = NodePaths(tmp_path / "cache", tmp_path / "node").member(2)
    second.node.mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        transport = free.getsockname()[1]
    script = f"import socket; t = socket.create_server(('127.0.0.1', {transport})); {LISTENING}"
    node = processes.start(*node_words(second), "2", str(transport), "9300,9302", "later", script=script)
    found = state.recover(second)
    assert found is not None
    assert (found.pid, found.transport) == (node.pid, transport)
    assert {found.port, transport} == {one.laddr.port for one in node.net_connections("tcp")}


def test_a_node_that_does_not_listen_yet_is_not_written_down(where: NodePaths, processes: Sleepers) -> None:
    processes.start(*node_words(where))
    assert state.recover(where) is None
    assert not where.state.exists()


def test_this_process_is_not_a_stray(where: NodePaths, monkeypatch: pytest.MonkeyPatch) -> None:
    class Self:
        pid = os.getpid()

        def cmdline(self) -> list[str]:
            return list(node_words(where))

    monkeypatch.setattr(psutil, "process_iter", lambda: [Self()])
    assert state.stray(where) is None


def test_a_reader_never_sees_half_a_state(where: NodePaths) -> None:
    """Every reading is a complete state, while the file is written over and over."""
    state.write(where, State(0, "starting"))
    script = (
        "import sys; from pathlib import Path\n"
        "from indexer.elastic.node import state; from indexer.elastic.node.paths import NodePaths\n"
        "where = NodePaths(Path(), Path(sys.argv[1]))\n"
        "for pid in range(300): state.write(where, state.State(pid, 'starting', message='x' * 5000))"
    )
    writer = subprocess.Popen((sys.executable, "-c", script, str(where.node)))
    read = 0
    while writer.poll() is None:
        assert state.read(where) is not None
        read += 1
    assert writer.returncode == 0
    assert read > 10
    assert json.loads(where.state.read_text())["pid"] == 299


@pytest.mark.usefixtures("chinese")
def test_why_a_node_failed_is_told_in_the_language_of_who_asks(where: NodePaths) -> None:
    said = "Port {port} is used by another program."
    state.write(where, State(1, "failed", message=said, next_step="fangtan node start", values={"port": "9200"}))
    found = state.read(where)
    assert found is not None
    assert (found.error.message, found.error.next_step) == ("端口 9200 已被另一个程序占用。", "fangtan node start")


@pytest.mark.parametrize(
    ("values", "told"), [({}, "Port {port} is used by another program."), (["port"], None), ({"port": 9200}, None)]
)
def test_values_of_a_damaged_state_do_no_harm(where: NodePaths, values: object, told: str | None) -> None:
    where.node.mkdir()
    message = "Port {port} is used by another program."
    where.state.write_text(json.dumps({"pid": 1, "phase": "failed", "message": message, "values": values}), "utf-8")
    found = state.read(where)
    assert (found and found.error.message) == told
    assert found is None or found.error.next_step == ""
