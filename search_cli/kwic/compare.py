"""Compare two speakers, outlets, years, topics or interviews: how much, which words, which topics."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import cast

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Response
from search_cli.kwic.collocates import log_likelihood
from search_cli.kwic.keyness import KeyWord, WordCounts, count_words, listed_words, log_ratio, score_words
from search_cli.query import bodies
from search_cli.query.checks import check_minimum, parse_choice
from search_cli.query.request import FacetField, Filters, Match, SearchRequest, request
from search_cli.search import responses
from search_cli.search.counted_turns import CountedTurns, counted_turns

LEAST = 3
"""Minimum count of a word on one of the sides."""


class ComparisonField(StrEnum):
    """What is compared: two values of a field."""

    SPEAKER = "speaker"
    ROLE = "role"
    TOPIC = "topic"
    OUTLET = "outlet"
    INTERVIEW = "interview"
    AUTHOR = "author"
    LANGUAGE = "language"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class ComparedSide:
    """One of two values: its turns that match the query, with their characters, words, interviews and years.

    `per_10k` are these turns per 10,000 characters of `all_characters`, those of all its turns that pass the filters.
    `value` is as the archive has it. Words are counted in `word_turns`: of more than 20,000 turns, in some interviews.
    """

    value: str
    turns: int
    characters: int
    words: int
    interviews: int
    first: str
    last: str
    all_characters: int
    per_10k: float
    word_turns: int = 0


@dataclass(frozen=True, slots=True)
class ComparedTopic:
    """A topic: the turns of either side that have it, with the score and log ratio of the difference, as of words."""

    topic: str
    left: int
    right: int
    score: float
    log_ratio: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values of the field `by`, compared in the turns that match a query.

    `left_words` are more frequent on the left, the most certain first, with `others` those of the right side;
    `right_words` the other way round. `topics` are the most frequent of both. `both` counts turns on either side at
    once: a turn may have two topics. `match` tells which turns are counted, on both sides, as in `SearchResult`.
    """

    query: str
    by: str
    left: ComparedSide
    right: ComparedSide
    both: int
    left_words: tuple[KeyWord, ...]
    right_words: tuple[KeyWord, ...]
    topics: tuple[ComparedTopic, ...]
    match: str


@dataclass(frozen=True, slots=True)
class ComparisonRequest:
    """The options of a comparison: a search for each side, and how many words and topics are listed."""

    query: str
    by: ComparisonField
    values: tuple[str, str]
    searches: tuple[SearchRequest, SearchRequest]
    limit: int
    function_words: bool


def comparison_request(
    values: tuple[str, str], by: str, query: str, limit: int, filters: Filters, *, function_words: bool
) -> ComparisonRequest:
    """Check the options of a comparison; raise `UsageError` for one that is not valid."""
    field = parse_choice("field", by, ComparisonField)
    if field in filters:
        raise UsageError(
            _("--{field} chooses what is compared.").format(field=field),
            _("Leave it out: fangtan compare A B --by {field}").format(field=field),
        )
    left, right = (request(query, **cast("Filters", {**filters, str(field): value})) for value in values)
    limit = check_minimum("limit", limit)
    return ComparisonRequest(query, field, values, (left, right), limit, function_words)


def compare(client: ArchiveClient, asked: ComparisonRequest) -> Comparison:
    """Return two values compared; raise `NotFoundError` for one that the archive does not have."""
    sides = _alike([counted_turns(client, search) for search in asked.searches])
    _check_different(asked, sides)
    about = client.searches([(client.names.turns, body) for side in sides for body in _about(side, asked.limit)])
    totals, bases = about.responses[::2], about.responses[1::2]
    words = [count_words(client, side.query, whole=False) for side in sides]
    both = {"bool": {"filter": [side.query for side in sides]}}
    names = [_value(asked, side, typed) for side, typed in zip(sides, asked.values, strict=True)]
    left, right = map(_side, names, totals, bases, words)
    return Comparison(
        query=asked.query,
        by=str(asked.by),
        left=left,
        right=right,
        both=responses.total(client.search(client.names.turns, bodies.count(both))),
        left_words=tuple(_key_words(words[0], words[1], asked)),
        right_words=tuple(_key_words(words[1], words[0], asked)),
        topics=_topics(client, sides, totals, asked.limit),
        match=str(sides[0].match),
    )


