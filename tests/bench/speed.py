"""Speed side by side in one run: fangtan, the plain script people write, and ready-made bulk bodies.

python -m tests.bench.speed [--rounds 3] [--folder ../shared/data/interviews]

Prints medians and ratios. The node is started for the run, in a folder of its own, and stopped after it.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from elasticsearch import Elasticsearch

from indexer.elastic.connection import connect
from indexer.elastic.node import manager
from indexer.settings import Settings, sample_data
from tests.bench import ready
from tests.bench.processes import ROOT, Run, middle, run

FOLDER = ROOT.parent / "shared/data/interviews"
QUERIES = ("开放政府 资料", "隐私", "社会创新 实验室")
SEARCHES = 3  # processes a query a round


@contextmanager
def own_node() -> Iterator[Settings]:
    """Start a node in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(node_data=Path(folder), data=sample_data())
        url = manager.start(settings).url
        try:
            yield replace(settings, url=url)
        finally:
            manager.stop(settings)


def variables(settings: Settings) -> dict[str, str]:
    return {"ELASTICSEARCH_URL": settings.url, "FANGTAN_INDEX": settings.index}


def forget(client: Elasticsearch, prefix: str) -> None:
    for name in client.options(ignore_status=404).indices.get(index=f"{prefix}*").body:
        client.indices.delete(index=name)


def index_rounds(client: Elasticsearch, settings: Settings, folder: Path, rounds: int) -> dict[str, list[Run]]:
    """Index `folder` with each contender in turn; the first round warms the node and is not counted."""
    ours, plain = replace(settings, index="ours"), "plain"
    target = replace(settings, index="ready")
    seen: dict[str, list[Run]] = {"plain script": [], "fangtan": [], "ready-made bodies": []}
    made: list[bytes] = []
    for round_ in range(rounds + 1):
        forget(client, "ours")
        results = {
            "plain script": run(["-m", "tests.bench.plain", "index", settings.url, plain, str(folder)], {}),
            # 1: a transcript in which nothing is a turn was named, the others are in
            "fangtan": run(["-m", "indexer", str(folder)], variables(ours), accepted=(0, 1)),
        }
        made = made or ready.bodies(client, ours, target)
        results["ready-made bodies"] = Run(ready.send(client, target, made), 0.0, 0.0)
        if round_:
            for name, result in results.items():
                seen[name].append(result)
    return seen


def search_rounds(settings: Settings, rounds: int) -> dict[str, list[Run]]:
    """Ask each contender the same queries, a process a query."""
    ours = replace(settings, index="ours")
    seen: dict[str, list[Run]] = {"plain script": [], "fangtan": [], "import elasticsearch": []}
    for round_ in range(rounds * SEARCHES + 1):
        for query in QUERIES:
            results = {
                "plain script": run(["-m", "tests.bench.plain", "search", settings.url, "plain", query], {}),
                "fangtan": run(["-m", "search_cli", "search", query], variables(ours)),
                "import elasticsearch": run(["-c", "import elasticsearch"], {}),
            }
            if round_:
                for name, result in results.items():
                    seen[name].append(result)
    return seen


def tell(title: str, seen: dict[str, list[Run]], megabytes: float) -> None:
    print(f"\n{title}")
    base = median(r.seconds for r in seen["fangtan"])
    for name, runs in seen.items():
        one = middle(runs)
        rate = f"{megabytes / one.seconds:7.2f} MB/s" if megabytes else ""
        spread = f"{min(r.seconds for r in runs):.2f}-{max(r.seconds for r in runs):.2f}"
        print(
            f"  {name:22} {one.seconds:7.2f} s ({spread}) {rate}  cpu {one.cpu:6.2f} s"
            f"  peak {one.megabytes:5.0f} MB  fangtan takes {base / one.seconds:5.2f} of its time"
        )


def main(
    rounds: Annotated[int, typer.Option(help="Counted rounds of each.")] = 3,
    folder: Annotated[Path, typer.Option(help="Transcripts to index.")] = FOLDER,
) -> None:
    """Measure indexing and searching side by side."""
    megabytes = sum(path.stat().st_size for path in folder.rglob("*.txt")) / 1e6
    with own_node() as settings, connect(settings) as client:
        tell(f"Indexing {megabytes:.1f} MB", index_rounds(client, settings, folder, rounds), megabytes)
        tell("A search, the whole process", search_rounds(settings, rounds), 0)


if __name__ == "__main__":
    typer.run(main)
