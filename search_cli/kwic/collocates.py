"""Collocates: the words that occur near a word more often than by chance, scored by log-likelihood.

A word is near if it is within the window of an occurrence in the same turn. It counts once, for the nearest occurrence
(for the earlier of two equally near ones, on its right). The words of the occurrences themselves are left out of the
comparison. The score compares the frequency of a word near with that in the whole archive, whatever the filters are.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import log

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.client import ArchiveClient
from search_cli.kwic.collation import collation_key
from search_cli.kwic.occurrences import TurnMatch, find_turns, read_turns
from search_cli.kwic.word_sample import sampled
from search_cli.models import Span
from search_cli.query.checks import check_minimum
from search_cli.query.request import Filters, SearchRequest
from search_cli.query.request import request as search_request
from search_cli.query.stopwords import FUNCTION_WORDS
from search_cli.query.terms import word_spans

WINDOW = 5
"""Default number of words on each side: a usual span (Sinclair 1991 takes four)."""


class CollocateOrder(StrEnum):
    """The order of collocates: by score, by a count, or by word."""

    SCORE = "score"
    NEAR = "near"
    LEFT = "left"
    RIGHT = "right"
    ALL = "all"
    EXPECTED = "expected"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Collocate:
    """A collocate: counts near, left and right, in the whole archive, and the count expected by chance.

    `score` is Dunning's log-likelihood (G²), negative if the word is rarer near than elsewhere.
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
    """The collocates of a word. `found` counts them before the limit; `near_words` and `archive_words` count words.

    `window` is in words on each side; `least` is the minimum count of a collocate. Of more than 20,000 turns, a list of
    some collocates reads those of interviews at random: `turns` of `of_turns`.
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
    of_turns: int = 0


@dataclass(frozen=True, slots=True)
class CollocatesRequest:
    """The options of collocates: `limit` is None for all."""

    search: SearchRequest
    order: CollocateOrder
    limit: int | None
    window: int
    least: int
    function_words: bool


def collocates_request(
    query: str, sort: str, limit: int | None, window: int, least: int, function_words: bool, narrowing: Filters
) -> CollocatesRequest:
    """Check the options of collocates; raises `QueryError` and `UsageError` as a search does."""
    order = next((one for one in CollocateOrder if one == sort.strip().lower()), None)
    if order is None:
        raise UsageError(
            _("Collocates cannot be sorted by {sort}.").format(sort=sort),
            _("Choose one of {values}.").format(values=", ".join(CollocateOrder)),
        )
    for name, number in (("limit", limit), ("window", window), ("min", least)):
        if number is not None:
            check_minimum(name, number)
    return CollocatesRequest(search_request(query, **narrowing), order, limit, window, least, function_words)


@dataclass(slots=True)
class CollocateCounts:
    """Counts in turns: the words left and right of the occurrences, and the words of the occurrences themselves."""

    left: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    own: Counter[str] = field(default_factory=Counter)
    occurrences: int = 0
    turns: int = 0
    interviews: set[str] = field(default_factory=set)


def collocates(client: ArchiveClient, request: CollocatesRequest) -> Collocates:
    """Return the collocates of a query's words, scored against the archive."""
    matching = find_turns(client, request.search)
    sample = sampled(client, matching.body["query"], whole=request.limit is None)
    reading = replace(matching, body={**matching.body, "query": sample.query})
    counts = count_collocates(read_turns(client, reading), request.window)
    near = counts.left + counts.right
    words = [word for word, count in near.items() if count >= request.least and _is_listed(word, request)]
    frequencies, archive_words = client.frequencies(words) if words else ({}, 0)
    rows = sorted(score_collocates(words, counts, frequencies, archive_words), key=_SORT_KEYS[request.order])
    return Collocates(
        request.search.query,
        tuple(rows[: request.limit]),
        len(rows),
        counts.occurrences,
        counts.turns,
        len(counts.interviews),
        near.total(),
        archive_words,
        matching.archive_interviews,
        matching.words,
        matching.also,
        request.window,
        request.least,
        request.function_words,
        str(matching.match),
        sample.of_turns if sample.query is not matching.body["query"] else counts.turns,
    )


