"""Cut a conversation into stretches on one subject, by lexical cohesion: TextTiling on TF-IDF.

Before each turn, the words of the `WINDOW` turns before it are compared with those of the `WINDOW` turns that begin
there, by the cosine of their TF-IDF (1 + ln(count), jieba's inverse document frequencies). The conversation is cut
where this cohesion is a local minimum well below its mean. It depends on nothing but the words of the conversation: a
stretch stays the same whatever else the archive has. Pure.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from math import log, sqrt
from statistics import fmean, pstdev

from indexer.text.keywords import inverse_frequency

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
"""Squared length of a window that is empty, but for rounding."""


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
    """Return the cosine of the windows before and after each turn but the first."""
    weight_of = {word: inverse_frequency(word) for word in set(chain.from_iterable(words))}
    counts = [Counter(word for word in turn if weight_of[word]) for turn in words]
    windows = _Windows(weight_of, counts[:WINDOW])
    found = []
    for turn in range(1, len(counts)):
        if turn > WINDOW:
            windows.change(counts[turn - 1 - WINDOW], before=-1)
        windows.change(counts[turn - 1], before=1, after=-1)
        if turn - 1 + WINDOW < len(counts):
            windows.change(counts[turn - 1 + WINDOW], after=1)
        found.append(windows.cosine())
    return found


class _Windows:
    """The windows before and after a turn; as they move, only the words of the turns that change are computed anew."""

    def __init__(self, weight_of: Mapping[str, float], after: Iterable[Mapping[str, int]]) -> None:
        self._weight_of = weight_of
        self._before: dict[str, int] = {}
        self._after: dict[str, int] = {}
        self._dot = self._before_squared = self._after_squared = 0.0
        for counts in after:
            self.change(counts, after=1)

    def change(self, counts: Mapping[str, int], *, before: int = 0, after: int = 0) -> None:
        """Add the counts of a turn to the windows (1), or remove them (-1)."""
        count_before, count_after = self._before.get, self._after.get
        for word, count in counts.items():
            squared = self._weight_of[word] ** 2
            there, here = count_before(word, 0), count_after(word, 0)
            damped_there, damped_here = _damped(there), _damped(here)
            product = damped_there * damped_here
            if before:
                self._before[word] = there + before * count
                damped = _damped(there + before * count)
                self._before_squared += squared * (damped * damped - damped_there * damped_there)
                damped_there = damped
            if after:
                self._after[word] = here + after * count
                damped = _damped(here + after * count)
                self._after_squared += squared * (damped * damped - damped_here * damped_here)
                damped_here = damped
            self._dot += squared * (damped_there * damped_here - product)

    def cosine(self) -> float:
        """Return the cosine of the two windows; 0 if one is empty."""
        if min(self._before_squared, self._after_squared) < _NEGLIGIBLE:
            return 0.0
        return self._dot / sqrt(self._before_squared * self._after_squared)


@lru_cache(maxsize=4096)
def _damped(count: int) -> float:
    return 1 + log(count) if count else 0.0


def _cuts(values: Sequence[float]) -> Iterator[int]:
    """Yield the turns before which a conversation is cut, the least cohesive first."""
    if len(values) < 2 * SHORTEST - 1:
        return
    limit = fmean(values) - DEPTH * pstdev(values)
    taken: list[int] = [0, len(values) + 1]
    for place in sorted(range(len(values)), key=lambda place: (values[place], place)):
        if values[place] > limit:
            return
        turn = place + 1
        is_minimum = values[place] == min(values[max(place - 2, 0) : place + 3])
        if is_minimum and all(abs(turn - other) >= SHORTEST for other in taken):
            taken.append(turn)
            yield turn


def _moved(cut: int, beginnings: Collection[int]) -> int:
    """Return the nearest beginning of an exchange, if there is one within `NEAR` turns."""
    near = [turn for turn in range(cut - NEAR, cut + NEAR + 1) if turn in beginnings and turn > 0]
    return min(near, key=lambda turn: (abs(turn - cut), turn), default=cut)
