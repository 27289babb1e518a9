"""Collocates: the words that stand near a word more often than chance would have them, with a log-likelihood score.

A place counts as near when it is within the window of some occurrence in the same turn, and counts once, for the
occurrence it is nearest to (of equals, as standing to the right of the earlier). The words of the occurrences
themselves are on neither side of the comparison. The score compares how often a word is said near and how often in all
the archive, whatever narrows the occurrences.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import log

from indexer.errors import UsageError
from search_cli.client import ArchiveClient
from search_cli.kwic import occurrences
from search_cli.kwic.collation import order_key
from search_cli.kwic.occurrences import TurnMatch
from search_cli.models import Span
from search_cli.query.request import Filters, SearchRequest, request
from search_cli.query.stopwords import FUNCTION_WORDS
from search_cli.query.terms import word_spans

WINDOW = 5
"""Words on each side of an occurrence, where nothing else is asked for: a usual span (Sinclair 1991 takes four)."""


class CollocateOrder(StrEnum):
    """The order of collocates: by score, by how often near, before, after or in all, by what is looked up."""

    SCORE = "score"
    NEAR = "near"
    LEFT = "left"
    RIGHT = "right"
    ALL = "all"
    EXPECTED = "expected"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word near: how often near, before and after, how often in all the archive, how often near by chance.

    `score` is Dunning's log-likelihood (G²), below zero where the word is rarer near than elsewhere.
    """

    word: str
    near: int
    left: int
    right: int
    all: int
    expected: float
    score: float


@dataclass(frozen=True, slots=True)
class Collocates:
    """The words near a word. `found` counts them before the limit; `near_words` and `archive_words` count all words.

    `window` is in words on each side; `least` is how often a word stands near at least.
    """

    query: str
    collocates: tuple[Collocate, ...]
    found: int
    occurrences: int
    turns: int
    interviews: int
    near_words: int
    archive_words: int
    archive_interviews: int
    words: tuple[str, ...]
    also: tuple[str, ...]
    window: int
    least: int
    function_words: bool
    match: str


@dataclass(frozen=True, slots=True)
class CollocatesRequest:
    """Collocates as they were asked for: `limit` None for all."""

    search: SearchRequest
    order: CollocateOrder
    limit: int | None
    window: int
    least: int
    function_words: bool


def collocates_request(
    query: str, sort: str, limit: int | None, window: int, least: int, function_words: bool, narrowing: Filters
) -> CollocatesRequest:
    """Return what was typed as a request; raise `QueryError` and `UsageError` as a search does."""
    order = next((one for one in CollocateOrder if one == sort.strip().lower()), None)
    if order is None:
        raise UsageError(f"Collocates are not sorted by {sort}.", f"Choose one of {', '.join(CollocateOrder)}.")
    for name, number in (("limit", limit), ("window", window), ("min", least)):
        if number is not None and number < 1:
            raise UsageError(f"--{name} {number} is too small.", "Give 1 or more.")
    return CollocatesRequest(request(query, **narrowing), order, limit, window, least, function_words)


@dataclass(slots=True)
class Near:
    """What was counted in turns: words before and after, and the words of the occurrences themselves."""

    left: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    own: Counter[str] = field(default_factory=Counter)
    occurrences: int = 0
    turns: int = 0
    interviews: set[str] = field(default_factory=set)


def collocates(client: ArchiveClient, wanted: CollocatesRequest) -> Collocates:
    """Return the words near those of a query, scored against the archive."""
    found = occurrences.find(client, wanted.search)
    near = counted(occurrences.read(client, found), wanted.window)
    together = near.left + near.right
    chosen = [word for word, count in together.items() if count >= wanted.least and _shown(word, wanted)]
    frequencies, everything = client.frequencies(chosen) if chosen else ({}, 0)
    rows = list(scored(chosen, near, frequencies, everything))
    rows.sort(key=_ORDERS[wanted.order])
    return Collocates(
        wanted.search.query,
        tuple(rows[: wanted.limit]),
        len(rows),
        near.occurrences,
        near.turns,
        len(near.interviews),
        together.total(),
        everything,
        found.archive_interviews,
        found.words,
        found.also,
        wanted.window,
        wanted.least,
        wanted.function_words,
        str(found.match),
    )