def _is_listed(word: str, request: CollocatesRequest) -> bool:
    return request.function_words or word not in FUNCTION_WORDS


def count_collocates(turns: Iterable[TurnMatch], window: int) -> CollocateCounts:
    """Count the words within `window` words of the occurrences; punctuation does not count."""
    counts = CollocateCounts()
    for turn in turns:
        counts.turns += 1
        counts.occurrences += len(turn.spans)
        counts.interviews.add(turn.source["interview_id"])
        words = turn.source.get("words", "").split()
        own, sides = nearby_words(word_spans(words, turn.plain.text), turn.spans, window)
        counts.own.update(words[index] for index in own)
        for index, before in sides.items():
            (counts.left if before else counts.right)[words[index]] += 1
    return counts


def nearby_words(words: Sequence[Span], spans: Iterable[Span], window: int) -> tuple[set[int], dict[int, bool]]:
    """Return the indices of the words in the spans, and for those near one whether they are before the nearest.

    `words` are the spans of the turn's words, in order.
    """
    starts, ends = [start for start, _ in words], [end for _, end in words]
    own: set[int] = set()
    distances: dict[int, tuple[int, bool]] = {}
    for start, end in spans:
        first, past = bisect_right(ends, start), bisect_left(starts, end)
        own.update(range(first, past))
        for distance in range(1, window + 1):
            for index, before in ((first - distance, True), (past - 1 + distance, False)):
                known = distances.get(index)
                if (known is None or distance < known[0]) and 0 <= index < len(words):
                    distances[index] = (distance, before)
    return own, {index: before for index, (_, before) in distances.items() if index not in own}


def score_collocates(
    words: Iterable[str], counts: CollocateCounts, frequencies: Mapping[str, int], archive_words: int
) -> Iterator[Collocate]:
    """Yield the collocates with their scores; the archive is counted without the words of the occurrences."""
    near_words = counts.left.total() + counts.right.total()
    all_words = max(archive_words - counts.own.total(), near_words)
    for word in words:
        left, right = counts.left[word], counts.right[word]
        near = left + right
        total = frequencies.get(word, 0)
        overall = max(total - counts.own[word], near)
        score = log_likelihood(near, near_words, overall, all_words)
        yield Collocate(word, near, left, right, max(total, near), near_words * overall / all_words, score)


def log_likelihood(near: int, near_words: int, overall: int, all_words: int) -> float:
    """Return G² of a word that occurs `near` times in `near_words` words and `overall` times in `all_words`.

    Dunning, Accurate Methods for the Statistics of Surprise and Coincidence (1993): twice the sum, over the four cells
    (near or not, this word or another), of observed times the logarithm of observed by expected. Negative if the word
    is rarer near than expected. By chance 3.84 is reached once in 20 times, 10.83 once in 1,000, 15.13 once in 10,000
    (chi-square, one degree of freedom).
    """
    far_words = all_words - near_words
    others = all_words - overall
    cells = (
        (near, near_words, overall),
        (near_words - near, near_words, others),
        (overall - near, far_words, overall),
        (far_words - overall + near, far_words, others),
    )
    score = 2 * sum(count * log(count * all_words / (row * column)) for count, row, column in cells if count > 0)
    return max(score, 0.0) if near * all_words >= near_words * overall else min(-score, 0.0)


_SORT_KEYS: Mapping[CollocateOrder, Callable[[Collocate], tuple[object, ...]]] = {
    CollocateOrder.SCORE: lambda one: (-one.score, -one.near, one.word),
    CollocateOrder.NEAR: lambda one: (-one.near, -one.score, one.word),
    CollocateOrder.LEFT: lambda one: (-one.left, -one.score, one.word),
    CollocateOrder.RIGHT: lambda one: (-one.right, -one.score, one.word),
    CollocateOrder.ALL: lambda one: (-one.all, -one.score, one.word),
    CollocateOrder.EXPECTED: lambda one: (-one.expected, -one.score, one.word),
    CollocateOrder.WORD: lambda one: (collation_key(one.word),),
}
