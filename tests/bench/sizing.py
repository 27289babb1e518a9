"""How much room an archive takes, and how long a search in it: the table of the documentation.

python -m tests.bench.sizing [--turns 25000 --turns 100000 --turns 1000000] [--shards 1 --shards 3] [--folder PATH]

The folder is indexed once; larger archives are its documents again under other ids, as often as it takes. Copies share
their words with the originals, so an archive of that many different turns has a somewhat larger dictionary; postings
and texts, which are most of an index, are the same. The node is the run's own and is stopped after it.
"""

import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import typer
from elasticsearch import Elasticsearch, helpers

from indexer import pipeline
from indexer.elastic.connection import connect
from indexer.settings import Settings
from indexer.store import indices, mapping
from indexer.store.mapping import Names
from tests.bench.processes import FOLDER
from tests.bench.server import own_node

QUERIES = ("隐私", "开放 政府", "社会 创新 实验室", "数据")
ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Size:
    """What one archive takes: bytes of each index after merging, seconds of loading, milliseconds of a search."""

    turns: int
    characters: int
    shards: int
    bytes_of: dict[str, int]
    seconds: float
    milliseconds: float

    def row(self) -> str:
        gigabytes = {kind: size / 1e9 for kind, size in self.bytes_of.items()}
        whole = sum(gigabytes.values())
        return (
            f"| {self.turns:,} | {self.characters / 1e6:,.1f} | {self.shards} | {whole:.3f} | {gigabytes['turns']:.3f} "
            f"| {gigabytes['passages']:.3f} | {whole * 1e9 / self.turns:,.0f} | {whole / self.shards:.3f} "
            f"| {self.milliseconds:.0f} |"
        )


COLUMNS = ("turns", "million characters", "shards", "GB", "of turns", "of passages", "bytes a turn", "GB a shard", "ms")
HEAD = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}"


def copies(client: Elasticsearch, base: Settings, target: Names, times: int) -> Iterator[dict[str, Any]]:
    """Yield the documents of `base` again and again, each time under other ids."""
    for number in range(times):
        suffix = f"~{number}" if number else ""
        for source, name in zip(mapping.names(base).each, target.each, strict=True):
            for hit in helpers.scan(client, index=source, size=2000):
                yield {"_op_type": "index", "_index": name, **renamed(hit["_id"], hit["_source"], suffix)}


def renamed(id_: str, source: dict[str, Any], suffix: str) -> dict[str, Any]:
    """Return a document under the id of a copy of its interview."""
    interview = source["interview_id"]
    lies_in = [one.replace(interview, interview + suffix) for one in source.get("passage", ())]
    passage = {"passage": lies_in} if lies_in else {}
    own = {**source, "interview_id": interview + suffix, **passage}
    return {"_id": id_.replace(interview, interview + suffix, 1), "_source": own}


def measure(client: Elasticsearch, base: Settings, turns: int, shards: int) -> Size:
    """Make an archive of at least `turns` turns on `shards` shards, measure it, and delete it."""
    settings = replace(base, index=f"size-{turns}-{shards}", shards=shards, replicas="0", refresh="-1")
    names = indices.create(client, settings, {})
    times = ceil(turns / client.count(index=mapping.names(base).turns)["count"])
    began = time.perf_counter()
    for ok, said in helpers.parallel_bulk(client, copies(client, base, names, times), thread_count=2, chunk_size=2000):
        assert ok, said
    seconds = time.perf_counter() - began
    try:
        client.options(request_timeout=3600).indices.forcemerge(index=",".join(names.each), max_num_segments=1)
        client.indices.refresh(index=",".join(names.each))
        client.indices.flush(index=",".join(names.each), force=True, wait_if_ongoing=True)
        stats = settled(client, names)
        sizes = {
            kind: stats[name]["primaries"]["store"]["size_in_bytes"]
            for kind, name in zip(mapping.KINDS, names.each, strict=True)
        }
        docs = stats[names.turns]["primaries"]["docs"]["count"]
        total = client.search(index=names.turns, size=0, aggs={"characters": {"sum": {"field": "length"}}})
        characters = int(total["aggregations"]["characters"]["value"])
        return Size(docs, characters, shards, sizes, seconds, searched(client, names.turns))
    finally:
        indices.drop(client, names)
        client.options(ignore_status=404).indices.delete_index_template(name=settings.index)


def settled(client: Elasticsearch, names: Names) -> Mapping[str, Any]:
    """Return the sizes of the indices once the files that were merged are gone."""
    before: dict[str, Any] = {}
    while True:
        now = dict(client.indices.stats(index=",".join(names.each), metric=["store", "docs"])["indices"])
        if now == before:
            return now
        before = now
        time.sleep(11)  # Elasticsearch counts the bytes of a shard every ten seconds


def searched(client: Elasticsearch, index: str) -> float:
    """Return the median milliseconds of a relevance search, as Elasticsearch counts them, on a warm cache of files."""
    took = []
    for round_ in range(ROUNDS + 1):
        for query in QUERIES:
            words = {"multi_match": {"query": query, "fields": ["words", "bigrams", "asked"], "type": "most_fields"}}
            answer = client.search(index=index, query=words, size=10, request_cache=False)
            if round_:
                took.append(answer["took"])
    return float(median(took))


def main(
    turns: Annotated[list[int] | None, typer.Option(help="Sizes to measure, in turns.")] = None,
    shards: Annotated[list[int] | None, typer.Option(help="Numbers of shards to measure each with.")] = None,
    folder: Annotated[Path, typer.Option(help="Transcripts to begin with.")] = FOLDER,
    heap: Annotated[str, typer.Option(help="The node's heap.")] = "1g",
) -> None:
    """Measure archives of several sizes and print the table."""
    with own_node(heap) as node, connect(node) as client:
        base = replace(node, index="base")
        pipeline.index(pipeline.IndexOptions((folder,)), base, client)
        sys.stdout.write(f"{HEAD}\n")
        for size in turns or [25_000, 100_000, 1_000_000]:
            for number in shards or [1, 3]:
                sys.stdout.write(f"{measure(client, base, size, number).row()}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    typer.run(main)
