"""What a person typed, on the command line or in Python, as one `SearchRequest`."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypedDict, TypeVar, Unpack

from indexer.errors import UsageError
from search_cli.query.parser import All, Field, Node, Word, parse
from search_cli.query.values import Range, Value, day_span, value_of

Values = str | Iterable[str]
"""One value or several; several mean any of them."""


class Sort(StrEnum):
    """The order of hits: best first, latest first, or as they stand in the interviews."""

    RELEVANCE = "relevance"
    DATE = "date"
    POSITION = "position"


class Match(StrEnum):
    """Which turns: with any word, with most (up to two words all, then three quarters), with all."""

    ANY = "any"
    MOST = "most"
    ALL = "all"


class FacetField(StrEnum):
    """What turns can be counted by; `date` is months, or years where there are many months."""

    SPEAKER = "speaker"
    ROLE = "role"
    TOPIC = "topic"
    KEYWORD = "keyword"
    OUTLET = "outlet"
    INTERVIEW = "interview"
    DATE = "date"
    MONTH = "month"
    YEAR = "year"


E = TypeVar("E", bound=StrEnum)

WINDOW = 10_000
"""Hits that can be paged to: Elasticsearch's `index.max_result_window`, left at its default."""


class Filters(TypedDict, total=False):
    """The filters, each also a field of the query language. `since` and `until` are 2013, 2013-07 or 2013-07-05.

    `match` is any, most or all: which turns are given and counted; the question a turn answers helps it. Without it,
    hits are those with any word and facets count those with most.
    """

    speaker: Values
    role: Values
    topic: Values
    outlet: Values
    interview: Values
    keyword: Values
    since: str
    until: str
    match: str | None


class SearchOptions(Filters, total=False):
    """The filters, and how hits are given: order, page (from 1), facets, turns around each hit (`context`)."""

    sort: str
    limit: int
    page: int
    facets: Values
    context: int


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search: the words asked for, what narrows it, and how the answer is given.

    `filters` all bind, each by any of its values; a field given both in the query and as an option is one filter.
    `node` is the rest of the query.
    """

    query: str = ""
    node: All = field(default_factory=All)
    filters: tuple[Field, ...] = ()
    match: Match | None = None
    sort: Sort = Sort.RELEVANCE
    limit: int = 10
    page: int = 1
    facets: tuple[FacetField, ...] = ()
    context: int = 0

    @property
    def first(self) -> int:
        """Return how many hits lie before this page."""
        return (self.page - 1) * self.limit


def request(query: str = "", **options: Unpack[SearchOptions]) -> SearchRequest:
    """Return the search that was typed; raise `QueryError` for its grammar, `UsageError` for an option's value."""
    nodes = parse(query).nodes
    match = options.get("match")
    asked = SearchRequest(
        query=query,
        node=All(tuple(node for node in nodes if not isinstance(node, Field))),
        filters=_filters(nodes, options),
        match=_one_of("match", match, Match) if match else None,
        sort=_one_of("sort", options.get("sort", Sort.RELEVANCE), Sort),
        limit=_at_least(1, "limit", options.get("limit", 10)),
        page=_at_least(1, "page", options.get("page", 1)),
        facets=facet_fields(options.get("facets", ())),
        context=_at_least(0, "context", options.get("context", 0)),
    )
    if asked.first + asked.limit > WINDOW:
        raise UsageError(
            f"Only the first {WINDOW:,} hits can be paged to.",
            "Narrow the search, or write all hits: --all with --jsonl, --csv or --ids.",
        )
    return asked


def facet_fields(given: Values) -> tuple[FacetField, ...]:
    """Return the fields to count by, each once; raise `UsageError` for one that turns are not counted by."""
    return tuple(dict.fromkeys(_one_of("facet", name, FacetField) for name in _listed(given)))


def check_depth(depth: int) -> None:
    """Raise `UsageError` for a number of hits that a TREC run cannot have."""
    _at_least(1, "depth", depth)
    if depth > WINDOW:
        raise UsageError(f"A run holds the first {WINDOW:,} hits of a query at most.", "Ask for fewer.")


def plain_request(text: str) -> SearchRequest:
    """Return the search for the words of `text`, none of its signs taken as operators."""
    return SearchRequest(query=text, node=All((Word(text),) if text.strip() else ()))


def _filters(nodes: tuple[Node, ...], options: SearchOptions) -> tuple[Field, ...]:
    """Return one filter a field: its values in the query and the options. The options' dates are one of their own."""
    values: dict[str, list[Value]] = {}
    for node in nodes:
        if isinstance(node, Field):
            values.setdefault(node.name, []).extend(node.values)
    for name, given in _given(options):
        values.setdefault(name, []).extend(value_of(name, one) for one in given)
    merged = [Field(name, tuple(dict.fromkeys(found))) for name, found in values.items() if found]
    return (*merged, *_dates(options.get("since") or "", options.get("until") or ""))


def _given(options: SearchOptions) -> list[tuple[str, tuple[str, ...]]]:
    """Return the options that are fields, each with its values."""
    return [
        ("speaker", _listed(options.get("speaker"))),
        ("role", _listed(options.get("role"))),
        ("topic", _listed(options.get("topic"))),
        ("outlet", _listed(options.get("outlet"))),
        ("interview", _listed(options.get("interview"))),
        ("keyword", _listed(options.get("keyword"))),
    ]


def _dates(since: str, until: str) -> tuple[Field, ...]:
    if not since and not until:
        return ()
    low = day_span(since)[0] if since else None
    high = day_span(until)[1] if until else None
    if low and high and low > high:
        raise UsageError(f"--since {since} is later than --until {until}.", "Give the earlier date to --since.")
    return (Field("date", (Range(low, high),)),)


def _listed(values: Values | None) -> tuple[str, ...]:
    """Return one value or several as a tuple, empty ones left out."""
    given = (values,) if isinstance(values, str) else tuple(values or ())
    return tuple(value for value in given if value.strip())


def _one_of(option: str, value: str, choices: type[E]) -> E:
    found = next((choice for choice in choices if choice == value.strip().lower()), None)
    if found is None:
        raise UsageError(f"{value} is no {option}.", f"Choose one of {', '.join(choices)}.")
    return found


def _at_least(least: int, option: str, value: int) -> int:
    if value < least:
        raise UsageError(f"--{option} {value} is too small.", f"Give {least} or more.")
    return value
