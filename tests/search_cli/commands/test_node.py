"""`fangtan node` without a running Elasticsearch; see also tests/elastic/test_node_life.py."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.elastic.node import state
from indexer.elastic.node.paths import NodePaths, node_paths
from indexer.elastic.node.state import State
from indexer.settings import Settings
from tests.support.sleepers import Sleepers, node_words, sleepers

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def where(tmp_path: Path) -> NodePaths:
    return node_paths(Settings(node_data=tmp_path / "node"))


@pytest.fixture
def fangtan(tmp_path: Path, where: NodePaths) -> Command:
    """Run `fangtan node …` with that folder, away from any `.env`."""

    def run(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            (sys.executable, "-m", "search_cli", "node", *arguments),
            cwd=tmp_path,
            env={**os.environ} | {"FANGTAN_NODE_DATA": str(where.node)} | variables,
            capture_output=True,
            text=True,
        )

    return run


@pytest.fixture
def processes() -> Iterator[Sleepers]:
    with sleepers() as started:
        yield started


def test_stop_when_nothing_runs(fangtan: Command) -> None:
    done = fangtan("stop")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Elasticsearch was not running.\n", "")


def test_status_when_nothing_runs(fangtan: Command) -> None:
    done = fangtan("status")
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout == "Elasticsearch does not run.\nTry: fangtan node start\n"


def test_reset_asks_and_takes_nothing_away_without_an_answer(fangtan: Command, where: NodePaths) -> None:
    where.data.mkdir(parents=True)
    (where.data / "file").write_bytes(bytes(2048))
    done = fangtan("reset")
    assert done.returncode == 2
    assert f"Lost   all indices in {where.data} (2.0 KB)" in done.stdout
    assert "Kept   transcripts and their corrections, topics, speakers" in done.stdout
    assert "--yes" in done.stderr
    assert (where.data / "file").exists()


def test_status_after_a_failed_start(fangtan: Command, where: NodePaths) -> None:
    state.write(where, State(1, "failed", message="Port 9200 is taken.", next_step="Set FANGTAN_NODE_PORT."))
    done = fangtan("status")
    assert done.returncode == 3
    assert done.stdout == "Elasticsearch does not run: Port 9200 is taken.\nTry: Set FANGTAN_NODE_PORT.\n"


def test_status_while_it_starts(fangtan: Command, where: NodePaths, processes: Sleepers) -> None:
    pid = processes.start(*node_words(where)).pid
    state.write(where, State(pid, "starting"))
    done = fangtan("status")
    assert (done.returncode, done.stdout) == (3, f"Elasticsearch is starting, process {pid}.\n")


def test_status_when_its_state_was_deleted(fangtan: Command, where: NodePaths, processes: Sleepers) -> None:
    processes.start(*node_words(where))
    done = fangtan("status")
    assert done.returncode == 3
    assert "Try: fangtan node stop" in done.stdout


def test_status_of_one_that_does_not_answer(fangtan: Command, where: NodePaths, processes: Sleepers) -> None:
    pid = processes.start(*node_words(where)).pid
    state.write(where, State(pid, "running", "512m", 1))
    done = fangtan("status")
    assert (done.returncode, done.stdout) == (3, "")
    assert f"runs (process {pid}) but does not answer" in done.stderr
    assert "fangtan node stop" in done.stderr
    assert "Traceback" not in done.stderr


def test_logs_before_the_first_start(fangtan: Command) -> None:
    done = fangtan("logs")
    assert (done.returncode, done.stdout) == (3, "")
    assert "There is no log" in done.stderr
    assert "fangtan node start" in done.stderr


def test_logs(fangtan: Command, where: NodePaths) -> None:
    where.log.parent.mkdir(parents=True)
    where.log.write_text("一\n二\x1b[31m\n三\n", "utf-8")
    assert fangtan("logs", "-n", "2").stdout == "二[31m\n三\n"
    assert fangtan("logs").stdout == "一\n二[31m\n三\n"
    assert fangtan("logs", "-n", "-1").returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent as a signal")
def test_following_ends_with_ctrl_c(where: NodePaths) -> None:
    where.log.parent.mkdir(parents=True)
    where.log.write_text("一\n", "utf-8")
    follower = subprocess.Popen(
        (sys.executable, "-m", "search_cli", "node", "logs", "--follow"),
        env={**os.environ, "FANGTAN_NODE_DATA": str(where.node)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watch = threading.Timer(20, follower.kill)  # rather than wait for a line that does not come
    watch.start()
    assert follower.stdout is not None
    assert follower.stdout.readline() == "一\n"
    with where.log.open("a", encoding="utf-8") as log:
        log.write("二\n")
    assert follower.stdout.readline() == "二\n"
    follower.send_signal(signal.SIGINT)
    assert follower.communicate(timeout=10) == ("", "")
    assert follower.returncode == 0
    watch.cancel()


def test_a_setting_that_cannot_be_used(fangtan: Command) -> None:
    done = fangtan("start", FANGTAN_NODE_HEAP="lots")
    assert done.returncode == 2
    assert "FANGTAN_NODE_HEAP=lots is not a heap size" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_nodes_are_refused(fangtan: Command, where: NodePaths) -> None:
    done = fangtan("start", "--nodes", "2")
    assert (done.returncode, done.stdout) == (2, "")
    assert "fangtan runs one node or 3: with two, none could be lost." in done.stderr
    assert not where.node.exists()


def test_ports_that_do_not_suffice(fangtan: Command, where: NodePaths) -> None:
    done = fangtan("start", "--nodes", "3", FANGTAN_NODE_PORT="65534")
    assert (done.returncode, done.stdout) == (3, "")
    assert "3 nodes need the ports from FANGTAN_NODE_PORT=65534 on" in " ".join(done.stderr.split())
    assert not where.node.exists()


def test_status_when_too_few_of_three_run(fangtan: Command, where: NodePaths, processes: Sleepers) -> None:
    for number in (2, 3):
        where.member(number).node.mkdir(parents=True)
    pid = processes.start(*node_words(where.member(2))).pid
    state.write(where.member(2), State(pid, "running", port=9201, transport=9301))
    state.write(where.member(3), State(1, "failed", message="Port 9202 is taken.", next_step="Free it."))
    done = fangtan("status")
    assert done.returncode == 3
    assert done.stdout == (
        "Too few of the 3 nodes of Elasticsearch run to answer:\n"
        "Node 1         does not run\n"
        f"Node 2         process {pid}\n"
        "Node 3         does not run: Port 9202 is taken.\n"
        "Try: fangtan node start\n"
    )


def test_the_log_of_another_node(fangtan: Command, where: NodePaths) -> None:
    second = where.member(2)
    second.log.parent.mkdir(parents=True)
    second.log.write_text("二\n", "utf-8")
    assert fangtan("logs", "--node", "2").stdout == "二\n"
    assert fangtan("logs").returncode == 3


STEP = "Start again: it will be fetched."


def test_in_chinese(fangtan: Command, where: NodePaths) -> None:
    state.write(where, State(1, "failed", message="{file} is missing.", next_step=STEP, values={"file": "/a.jar"}))
    done = fangtan("status", FANGTAN_LANG="zh-Hans")
    assert (done.returncode, done.stdout) == (
        3,
        "Elasticsearch 没有运行：缺少 /a.jar。\n试试：再启动一次，会重新下载。\n",
    )
    where.member(2).node.mkdir()
    done = fangtan("status", FANGTAN_LANG="zh-Hans")
    assert done.stdout.splitlines() == [
        "Elasticsearch 的 2 个节点中，运行的太少，无法应答：",
        "节点 1         没有运行：缺少 /a.jar。",
        "节点 2         没有运行",
        "试试：fangtan node start",
    ]
