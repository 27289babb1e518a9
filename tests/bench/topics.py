"""Topics: how well the topics of turns agree with the segments that people cut meetings into, and their headlines.

python -m tests.bench.topics [--data ../shared/data] [--vectors FOLDER]

VCSum: 24 meetings, 131 segments with a headline each. Each method runs in a process of its own, which tells its CPU
seconds and the memory it took beyond that of the meetings. As parameters were chosen on these meetings, the second
table has, of each method, the settings that are best on every other meeting (by V-measure, of those with at most 80
labels), and their figures on the rest. No Elasticsearch is needed; it takes some minutes.
"""

import json
import multiprocessing
import resource
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import fmean
from typing import Annotated

import typer

from indexer.enrich import speakers
from indexer.enrich.enrich import attribute
from indexer.model import Interview, Role, Turn
from indexer.settings import sample_data
from indexer.text import analysis
from indexer.topics.learn import NUMBER
from tests.bench import topic_methods as methods
from tests.bench.quality import DATA
from tests.bench.topic_measures import Gold, Measures, measured
from tests.bench.topic_methods import Meeting, Method, Topic

OWN = "fangtan"

ALONE: Mapping[str, Method] = {
    "the meeting": methods.meeting,
    "nouns": partial(methods.from_file, path=Path("none")),
    "samples' topics": partial(methods.from_file, path=sample_data() / "topics.toml"),
    "stretches, unclustered": methods.unclustered,
    OWN: methods.learned,
}

SETTINGS: Mapping[str, Mapping[str, Method]] = {
    "NMF": {f"{number}": partial(methods.nmf, number=number) for number in (40, 80)},
    "SVD, k-means": {f"{number}": partial(methods.k_means, number=number) for number in (40, 80, 120)},
    "LDA": {f"{number}": partial(methods.lda, number=number) for number in (40, 80)},
    "HDP": {"": methods.lda},
    OWN: {
        f"{window} {shortest} {depth}": partial(methods.learned, WINDOW=window, SHORTEST=shortest, DEPTH=depth)
        for window in (6, 8, 10)
        for shortest in (8, 10, 12)
        for depth in (0.2, 0.4, 0.6)
    }
    | {f"at most {number}": partial(methods.learned, number=number) for number in (40, 60, 120)},
}
"""The settings of each method that has some: numbers of topics; window, shortest stretch and depth of a cut."""


@dataclass(frozen=True, slots=True)
class Result:
    """The topics of each turn, with the CPU seconds they took and the memory, in MB."""

    topics: Sequence[Sequence[Topic]]
    seconds: float
    megabytes: float


def meetings(data: Path) -> list[Meeting]:
    """Return the meetings, attributed and analyzed."""
    analyzer, known = analysis.load(sample_data() / "words.txt"), speakers.load(Path("none"))
    rows: dict[str, list[dict[str, str]]] = {}
    for line in (data / "vcsum/gold.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        rows.setdefault(row["file"], []).append(row)
    found = []
    for name, said in rows.items():
        turns = (
            Turn(number, row["speaker"], Role.OTHER, row["text"], label=row["speaker"])
            for number, row in enumerate(said, start=1)
        )
        interview = attribute(Interview(tuple(turns), id=name), known)
        words = [frozenset(word for word in analyzer.analyze(row["topic"]).words if len(word) > 1) for row in said]
        gold = Gold([row["segment"] for row in said], words)
        found.append(Meeting(interview, [analyzer.analyze(turn.text) for turn in interview.turns], gold))
    return found


def run(method: Method, of: Sequence[Meeting]) -> Result:
    """Run a method in a process of its own."""
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.apply(_run, (method, of))


def _run(method: Method, of: Sequence[Meeting]) -> Result:
    before = resource.getrusage(resource.RUSAGE_SELF)
    topics = method(of)
    after = resource.getrusage(resource.RUSAGE_SELF)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Result(topics, seconds, (after.ru_maxrss - before.ru_maxrss) / 1024)


def settings(vectors: Path | None) -> dict[str, Mapping[str, Method]]:
    """Return the settings of the methods that can be run here."""
    found = dict(SETTINGS)
    if find_spec("tomotopy") is None:
        del found["LDA"], found["HDP"]
        print("Without LDA and HDP: pip install tomotopy")
    if vectors is None:
        print("Without sentence vectors: --vectors FOLDER, with a model; see tests/bench/topic_methods.py")
    else:
        clusters = partial(methods.vector_clusters, model=vectors)
        found["sentence vectors"] = {f"{number}": partial(clusters, number=number) for number in (40, 60, 80)}
    return found


def table(of: Sequence[Meeting], results: Mapping[str, Result]) -> Iterator[str]:
    """Yield the lines of a table, a row a method."""
    yield f"{'':23}V     AMI   F1    Pk    named labels largest CPU s  MB"
    for name, result in results.items():
        one = measured([each.gold for each in of], result.topics)
        agreement = f"{one.v:<6.3f}{one.ami:<6.3f}{one.f1:<6.3f}{one.pk:<6.3f}{one.named:<6.3f}"
        yield f"{name:23}{agreement}{one.labels:<7}{one.largest:<8.3f}{result.seconds:<7.1f}{result.megabytes:.0f}"


def fair_table(of: Sequence[Meeting], results: Mapping[str, Mapping[str, Result]]) -> Iterator[str]:
    """Yield the lines of a table: of each method the settings chosen on one half, and their figures on the other."""
    yield f"{'':20}{'chosen':12}V     named   {'chosen':12}V     named   mean"
    for name, by_settings in results.items():
        few = {key: one for key, one in by_settings.items() if len(labels(one)) <= NUMBER}
        if not few:
            continue
        cells, other_halves = [], []
        for half in (0, 1):
            best = max(few, key=lambda key: _half(of, few[key], half).v)
            other = _half(of, few[best], 1 - half)
            other_halves.append(other)
            cells.append(f"{best or '-':12}{other.v:<6.3f}{other.named:<8.3f}")
        v, naming = (fmean(getattr(one, key) for one in other_halves) for key in ("v", "named"))
        yield f"{name:20}{''.join(cells)}{v:<6.3f}{naming:.3f}"


def _half(of: Sequence[Meeting], result: Result, half: int) -> Measures:
    """Return the measures of every other meeting."""
    return measured([one.gold for one in of[half::2]], result.topics[half::2])


def labels(result: Result) -> set[str]:
    return {name for one in result.topics for turn in one for name in turn}


def main(
    data: Annotated[Path, typer.Option(help="The folder of vcsum.")] = DATA,
    vectors: Annotated[Path | None, typer.Option(help="The folder of a model of sentence vectors.")] = None,
) -> None:
    """Measure and print the tables."""
    of = meetings(data)
    results = {name: run(method, of) for name, method in ALONE.items()}
    by_method = {
        name: {key: run(method, of) for key, method in by_settings.items()}
        for name, by_settings in settings(vectors).items()
    }
    for name, found in by_method.items():
        results |= {f"{name} {key}".strip(): one for key, one in found.items()}
    for line in (*table(of, results), "", *fair_table(of, by_method)):
        print(line.rstrip())


if __name__ == "__main__":
    typer.run(main)
