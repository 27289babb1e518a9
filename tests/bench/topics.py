"""Topics: how well the topics of turns agree with the segments that people cut meetings into, and their headlines.

python -m tests.bench.topics [--data ../shared/data]

VCSum: 24 meetings, 131 segments with a headline each. Compared are the meeting itself as the topic, an archive without
topics of its own (the nouns of exchanges), the topics of the samples, stretches of conversation as they are, and topics
learned from the 24 meetings. No Elasticsearch is needed.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Annotated

import typer

from indexer.enrich import speakers
from indexer.enrich.enrich import attribute
from indexer.enrich.stretches import stretches
from indexer.enrich.topics import Topics, beginnings
from indexer.model import Interview, Role, Turn
from indexer.settings import sample_data
from indexer.text import analysis
from indexer.text.analysis import Analysis
from indexer.topics.learn import SEPARATOR, Conversation, learn
from indexer.topics.topics_file import with_learned
from tests.bench.quality import DATA

Labels = Sequence[Hashable]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting with the analyses of its turns, and the segment and the words of the headline of each."""

    interview: Interview
    analyses: Sequence[Analysis]
    segments: Sequence[str]
    headlines: Sequence[frozenset[str]]

    @property
    def conversation(self) -> Conversation:
        exchanges = beginnings(turn.exchange for turn in self.interview.turns)
        return Conversation([one.words for one in self.analyses], exchanges)


@dataclass(frozen=True, slots=True)
class Measures:
    """Agreement with the segments (V-measure, adjusted mutual information, F1 of pairs of turns, Pk: the share of pairs
    half a segment apart that are wrongly joined or parted, the less the better); topics and the largest one's share of
    the turns; share of the turns whose topics have a word of the headline; seconds."""

    v: float
    ami: float
    f1: float
    pk: float
    topics: int
    largest: float
    named: float
    seconds: float


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
        analyses = [analyzer.analyze(turn.text) for turn in interview.turns]
        found.append(Meeting(interview, analyses, [row["segment"] for row in said], words))
    return found


def annotated(meeting: Meeting, topics: Topics) -> list[tuple[str, ...]]:
    """Return the topics of each turn, as they are indexed."""
    nouns = analysis.load(sample_data() / "words.txt").nouns
    return [turn.topics for turn in topics.annotate(meeting.interview, meeting.analyses, nouns).turns]


def learned(of: Sequence[Meeting]) -> list[list[tuple[str, ...]]]:
    """Return the topics of each turn, learned from the meetings."""
    topics = Topics.parse(Path("learned"), with_learned("", learn(one.conversation for one in of)).encode())
    return [annotated(one, topics) for one in of]


def from_file(path: Path) -> Callable[[Sequence[Meeting]], list[list[tuple[str, ...]]]]:
    return lambda of: [annotated(one, Topics.load(path)) for one in of]


def cut(of: Sequence[Meeting]) -> list[list[tuple[str, ...]]]:
    """Return the stretch of each turn."""
    found: list[list[tuple[str, ...]]] = []
    for one in of:
        conversation = one.conversation
        cuts = stretches(conversation.words, conversation.beginnings)
        found.append([(f"{one.interview.id} {part.start}",) for part in cuts for _ in part])
    return found


METHODS: Mapping[str, Callable[[Sequence[Meeting]], list[list[tuple[str, ...]]]]] = {
    "the meeting": lambda of: [[(one.interview.id,)] * len(one.segments) for one in of],
    "nouns": from_file(Path("none")),
    "samples' topics": from_file(sample_data() / "topics.toml"),
    "stretches": cut,
    "learned": learned,
}


def entropy(labels: Labels) -> float:
    """Return the entropy of labels, in nats."""
    return -sum(count / len(labels) * log(count / len(labels)) for count in Counter(labels).values())


def mutual_information(one: Labels, other: Labels) -> float:
    """Return what each of two labellings says about the other, in nats."""
    both = list(zip(one, other, strict=True))
    return entropy(one) + entropy(other) - entropy(both)


def v_measure(gold: Labels, labels: Labels) -> float:
    """Return the harmonic mean of homogeneity and completeness."""
    total = entropy(gold) + entropy(labels)
    return 2 * mutual_information(gold, labels) / total if total else 1.0


