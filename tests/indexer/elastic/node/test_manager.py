"""Start, wait and stop, with a process that does nothing in place of the node's."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from filelock import FileLock

from indexer.elastic.node import launcher, manager, state
from indexer.elastic.node.paths import NodePaths, node_paths
from indexer.elastic.node.state import State
from indexer.errors import NodeError
from indexer.settings import Settings
from tests.support.sleepers import DEAF, Sleepers, node_words, sleepers


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(node_data=tmp_path / "node")


@pytest.fixture
def where(settings: Settings) -> NodePaths:
    return node_paths(settings)


@pytest.fixture
def processes() -> Iterator[Sleepers]:
    with sleepers() as started:
        yield started


@pytest.fixture
def spawned(monkeypatch: pytest.MonkeyPatch, processes: Sleepers) -> list[NodePaths]:
    """The folders for which a process was started; each is a sleeper that answers at once."""
    started: list[NodePaths] = []

    def spawn(where: NodePaths, settings: Settings, its: object) -> subprocess.Popen[bytes] | None:
        started.append(where)
        process = processes.start(*node_words(where))
        state.write(where, State(process.pid, "running", settings.node_heap, 9200))
        return None

    monkeypatch.setattr(launcher, "spawn", spawn)
    monkeypatch.setattr(launcher, "fetch", lambda paths, on_wait: None)
    return started


def soon(action: Callable[[], object], seconds: float = 0.3) -> threading.Timer:
    """Do something while this thread waits."""
    timer = threading.Timer(seconds, action)
    timer.start()
    return timer


class TestStart:
    def test_a_node_that_runs_is_found(self, settings: Settings, where: NodePaths, processes: Sleepers) -> None:
        running = State(processes.start(*node_words(where)).pid, "running", port=9207)
        state.write(where, running)
        steps: list[str] = []
        assert manager.start(settings, lambda step, detail: steps.append(step)) == running
        assert steps == []

    def test_none_runs(self, settings: Settings, spawned: list[NodePaths], where: NodePaths) -> None:
        steps: list[str] = []
        assert manager.start(settings, lambda step, detail: steps.append(step)).phase == "running"
        assert spawned == [where]
        assert steps == ["Starting Elasticsearch"]

    @pytest.mark.parametrize("phase", ["starting", "running", "failed"])
    def test_a_state_that_is_over(
        self, phase: state.Phase, settings: Settings, where: NodePaths, spawned: list[NodePaths], processes: Sleepers
    ) -> None:
        """Its process has ended, and another program has its process id."""
        state.write(where, State(processes.start("another").pid, phase, port=9200))
        assert manager.start(settings).port == 9200
        assert spawned == [where]

    def test_a_node_that_another_has_started_is_waited_for(
        self, settings: Settings, where: NodePaths, spawned: list[NodePaths], processes: Sleepers
    ) -> None:
        """The process that started it was interrupted; the node continues to start."""
        pid = processes.start(*node_words(where)).pid
        state.write(where, State(pid, "starting"))
        soon(lambda: state.write(where, State(pid, "running", port=9207)))
        assert manager.start(settings).port == 9207
        assert spawned == []

    def test_a_node_that_fails_while_it_is_waited_for(
        self, settings: Settings, where: NodePaths, processes: Sleepers
    ) -> None:
        process = processes.start(*node_words(where))
        state.write(where, State(process.pid, "starting"))

        def fail() -> None:
            state.write(where, State(process.pid, "failed", message="Port 9200 is taken.", next_step="Free it."))
            process.kill()

        soon(fail)
        with pytest.raises(NodeError, match="Port 9200 is taken") as caught:
            manager.start(settings)
        assert caught.value.next_step == "Free it."

    def test_a_node_that_dies_while_it_is_waited_for(
        self, settings: Settings, where: NodePaths, processes: Sleepers
    ) -> None:
        process = processes.start(*node_words(where))
        state.write(where, State(process.pid, "starting", "96m"))
        where.console.parent.mkdir(parents=True)
        where.console.write_text("Terminating due to java.lang.OutOfMemoryError: Java heap space\n")
        soon(process.kill)
        with pytest.raises(NodeError, match="its heap of 96m was too small"):
            manager.start(settings)

    def test_a_node_that_never_comes(
        self, settings: Settings, where: NodePaths, processes: Sleepers, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(launcher, "_START", 0.2)
        state.write(where, State(processes.start(*node_words(where)).pid, "starting"))
        with pytest.raises(NodeError, match="has not started within") as caught:
            manager.start(settings)
        assert "fangtan node stop" in caught.value.next_step

    def test_while_another_starts_one(self, settings: Settings, where: NodePaths, spawned: list[NodePaths]) -> None:
        where.node.mkdir()
        held = threading.Event()

        def start_slowly() -> None:
            with FileLock(where.start_lock):
                held.set()
                time.sleep(0.3)

        threading.Thread(target=start_slowly).start()
        held.wait()
        steps: list[str] = []
        manager.start(settings, lambda step, detail: steps.append(step))
        assert steps == ["Waiting for Elasticsearch, which another fangtan is starting", "Starting Elasticsearch"]

    def test_many_at_once(self, settings: Settings, spawned: list[NodePaths]) -> None:
        found: list[State] = []
        threads = [threading.Thread(target=lambda: found.append(manager.start(settings))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(spawned) == 1
        assert len(found) == 8
        assert len(set(found)) == 1

    @pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
    def test_a_folder_that_may_not_be_written(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o500)
        with pytest.raises(NodeError, match="Permission denied"):
            manager.start(Settings(node_data=tmp_path / "node"))

    def test_a_folder_that_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "node").write_text("")
        with pytest.raises(NodeError, match="cannot write") as caught:
            manager.start(Settings(node_data=tmp_path / "node"))
        assert "FANGTAN_NODE_DATA" in caught.value.next_step


class TestStop:
    def test_none(self, settings: Settings, where: NodePaths) -> None:
        assert manager.stop(settings) is False
        assert not where.node.exists()

    def test_a_node(self, settings: Settings, where: NodePaths, processes: Sleepers) -> None:
        process = processes.start(*node_words(where))
        state.write(where, State(process.pid, "running", port=9200))
        assert manager.stop(settings) is True
        assert gone(process)
        assert state.read(where) is None

    def test_a_node_that_starts(self, settings: Settings, where: NodePaths, processes: Sleepers) -> None:
        process = processes.start(*node_words(where))
        state.write(where, State(process.pid, "starting"))
        assert manager.stop(settings) is True
        assert gone(process)

    def test_a_node_that_does_not_listen(
        self, settings: Settings, where: NodePaths, processes: Sleepers, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(manager, "_CLOSE", 0.3)
        process = processes.start(*node_words(where), script=DEAF)
        state.write(where, State(process.pid, "running", port=9200))
        assert manager.stop(settings) is True
        assert gone(process)

    def test_a_node_whose_state_was_deleted(self, settings: Settings, where: NodePaths, processes: Sleepers) -> None:
        where.node.mkdir()
        process = processes.start(*node_words(where))
        assert manager.stop(settings) is True
        assert gone(process)

    def test_another_program_is_left_alone(self, settings: Settings, where: NodePaths, processes: Sleepers) -> None:
        process = processes.start("another", "program")
        state.write(where, State(process.pid, "running", port=9200))
        assert manager.stop(settings) is False
        assert not gone(process, 0.2)
        assert state.read(where) is None


class TestEnded:
    def test_one_that_runs_and_is_mute(self, settings: Settings, where: NodePaths, processes: Sleepers) -> None:
        process = processes.start(*node_words(where))
        state.write(where, State(process.pid, "running", port=9200))
        error = manager.failure(settings)
        assert f"process {process.pid}" in error.message
        assert error.next_step == "fangtan node stop"

    def test_one_that_was_never_there(self, settings: Settings) -> None:
        assert "was killed" in manager.failure(settings).message


def test_the_environment_of_the_process() -> None:
    ours = {"PATH": "/bin", "LC_ALL": "C", "JAVA_TOOL_OPTIONS": "-Xmx1m", "_JAVA_OPTIONS": "x", "JDK_JAVA_OPTIONS": "y"}
    theirs = launcher._environment(ours)
    assert theirs["PATH"] == "/bin"
    assert not [key for key in theirs if "JAVA" in key]
    if sys.platform == "linux":
        assert theirs["LC_ALL"] == "C.UTF-8"


def test_looking_for_the_node_is_quick(settings: Settings, where: NodePaths, processes: Sleepers) -> None:
    """Every search looks for the node: nothing slow is imported for it."""
    state.write(where, State(processes.start(*node_words(where)).pid, "running", port=9200))
    script = (
        "import sys; from pathlib import Path\n"
        "from indexer.elastic.node import manager; from indexer.settings import Settings\n"
        "print(manager.start(Settings(node_data=Path(sys.argv[1]))).url, *sys.modules)"
    )
    done = subprocess.run((sys.executable, "-c", script, str(where.node)), capture_output=True, text=True, check=True)
    url, *modules = done.stdout.split()
    assert url == "http://127.0.0.1:9200"
    heavy = {"elasticsearch", "jpype", "jgo", "requests", "rich", "dotenv", "filelock", "zipfile", "tomllib"}
    assert not heavy & set(modules)


def gone(process: psutil.Process, seconds: float = 5) -> bool:
    """Check whether a process ends in time, even if its parent has not reaped it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.01)
    return False


