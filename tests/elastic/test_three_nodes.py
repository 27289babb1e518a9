"""Three nodes on one machine: an archive spread over them says what it says on one, also when one is lost."""

import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from urllib3 import request

from indexer import pipeline
from indexer.elastic.connection import connect
from indexer.elastic.node import manager
from indexer.options import IndexOptions
from indexer.settings import Settings, sample_data
from search_cli import Archive
from tests.support.cli import CommandLine
from tests.support.cluster import Cluster, cluster

SAMPLES = Path(__file__).parents[2] / "data/interviews"

pytestmark = [
    pytest.mark.elastic,
    pytest.mark.skipif(psutil.virtual_memory().available < 3 << 30, reason="three nodes take 1.5 GB"),
]

COMMANDS = [
    ("search", "合作", "--all", "--ids"),
    ("facets", "speaker", "topic"),
    ("kwic", "合作"),
]


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as nodes:
        yield nodes


@pytest.fixture(scope="module")
def spread(nodes: Cluster) -> Settings:
    """Settings of the samples in three shards, each with a copy."""
    return nodes.settings_of(index="spread", shards=3, replicas="1", data=sample_data())


def test_an_archive_on_three_nodes(nodes: Cluster, spread: Settings, sample: Settings) -> None:
    with connect(spread) as client:
        assert not pipeline.index(IndexOptions((SAMPLES,)), spread, client).failed
        assert client.cluster.health(wait_for_status="green", timeout="60s")["status"] == "green"
    ours, theirs = Archive(spread), Archive(sample)
    found = [archive.search("合作", limit=500) for archive in (ours, theirs)]
    assert found[0].total == found[1].total > 0
    assert {hit.turn.address for hit in found[0].hits} == {hit.turn.address for hit in found[1].hits}
    assert ours.facets("speaker", size=500) == theirs.facets("speaker", size=500)
    assert len(ours.interviews()) == len(theirs.interviews())


def test_who_reaches_the_nodes(nodes: Cluster) -> None:
    for number, running in enumerate(manager.running(nodes.paths.members()), start=1):
        process = psutil.Process(running.pid)
        listening = {one.laddr for one in process.net_connections("tcp") if one.status == psutil.CONN_LISTEN}
        assert {one.port for one in listening} == {running.port, running.transport}
        assert {one.ip.removeprefix("::ffff:") for one in listening} == {"127.0.0.1"}
        for refused in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}):
            assert request("GET", f"{running.url}/_search", headers=refused).status == 403
        assert request("GET", f"{running.url}/_search").status == 200
        with socket.create_connection(("127.0.0.1", running.transport), timeout=10) as another:
            assert ended(another), f"node {number} takes a connection that is not of the cluster"
    readable = [path for path in nodes.paths.node.rglob("*") if path.stat().st_mode & 0o077]
    assert not readable, "by its owner alone"


def ended(connection: socket.socket) -> bool:
    """Tell whether the other side closes a connection before it answers the first bytes of Elasticsearch's protocol."""
    try:
        connection.sendall(b"ES\x00\x00\x00\x00")
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def test_a_node_is_lost(
    nodes: Cluster,
    spread: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FANGTAN_NODE_PORT", str(spread.node_port))
    monkeypatch.setenv("FANGTAN_NODE_HEAP", spread.node_heap)
    monkeypatch.setenv("FANGTAN_NODE_DATA", str(spread.node_data))
    run = CommandLine(spread, monkeypatch, capsys)
    monkeypatch.delenv("ELASTICSEARCH_URL", raising=False)
    before, whole = manager.running(nodes.paths.members()), [run(*command).out for command in COMMANDS]
    status = run("node", "status", "--check")
    assert "3 nodes, green: every shard is there" in status.out
    assert status.code == 0
    assert run("backup", str(tmp_path)).code == 0, "they share the folder of snapshots"

    nodes.kill(2)
    assert [run(*command).out for command in COMMANDS] == whole
    status = run("node", "status")
    assert status.code == 3
    assert "\nNode 2         does not run\n" in status.out
    assert " copies of shards are missing\n" in status.out
    assert "node 2 (does not run)" in " ".join(run("status").out.split())
    assert run("index", str(SAMPLES), "--rebuild").code == 0, "and indexing goes on"

    started = run("node", "start")
    assert "Starting Elasticsearch, node 2 of 3 … " in started.err
    after = manager.running(nodes.paths.members())
    assert [one.pid == two.pid for one, two in zip(before, after, strict=True)] == [True, False, True]
    with connect(spread) as client:
        assert client.cluster.health(wait_for_status="green", timeout="60s")["number_of_nodes"] == 3
    assert [run(*command).out for command in COMMANDS] == whole
