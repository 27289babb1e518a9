"""Archives of several sizes: how fast they are indexed and searched, and what they take. The tables of docs/scale.md.

python -m tests.bench.scale [--turns 10000,52000,250000,1000000] [--each 34] [--vectors 10000] [--folder PATH]

Each archive is indexed by the real indexer, from transcripts with other names and dates (`scale_transcripts`), and
searched as it then lies: nothing is merged by hand. Milliseconds are what Elasticsearch counts for all requests of a
call, in this process; whole processes are timed from outside. The node is the run's own and is stopped after it.
"""

import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import ceil
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import typer
from elasticsearch import Elasticsearch

from indexer.elastic.connection import connect
from indexer.settings import Settings, sample_data
from indexer.store import mapping
from search_cli import Archive
from tests.bench.processes import FOLDER, Run, middle, run
from tests.bench.scale_queries import Call, Turn, calls, sampled
from tests.bench.scale_tables import Rows, needs, table
from tests.bench.scale_transcripts import write_copies
from tests.bench.server import forget, node_seconds, own_node, variables
from tests.bench.sizing import settled

EXPORTED = 20_000
"""Hits of an export that is timed."""

PROCESSES = 3
"""Processes of each command, of which the median is told."""


@dataclass(slots=True)
class Took:
    """The milliseconds that Elasticsearch says its answers took, of all requests of a client."""

    milliseconds: int = 0

    def watch(self, client: Elasticsearch) -> None:
        """Add up what each answer says, from now on."""
        transport = client.transport
        send = transport.perform_request

        def perform(*arguments: Any, **options: Any) -> Any:
            answer = send(*arguments, **options)
            if isinstance(answer.body, dict):
                self.milliseconds += answer.body.get("took", 0)
            return answer

        transport.perform_request = perform  # type: ignore[method-assign]

    def of(self, call: Call) -> int:
        """Return the milliseconds of one call."""
        before = self.milliseconds
        call()
        return self.milliseconds - before


def measure(client: Elasticsearch, node: Settings, folder: Path, turns: int, each: int, *, vectors: bool) -> Rows:
    """Make an archive of about `turns` turns, measure it, and delete it."""
    settings = replace(node, index=f"scale-{turns}")
    with tempfile.TemporaryDirectory() as place:
        size = write_copies(folder, Path(place), turns)
        rows = indexed(client, settings, Path(place), size)
    try:
        rows |= embedded(client, settings) if vectors else {}
        archive, took = Archive(settings, client), Took()
        took.watch(client)
        drawn = sampled(client, mapping.names(settings).turns)
        rows |= searched(archive, drawn, took, each, vectors=vectors)
        rows |= whole_processes(settings, drawn)
        return rows
    finally:
        forget(client, settings.index)


def indexed(client: Elasticsearch, settings: Settings, folder: Path, size: int) -> Rows:
    """Index a folder of `size` bytes and say what it took."""
    before = node_seconds(client)
    # 1: a transcript in which nothing is a turn was named, the others are in
    one = run(["-m", "indexer", str(folder), "--keep-duplicates"], environment(settings), accepted=(0, 1))
    node_cpu = node_seconds(client) - before
    names = mapping.names(settings)
    counted = {name: client.count(index=name)["count"] for name in names.each}
    people = {"people": {"cardinality": {"field": "speaker", "precision_threshold": 40_000}}}
    speakers = client.search(index=names.turns, size=0, aggs=people)["aggregations"]["people"]["value"]
    stored = sum(stats["primaries"]["store"]["size_in_bytes"] for stats in settled(client, names).values())
    heap = next(iter(client.nodes.stats(metric="jvm")["nodes"].values()))["jvm"]["mem"]
    turns = counted[names.turns]
    return {
        "turns": f"{turns:,}",
        "interviews": f"{counted[names.interviews]:,}",
        "speakers": f"{speakers:,}",
        "text, MB": f"{size / 1e6:.0f}",
        "indexing, s": f"{one.seconds:.0f}",
        "turns a second": f"{turns / one.seconds:,.0f}",
        "CPU of the client, s": f"{one.cpu:.0f}",
        "CPU of the node, s": f"{node_cpu:.0f}",
        "memory of the client, MB": f"{one.megabytes:.0f}",
        "store, GB": f"{stored / 1e9:.2f}",
        "store / text": f"{stored / size:.1f}",
        "heap in use / of, MB": f"{heap['heap_used_in_bytes'] / 2**20:.0f} / {heap['heap_max_in_bytes'] / 2**20:.0f}",
    }


