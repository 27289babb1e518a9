"""Fuse the best turns by words with the nearest in meaning. Pure.

    own    = score by words + weight x (cosine - that of the last of the nearest)
    score  = own + AROUND x mean of `own` of the turns around it
    weight = WEIGHT x score by words of the tenth / number of words x doubt

Words are trusted the more, the more of them there are and the further the first turns are ahead of the tenth. They are
doubted where even the best turn scores little for what was asked: `doubt` is (ENOUGH x information / best score) **
POWER, where the information of a query is the sum of the idf of its words.

The weights were chosen on the odd queries of each set. nDCG@10 of the even ones, by words alone and fused: headlines of
meetings .518 and .550, sentences of their summaries .846 and .852, whole summaries .895 and .899, patients' questions
.136 and .178, questions that share no word with their answers (on 79 interviews) .007 and .114.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import TypeAlias

from search_cli.query.nearest import NEAREST

Scored: TypeAlias = tuple[str, float]
"""An address and its score, or its cosine."""

WEIGHT = 16.0
"""Of a difference of cosines of 1, for one word. Half of it loses a third of the gain on patients' questions; sentences
and headlines stay."""

LEAD = 0.02
"""Share of the best score beside the tenth's, so that meaning has a weight where there are no ten turns."""

ENOUGH, POWER, MOST_DOUBT = 7.0, 3.0, 64.0
"""Where doubt begins, how fast it grows, and its limit. The best turn for the headline of a meeting, a question about a
passage or a patient's question has 10 for a unit of information (a tenth of them less than 6), for questions that share
no word with their answers 2.7 (nine tenths less than 4.5)."""

MANY = 12
"""Words from which there is no doubt: of a long text no turn holds more than a part, and there is enough to rank."""

AROUND, DECAY = 0.6, (1.0, 0.7, 0.49)
"""Weight of the turns around a turn, and of each distance: without them headlines are .535 and sentences .851, with .4
.538 and .855, with .6 .539 and .856; whole summaries .900, .899, .897."""

TENTH = 9
"""Place, from 0, of the turn by words that the first are compared with."""

ALONE = 100.0
"""Score of a cosine of 1 where no turn holds a part of a word."""

PROMOTED = 50
"""Turns found by meaning alone, at most."""

FLOORS: Mapping[str, float] = {"bge-small-zh-v1.5": 0.48}
"""Cosine below which a turn is not found by meaning alone, by model. On a pool of 79 interviews the nearest turns to
strings without sense have .40 to .47, to questions .51 to .65."""


LIKENESS = 1.5
"""Weight of meaning relative to words in a comparison of turns, measured as `more_like_this` tells, on the odd turns:
.485 with .75, .501 with 1, .520 with 1.5 and 2, .529 with 3. With 3 in interviews, all that is found stands in one
place, and turns that name the same thing are not among it."""

LIKENESS_FLOORS: Mapping[str, float] = {"bge-small-zh-v1.5": 0.8}
"""Cosine of two turns below which they are not near in meaning alone, by model: a quarter of the pairs of
turns of a segment by topic have less, seven of eight pairs of different meetings or interviews."""

_LEAST_RANGE = 0.01


@dataclass(frozen=True, slots=True)
class Fused:
    """The best turns, each with its score; beyond them, the order of words goes on.

    `promoted` are those that are found by meaning alone, or are far behind by words. `cosines` are those of the nearest
    turns; `nearness` is what meaning adds to the score of a turn, `around` what the turns around it add.
    """

    best: tuple[Scored, ...]
    promoted: tuple[str, ...] = ()
    cosines: Mapping[str, float] = field(default_factory=dict)
    nearness: Mapping[str, float] = field(default_factory=dict)
    around: Mapping[str, float] = field(default_factory=dict)


def fuse(
    words: Sequence[Scored], near: Sequence[Scored], number: int, information: float | None, floor: float = 0.0
) -> Fused:
    """Return the best turns by words and meaning together.

    `words` are the best by words, `near` the nearest with their cosines, both in order; `number` is that of the words
    and `information` the sum of their idf, None for `MANY`. Only turns with a cosine of `floor` are promoted.
    """
    if not near:
        return Fused(tuple(words))
    scale = weight(words, number, information)
    least = near[-1][1]
    nearness = {address: scale * (cosine - least) for address, cosine in near}
    by_words = dict(words)
    own = {address: by_words.get(address, 0.0) + nearness.get(address, 0.0) for address in (*by_words, *nearness)}
    around = {address: AROUND * _mean_around(address, own) for address in own}
    last = words[-1][1] if len(words) >= NEAREST else 0.0
    candidates = (address for address, cosine in near if cosine >= floor and address not in by_words)
    promoted = tuple(one for one in candidates if own[one] + around[one] > last)[:PROMOTED]
    scores = {address: own[address] + around[address] for address in (*by_words, *promoted)}
    best = sorted(scores.items(), key=lambda one: -one[1])
    return Fused(tuple(best), promoted, dict(near), nearness, around)


def add_nearness(words: Sequence[Scored], near: Sequence[Scored], floor: float = 0.0) -> tuple[Scored, ...]:
    """Return the turns similar to a turn by words and by their cosines with its own vector, the most similar first.

    The nearest gain `LIKENESS` best scores by words, the last of `near` nothing. Only turns with a cosine of `floor`
    are found by meaning alone.
    """
    if not near:
        return tuple(words)
    best, most, least = words[0][1] if words else 1.0, near[0][1], near[-1][1]
    scale = LIKENESS * best / max(most - least, _LEAST_RANGE)
    scores = dict(words)
    for address, cosine in near:
        if address in scores or cosine >= floor:
            scores[address] = scores.get(address, 0.0) + scale * (cosine - least)
    return tuple(sorted(scores.items(), key=lambda one: -one[1]))


def weight(words: Sequence[Scored], number: int, information: float | None) -> float:
    """Return what a difference of cosines of 1 is worth, in the unit of the scores by words."""
    if not words:
        return ALONE
    first, tenth = words[0][1], words[min(TENTH, len(words) - 1)][1]
    doubt = 1.0 if information is None else (ENOUGH * information / first) ** POWER
    return WEIGHT * (tenth + LEAD * first) / number * min(max(doubt, 1.0), MOST_DOUBT)


def information(frequencies: Sequence[int], turns: int) -> float:
    """Return the sum of the idf of words, as BM25 has it, from the turns that hold each and the number of all turns."""
    return sum(log(1 + (turns - one + 0.5) / (one + 0.5)) for one in frequencies)


def _mean_around(address: str, scores: Mapping[str, float]) -> float:
    """Return the weighted mean score of the turns around a turn; those that are not among the best have 0."""
    interview, _, number = address.rpartition("#")
    found = 0.0
    for distance, share in enumerate(DECAY, start=1):
        for beside in (int(number) - distance, int(number) + distance):
            found += share * scores.get(f"{interview}#{beside}", 0.0)
    return found / (2 * sum(DECAY))
