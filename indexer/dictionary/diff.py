"""How two dictionaries cut the same texts: by which words they differ, and where a text comes out otherwise. Pure."""

from dataclasses import dataclass, field
from itertools import accumulate

from indexer.text.analysis import Analyzer

AROUND = 2
"""Words shown on either side of a difference."""


@dataclass(frozen=True, slots=True)
class Recut:
    """How a stretch of the turn at `address` is cut by one dictionary and by another."""

    address: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(slots=True)
class Difference:
    """What another dictionary changes: turns whose words differ, of `of_turns`; all documents; interviews."""

    turns: int = 0
    documents: int = 0
    interviews: int = 0
    of_turns: int = 0
    examples: list[Recut] = field(default_factory=list)


def differing(old: Analyzer, new: Analyzer) -> set[str]:
    """Return the words by which two dictionaries differ, in normal form: in how often they count, or as nouns."""
    before, after = old.segmenter.frequencies, new.segmenter.frequencies
    counted = {word for word in before.keys() | after.keys() if before.get(word) != after.get(word)}
    return counted | (old.nouns ^ new.nouns)


def first_difference(before: list[str], after: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the first stretch that two readings of a text cut differently, each with `AROUND` words around it."""
    ends = [list(accumulate(map(len, words))) for words in (before, after)]
    shared = set(ends[0]) & set(ends[1])
    first = min(set(ends[0]) ^ set(ends[1]))
    start = max((end for end in shared if end < first), default=0)
    stop = min(end for end in shared if end > first)
    return _around(before, ends[0], start, stop), _around(after, ends[1], start, stop)


def _around(words: list[str], ends: list[int], start: int, stop: int) -> tuple[str, ...]:
    first = ends.index(start) + 1 if start else 0
    last = ends.index(stop) + 1
    return tuple(words[max(first - AROUND, 0) : last + AROUND])