def environment(settings: Settings) -> dict[str, str]:
    """Return the variables of a process that works on the archive; with topics, so that none are learned."""
    return {**variables(settings), "FANGTAN_DATA": str(sample_data()), "FANGTAN_ENV_FILE": ""}


def embedded(client: Elasticsearch, settings: Settings) -> Rows:
    """Give the turns their vectors."""
    one = run(["-m", "search_cli", "embed"], environment(settings))
    turns = client.count(index=mapping.names(settings).turns)["count"]
    return {"embedding, turns a second": f"{turns / one.seconds:,.0f}"}


def searched(archive: Archive, drawn: Sequence[Turn], took: Took, each: int, *, vectors: bool) -> Rows:
    """Return what searches of each kind take in Elasticsearch, and how fast an export is."""
    by_words = calls(archive, drawn, each)
    for call in by_words["one word"][:5]:
        call()  # warms what any search needs
    rows = {f"{kind}, ms": spread([took.of(call) for call in made]) for kind, made in by_words.items()}
    frequent = most_frequent(archive)
    rows["hits 9,991 to 10,000, ms"] = str(took.of(lambda: archive.search(frequent, page=1000, limit=10)))
    rows["export, hits a second"] = f"{exported(archive, frequent):,.0f}"
    if vectors:
        questions = [turn["text"][:20] for turn in drawn[:each]]
        by_both = [took.of(lambda text=text: archive.search(text, by="both")) for text in questions]  # type: ignore[misc]
        rows["question by words and meaning, ms"] = spread(by_both)
    return rows


def spread(milliseconds: Sequence[int]) -> str:
    """Return the median, and what 95 of 100 do not exceed."""
    return f"{median(milliseconds):.0f} / {sorted(milliseconds)[ceil(len(milliseconds) * 0.95) - 1]}"


def most_frequent(archive: Archive) -> str:
    """Return the keyword of most turns."""
    return archive.facets("keyword", size=1)[0].buckets[0].value


def exported(archive: Archive, query: str) -> float:
    """Return how many hits a second an export yields."""
    began = time.perf_counter()
    hits = sum(1 for _ in islice(archive.export(query), EXPORTED))
    return hits / (time.perf_counter() - began)


def whole_processes(settings: Settings, drawn: Sequence[Turn]) -> Rows:
    """Return the seconds of whole commands."""
    word = next(turn["keywords"][0] for turn in drawn if turn.get("keywords"))
    speaker = next(turn["speaker"] for turn in drawn if turn.get("speaker"))
    commands: Mapping[str, Sequence[str]] = {
        "`search WORD`": ("search", word),
        "`facets speaker topic WORD`": ("facets", "speaker", "topic", word),
        "`kwic WORD`": ("kwic", word),
        "`kwic WORD --collocates`": ("kwic", word, "--collocates"),
        "`speakers`": ("speakers",),
        "`interviews`": ("interviews",),
        "`speaker NAME`": ("speaker", speaker),
        "`words --speaker NAME`": ("words", "--speaker", speaker),
    }

    def timed(command: Sequence[str]) -> Run:
        return middle([run(["-m", "search_cli", *command], environment(settings)) for _ in range(PROCESSES)])

    return {f"{name}, s": f"{timed(command).seconds:.2f}" for name, command in commands.items()}


def main(
    turns: Annotated[str, typer.Option(help="Sizes to measure, in turns.")] = "10000,52000,250000,1000000",
    each: Annotated[int, typer.Option(help="Queries of each kind.")] = 34,
    vectors: Annotated[int, typer.Option(help="The largest archive that gets vectors, in turns.")] = 0,
    folder: Annotated[Path, typer.Option(help="Transcripts to copy.")] = FOLDER,
    heap: Annotated[str, typer.Option(help="The node's heap.")] = "2g",
) -> None:
    """Measure archives of several sizes and print the tables, in English and in Chinese."""
    columns: list[Rows] = []
    with own_node(heap) as node:
        for size in map(int, turns.split(",")):
            began = time.perf_counter()
            with connect(node) as client:
                columns.append(measure(client, node, folder, size, each, vectors=size <= vectors))
            sys.stderr.write(f"{size:,} turns: {time.perf_counter() - began:.0f} s\n")
    for chinese in (False, True):
        sys.stdout.write(f"{table(columns, chinese=chinese)}\n\n")
        if len(columns) > 1:
            sys.stdout.write(f"{table(needs(columns, chinese=chinese), chinese=chinese)}\n\n")


if __name__ == "__main__":
    typer.run(main)
