"""Counts over several shards: what each of them counts most is not all there is to count."""

import random
from collections import Counter
from collections.abc import Iterator
from uuid import uuid4

import pytest
from elasticsearch import helpers

from indexer import pipeline
from indexer.elastic.connection import connect
from indexer.settings import Settings
from search_cli import Archive
from tests.support.archives import line
from tests.support.talks import talk

SPEAKERS = 240


@pytest.fixture(scope="module")
def spread(node_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Settings, Counter[str]]]:
    """An archive in five shards, and how often each of its many speakers speaks: hardly more often than the next."""
    folder, chance = tmp_path_factory.mktemp("spread"), random.Random(3)
    data = tmp_path_factory.mktemp("known")
    settings = Settings(url=node_url, index=f"spread-{uuid4().hex[:12]}", shards=5, replicas="0", data=data)
    counts = Counter({f"讲者{number}": chance.randint(6, 14) for number in range(SPEAKERS)})
    names = list(counts.elements())
    chance.shuffle(names)
    said = [{"speaker": one, "role": "other", "text": talk(place, 1)} for place, one in enumerate(names)]
    lines = [line(f"i{first}", turns=said[first : first + 100]) for first in range(0, len(said), 100)]
    (folder / "all.jsonl").write_text("".join(lines), encoding="utf-8")
    with connect(settings) as client:
        report = pipeline.index(pipeline.IndexOptions((folder,), keep_duplicates=True), settings, client)
        assert not report.failed
        stored = helpers.scan(client, index=f"{settings.index}-turns", _source=["speaker"])
        yield settings, Counter(one["_source"]["speaker"] for one in stored)
        for name in client.indices.get(index=f"{settings.index}-*", expand_wildcards="all").body:
            client.indices.delete(index=name)


def test_the_most_frequent_values_are_counted_on_every_shard(spread: tuple[Settings, Counter[str]]) -> None:
    settings, counts = spread
    aggs = {"speakers": {"terms": {"field": "speaker", "size": 5}}}
    with connect(settings) as client:
        told = client.search(index=f"{settings.index}-turns", size=0, aggs=aggs)["aggregations"]["speakers"]
    assert told["doc_count_error_upper_bound"], "Elasticsearch by itself does not count exactly here"
    most = max(counts.values())
    (facet,) = Archive(settings).facets("speaker", size=5)
    assert facet.buckets[0].count == most
    assert [bucket.count for bucket in facet.buckets] == sorted(counts.values(), reverse=True)[:5]
    assert all(counts[bucket.value] == bucket.count for bucket in facet.buckets)
    assert facet.other == counts.total() - sum(bucket.count for bucket in facet.buckets)