def _shown(word: str, wanted: CollocatesRequest) -> bool:
    return wanted.function_words or word not in FUNCTION_WORDS


def counted(turns: Iterable[TurnMatch], window: int) -> Near:
    """Return what stands within `window` words of the occurrences in some turns; signs are no words."""
    near = Near()
    for turn in turns:
        near.turns += 1
        near.occurrences += len(turn.spans)
        near.interviews.add(turn.source["interview_id"])
        words = turn.source.get("words", "").split()
        own, sides = places(list(word_spans(words, turn.plain.text)), turn.spans, window)
        near.own.update(words[place] for place in own)
        for place, before in sides.items():
            (near.left if before else near.right)[words[place]] += 1
    return near


def places(words: Sequence[Span], spans: Iterable[Span], window: int) -> tuple[set[int], dict[int, bool]]:
    """Return which words lie in the spans, and for each near one whether it stands before the nearest span.

    `words` are where the words of the turn stand, in order.
    """
    starts, ends = [start for start, _ in words], [end for _, end in words]
    own: set[int] = set()
    distances: dict[int, tuple[int, bool]] = {}
    for start, end in spans:
        first, past = bisect_right(ends, start), bisect_left(starts, end)
        own.update(range(first, past))
        for away in range(1, window + 1):
            for place, before in ((first - away, True), (past - 1 + away, False)):
                if 0 <= place < len(words) and away < distances.get(place, (window + 1, True))[0]:
                    distances[place] = (away, before)
    return own, {place: before for place, (_, before) in distances.items() if place not in own}


def scored(words: Iterable[str], near: Near, frequencies: Mapping[str, int], everything: int) -> Iterator[Collocate]:
    """Yield each word with its score, the words of the occurrences taken out of the archive's counts."""
    close = near.left.total() + near.right.total()
    outside = max(everything - near.own.total(), close)
    for word in words:
        left, right = near.left[word], near.right[word]
        count = left + right
        total = frequencies.get(word, 0)
        elsewhere = max(total - near.own[word], count)
        score = log_likelihood(count, close, elsewhere, outside)
        yield Collocate(word, count, left, right, max(total, count), close * elsewhere / outside, score)


def log_likelihood(near: int, close: int, all_: int, everything: int) -> float:
    """Return G² of a word said `near` times among `close` words near and `all_` times among `everything`.

    Dunning, Accurate Methods for the Statistics of Surprise and Coincidence (1993): twice the sum, over the four cells
    (near or not, this word or another), of observed times the logarithm of observed by expected. Below zero where the
    word is rarer near than chance would have it. 3.84 happens by chance once in 20 times, 10.83 once in 1,000, 15.13
    once in 10,000 (chi-square, one degree of freedom).
    """
    near_row, far_row = close, everything - close
    this, others = all_, everything - all_
    cells = (
        (near, near_row, this),
        (close - near, near_row, others),
        (all_ - near, far_row, this),
        (far_row - all_ + near, far_row, others),
    )
    score = 2 * sum(seen * log(seen * everything / (row * column)) for seen, row, column in cells if seen > 0)
    return max(score, 0.0) if near * everything >= close * all_ else min(-score, 0.0)


_ORDERS: Mapping[CollocateOrder, Callable[[Collocate], tuple[object, ...]]] = {
    CollocateOrder.SCORE: lambda one: (-one.score, -one.near, one.word),
    CollocateOrder.NEAR: lambda one: (-one.near, -one.score, one.word),
    CollocateOrder.LEFT: lambda one: (-one.left, -one.score, one.word),
    CollocateOrder.RIGHT: lambda one: (-one.right, -one.score, one.word),
    CollocateOrder.ALL: lambda one: (-one.all, -one.score, one.word),
    CollocateOrder.EXPECTED: lambda one: (-one.expected, -one.score, one.word),
    CollocateOrder.WORD: lambda one: (order_key(one.word),),
}
