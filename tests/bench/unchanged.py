"""What a run over files that have not changed costs, however many they are: seconds, CPU, memory and requests.

python -m tests.bench.unchanged [--files 25000 --files 100000] [--changed 0 --changed 0 --changed 1]

One transcript is indexed; the others are its documents again, each with its own file, hash, sketch and speakers, so
that making an archive of a hundred thousand takes a minute and not an hour. The node is the run's own.
"""

import random
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from struct import pack
from typing import Annotated, Any

import typer
from elasticsearch import Elasticsearch, helpers

from indexer import pipeline
from indexer.elastic.connection import connect
from indexer.readers.file_hash import digest
from indexer.settings import Settings
from indexer.store import mapping
from indexer.text.near_duplicates import SKETCH_SIZE
from tests.bench.processes import Run, run
from tests.bench.server import node_seconds, own_node, variables
from tests.bench.sizing import renamed

FOLDER_SIZE = 1000
PEOPLE = 5000
_NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
HEAD = "| files | changed | seconds | CPU s | node CPU s | MB | requests |\n|---|---|---|---|---|---|---|"


def speaker(number: int) -> str:
    """Return one of `PEOPLE` names of three characters."""
    number %= PEOPLE
    return "".join(_NAMES[number // 32**power % 32] for power in (2, 1, 0))


def text(number: int) -> str:
    """Return a transcript of three turns that no other is."""
    name = speaker(number)
    return (
        f"主持人：今天是第{number}场访谈，您好。\n{name}：大家好，编号{number}的项目已经开始。\n主持人：谢谢{name}。\n"
    )


def file_of(folder: Path, number: int) -> Path:
    return folder / f"{number // FOLDER_SIZE:03}" / f"{number:06}.txt"


def make_files(folder: Path, numbers: range) -> None:
    """Write the transcripts."""
    for number in numbers:
        path = file_of(folder, number)
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text(number), encoding="utf-8")


def archive(client: Elasticsearch, settings: Settings, folder: Path, files: int) -> None:
    """Make an archive of as many files as `files`, as if they had been indexed."""
    make_files(folder, range(1))
    pipeline.index(pipeline.IndexOptions((folder,)), settings, client)
    make_files(folder, range(1, files))
    names = mapping.names(settings)
    base = [(name, hit) for name in names.each for hit in helpers.scan(client, index=name)]
    actions = (action for number in range(1, files) for action in _copies(base, folder, number))
    for ok, said in helpers.parallel_bulk(client, actions, thread_count=2, chunk_size=5000):
        assert ok, said
    client.indices.refresh(index=",".join(names.each))


def _copies(base: list[tuple[str, Any]], folder: Path, number: int) -> Iterator[dict[str, Any]]:
    """Yield the documents of one more file."""
    path = file_of(folder, number)
    origin = {"path": str(path.resolve()), "source": str(path), "hash": digest(path), "content": f"{number:032x}"}
    for index, hit in base:
        own = renamed(hit["_id"], hit["_source"], f"~{number}")
        source = {key: _named(value, number) for key, value in own["_source"].items()}
        if "hash" in source:
            source |= {**origin, "sketch": _sketch(number)}
        yield {"_op_type": "index", "_index": index, "_id": own["_id"], "_source": source}


def _named(value: Any, number: int) -> Any:
    """Return a value with the name of this file's speaker."""
    if isinstance(value, list):
        return [_named(one, number) for one in value]
    return value.replace(speaker(0), speaker(number)) if isinstance(value, str) else value


def _sketch(number: int) -> str:
    """Return the sketch of an interview of usual length."""
    hashes = sorted(random.Random(number).sample(range(2**32), SKETCH_SIZE))
    thirds = bytes(index % 3 for index in range(SKETCH_SIZE))
    return b64encode(pack(f">{SKETCH_SIZE + 1}I", 300, *hashes) + thirds).decode()


def requests(client: Elasticsearch) -> int:
    """Return how many requests the node has answered."""
    routes = next(iter(client.nodes.stats(metric=["http"])["nodes"].values()))["http"].get("routes", {})
    return sum(route["requests"]["count"] for route in routes.values())


def measure(client: Elasticsearch, settings: Settings, folder: Path, changed: int) -> tuple[Run, float, int]:
    """Change files, run `fangtan index`, and return what it took here, in the node, and in requests."""
    for number in range(changed):
        path = file_of(folder, number)
        path.write_text(f"{path.read_text(encoding='utf-8')}补充：谢谢。\n", encoding="utf-8")
    cpu, count = node_seconds(client), requests(client)
    result = run(
        ["-m", "search_cli", "index", str(folder)], {**variables(settings), "FANGTAN_DATA": str(settings.data)}
    )
    return result, node_seconds(client) - cpu, requests(client) - count


def main(
    files: Annotated[list[int] | None, typer.Option(help="Numbers of files.")] = None,
    changed: Annotated[list[int] | None, typer.Option(help="How many of them change before each run.")] = None,
    heap: Annotated[str, typer.Option(help="The node's heap.")] = "1g",
) -> None:
    """Measure runs over archives of several sizes and print the table."""
    sys.stdout.write(f"{HEAD}\n")
    for size in files or [25_000, 100_000]:
        with own_node(heap) as node, connect(node) as client, tempfile.TemporaryDirectory() as temporary:
            settings = replace(node, index="unchanged")
            archive(client, settings, Path(temporary, "transcripts"), size)
            for number in changed or [0, 0, 1]:  # not listed yet, listed
                result, cpu, sent = measure(client, settings, Path(temporary, "transcripts"), number)
                row = f"{result.seconds:.1f} | {result.cpu:.1f} | {cpu:.1f} | {result.megabytes:.0f} | {sent}"
                sys.stdout.write(f"| {size:,} | {number} | {row} |\n")
                sys.stdout.flush()


if __name__ == "__main__":
    typer.run(main)
