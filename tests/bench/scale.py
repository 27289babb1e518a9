"""Archives of several sizes: how fast they are indexed and searched, and what they take. The tables of docs/scale.md.

python -m tests.bench.scale [--sizes 10000,52000,250000,1000000] [--each 34] [--vectors 10000] [--keep FILE] ...

Each archive is indexed by the real indexer, from transcripts with other names and dates (`scale_transcripts`), and
searched as it then lies: nothing is merged by hand. Milliseconds are what Elasticsearch counts for all requests of a
call, in this process; whole processes are timed from outside. What takes too long is stopped, and told as "> 60 s". The
node is the run's own and is stopped after it.
"""

import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer
from elasticsearch import Elasticsearch

from indexer.elastic.connection import connect
from indexer.settings import Settings, sample_data
from indexer.store import mapping
from indexer.store.mapping import Names
from search_cli import Archive
from tests.bench.processes import FOLDER, Run, middle, run
from tests.bench.scale_limits import OverTime, limited, spread, within
from tests.bench.scale_queries import Call, Turn, calls, sampled
from tests.bench.scale_tables import Rows, needs, table
from tests.bench.scale_transcripts import write_copies
from tests.bench.server import forget, node_seconds, own_node, variables
from tests.bench.sizing import settled

EXPORTED = 20_000
"""Hits of an export that is timed."""

PROCESSES = 3
"""Processes of each command, of which the median is told."""

SIZES = "10000,52000,250000,1000000"

FILLING = 3600.0
"""Seconds that a run of the indexer, or that gives vectors, may take."""

SETTLING = 90.0
"""Seconds to wait until what was merged is gone; then what is stored is told as it is."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is measured: `each` queries of a kind, in at most `kind` seconds; a process has `process` seconds."""

    each: int
    process: float
    kind: float


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


def measure(client: Elasticsearch, node: Settings, folder: Path, turns: int, limits: Limits, *, vectors: bool) -> Rows:
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
        rows |= searched(archive, drawn, took, limits, vectors=vectors)
        sys.stderr.write(f"{table([rows])}\n")
        return rows | whole_processes(archive, settings, drawn, limits)
    finally:
        forget(client, settings.index)


def indexed(client: Elasticsearch, settings: Settings, folder: Path, size: int) -> Rows:
    """Index a folder of `size` bytes and say what it took."""
    before = node_seconds(client)
    # 1: a transcript in which nothing is a turn was named, the others are in
    one = run(
        ["-m", "indexer", str(folder), "--keep-duplicates"], environment(settings), accepted=(0, 1), limit=FILLING
    )
    if one.is_cut:
        sys.exit(f"{folder} was not indexed within {FILLING:.0f} s.")
    node_cpu = node_seconds(client) - before
    names = mapping.names(settings)
    counted = {name: client.count(index=name)["count"] for name in names.each}
    people = {"people": {"cardinality": {"field": "speaker", "precision_threshold": 40_000}}}
    speakers = client.search(index=names.turns, size=0, aggs=people)["aggregations"]["people"]["value"]
    stored = bytes_of(client, names)
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


def bytes_of(client: Elasticsearch, names: Names) -> int:
    """Return the bytes of an archive, once what was merged is gone."""
    with suppress(OverTime), limited(SETTLING):
        settled(client, names)
    stats = client.indices.stats(index=",".join(names.each), metric="store")["_all"]
    return int(stats["primaries"]["store"]["size_in_bytes"])


def environment(settings: Settings) -> dict[str, str]:
    """Return the variables of a process that works on the archive; with topics, so that none are learned."""
    return {**variables(settings), "FANGTAN_DATA": str(sample_data()), "FANGTAN_ENV_FILE": ""}


def embedded(client: Elasticsearch, settings: Settings) -> Rows:
    """Give the turns their vectors."""
    one = run(["-m", "search_cli", "embed"], environment(settings), limit=FILLING)
    turns = client.count(index=mapping.names(settings).turns)["count"]
    return {"embedding, turns a second": seconds_of(one) if one.is_cut else f"{turns / one.seconds:,.0f}"}


def searched(archive: Archive, drawn: Sequence[Turn], took: Took, limits: Limits, *, vectors: bool) -> Rows:
    """Return what searches of each kind take in Elasticsearch, and how fast an export is."""
    by_words = calls(archive, drawn, limits.each)
    for call in by_words["one word"][:5]:
        call()  # warms what any search needs
    rows = {
        f"{kind}, ms": spread([partial(took.of, call) for call in made], limits.kind) for kind, made in by_words.items()
    }
    frequent = most_frequent(archive)
    rows["hits 9,991 to 10,000, ms"] = within(
        limits.kind, lambda: str(took.of(lambda: archive.search(frequent, page=1000, limit=10)))
    )
    rows["export, hits a second"] = within(limits.kind, lambda: f"{exported(archive, frequent):,.0f}")
    if vectors:
        questions = (turn["text"][:20] for turn in drawn[: limits.each])
        by_both = [partial(took.of, partial(archive.search, text, by="both")) for text in questions]
        rows["question by words and meaning, ms"] = spread(by_both, limits.kind)
    return rows


