"""A cluster that loses the node at one of its addresses, three times: the others answer whole, and a run goes on.

`python -m pytest tests/trials/lost_address.py`: some five minutes.
"""

import itertools
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from indexer import pipeline
from indexer.elastic.connection import connect
from indexer.options import Callbacks, IndexOptions
from indexer.settings import Settings, sample_data
from tests.support.cli import CommandLine
from tests.support.cluster import Cluster, cluster

SAMPLES = Path(__file__).parents[2] / "data/interviews"

MIDDLE = 6
"""How often a run has asked whether to stop when the node is killed."""

COMMANDS = [
    ("search", "合作", "--ids"),
    ("search", "合作", "--all", "--csv"),
    ("facets", "speaker", "topic"),
    ("kwic", "合作"),
    ("interviews",),
    ("speakers", "--csv"),
    ("timeline", "合作"),
    ("quote", "与小米的合作是QQ空间在社交营销方面的尝试"),
    ("show", "qzone-xiaomi"),
]


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as nodes:
        yield nodes


@pytest.fixture(scope="module")
def settings(nodes: Cluster) -> Settings:
    """Settings of an archive with a replica of each shard, and all three addresses."""
    more = (nodes.url(2), nodes.url(3))
    settings = Settings(nodes.url(1), more, index="copied", shards=3, replicas="1", data=sample_data())
    with connect(settings) as client:
        assert not pipeline.index(IndexOptions((SAMPLES,)), settings, client).failed
        client.cluster.health(wait_for_status="green", timeout="60s")
    return settings


def test_a_lost_node(
    nodes: Cluster, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = CommandLine(settings, monkeypatch, capsys)
    monkeypatch.setenv("ELASTICSEARCH_URL", ", ".join(settings.urls))
    whole = {command: run(*command) for command in COMMANDS}
    assert {printed.code for printed in whole.values()} == {0}
    tries = 0
    for lost in (1, 2, 3):
        nodes.kill(lost)
        deadline = time.monotonic() + 60
        for (
            command
        ) in COMMANDS:  # while the rest agrees on a master and on copies, they may be refused, never told in part
            while (printed := run(*command)).code == 3 and time.monotonic() < deadline:
                tries += 1
            assert (printed.code, printed.out) == (0, whole[command].out), f"without {lost}: {printed.err}"
        assert f"{nodes.url(lost)} (does not answer)" in " ".join(run("status").out.split())
        nodes.start(lost)
        with connect(settings) as client:
            client.cluster.health(wait_for_status="green", timeout="60s")
    sys.stdout.write(f"{3 * len(COMMANDS)} answers whole, {tries} refused before\n")


def test_a_run_that_loses_a_node(nodes: Cluster, settings: Settings) -> None:
    """Nothing is lost and nothing doubled; a node is killed when the new indices have their copies elsewhere.

    A primary shard without a copy is lost with its node: then the run stops, until the node is back.
    """
    mine = replace(settings, index="running")
    for lost in (1, 2, 3):
        asked = itertools.count()
        with connect(mine) as client, connect(mine) as other:

            def kill(lost: int = lost, asked: "itertools.count[int]" = asked, other: Elasticsearch = other) -> bool:
                """Kill a node in the middle of the run, which asks whether to stop."""
                if next(asked) == MIDDLE:
                    other.cluster.health(
                        index="running-*", wait_for_status="green", timeout="30s", expand_wildcards="all"
                    )
                    nodes.kill(lost)
                return False

            options = IndexOptions((SAMPLES,), rebuild=True)
            assert not pipeline.index(options, mine, client, Callbacks(should_stop=kill)).failed
            assert next(asked) > MIDDLE
            for kind in ("interviews", "turns", "passages"):
                assert _number(client, mine, kind) == _number(client, settings, kind)
            nodes.start(lost)
            client.cluster.health(wait_for_status="green", timeout="60s")
    sys.stdout.write("3 runs whole\n")


def _number(client: Elasticsearch, settings: Settings, kind: str) -> int:
    return int(client.count(index=f"{settings.index}-{kind}")["count"])
