"""The best hits for queries with known answers may not get worse. `make quality` measures all sets, and the peers."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from ir_measures import ScoredDoc

from indexer.settings import Settings, sample_data
from search_cli import Archive
from tests.bench import quality

pytestmark = pytest.mark.skipif(not quality.DATA.exists(), reason="the measurement sets are not here")

# nDCG@10 and success@1 that a change may not go below; measured on all queries: .520 .710, .847 .962, .982 .959
LEAST = {"headline": (0.515, 0.69), "sentence": (0.835, 0.95), "DRCD": (0.975, 0.94), "DRCD, Simplified": (0.975, 0.94)}
EVERY = {"sentence": 3, "DRCD": 8, "DRCD, Simplified": 8}  # of large sets each third or eighth query, in less time
DEPTH = 10

Measured = dict[str, tuple[float, ...]]


@pytest.fixture(scope="module")
def settings(node_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Settings]]:
    """The settings of both corpora's archives, by name."""
    from indexer.elastic.connection import connect

    prefix = f"quality-{uuid4().hex[:12]}"
    both = {name: Settings(url=node_url, index=f"{prefix}-{name}", data=sample_data()) for name in ("vcsum", "drcd")}
    with connect(both["vcsum"]) as client:
        for corpus, mine in both.items():
            quality.index(corpus, mine, client, tmp_path_factory.mktemp(corpus))
        yield both
        for name in client.indices.get(index=f"{prefix}-*", expand_wildcards="all").body:
            client.indices.delete(index=name)
        for mine in both.values():
            client.options(ignore_status=404).indices.delete_index_template(name=mine.index)


@pytest.fixture(scope="module")
def measured(settings: dict[str, Settings]) -> Measured:
    return {name: measure(name, settings[quality.SETS[name].corpus]) for name in LEAST}


def measure(name: str, settings: Settings) -> tuple[float, ...]:
    """The measures of a set, asked through the API: what `--queries` prints, without the process."""
    one = quality.SETS[name]
    asked = quality.queries(one)[:: EVERY.get(name, 1)]
    hits = (
        ScoredDoc(query, hit.address.removesuffix("#1") if one.single else hit.address, hit.score)
        for query, ranked in Archive(settings).run(asked, DEPTH)
        for hit in ranked
    )
    return quality.measured(hits, one, [query for query, _ in asked])


@pytest.mark.parametrize("name", LEAST)
def test_the_best_hits_do_not_get_worse(measured: Measured, name: str) -> None:
    ndcg, success, _ = measured[name]
    assert ndcg >= LEAST[name][0]
    assert success >= LEAST[name][1]


def test_simplified_questions_find_what_traditional_ones_do(measured: Measured) -> None:
    assert measured["DRCD, Simplified"][0] == pytest.approx(measured["DRCD"][0], abs=0.005)


def test_the_command_line_prints_the_same_run(settings: dict[str, Settings], tmp_path: Path) -> None:
    asked = quality.queries(quality.SETS["headline"])[:3]
    (tmp_path / "queries.tsv").write_text("".join("\t".join(line) + "\n" for line in asked), encoding="utf-8")
    printed = quality.ours(quality.Set("vcsum", "queries.tsv", ""), settings["vcsum"], tmp_path)
    ranked = Archive(settings["vcsum"]).run(asked, quality.DEPTH)
    assert [(hit.query_id, hit.doc_id) for hit in printed] == [
        (query, hit.address) for query, hits in ranked for hit in hits
    ]