def most_frequent(archive: Archive, field: str = "keyword") -> str:
    """Return the value of most turns."""
    return next(one.value for one in archive.facets(field, size=2)[0].buckets if one.value)


def exported(archive: Archive, query: str) -> float:
    """Return how many hits a second an export yields."""
    began = time.perf_counter()
    hits = sum(1 for _ in islice(archive.export(query), EXPORTED))
    return hits / (time.perf_counter() - began)


def whole_processes(archive: Archive, settings: Settings, drawn: Sequence[Turn], limits: Limits) -> Rows:
    """Return the seconds of whole commands; the speakers are the two with most turns, the topic is the largest."""
    word = next(turn["keywords"][0] for turn in drawn if turn.get("keywords"))
    one, other = (one.value for one in archive.facets("speaker", size=2)[0].buckets)
    commands: Mapping[str, Sequence[str]] = {
        "`search WORD`": ("search", word),
        "`facets speaker topic WORD`": ("facets", "speaker", "topic", word),
        "`kwic WORD`": ("kwic", word),
        "`kwic WORD --collocates`": ("kwic", word, "--collocates"),
        "`speakers`": ("speakers",),
        "`interviews`": ("interviews",),
        "`speaker NAME`": ("speaker", one),
        "`words --speaker NAME`": ("words", "--speaker", one),
        "`compare NAME NAME`": ("compare", one, other),
        "`topic NAME`": ("topic", most_frequent(archive, "topic")),
    }

    def timed(name: str, command: Sequence[str]) -> str:
        runs: list[Run] = []
        while len(runs) < PROCESSES and not any(run.is_cut for run in runs):
            runs.append(run(["-m", "search_cli", *command], environment(settings), limit=limits.process))
        told = seconds_of(middle(runs))
        sys.stderr.write(f"  {name}: {told} s\n")
        return told

    return {f"{name}, s": timed(name, command) for name, command in commands.items()}


def seconds_of(one: Run) -> str:
    """Return the seconds of a process, or of those of one command, that they took more than their limit."""
    return f"> {one.seconds:.0f}" if one.is_cut else f"{one.seconds:.2f}"


@dataclass(frozen=True, slots=True)
class Kept:
    """The columns that were measured, in a file by size, so that a run that was stopped measures only the others."""

    path: Path | None

    def columns(self) -> dict[str, Rows]:
        """Return the columns by size."""
        if self.path is None or not self.path.exists():
            return {}
        found: dict[str, Rows] = json.loads(self.path.read_text(encoding="utf-8"))
        return found

    def add(self, size: int, rows: Rows) -> None:
        """Add a column."""
        if self.path is not None:
            text = json.dumps({**self.columns(), str(size): rows}, ensure_ascii=False, indent=1)
            self.path.write_text(text, encoding="utf-8")


def main(
    sizes: Annotated[str, typer.Option("--sizes", "--turns", help="Sizes to measure, in turns.")] = SIZES,
    each: Annotated[int, typer.Option(help="Queries of each kind.")] = 34,
    vectors: Annotated[int, typer.Option(help="The largest archive that gets vectors, in turns.")] = 0,
    folder: Annotated[Path, typer.Option(help="Transcripts to copy.")] = FOLDER,
    heap: Annotated[str, typer.Option(help="The node's heap.")] = "2g",
    process: Annotated[float, typer.Option(help="Seconds that a process of a command may take.")] = 60,
    kind: Annotated[float, typer.Option(help="Seconds that all queries of a kind may take.")] = 60,
    keep: Annotated[Path | None, typer.Option(help="A file of what was measured: those sizes are not again.")] = None,
) -> None:
    """Measure archives of several sizes and print the tables, in English and in Chinese."""
    wanted, kept, limits = [int(one) for one in sizes.split(",")], Kept(keep), Limits(each, process, kind)
    columns = kept.columns()
    if missing := [size for size in wanted if str(size) not in columns]:
        with own_node(heap) as node:
            for size in missing:
                began = time.perf_counter()
                with connect(node) as client:
                    columns[str(size)] = measure(client, node, folder, size, limits, vectors=size <= vectors)
                kept.add(size, columns[str(size)])
                sys.stderr.write(f"{size:,} turns: {time.perf_counter() - began:.0f} s\n")
    write_tables([columns[str(size)] for size in wanted])


def write_tables(columns: Sequence[Rows]) -> None:
    """Write what was measured, and what ten million turns need, in both languages."""
    for chinese in (False, True):
        sys.stdout.write(f"{table(columns, chinese=chinese)}\n\n")
        if len(columns) > 1:
            sys.stdout.write(f"{table(needs(columns, chinese=chinese), chinese=chinese)}\n\n")


if __name__ == "__main__":
    typer.run(main)