def adjusted_mutual_information(gold: Labels, labels: Labels) -> float:
    """Return the mutual information beyond what labels by chance would have, 1 for the same labels."""
    expected = _expected_information(list(Counter(gold).values()), list(Counter(labels).values()))
    most = (entropy(gold) + entropy(labels)) / 2
    return (mutual_information(gold, labels) - expected) / (most - expected) if most > expected else 1.0


def _expected_information(ones: Sequence[int], others: Sequence[int]) -> float:
    """Return the mutual information expected of labels of these sizes, given out by chance (hypergeometric)."""
    import numpy as np
    from scipy.special import gammaln

    total, expected = sum(ones), 0.0
    factorial = gammaln(np.arange(total + 1) + 1.0)
    for one in ones:
        for other in others:
            shared = np.arange(max(1, one + other - total), min(one, other) + 1)
            chance = np.exp(
                factorial[one] + factorial[other] + factorial[total - one] + factorial[total - other]
                - factorial[total] - factorial[shared] - factorial[one - shared] - factorial[other - shared]
                - factorial[total - one - other + shared]
            )  # fmt: skip
            expected += float((shared / total * np.log(total * shared / (one * other)) * chance).sum())
    return expected


def pair_f1(gold: Sequence[Labels], labels: Sequence[Labels]) -> float:
    """Return the F1 of pairs of turns of one meeting with the same label; a sequence for each meeting."""

    def pairs(labellings: Sequence[Labels]) -> int:
        return sum(count * (count - 1) // 2 for one in labellings for count in Counter(one).values())

    shared = pairs([list(zip(one, other, strict=True)) for one, other in zip(gold, labels, strict=True)])
    return 2 * shared / (pairs(gold) + pairs(labels))


def pk(gold: Sequence[Labels], labels: Sequence[Labels]) -> float:
    """Return the share of the pairs of turns half a segment apart that are wrongly in one segment, or in two."""
    segments = sum(1 + sum(one != other for one, other in pairwise(labelling)) for labelling in gold)
    apart = max(round(sum(map(len, gold)) / segments / 2), 1)
    wrong = [
        _is_parted(known[place : place + apart + 1]) != _is_parted(found[place : place + apart + 1])
        for known, found in zip(gold, labels, strict=True)
        for place in range(len(known) - apart)
    ]
    return sum(wrong) / len(wrong)


def _is_parted(labels: Labels) -> bool:
    return any(one != other for one, other in pairwise(labels))


def measured(of: Sequence[Meeting], topics: Sequence[Sequence[tuple[str, ...]]], seconds: float) -> Measures:
    """Return the measures of the topics of each turn; a turn's first one is its label."""
    gold = [one.segments for one in of]
    first = [[turn[0] if turn else "" for turn in one] for one in topics]
    flat_gold, flat = [label for one in gold for label in one], [label for one in first for label in one]
    shares = Counter(name for one in topics for turn in one for name in turn)
    named = [
        any(headline & set(name.split(SEPARATOR)) for name in turn)
        for one, given in zip(of, topics, strict=True)
        for headline, turn in zip(one.headlines, given, strict=True)
    ]
    return Measures(
        v_measure(flat_gold, flat),
        adjusted_mutual_information(flat_gold, flat),
        pair_f1(gold, first),
        pk(gold, first),
        len(shares),
        max(shares.values()) / len(flat),
        sum(named) / len(named),
        seconds,
    )


def all_measured(data: Path = DATA) -> dict[str, Measures]:
    """Return the measures of each method."""
    of, found = meetings(data), {}
    for name, method in METHODS.items():
        began = time.process_time()
        topics = method(of)
        found[name] = measured(of, topics, time.process_time() - began)
    return found


def table(found: Mapping[str, Measures]) -> Iterator[str]:
    """Yield the lines of a table, a row a method."""
    yield f"{'':17}V      AMI    F1     Pk     topics  largest  named  CPU s"
    for name, one in found.items():
        agreement = f"{one.v:<7.3f}{one.ami:<7.3f}{one.f1:<7.3f}{one.pk:<7.3f}"
        yield f"{name:17}{agreement}{one.topics:<8}{one.largest:<9.3f}{one.named:<7.3f}{one.seconds:.1f}"


def main(data: Annotated[Path, typer.Option(help="The folder of vcsum.")] = DATA) -> None:
    """Measure and print the table."""
    for line in table(all_measured(data)):
        print(line.rstrip())


if __name__ == "__main__":
    typer.run(main)
