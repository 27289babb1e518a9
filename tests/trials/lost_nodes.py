"""A cluster that loses nodes, while it is asked and while it is loaded: no part is told as the whole, none is lost.

`python -m pytest -n 0 -s tests/trials/lost_nodes.py`: ten kills of nodes, some ten minutes; `CLUSTER_KILLS` and `SEED`
bound and repeat those under a load.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import pipeline
from indexer.elastic.connection import connect
from indexer.settings import Settings, sample_data
from search_cli.app import main
from tests.support.cluster import Cluster, cluster
from tests.support.trials import Changing, bound, chance, differences, is_locked, until

SAMPLES = Path(__file__).parents[2] / "data/interviews"
LOST = [(3,), (2,), (2, 3)]
"""Nodes that are killed, in turn; the first is the one that is asked."""

COMMANDS = [
    ("search", "合作"),
    ("search", "合作", "--json"),
    ("search", "合作", "--all", "--csv"),
    ("facets", "speaker"),
    ("facets", "speaker", "topic"),
    ("kwic", "合作"),
    ("kwic", "合作", "--count", "year"),
    ("interviews",),
    ("speakers", "--csv"),
    ("topics",),
    ("status",),
    ("timeline", "合作"),
    ("words", "合作"),
    ("exchanges", "合作"),
    ("similar", "qzone-xiaomi#3"),
    ("show", "qzone-xiaomi"),
    ("quote", "与小米的合作是腾讯第一次社会化营销"),
    ("duplicates",),
    ("index", str(SAMPLES)),
]


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as nodes:
        yield nodes


@pytest.fixture(scope="module")
def settings(nodes: Cluster) -> Settings:
    """Settings of an archive of three shards without replicas: each node has a third of it."""
    settings = Settings(url=nodes.url(1), index="spread", shards=3, replicas="0", data=sample_data())
    with connect(settings) as client:
        assert not pipeline.index(pipeline.IndexOptions((SAMPLES,)), settings, client).failed
    return settings


def test_no_part_is_told_as_the_whole(
    nodes: Cluster, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ELASTICSEARCH_URL", settings.url)
    monkeypatch.setenv("FANGTAN_INDEX", settings.index)

    def run(command: tuple[str, ...]) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["fangtan", *command])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    whole = {command: run(command) for command in COMMANDS}
    assert {command: code for command, (code, _, _) in whole.items() if code not in (0, 1)} == {}
    refused = 0
    for lost in LOST:
        nodes.kill(*lost)
        for command in COMMANDS:
            code, out, err = run(command)
            refused += code == 3
            assert code == 3 or (code, out) == whole[command][:2], f"without {lost}: a part of {command}: {out}"
            assert "Traceback" not in err
            assert "rebuild" not in err.replace("nothing to rebuild", ""), "what is away comes back"
            assert "damaged" not in err
        nodes.start(*lost)
        with connect(settings) as client:
            client.cluster.health(wait_for_status="green", timeout="60s")
        again = {command: run(command)[0] for command in COMMANDS}
        assert again == {command: code for command, (code, _, _) in whole.items()}, "all of it is back"
    sys.stdout.write(f"{refused} of {len(LOST) * len(COMMANDS)} answers refused, the others whole\n")
    assert refused > len(COMMANDS), "each lost a third of the archive"


def test_a_run_that_loses_a_node_is_completed_by_running_it_again(
    nodes: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, dice = tmp_path_factory.mktemp("load"), chance("lost nodes")
    there = Settings(url=nodes.url(1), index="loaded", shards=3, replicas="0", data=folder / "data")
    archive, wanted, seconds = Changing(there, folder / "transcripts"), {}, 0.0
    load = ("index", str(archive.folder), "--prune")
    for later in (True, False):
        archive.files(later)
        began = time.monotonic()
        assert archive.run(*load).returncode == 0
        wanted[later], seconds = archive.contents(), time.monotonic() - began
    ends = []
    for number in range(bound("CLUSTER_KILLS", 6)):
        later, lost = not number % 2, 2 + number // 2 % 2
        archive.files(later)
        process = archive.start(*load, *(["--rebuild"] if number % 3 == 1 else []))
        with connect(there) as client:
            until(lambda: is_locked(client, there), process)
        time.sleep(dice.uniform(0, seconds / 2))
        nodes.kill(lost)
        time.sleep(dice.uniform(0, 5))
        nodes.start(lost)
        ends.append(process.wait())
        assert ends[-1] in (0, 1, 3), process.err
        assert "Traceback" not in process.err, process.err
        with connect(there) as client:
            client.cluster.health(wait_for_status="green", timeout="60s")
        again = archive.run(*load)
        assert again.returncode == 0, again.err
        assert differences(archive.contents(), wanted[later]) == (0, 0, 0), number
        assert archive.indices() == ["interviews", "lock", "passages", "turns"], number
    sys.stdout.write(f"{len(ends)} runs that lost a node ended with {ends}; 0 lost, 0 doubled\n")
