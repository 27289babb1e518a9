"""Measures of labellings: agreement with segments that people cut meetings into, and with their headlines."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from indexer.topics.learn import SEPARATOR

Labels = Sequence[Hashable]


@dataclass(frozen=True, slots=True)
class Gold:
    """Of a meeting, the segment and the words of the headline of each turn."""

    segments: Sequence[str]
    headlines: Sequence[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Measures:
    """Agreement with the segments (V-measure, adjusted mutual information, F1 of pairs of turns, Pk: the share of pairs
    half a segment apart that are wrongly joined or parted, the less the better); share of the turns whose topics
    have a word of the headline in their names; labels, and the largest one's share of the turns."""

    v: float
    ami: float
    f1: float
    pk: float
    named: float
    labels: int
    largest: float


def measured(of: Sequence[Gold], topics: Sequence[Sequence[tuple[str, ...]]]) -> Measures:
    """Return the measures of the topics of each turn; a turn's first one is its label."""
    gold = [one.segments for one in of]
    first = [[turn[0] if turn else "" for turn in one] for one in topics]
    flat_gold, flat = [label for one in gold for label in one], [label for one in first for label in one]
    shares = Counter(name for one in topics for turn in one for name in turn)
    return Measures(
        v_measure(flat_gold, flat),
        adjusted_mutual_information(flat_gold, flat),
        pair_f1(gold, first),
        pk(gold, first),
        _named(of, topics),
        len(shares),
        max(shares.values()) / len(flat),
    )


def _named(of: Sequence[Gold], topics: Sequence[Sequence[tuple[str, ...]]]) -> float:
    """Return the share of the turns whose topics have a word of the headline in their names."""
    named = [
        any(headline & set(name.split(SEPARATOR)) for name in turn)
        for one, given in zip(of, topics, strict=True)
        for headline, turn in zip(one.headlines, given, strict=True)
    ]
    return sum(named) / len(named)


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