def _alike(sides: Sequence[CountedTurns]) -> list[CountedTurns]:
    """Return the sides with turns that match alike: the narrowest level that either has turns of."""
    match = min((side.match for side in sides), key=(*bodies.LEVELS, Match.ANY).index)
    return [replace(side, match=match) for side in sides]


def _check_different(asked: ComparisonRequest, sides: Sequence[CountedTurns]) -> None:
    """Raise `UsageError` if both sides are the same turns, as 唐鳳 and 唐凤 are."""
    if sides[0].query == sides[1].query:
        left, right = asked.values
        raise UsageError(
            _("{left} and {right} are the same {field}.").format(left=left, right=right, field=_(str(asked.by))),
            _("fangtan facets {field} lists the others.").format(field=asked.by),
        )


def _value(asked: ComparisonRequest, side: CountedTurns, typed: str) -> str:
    """Return a value as the archive has it."""
    return next(iter(side.request.chosen(FacetField(asked.by))), typed)


def _about(side: CountedTurns, limit: int) -> Iterator[Body]:
    """Yield the searches for the totals of a side, and for the characters of all its turns."""
    characters = {"sum": {"field": "length"}}
    days = {"field": "date", "format": "yyyy-MM-dd"}
    yield bodies.count(
        side.query,
        {
            **bodies.INTERVIEWS,
            "characters": characters,
            "first": {"min": days},
            "last": {"max": days},
            "topics": {"terms": {"field": "topics", "size": limit}},
        },
    )
    yield bodies.count(side.base, {"characters": characters})


def _side(value: str, totals: Response, base: Response, words: WordCounts) -> ComparedSide:
    found = totals["aggregations"]
    turns, characters = responses.total(totals), int(base["aggregations"]["characters"]["value"])
    return ComparedSide(
        value=value,
        turns=turns,
        characters=int(found["characters"]["value"]),
        words=words.total,
        interviews=int(found["interviews"]["value"]),
        first=str(found["first"].get("value_as_string", "")),
        last=str(found["last"].get("value_as_string", "")),
        all_characters=characters,
        per_10k=10_000 * turns / characters if characters else 0.0,
        word_turns=words.turns,
    )


def _key_words(own: WordCounts, other: WordCounts, asked: ComparisonRequest) -> list[KeyWord]:
    """Return the words of one side that are more frequent there, the most certain first."""
    listed = listed_words(own, LEAST, function_words=asked.function_words)
    scored = (one for one in score_words(listed, own, other.counts, other.total) if one.score > 0)
    return sorted(scored, key=lambda one: (-one.score, -one.count, one.word))[: asked.limit]


def _topics(
    client: ArchiveClient, sides: Sequence[CountedTurns], totals: Sequence[Response], limit: int
) -> tuple[ComparedTopic, ...]:
    """Return the most frequent topics of both sides, those first that differ most certainly."""
    frequent = [responses.value_counts(total["aggregations"]["topics"]) for total in totals]
    names = list(dict.fromkeys(name for values in frequent for name, _ in values))
    if not names:
        return ()
    aggs = {"topics": {"terms": {"field": "topics", "include": names, "size": len(names)}}}
    answers = client.searches([(client.names.turns, bodies.count(side.query, aggs)) for side in sides]).responses
    left, right = (dict(responses.value_counts(answer["aggregations"]["topics"])) for answer in answers)
    turns = [responses.total(total) for total in totals]
    rows = [_topic(name, left.get(name, 0), right.get(name, 0), turns) for name in names]
    most = sorted(rows, key=lambda one: (-one.left - one.right, one.topic))[:limit]
    return tuple(sorted(most, key=lambda one: (-one.score, one.topic)))


def _topic(name: str, left: int, right: int, turns: Sequence[int]) -> ComparedTopic:
    score = log_likelihood(left, turns[0], left + right, sum(turns)) if all(turns) else 0.0
    return ComparedTopic(name, left, right, score, log_ratio(left, turns[0], right, turns[1]))
