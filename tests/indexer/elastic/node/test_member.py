"""What each of several nodes is told; see also tests/elastic/test_three_nodes.py."""

import socket
from pathlib import Path

import pytest

from indexer.elastic.node import member, state
from indexer.elastic.node.member import Member
from indexer.elastic.node.paths import NodePaths
from indexer.elastic.node.state import State
from tests.support.sleepers import node_words, sleepers


@pytest.fixture
def members(tmp_path: Path) -> tuple[NodePaths, ...]:
    first = NodePaths(tmp_path / "cache", tmp_path / "节点")
    for number in (1, 2, 3):
        first.member(number).node.mkdir()
    return first.members()


def test_the_words_of_a_process_say_all_of_it() -> None:
    for one in (Member(9300, (9301, 9302), first=True), Member(9302, (9300,), first=False)):
        assert Member.parse(one.words()) == one


def test_the_first_forms_a_cluster_and_the_others_join_it(members: tuple[NodePaths, ...]) -> None:
    told = member.to_start(members, members, 0)
    assert [told[number].first for number in (1, 2, 3)] == [True, False, False]
    ports = {one.transport for one in told.values()}
    assert len(ports) == 3
    assert all({one.transport, *one.others} == ports for one in told.values())
    assert told[1].settings(1)["cluster.initial_master_nodes"] == told[1].settings(1)["node.name"]
    assert "cluster.initial_master_nodes" not in told[2].settings(2)


def test_the_ports_of_requests_are_left_alone(members: tuple[NodePaths, ...]) -> None:
    wanted = min(one.transport for one in member.to_start(members, members, 0).values())
    told = member.to_start(members, members, wanted)
    assert not {one.transport for one in told.values()} & set(range(wanted, wanted + 3))


def test_where_there_are_indices_there_is_a_cluster(members: tuple[NodePaths, ...]) -> None:
    """Also if the first node has lost its own: a second cluster would not know them."""
    (members[2].data / "indices").mkdir(parents=True)
    assert not any(one.first for one in member.to_start(members, members, 0).values())


def test_the_missing_one_is_told_of_those_that_run(members: tuple[NodePaths, ...]) -> None:
    with sleepers() as processes, socket.create_server(("127.0.0.1", 0)) as taken:
        ports = taken.getsockname()[1], 9399
        for one, port in zip(members[1:], ports, strict=True):
            state.write(one, State(processes.start(*node_words(one)).pid, "running", port=9200, transport=port))
        told = member.to_start(members[:1], members, 0)
    assert told.keys() == {1}
    assert told[1].others == ports
    assert not told[1].first


@pytest.mark.parametrize(("total", "each"), [("768m", "256m"), ("6g", "2048m"), ("512m", "256m"), ("64m", "256m")])
def test_the_heap_is_shared_as_far_as_it_reaches(total: str, each: str) -> None:
    assert member.heap(total, 3) == each


def test_the_folders_of_several(members: tuple[NodePaths, ...], tmp_path: Path) -> None:
    first, second, _ = members
    assert second.node == first.node / "node-2"
    assert second.members() == members
    for shared in ("token", "snapshots", "start_lock"):
        assert getattr(second, shared) == getattr(first, shared)
    for own in ("data", "log", "console", "state", "stop_request"):
        assert getattr(second, own).is_relative_to(second.node)
    (first.node / "node-2-20261129-120000").mkdir()
    (first.node / "data-20261129-120000").mkdir()
    assert first.members() == members
    alone = NodePaths(tmp_path, tmp_path / "not there")
    assert alone.members() == (alone,)
