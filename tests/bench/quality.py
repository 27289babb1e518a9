"""Quality: how well the best hits answer queries whose answers are known, fangtan beside plain indices.

python -m tests.bench.quality [--data ../shared/data] [--peers none|two|all]

VCSum: 24 meetings, a query for the headline of each segment, for each summary sentence, for each whole summary; a turn
answers if it lies in that segment. DRCD: 500 passages, each an interview of one turn, and the questions asked about
them, in Traditional and Simplified. fangtan indexes the JSON-lines form and answers `--queries FILE --format trec`.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import ir_measures
import typer
from elasticsearch import Elasticsearch, helpers
from ir_measures import RR, ScoredDoc, Success, nDCG

from indexer import pipeline
from indexer.elastic.connection import connect
from indexer.settings import Settings
from indexer.text.tokens import HAN
from search_cli.query.characters import is_han
from tests.bench.processes import ROOT
from tests.bench.speed import own_node

DATA = ROOT.parent / "shared/data"
MEASURES = (nDCG @ 10, Success @ 1, RR @ 10)
_RUNS = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
DEPTH = 100
"""Turns a query: the measures look at the first ten."""

Measured = dict[str, tuple[float, ...]]
"""A set's name -> its measures, in the order of `MEASURES`."""


@dataclass(frozen=True, slots=True)
class Set:
    """Queries with known answers; `single` says that documents are interviews of one turn, named without it."""

    corpus: str
    queries: str
    qrels: str
    single: bool = False


SETS = {
    "headline": Set("vcsum", "vcsum/queries.tsv", "vcsum/qrels.tsv"),
    "sentence": Set("vcsum", "vcsum/queries_sentence.tsv", "vcsum/qrels_sentence.tsv"),
    "summary": Set("vcsum", "vcsum/queries_summary.tsv", "vcsum/qrels_summary.tsv"),
    "DRCD": Set("drcd", "drcd/queries.tsv", "drcd/qrels.tsv", single=True),
    "DRCD, Simplified": Set("drcd", "drcd/queries_simplified.tsv", "drcd/qrels.tsv", single=True),
}


def interviews(corpus: str, data: Path = DATA) -> Iterator[dict[str, Any]]:
    """Yield the interviews of a corpus in the JSON-lines form."""
    if corpus == "drcd":
        for line in (data / "drcd/corpus.jsonl").read_text("utf-8").splitlines():
            passage = json.loads(line)
            yield {"id": passage["id"], "turns": [{"text": passage["text"]}]}
        return
    meetings: dict[str, list[dict[str, Any]]] = {}
    for line in (data / "vcsum/gold.jsonl").read_text("utf-8").splitlines():
        turn = json.loads(line)
        meetings.setdefault(turn["file"], []).append(
            {"turn": turn["ordinal"], "speaker": turn["speaker"], "text": turn["text"]}
        )
    for name, turns in meetings.items():
        yield {"id": name, "turns": turns}


def index(corpus: str, settings: Settings, client: Elasticsearch, folder: Path, data: Path = DATA) -> None:
    """Index a corpus through its JSON lines, written to `folder`."""
    file = folder / f"{corpus}.jsonl"
    lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in interviews(corpus, data))
    file.write_text("".join(lines), encoding="utf-8")
    report = pipeline.index(pipeline.IndexOptions((file,), keep_duplicates=True), settings, client)
    assert not report.failed, report.failed


def ours(one: Set, settings: Settings, data: Path = DATA) -> Iterator[ScoredDoc]:
    """Yield the run of a set's queries, as the command line prints it."""
    command = (sys.executable, "-m", "search_cli", "search", "--queries", str(data / one.queries), "--format", "trec")
    variables = {**os.environ, "ELASTICSEARCH_URL": settings.url, "FANGTAN_INDEX": settings.index}
    ended = subprocess.run([*command, "--limit", str(DEPTH)], env=variables, cwd=ROOT, capture_output=True, text=True)
    if ended.returncode:
        sys.exit(f"{' '.join(command)} ended with {ended.returncode}:\n{ended.stderr}")
    for line in ended.stdout.splitlines():
        query, _, document, _, score, _ = line.split()
        yield ScoredDoc(query, document.removesuffix("#1") if one.single else document, float(score))


def queries(one: Set, data: Path = DATA) -> list[tuple[str, str]]:
    """Return a set's queries, each as id and text."""
    lines = (data / one.queries).read_text("utf-8").splitlines()
    return [(query, text) for query, text in (line.split("\t") for line in lines)]


def measured(run: Iterable[ScoredDoc], one: Set, asked: Iterable[str], data: Path = DATA) -> tuple[float, ...]:
    """Return the measures of a run of the queries with the ids `asked`."""
    ids = set(asked)
    grades = (line.split() for line in (data / one.qrels).read_text("utf-8").splitlines())
    qrels = [
        ir_measures.Qrel(query, document, int(more[0]) if more else 1)
        for query, document, *more in grades
        if query in ids
    ]
    found = ir_measures.calc_aggregate(MEASURES, qrels, run)
    return tuple(float(found[measure]) for measure in MEASURES)