class TestReset:
    def test_the_node_is_stopped_and_its_data_put_aside(
        self, settings: Settings, where: NodePaths, processes: Sleepers
    ) -> None:
        process = processes.start(*node_words(where))
        state.write(where, State(process.pid, "running", port=9200))
        where.data.mkdir()
        (where.data / "file").write_text("x")
        (aside,) = manager.reset(settings)
        assert (aside.parent, (aside / "file").read_text()) == (where.node, "x")
        assert not where.data.exists()
        assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE

    def test_there_were_no_data(self, settings: Settings) -> None:
        assert manager.reset(settings) == ()

    def test_three_nodes(self, settings: Settings, where: NodePaths, processes: Sleepers) -> None:
        for number in (1, 2, 3):
            one = where.member(number)
            one.data.mkdir(parents=True)
            (one.data / "file").write_text(str(number))
            state.write(one, State(processes.start(*node_words(one)).pid, "running", port=9200, transport=9500))
        members = where.members()
        running = manager.running(members)
        aside = manager.reset(settings)
        assert [(folder / "file").read_text() for folder in aside] == ["1", "2", "3"]
        assert [folder.parent for folder in aside] == [one.node for one in members]
        assert where.members() == members, "they are three as before"
        assert not any(one.data.exists() for one in members)
        assert all(gone(psutil.Process(one.pid)) for one in running if psutil.pid_exists(one.pid))
        assert manager.running(members) == ()
