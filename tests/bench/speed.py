"""Speed side by side in one run: fangtan, the plain script people write, and ready-made bulk bodies.

python -m tests.bench.speed [--rounds 5] [--folder ../shared/data/interviews] [--before ANOTHER_CHECKOUT]

Prints medians and ratios, CPU seconds of the client and of the node, and what is sent and stored. The node is started
for the run, in a folder of its own, and stopped after it.
"""

from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Annotated

import typer

from indexer.elastic.connection import connect
from tests.bench import contenders
from tests.bench.contenders import BEFORE, FIRST, OURS, PLAIN, Contenders
from tests.bench.processes import FOLDER, Run, middle
from tests.bench.server import node_seconds, own_node

QUERIES = ("开放政府 资料", "隐私", "社会创新 实验室")
SEARCHES = 3  # processes a query a round


def index_rounds(all_: Contenders, rounds: int) -> dict[str, list[Run]]:
    """Index with each contender in turn; the first round warms the node and is not counted."""
    indexing = all_.each()
    seen: dict[str, list[Run]] = {name: [] for name in indexing}
    for round_ in range(rounds + 1):
        for name, index in indexing.items():
            before = node_seconds(all_.client)
            result = index()
            result = replace(result, node_cpu=node_seconds(all_.client) - before)
            if round_:
                seen[name].append(result)
    return seen


def search_rounds(all_: Contenders, rounds: int) -> dict[str, list[Run]]:
    """Ask each contender the same queries, a process a query."""
    seen: dict[str, list[Run]] = {}
    for round_ in range(rounds * SEARCHES + 1):
        for query in QUERIES:
            for name, result in all_.search(query).items():
                seen.setdefault(name, [])
                if round_:
                    seen[name].append(result)
    return seen


def tell(title: str, seen: dict[str, list[Run]], megabytes: float) -> None:
    """Print the medians of each contender, and the share of the plain script's time."""
    print(f"\n{title}")
    base = median(r.seconds for r in seen[PLAIN])
    for name, runs in seen.items():
        one = middle(runs)
        rate = f"{megabytes / one.seconds:6.2f} MB/s" if megabytes else ""
        node = f"  node {one.node_cpu:6.2f} s" if one.node_cpu else ""
        spread = f"{min(r.seconds for r in runs):.2f}-{max(r.seconds for r in runs):.2f}"
        print(
            f"  {name:20} {one.seconds:7.2f} s ({spread}) {rate}  cpu {one.cpu:6.2f} s{node}"
            f"  peak {one.megabytes:4.0f} MB  {one.seconds / base:5.2f} of the plain script's time"
        )


def tell_sizes(all_: Contenders, megabytes: float) -> None:
    """Print what fangtan sends and stores."""
    print("\nOf each megabyte of text")
    for name in (OURS, FIRST, *([BEFORE] if all_.before else [])):
        archive = all_.archive(name)
        sent = contenders.megabytes_sent(all_.client, archive)
        stored = contenders.megabytes_stored(all_.client, archive)
        print(
            f"  {name:20} JSON {sent:6.1f} MB, {sent / megabytes:5.2f} times the text; "
            f"merged store {stored:6.1f} MB, {stored / megabytes:5.2f} times"
        )


def main(
    rounds: Annotated[int, typer.Option(help="Counted rounds of each.")] = 5,
    folder: Annotated[Path, typer.Option(help="Transcripts to index.")] = FOLDER,
    before: Annotated[Path | None, typer.Option(help="Another checkout, with a .venv, to measure beside this.")] = None,
) -> None:
    """Measure indexing and searching side by side."""
    megabytes = sum(path.stat().st_size for path in folder.rglob("*.txt")) / 1e6
    with (
        own_node() as settings,
        connect(settings) as client,
        contenders.contenders(client, settings, folder, before) as all_,
    ):
        tell(f"Indexing {megabytes:.1f} MB", index_rounds(all_, rounds), megabytes)
        tell("A search, the whole process", search_rounds(all_, rounds), 0)
        tell_sizes(all_, megabytes)


if __name__ == "__main__":
    typer.run(main)
