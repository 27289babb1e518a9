"""Word lists: the words of turns by frequency, or by keyness against all other turns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from search_cli.client import ArchiveClient
from search_cli.kwic.collation import collation_key
from search_cli.kwic.keyness import CERTAIN, KeyWord, OtherWords, count_others, count_words, listed_words, score_words
from search_cli.query.checks import check_minimum, parse_choice
from search_cli.query.request import SearchRequest
from search_cli.search.counted_turns import counted_turns

LEAST = 3
"""Default minimum of a word's count: a word said once or twice tells little of a speaker."""


class WordOrder(StrEnum):
    """The order of words: by certainty of the difference, by its size, by count, or by word."""

    SCORE = "score"
    RATIO = "ratio"
    COUNT = "count"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class WordList:
    """The words of the turns that match a query. `found` counts them before the limit.

    Of more than 20,000 turns, a list of some words counts those of interviews at random: `turns` of `of_turns`.
    `turns`, `interviews` and `total` count the turns, their interviews and words, `others` the words of all other
    turns: 0 if there are none, then words have no keyness. `is_estimate`: what is told of other turns is an estimate,
    as these are some of the turns, or Elasticsearch still counts turns that were replaced. `match` tells which turns
    are counted, as in `SearchResult`.
    """

    query: str
    sort: str
    words: tuple[KeyWord, ...]
    found: int
    turns: int
    interviews: int
    total: int
    others: int
    least: int
    function_words: bool
    match: str
    is_estimate: bool = False
    of_turns: int = 0


@dataclass(frozen=True, slots=True)
class WordsRequest:
    """The options of a word list: `order` is None for keyness, or counts if there are no other turns."""

    search: SearchRequest
    order: WordOrder | None
    limit: int | None
    least: int
    function_words: bool


def words_request(
    search: SearchRequest, sort: str, limit: int | None, least: int, *, function_words: bool
) -> WordsRequest:
    """Check the options of a word list; raise `UsageError` for one that is not valid."""
    if limit is not None:
        check_minimum("limit", limit)
    order = parse_choice("sort", sort, WordOrder) if sort else None
    return WordsRequest(search, order, limit, check_minimum("min", least), function_words)


def word_list(client: ArchiveClient, request: WordsRequest) -> WordList:
    """Return the words of the turns that facets count, with their keyness against all other turns."""
    counted = counted_turns(client, request.search)
    own = count_words(client, counted.query, whole=request.limit is None)
    listed = listed_words(own, request.least, function_words=request.function_words)
    others = OtherWords() if counted.is_whole_archive else count_others(client, counted.query, own, listed)
    order = request.order or (WordOrder.SCORE if others.total else WordOrder.COUNT)
    rows = sorted(score_words(listed, own, others.counts, others.total), key=_SORT_KEYS[order])
    if order is WordOrder.RATIO and others.total:
        rows = [row for row in rows if abs(row.score) >= CERTAIN]
    return WordList(
        query=request.search.query,
        sort=str(order),
        words=tuple(rows[: request.limit]),
        found=len(rows),
        turns=own.turns,
        of_turns=own.of_turns,
        interviews=own.interviews,
        total=own.total,
        others=others.total,
        least=request.least,
        function_words=request.function_words,
        match=str(counted.match),
        is_estimate=others.is_estimate,
    )


_SORT_KEYS: Mapping[WordOrder, Callable[[KeyWord], tuple[object, ...]]] = {
    WordOrder.SCORE: lambda one: (-one.score, -one.count, one.word),
    WordOrder.RATIO: lambda one: (-one.log_ratio, -one.score, one.word),
    WordOrder.COUNT: lambda one: (-one.count, -one.score, one.word),
    WordOrder.WORD: lambda one: (collation_key(one.word),),
}