class Peer:
    """A plain index: one field, and what the texts and the queries are turned into before.

    Without `cut` the server's `standard` analyzer cuts.
    """

    def __init__(self, name: str, cut: Callable[[str], Iterable[str]] | None = None) -> None:
        self.name, self.cut = name, cut

    def tokens(self, text: str) -> str:
        return text if self.cut is None else " ".join(self.cut(text))

    def index(self, corpus: str, client: Elasticsearch, prefix: str, data: Path) -> str:
        """Index a corpus and return the index's name."""
        name = f"{prefix}-{corpus}-{self.name.lower().replace(' ', '-')}"
        properties = {"text": {"type": "text", "analyzer": "whitespace" if self.cut else "standard"}}
        client.indices.create(index=name, mappings={"properties": properties}, settings={"number_of_replicas": 0})
        helpers.bulk(
            client,
            (
                {
                    "_index": name,
                    "_id": one["id"] if corpus == "drcd" else f"{one['id']}#{turn['turn']}",
                    "text": self.tokens(turn["text"]),
                }
                for one in interviews(corpus, data)
                for turn in one["turns"]
            ),
            refresh=True,
        )
        return name

    def run(self, one: Set, client: Elasticsearch, name: str, data: Path) -> Iterator[ScoredDoc]:
        for query, text in queries(one, data):
            body = {"match": {"text": self.tokens(text)}}
            for hit in client.search(index=name, query=body, size=DEPTH, source=False)["hits"]["hits"]:
                yield ScoredDoc(query, hit["_id"], hit["_score"])


def plain_jieba(text: str) -> Iterable[str]:
    """Return jieba's words, as the plain script has them."""
    import jieba

    words: Iterable[str] = jieba.cut(text)
    return words


def searching_jieba(text: str) -> Iterable[str]:
    """Return jieba's words and the words inside them, as its manual advises for search engines."""
    import jieba

    words: Iterable[str] = jieba.cut_for_search(text)
    return words


def pairs(text: str) -> Iterator[str]:
    """Yield what Lucene's CJKAnalyzer makes of a text: pairs of a run of Han, kana or Hangul (one alone as it is),
    other words whole; widths folded, lower case. The embedded node has no such analyzer of its own."""
    for run in _RUNS.findall(unicodedata.normalize("NFKC", text).lower()):
        yield from map("".join, pairwise(run)) if len(run) > 1 and is_han(run[0]) else [run]


# IK and smartcn are plugins, which the embedded node cannot load
TWO = (Peer("plain jieba", plain_jieba), Peer("standard"))
PEERS = {
    "none": (),
    "two": TWO,
    "all": (*TWO, Peer("jieba search mode", searching_jieba), Peer("CJK bigrams", pairs), Peer("characters", list)),
}


def all_measured(
    settings: Settings, folder: Path, data: Path = DATA, peers: Sequence[Peer] = TWO
) -> dict[str, Measured]:
    """Return fangtan's measures and the peers', by name."""
    found: dict[str, Measured] = {"fangtan": {}}
    with connect(settings) as client:
        for corpus in dict.fromkeys(one.corpus for one in SETS.values()):
            sets = {name: one for name, one in SETS.items() if one.corpus == corpus}
            mine = replace(settings, index=f"{settings.index}-{corpus}")
            index(corpus, mine, client, folder, data)
            asked = {name: [query for query, _ in queries(one, data)] for name, one in sets.items()}
            for name, one in sets.items():
                found["fangtan"][name] = measured(ours(one, mine, data), one, asked[name], data)
            for peer in peers:
                place, theirs = peer.index(corpus, client, settings.index, data), found.setdefault(peer.name, {})
                for name, one in sets.items():
                    theirs[name] = measured(peer.run(one, client, place, data), one, asked[name], data)
    return found


def table(found: dict[str, Measured]) -> Iterator[str]:
    """Yield the lines of a table: a row a set, nDCG@10, success@1 and MRR of each index."""
    yield f"{'':18}" + "".join(f"{name:24}" for name in found)
    yield f"{'':18}" + "".join(f"{'nDCG@10':9}{'S@1':6}{'MRR':9}" for _ in found)
    for name in SETS:
        cells = (f"{one[name][0]:<9.4f}{one[name][1]:<6.3f}{one[name][2]:<9.3f}" for one in found.values())
        yield f"{name:18}" + "".join(cells)


def main(
    data: Annotated[Path, typer.Option(help="The folder of vcsum and drcd.")] = DATA,
    peers: Annotated[str, typer.Option(help=f"Plain indices beside it: {', '.join(PEERS)}.")] = "two",
) -> None:
    """Measure and print the table. The node is started for it, in a folder of its own."""
    with own_node() as settings, tempfile.TemporaryDirectory() as folder:
        for line in table(all_measured(settings, Path(folder), data, PEERS[peers])):
            print(line.rstrip())


if __name__ == "__main__":
    typer.run(main)
