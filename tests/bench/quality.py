"""Quality: how well the best hits answer queries whose answers are known, fangtan beside plain indices.

python -m tests.bench.quality [--data ../shared/data] [--peers none|two|all] [--half odd|even|all] [--corpora …]

VCSum: 24 meetings, a query for the headline of each segment, for each summary sentence, for each whole summary; a turn
answers if it lies in that segment. DRCD: 500 passages, each an interview of one turn, and the questions asked about
them, in Traditional and Simplified. Medical: 7,244 answers of doctors, and questions worded otherwise. Paraphrases:
questions on 472 interviews that share no word with their answers. fangtan indexes the JSON-lines form, embeds it, and
answers `--queries FILE --format trec`, by words and by both.

Embedding takes about two minutes of two cores for all but the interviews, and six for those; the vectors of texts are
kept with those of other archives (fangtan-vcsum and so on), so that the next run has them.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from indexer.embeddings import turn_vectors
from indexer.embeddings.encoder import Encoder, prepare
from indexer.embeddings.model_files import find_model
from indexer.embeddings.vector_cache import VectorCache, cache_path, key_of
from indexer.settings import Settings
from indexer.store.mapping import names
from indexer.text.tokens import HAN
from search_cli.query.characters import is_han
from tests.bench.processes import ROOT
from tests.bench.server import own_node

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
    "medical": Set("medical", "medical/queries.tsv", "medical/qrels.tsv", single=True),
}
PARAPHRASES = "paraphrases"
"""The set on the corpus `interviews`, whose queries are in `paraphrases.tsv` here."""

CORPORA = ("vcsum", "drcd", "medical", "interviews")
HALVES = {"odd": (0,), "even": (1,), "all": (0, 1)}
"""Remainders of the position of a query; weights are tuned on the odd ones."""


def interviews(corpus: str, data: Path = DATA) -> Iterator[dict[str, Any]]:
    """Yield the interviews of a corpus in the JSON-lines form."""
    if corpus in ("drcd", "medical"):
        for line in (data / corpus / "corpus.jsonl").read_text("utf-8").splitlines():
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
    """Index a corpus through its JSON lines, written to `folder`; the interviews from their files."""
    if corpus == "interviews":
        found = pipeline.index(pipeline.IndexOptions((data / corpus,), keep_duplicates=True), settings, client)
        assert not found.failed, found.failed
        return
    file = folder / f"{corpus}.jsonl"
    lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in interviews(corpus, data))
    file.write_text("".join(lines), encoding="utf-8")
    report = pipeline.index(pipeline.IndexOptions((file,), keep_duplicates=True), settings, client)
    assert not report.failed, report.failed


def ours(one: Set, settings: Settings, data: Path = DATA, by: str = "") -> Iterator[ScoredDoc]:
    """Yield the run of a set's queries, as the command line prints it."""
    command = (sys.executable, "-m", "search_cli", "search", "--queries", str(data / one.queries), "--format", "trec")
    variables = {**os.environ, "ELASTICSEARCH_URL": settings.url, "FANGTAN_INDEX": settings.index}
    limits = ("--limit", str(DEPTH), *(("--by", by) if by else ()))
    ended = subprocess.run([*command, *limits], env=variables, cwd=ROOT, capture_output=True, text=True)
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

    def index(self, corpus: str, client: Elasticsearch, prefix: str, texts: Mapping[str, str]) -> str:
        """Index the turns of a corpus by address and return the index's name."""
        name = f"{prefix}-{corpus}-{self.name.lower().replace(' ', '-')}"
        properties = {"text": {"type": "text", "analyzer": "whitespace" if self.cut else "standard"}}
        client.indices.create(index=name, mappings={"properties": properties}, settings={"number_of_replicas": 0})
        helpers.bulk(
            client,
            (
                {
                    "_index": name,
                    "_id": address,
                    "text": self.tokens(text),
                }
                for address, text in texts.items()
            ),
            refresh=True,
        )
        return name

    def run(self, asked: Iterable[tuple[str, str]], client: Elasticsearch, name: str) -> Iterator[ScoredDoc]:
        for query, text in asked:
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


def turns(settings: Settings, client: Elasticsearch, single: bool) -> dict[str, str]:
    """Return the turns of an archive by address, or by the id of their interview."""
    found = helpers.scan(client, index=names(settings).turns, query={"_source": ["text"]})
    return {hit["_id"].removesuffix("#1") if single else hit["_id"]: hit["_source"].get("text", "") for hit in found}


class Nearest:
    """Vectors alone: each turn by itself, all compared with the query."""

    def __init__(self, settings: Settings, texts: Mapping[str, str]) -> None:
        """Take the vectors that `fangtan embed` made of the texts."""
        import numpy as np

        model = find_model(settings)
        self.encoder = Encoder(model)
        prepared = {address: key_of(prepare(text)) for address, text in texts.items() if prepare(text)}
        with VectorCache(cache_path(settings.index, model.fingerprint), model.dimensions) as cache:
            vectors = cache.get(list(set(prepared.values())))
        self.addresses = [address for address, key in prepared.items() if key in vectors]
        self.matrix = np.stack([vectors[prepared[address]] for address in self.addresses])

    def run(self, asked: Iterable[tuple[str, str]]) -> Iterator[ScoredDoc]:
        for query, text in asked:
            cosines = self.matrix @ self.encoder.query(text)
            for position in (-cosines).argsort()[:DEPTH]:
                yield ScoredDoc(query, self.addresses[position], float(cosines[position]))


