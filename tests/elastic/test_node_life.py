"""The life of a node: `fangtan node` in processes of its own."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from urllib3 import request

from indexer.elastic.connection import connect
from indexer.elastic.node import home, manager, state
from indexer.elastic.node.paths import node_paths
from indexer.errors import NodeError
from indexer.settings import Settings

Command = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Settings]:
    """Settings of a separate node, which is stopped afterwards."""
    own = Settings(node_data=tmp_path / "节点")
    yield own
    manager.stop(own)


@pytest.fixture
def fangtan(own: Settings, tmp_path: Path) -> Command:
    """Start `fangtan node …` for that node, away from any `.env`."""

    def start(*arguments: str, **variables: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            (sys.executable, "-m", "search_cli", "node", *arguments),
            cwd=tmp_path,
            env={**os.environ} | {"FANGTAN_NODE_DATA": str(own.node_data)} | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def test_a_life(own: Settings, fangtan: Command) -> None:
    where = node_paths(own)

    # two at once: one node
    done = [(*process.communicate(), process.returncode) for process in [fangtan("start"), fangtan("start")]]
    assert [code for _, _, code in done] == [0, 0]
    (output,) = {re.sub("already ", "", out) for out, _, _ in done}
    running = state.running(where)
    assert running is not None
    assert output == f"Elasticsearch runs at {running.url}, process {running.pid}.\n"
    assert all(re.search(r"Starting Elasticsearch … \d+\.\d s\.", err) for _, err, _ in done)
    process = psutil.Process(running.pid)
    others = [one for one in psutil.process_iter() if state._runs_node(one, where)]
    assert others == [process]

    # it survives the terminal, and nobody else's machine reaches it
    assert os.getsid(running.pid) != os.getsid(0)
    assert {address.laddr.ip for address in process.net_connections("tcp")} <= {"127.0.0.1", "::ffff:127.0.0.1"}

    with connect(own) as client:
        client.index(index="fangtan-test", id="qzone-xiaomi#3", document={"text": "与小米的合作"}, refresh=True)

    attacked(running.url)
    assert {address.laddr.port for address in process.net_connections("tcp") if address.status == "LISTEN"} == {
        running.port
    }, "nodes of a cluster are not served"
    readable = [path for path in where.node.rglob("*") if path.stat().st_mode & 0o077]
    assert not readable, "by its owner alone"

    out = fangtan("status").communicate()[0]
    assert "Serves         every program on this machine, no web page\n" in out
    assert f"9.5.3, embedded, {running.url}, process {running.pid}, up " in out
    assert re.search(r"^Heap +512m, \d+ % used$", out, re.MULTILINE)
    assert re.search(r"^Indices +fangtan-test  1 document, ", out, re.MULTILINE)
    assert str(where.data) in out

    # killed: what was acknowledged is there when it starts again
    process.kill()
    process.wait(10)
    assert fangtan("status").wait() == 3
    assert "was killed" in manager.failure(own).message
    assert fangtan("start", "--token").wait() == 0
    again = state.running(where)
    assert again is not None
    assert again.pid != running.pid
    assert request("GET", again.url).status == 401
    header = fangtan("status", "--header").communicate()[0]
    assert request("GET", again.url, headers=dict([header.strip().split(": ")])).status == 200
    assert where.token.stat().st_mode & 0o777 == 0o600
    with connect(own) as client:
        assert client.get(index="fangtan-test", id="qzone-xiaomi#3")["_source"] == {"text": "与小米的合作"}

    # stopped: closed in order
    follower = fangtan("logs", "-n", "0", "--follow")
    time.sleep(0.7)
    stopped = fangtan("stop")
    assert (stopped.communicate()[0], stopped.returncode) == ("Elasticsearch is stopped.\n", 0)
    assert state.stray(where) is None
    assert not where.state.exists()
    time.sleep(0.4)
    follower.terminate()
    assert "] [fangtan] closed\n" in follower.communicate()[0]
    assert fangtan("logs", "-n", "1").communicate()[0].endswith("] [fangtan] closed\n")


def attacked(url: str) -> None:
    """Check that pages in a browser on this machine reach nothing, and other programs everything."""
    evil = {"Origin": "https://evil.example", "Content-Type": "text/plain"}
    host = url.removeprefix("http://")
    for refused in (
        request("POST", f"{url}/_all/_close", headers=evil),
        request("POST", f"{url}/fangtan-test/_search", headers={"Origin": "null"}),
        request("GET", f"{url}/_search", headers={"Origin": "http://localhost:5601"}),
        request("OPTIONS", f"{url}/_search", headers=evil | {"Access-Control-Request-Method": "POST"}),
        request("GET", f"{url}/_search", headers={"Host": "evil.example"}),
        request("GET", f"{url}/_flush", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"}),
        request("DELETE", f"{url}/fangtan-test", headers={"Host": f"127.0.0.1.evil.example:{host.split(':')[1]}"}),
    ):
        assert refused.status == 403, refused.data
    for host in ("localhost", "127.0.0.1:1", "[::1]:9200", "LOCALHOST:9200"):
        assert request("GET", f"{url}/fangtan-test/_search", headers={"Host": host}).status == 200, host


def test_a_port_that_is_taken(node_url: str, own: Settings) -> None:
    taken = int(node_url.rsplit(":", 1)[1])
    with pytest.raises(NodeError, match=f"Port {taken} is used by another program") as caught:
        manager.start(replace(own, node_port=taken))
    assert "FANGTAN_NODE_PORT" in caught.value.next_step
    assert state.running(node_paths(own)) is None


def test_a_data_folder_that_is_in_use(node_url: str, node_data: Path, own: Settings) -> None:
    own.node_data.mkdir()
    (own.node_data / "data").symlink_to(node_data / "data")
    with pytest.raises(NodeError, match="in use by another Elasticsearch") as caught:
        manager.start(own)
    assert str(own.node_data / "data") in caught.value.message
    assert "fangtan node stop" in caught.value.next_step


def test_a_heap_that_is_too_small(own: Settings) -> None:
    with pytest.raises(NodeError, match="its heap of 8m was too small") as caught:
        manager.start(replace(own, node_heap="8m"))
    assert "FANGTAN_NODE_HEAP" in caught.value.next_step


def test_a_heap_that_is_larger_than_the_machine(own: Settings, fangtan: Command) -> None:
    started = fangtan("start", FANGTAN_NODE_HEAP="99999g")
    _, err = started.communicate()
    assert started.returncode == 3
    said = " ".join(err.split())
    assert "Error: Elasticsearch cannot start: this machine does not have" in said
    assert "enough memory for its heap of 99999g. Try: Set FANGTAN_NODE_HEAP to less" in said
    assert "Traceback" not in err


def test_a_jar_that_was_changed(own: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name is reported, and no JVM has loaded it."""
    real = home.home_in(node_paths(own).cache)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    ours = home.home_in(node_paths(own).cache)
    for jar in ours.jars:
        ours.jar_path(jar).parent.mkdir(parents=True, exist_ok=True)
        ours.jar_path(jar).symlink_to(real.jar_path(jar))
    changed = next(ours.jar_path(jar) for jar in ours.jars if jar.artifact == "lucene-core")
    content = bytearray(changed.read_bytes())
    content[-1] ^= 1
    changed.unlink()
    changed.write_bytes(content)
    with pytest.raises(NodeError, match=r"lucene-core-.*\.jar that fangtan requires") as caught:
        manager.start(own)
    assert str(changed) in caught.value.message
    assert not node_paths(own).log.exists()


def test_two_cold_starts_at_once(tmp_path: Path) -> None:
    """Two nodes, one empty cache: one fetches, the other waits, both run."""
    folders = [tmp_path / "one", tmp_path / "two"]
    started = [
        subprocess.Popen(
            (sys.executable, "-m", "search_cli", "node", "start"),
            cwd=tmp_path,
            env={**os.environ} | {"XDG_CACHE_HOME": str(tmp_path / "cache"), "FANGTAN_NODE_DATA": str(folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for folder in folders
    ]
    try:
        done = [process.communicate() for process in started]
        assert [process.returncode for process in started] == [0, 0], done
        assert len({out for out, _ in done}) == 2
        assert all("Fetching Elasticsearch" in err for _, err in done)
        assert [state.running(node_paths(Settings(node_data=folder))) for folder in folders].count(None) == 0
    finally:
        stopped = [manager.stop(Settings(node_data=folder)) for folder in folders]
    assert stopped == [True, True]
