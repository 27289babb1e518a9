"""Compare the segmentations of two dictionaries: the words they differ in, and the first difference in a text. Pure."""

from dataclasses import dataclass, field
from itertools import accumulate

from indexer.text.analysis import Analyzer

CONTEXT = 2
"""Words of context on either side of a difference."""


@dataclass(frozen=True, slots=True)
class SegmentationChange:
    """A stretch of the turn at `address` as segmented by one dictionary and by another."""

    address: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(slots=True)
class DictionaryDiff:
    """What another dictionary changes: turns whose words differ, out of `of_turns`; all documents; interviews.

    `relabelled` counts the turns whose topics differ; `unembedded` says why some of an archive with vectors have none.
    """

    turns: int = 0
    documents: int = 0
    interviews: int = 0
    of_turns: int = 0
    examples: list[SegmentationChange] = field(default_factory=list)
    relabelled: int = 0
    unembedded: str = ""


def differing(old: Analyzer, new: Analyzer) -> set[str]:
    """Return the words in which two dictionaries differ, in normal form: in their frequency, or as nouns."""
    before, after = old.segmenter.frequencies, new.segmenter.frequencies
    changed = {word for word in before.keys() | after.keys() if before.get(word) != after.get(word)}
    return changed | (old.nouns ^ new.nouns)


def first_difference(before: list[str], after: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the first stretch that two segmentations of a text differ in, with `CONTEXT` words around it."""
    ends = [list(accumulate(map(len, words))) for words in (before, after)]
    shared = set(ends[0]) & set(ends[1])
    first = min(set(ends[0]) ^ set(ends[1]))
    start = max((end for end in shared if end < first), default=0)
    stop = min(end for end in shared if end > first)
    return _around(before, ends[0], start, stop), _around(after, ends[1], start, stop)


def _around(words: list[str], ends: list[int], start: int, stop: int) -> tuple[str, ...]:
    first = ends.index(start) + 1 if start else 0
    last = ends.index(stop) + 1
    return tuple(words[max(first - CONTEXT, 0) : last + CONTEXT])