def reciprocal_ranks(*runs: Iterable[ScoredDoc], constant: int = 60) -> Iterator[ScoredDoc]:
    """Yield the fusion of runs by reciprocal rank, as Elasticsearch and others offer it."""
    scores: dict[tuple[str, str], float] = {}
    for run in runs:
        ranks: dict[str, int] = {}
        for doc in run:
            ranks[doc.query_id] = rank = ranks.get(doc.query_id, 0) + 1
            place = (doc.query_id, doc.doc_id)
            scores[place] = scores.get(place, 0.0) + 1 / (constant + rank)
    return (ScoredDoc(*place, score) for place, score in scores.items())


def all_measured(
    settings: Settings,
    folder: Path,
    data: Path = DATA,
    peers: Sequence[Peer] = TWO,
    corpora: Sequence[str] = CORPORA,
    half: str = "all",
) -> dict[str, Measured]:
    """Return the measures of fangtan, by words and by both, and of the peers, by name."""
    found: dict[str, Measured] = {}
    sets = {**SETS, PARAPHRASES: paraphrases_set(folder)}
    with connect(settings) as client:
        for corpus in corpora:
            mine = replace(settings, index=f"{settings.index}-{corpus}")
            index(corpus, mine, client, folder, data)
            turn_vectors.embed(client, mine, find_model(mine))
            for name, one in sets.items():
                if one.corpus == corpus:
                    for engine, run in runs(one, mine, client, data, peers):
                        asked = [query for query, _ in queries(one, data)]
                        asked = [query for at, query in enumerate(asked) if at % 2 in HALVES[half]]
                        found.setdefault(engine, {})[name] = measured(run, one, asked, data)
    return found


def paraphrases_set(folder: Path) -> Set:
    """Return the set of paraphrases, its queries and answers written to `folder`."""
    from tests.bench import paraphrases

    asked = paraphrases.questions()
    lines = "".join(f"{query}\t{text}\n" for query, text in paraphrases.queries(asked))
    (folder / "queries.tsv").write_text(lines, encoding="utf-8")
    grades = "".join(f"{one.query_id}\t{one.doc_id}\t{one.relevance}\n" for one in paraphrases.qrels(asked))
    (folder / "qrels.tsv").write_text(grades, encoding="utf-8")
    return Set("interviews", str(folder / "queries.tsv"), str(folder / "qrels.tsv"))


def runs(
    one: Set, settings: Settings, client: Elasticsearch, data: Path, peers: Sequence[Peer]
) -> Iterator[tuple[str, list[ScoredDoc]]]:
    """Yield the runs of a set by engine."""
    yield "fangtan", list(ours(one, settings, data))
    yield "words alone", list(ours(one, settings, data, by="words"))
    texts = turns(settings, client, one.single)
    asked = queries(one, data)
    nearest = list(Nearest(settings, texts).run(asked))
    yield "vectors alone", nearest
    for peer in peers:
        place = f"{settings.index}-{peer.name.lower().replace(' ', '-')}"
        if not client.indices.exists(index=place):
            place = peer.index(one.corpus, client, settings.index.removesuffix(f"-{one.corpus}"), texts)
        run = list(peer.run(asked, client, place))
        yield peer.name, run
        if peer is TWO[0]:
            yield "RRF of both", list(reciprocal_ranks(run, nearest))


def table(found: dict[str, Measured]) -> Iterator[str]:
    """Yield the lines of a table: a row a set, nDCG@10, success@1 and MRR of each index."""
    yield f"{'':18}" + "".join(f"{name:24}" for name in found)
    yield f"{'':18}" + "".join(f"{'nDCG@10':9}{'S@1':6}{'MRR':9}" for _ in found)
    for name in next(iter(found.values())):
        cells = (f"{one[name][0]:<9.4f}{one[name][1]:<6.3f}{one[name][2]:<9.3f}" for one in found.values())
        yield f"{name:18}" + "".join(cells)


def main(
    data: Annotated[Path, typer.Option(help="The folder of vcsum and drcd.")] = DATA,
    peers: Annotated[str, typer.Option(help=f"Plain indices beside it: {', '.join(PEERS)}.")] = "two",
    half: Annotated[str, typer.Option(help=f"Queries that are measured: {', '.join(HALVES)}.")] = "all",
    corpora: Annotated[str, typer.Option(help="Only these, joined with commas.")] = ",".join(CORPORA),
) -> None:
    """Measure and print the table. The node is started for it, in a folder of its own."""
    with own_node() as settings, tempfile.TemporaryDirectory() as folder:
        for line in table(all_measured(settings, Path(folder), data, PEERS[peers], corpora.split(","), half)):
            print(line.rstrip())


if __name__ == "__main__":
    typer.run(main)
