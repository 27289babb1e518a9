"""Paraphrases: questions that share no content word with the turns that answer them, on the 472 shared interviews.

python -m tests.bench.paraphrases [--half odd|even|all]

They are kept in `paraphrases.tsv`, a question a line: id, question, the addresses of the turns it was written for
(grade 2), those of turns beside them that answer it as well (grade 1); addresses are separated by spaces. The file has
no text of the interviews. Turns were drawn at random, one an interview, and each question was written by hand from what
the turn says; other turns may answer it too, so that the measures are too low for every engine alike.

The archive that the settings name is asked; it must hold the folder `interviews` of the shared data.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import ir_measures
import typer
from ir_measures import Qrel, ScoredDoc, Success, nDCG

from indexer.settings import load
from tests.bench.quality import DATA, DEPTH

FILE = Path(__file__).with_suffix(".tsv")
FOLDER = DATA / "interviews"
"""What is indexed: the ids of its interviews are their paths below it, which the addresses begin with."""

MEASURES = (nDCG @ 10, Success @ 1, Success @ 10)
HALVES = {"odd": (1,), "even": (0,), "all": (0, 1)}
"""Remainders of a question's number; `odd` is for tuning, `even` is reported."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the addresses of the turns it was written for, and of others beside them that answer it too."""

    id: str
    text: str
    answers: tuple[str, ...]
    also: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """Return the number in its id."""
        return int(self.id[1:])


def questions(half: str = "all", file: Path = FILE) -> list[Question]:
    """Return the questions of a half: `odd`, `even` or `all`."""
    rows = (line.split("\t") for line in file.read_text("utf-8").splitlines())
    read = (Question(row[0], row[1], *(tuple(addresses.split()) for addresses in row[2:])) for row in rows)
    return [question for question in read if question.number % 2 in HALVES[half]]


def queries(asked: Iterable[Question]) -> list[tuple[str, str]]:
    """Return the questions as id and text, as `Archive.run` takes them."""
    return [(question.id, question.text) for question in asked]


def qrels(asked: Iterable[Question]) -> Iterator[Qrel]:
    """Yield the graded answers of the questions."""
    for question in asked:
        yield from (Qrel(question.id, address, 2) for address in question.answers)
        yield from (Qrel(question.id, address, 1) for address in question.also)


def measured(run: Iterable[ScoredDoc], asked: Sequence[Question]) -> tuple[float, ...]:
    """Return the measures of a run, in the order of `MEASURES`."""
    found = ir_measures.calc_aggregate(MEASURES, list(qrels(asked)), run)
    return tuple(float(found[measure]) for measure in MEASURES)


def main(half: Annotated[str, typer.Option(help=f"Questions asked: {', '.join(HALVES)}.")] = "all") -> None:
    """Ask the archive the questions and print the measures."""
    from search_cli import Archive

    asked = questions(half)
    run = [
        ScoredDoc(query, hit.address, hit.score)
        for query, hits in Archive(load()).run(queries(asked), DEPTH)
        for hit in hits
    ]
    figures = zip(MEASURES, measured(run, asked), strict=True)
    print(f"{len(asked)} questions: " + ", ".join(f"{measure} {value:.4f}" for measure, value in figures))


if __name__ == "__main__":
    typer.run(main)
