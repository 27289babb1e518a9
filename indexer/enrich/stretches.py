"""Cut a conversation into stretches on one subject, by lexical cohesion: TextTiling on TF-IDF.

Before each turn, the words of the `WINDOW` turns before it are compared with those of the `WINDOW` turns that begin
there, by the cosine of their TF-IDF (1 + ln(count), jieba's inverse document frequencies). The conversation is cut
where this cohesion is a local minimum well below its mean. It depends on nothing but the words of the conversation: a
stretch stays the same whatever else the archive has. Pure.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from statistics import fmean, pstdev
from typing import TYPE_CHECKING

from indexer.enrich.numbered_words import NumberedWords
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


def stretches(words: NumberedWords, beginnings: Collection[int] = ()) -> list[range]:
    """Return the positions of the turns of each stretch of a conversation.

    `beginnings` are the positions of the turns that begin an exchange.
    """
    cuts = [_moved(cut, beginnings) for cut in _cuts(cohesion(words))]
    ends = sorted({0, *cuts, words.turns})
    return [range(start, end) for start, end in pairwise(ends)]


def pieces(beginnings: Collection[int], turns: int, longest: int) -> list[range]:
    """Return the positions of the turns of each exchange, of `turns` in all, split after `longest` turns."""
    ends = [*sorted(beginnings), turns]
    return [
        range(first, min(first + longest, end)) for start, end in pairwise(ends) for first in range(start, end, longest)
    ]


def cohesion(words: NumberedWords) -> list[float]:
    """Return the cosine of the windows before and after each turn but the first; 0 if one is empty."""
    counts = _TurnCounts.of(words)
    blocks = (range(start, min(start + _BLOCK, words.turns)) for start in range(1, words.turns, _BLOCK))
    return list(chain.from_iterable(_cohesion(counts, block) for block in blocks))


@dataclass(frozen=True, slots=True)
class _TurnCounts:
    """How often each turn says each word that has a weight: three columns, in the order of the turns.

    `weights` are those of the words, `size` is the number of turns.
    """

    turns: "Vector"
    words: "Vector"
    counts: "Vector"
    weights: "Vector"
    size: int

    @staticmethod
    def of(words: NumberedWords) -> "_TurnCounts":
        """Count the words of a conversation."""
        import numpy as np

        weights = np.fromiter(map(word_weights.__getitem__, words.words), np.float64, len(words.words))
        is_counted = weights[words.places] > 0
        pairs = words.numbers(range(words.turns)) * len(weights) + words.places
        found, counts = np.unique(pairs[is_counted], return_counts=True)
        turns, places = np.divmod(found, max(len(weights), 1))
        return _TurnCounts(turns, places, counts, weights, words.turns)

    def of_turns(self, first: int, end: int) -> "_TurnCounts":
        """Return the counts of the turns from `first` to before `end`, numbered from 0."""
        import numpy as np

        start, stop = np.searchsorted(self.turns, (first, end))
        turns = self.turns[start:stop] - first
        return _TurnCounts(turns, self.words[start:stop], self.counts[start:stop], self.weights, end - first)


def _cohesion(counts: _TurnCounts, block: range) -> list[float]:
    """Return the cohesion before the turns of a block; `counts` are of all turns of the conversation."""
    import numpy as np

    first, end = max(block.start - WINDOW, 0), min(block.stop + WINDOW, counts.size)
    # a window ends before each turn of the block, and one begins there, which ends before the turn `WINDOW` further on
    starts = np.arange(block.start - WINDOW, block.stop)
    windows, alone = _windows(
        counts.of_turns(first, end), np.maximum(starts, first) - first, np.minimum(starts + WINDOW, end) - first
    )
    # einsum rather than BLAS: the same sum, digit for digit, with any number of threads
    lengths = np.einsum("tw,tw->t", windows, windows) + alone
    squared = lengths[:-WINDOW] * lengths[WINDOW:]
    is_empty = squared < _NEGLIGIBLE
    cosines = np.einsum("tw,tw->t", windows[:-WINDOW], windows[WINDOW:]) / np.sqrt(np.where(is_empty, 1, squared))
    return [round(float(cosine), _DIGITS) for cosine in np.where(is_empty, 0, cosines)]


def _windows(counts: _TurnCounts, starts: "Vector", ends: "Vector") -> "tuple[Vector, Vector]":
    """Return the vectors of the turns from each start to before each end: of the words that several turns have.

    The others only make a window longer: of them, the sums of their squares.
    """
    import numpy as np

    is_shared = np.bincount(counts.words, minlength=len(counts.weights)) > 1
    column = np.cumsum(is_shared) - 1
    shared = is_shared[counts.words]
    sums = np.zeros((counts.size + 1, int(is_shared.sum())), dtype=np.int32)
    sums[counts.turns[shared] + 1, column[counts.words[shared]]] = counts.counts[shared]
    sums = sums.cumsum(axis=0, dtype=np.int32)
    damped = 1 + np.log(np.maximum(np.arange(counts.counts.sum(initial=0) + 1), 1))
    damped[0] = 0
    alone = (counts.weights[counts.words[~shared]] * damped[counts.counts[~shared]]) ** 2
    squares = np.cumsum(np.bincount(counts.turns[~shared] + 1, alone, counts.size + 1))
    return damped[sums[ends] - sums[starts]] * counts.weights[is_shared], squares[ends] - squares[starts]


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
