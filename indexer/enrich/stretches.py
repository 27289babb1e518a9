"""Cut a conversation into stretches on one subject, by lexical cohesion: TextTiling on TF-IDF.

Before each turn, the words of the `WINDOW` turns before it are compared with those of the `WINDOW` turns that begin
there, by the cosine of their TF-IDF (1 + ln(count), jieba's inverse document frequencies). The conversation is cut
where this cohesion is a local minimum well below its mean. It depends on nothing but the words of the conversation: a
stretch stays the same whatever else the archive has. Pure.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from math import log
from statistics import fmean, pstdev
from typing import TYPE_CHECKING

from indexer.text.keywords import word_weights

if TYPE_CHECKING:
    from typing import Any

    Vector = Any

WINDOW = 8
"""Turns on either side that are compared."""

SHORTEST = 10
"""Turns of a stretch, at least."""

DEPTH = 0.4
"""Standard deviations below the mean cohesion that a cut needs. Of windows of 4, 6, 8 and 10 turns, stretches of at
least 8, 10 and 12, and depths of 0 to 1, on 24 meetings: V-measure .84 to .88 with 80 topics, .87 around these."""

NEAR = 2
"""Turns by which a cut moves to the beginning of an exchange: a question is not separated from its answer."""

_NEGLIGIBLE = 1e-9
"""Product of the squared lengths of two windows of which one is empty, but for rounding."""

_DIGITS = 9
"""Of a cohesion, so that equal ones are equal on every processor."""

_BLOCK = 128
"""Turns whose windows are computed together, in a table with a column for each word that several of them have."""


def stretches(words: Sequence[Sequence[str]], beginnings: Collection[int] = ()) -> list[range]:
    """Return the positions of the turns of each stretch; `words` are those of each turn.

    `beginnings` are the positions of the turns that begin an exchange.
    """
    cuts = [_moved(cut, beginnings) for cut in _cuts(cohesion(words))]
    ends = sorted({0, *cuts, len(words)})
    return [range(start, end) for start, end in pairwise(ends)]


def pieces(beginnings: Collection[int], turns: int, longest: int) -> list[range]:
    """Return the positions of the turns of each exchange, of `turns` in all, split after `longest` turns."""
    ends = [*sorted(beginnings), turns]
    return [
        range(first, min(first + longest, end)) for start, end in pairwise(ends) for first in range(start, end, longest)
    ]


def cohesion(words: Sequence[Sequence[str]]) -> list[float]:
    """Return the cosine of the windows before and after each turn but the first; 0 if one is empty."""
    counts = [Counter(filter(word_weights.__getitem__, turn)) for turn in words]
    blocks = (range(start, min(start + _BLOCK, len(counts))) for start in range(1, len(counts), _BLOCK))
    return list(chain.from_iterable(_cohesion(counts, block) for block in blocks))


def _cohesion(counts: Sequence[Mapping[str, int]], block: range) -> list[float]:
    """Return the cohesion before the turns of a block; `counts` are of all turns of the conversation."""
    import numpy as np

    first = max(block.start - WINDOW, 0)
    sums = _Sums.of(counts[first : block.stop + WINDOW])
    place = np.arange(block.start, block.stop) - first
    before, before_alone = sums.between(np.maximum(place - WINDOW, 0), place)
    after, after_alone = sums.between(place, np.minimum(place + WINDOW, len(sums.alone) - 1))
    weights = sums.squared_weights
    # einsum rather than BLAS: the same sum, digit for digit, with any number of threads
    squared = (np.einsum("tw,tw,w->t", before, before, weights) + before_alone) * (
        np.einsum("tw,tw,w->t", after, after, weights) + after_alone
    )
    is_empty = squared < _NEGLIGIBLE
    cosines = np.einsum("tw,tw,w->t", before, after, weights) / np.sqrt(np.where(is_empty, 1, squared))
    return [round(float(cosine), _DIGITS) for cosine in np.where(is_empty, 0, cosines)]


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums over the turns before each turn, and over all: the counts of the words that several turns have, and the
    squared weights of those that one turn has, which only make a window longer.
    """

    shared: "Vector"
    alone: "Vector"
    squared_weights: "Vector"

    @staticmethod
    def of(counts: Sequence[Mapping[str, int]]) -> "_Sums":
        """Return the sums over turns with these counts of words."""
        import numpy as np

        turns_with = Counter(chain.from_iterable(counts))
        column = {word: place for place, word in enumerate(word for word, turns in turns_with.items() if turns > 1)}
        shared = np.zeros((len(counts) + 1, len(column)), dtype=np.int32)
        alone = np.zeros(len(counts) + 1)
        for row, turn in enumerate(counts, 1):
            here = [column[word] for word in turn if word in column]
            shared[row, here] = [count for word, count in turn.items() if word in column]
            alone[row] = sum(
                (word_weights[word] * _damped(count)) ** 2 for word, count in turn.items() if word not in column
            )
        weights = np.array([word_weights[word] for word in column])
        return _Sums(shared.cumsum(axis=0), alone.cumsum(), weights**2)

    def between(self, start: "Vector", end: "Vector") -> "tuple[Vector, Vector]":
        """Return, of the turns from `start` to before `end`, the damped counts, and the squares of the other words."""
        import numpy as np

        counts = self.shared[end] - self.shared[start]
        levels = np.arange(counts.max(initial=0) + 1)
        damped = np.where(levels > 0, 1 + np.log(np.maximum(levels, 1)), 0)
        return damped[counts], self.alone[end] - self.alone[start]


@lru_cache(maxsize=4096)
def _damped(count: int) -> float:
    return 1 + log(count)


def _cuts(values: Sequence[float]) -> Iterator[int]:
    """Yield the turns before which a conversation is cut, the least cohesive first."""
    if len(values) < 2 * SHORTEST - 1:
        return
    limit = fmean(values) - DEPTH * pstdev(values)
    taken: list[int] = [0, len(values) + 1]
    for place in sorted(range(len(values)), key=lambda place: (values[place], _around(values, place), place)):
        if values[place] > limit:
            return
        turn = place + 1
        is_minimum = values[place] == min(values[max(place - 2, 0) : place + 3])
        if is_minimum and all(abs(turn - other) >= SHORTEST for other in taken):
            taken.append(turn)
            yield turn


def _around(values: Sequence[float], place: int) -> float:
    """Return the mean cohesion around a place: of two that are as low, the lower valley counts first."""
    near = values[max(place - WINDOW, 0) : place + WINDOW + 1]
    return sum(near) / len(near)


def _moved(cut: int, beginnings: Collection[int]) -> int:
    """Return the nearest beginning of an exchange, if there is one within `NEAR` turns."""
    near = [turn for turn in range(cut - NEAR, cut + NEAR + 1) if turn in beginnings and turn > 0]
    return min(near, key=lambda turn: (abs(turn - cut), turn), default=cut)
