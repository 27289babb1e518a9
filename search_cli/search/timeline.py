"""Count turns by time: a row for each year, quarter, month or week, undated turns apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Response
from search_cli.query import aggregations, bodies
from search_cli.query.checks import parse_choice
from search_cli.query.request import FacetField, SearchRequest
from search_cli.search import responses
from search_cli.search.counted_turns import CountedTurns, counted_turns

LONGEST_GAP = 520
"""Periods without a turn that are listed one by one: ten years of weeks. One wrong date may be centuries away."""

_TIMES = {FacetField.DATE, FacetField.MONTH, FacetField.YEAR}
_DAY = "yyyy-MM-dd"


class Interval(StrEnum):
    """The length of a period; weeks begin on Monday and are numbered as in ISO 8601."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Period:
    """A period: its turns, the characters of all its turns, and its turns with each value of the field of the split.

    `period` is 2019, 2019-Q1, 2019-01 or 2019-W05; `since` and `until` are its first and last day, as `--since` and
    `--until` take them. The characters are those of all turns that pass the filters, whatever words they have.
    """

    period: str
    since: str
    until: str
    turns: int
    characters: int
    counts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """The turns that match by time: `turns` in all, of which `undated` are of interviews without a date.

    `across` are the values of the field `split`, the most frequent first, or those chosen in it; `more` counts those
    left out. Periods without a turn are among `periods`, unless several hundred follow each other. `match` tells which
    turns are counted, as in `SearchResult`.
    """

    query: str
    by: str
    split: str
    across: tuple[str, ...]
    periods: tuple[Period, ...]
    turns: int
    undated: int
    interviews: int
    more: int
    match: str


@dataclass(frozen=True, slots=True)
class TimelineRequest:
    """The options of a timeline: `split` is None for all turns together, `across` the number of its values."""

    search: SearchRequest
    by: Interval
    split: FacetField | None
    across: int


def timeline_request(search: SearchRequest, by: str, split: str, across: int) -> TimelineRequest:
    """Check the options of a timeline; raise `UsageError` for one that is not valid."""
    field = parse_choice("field", split, FacetField) if split else None
    if field in _TIMES:
        unsplit = _("A timeline cannot be split by {field}.").format(field=field)
        raise UsageError(unsplit, _("Choose speaker, topic, outlet or role."))
    return TimelineRequest(search, parse_choice("period", by, Interval), field, across)


def timeline(client: ArchiveClient, request: TimelineRequest) -> Timeline:
    """Return the turns that match by time, the same turns that facets count."""
    fields = (request.split,) if request.split else ()
    counted = counted_turns(client, replace(request.search, facets=fields))
    totals = client.search(client.names.turns, bodies.count(counted.query, _totals(request, counted)))
    across, more = _across(request, counted, totals)
    searches = (
        bodies.count(counted.query, _by_time(request, counted, across)),
        bodies.count(counted.base, {"times": _histogram(request.by, {"characters": {"sum": {"field": "length"}}})}),
    )
    times, base = client.searches([(client.names.turns, body) for body in searches]).responses
    buckets = base["aggregations"]["times"]["buckets"]
    characters = {bucket["key_as_string"]: int(bucket["characters"]["value"]) for bucket in buckets}
    periods = _periods(request.by, times["aggregations"]["times"]["buckets"], across, characters)
    return Timeline(
        query=request.search.query,
        by=str(request.by),
        split=str(request.split or ""),
        across=across,
        periods=tuple(periods),
        turns=responses.total(totals),
        undated=int(totals["aggregations"]["undated"]["doc_count"]),
        interviews=int(totals["aggregations"]["interviews"]["value"]),
        more=more,
        match=str(counted.match),
    )


def _totals(request: TimelineRequest, counted: CountedTurns) -> Body:
    """Return the aggregations of all turns: undated ones, interviews, and the values to split by."""
    aggs: Body = {**bodies.INTERVIEWS, "undated": {"missing": {"field": "date"}}}
    if request.split is not None and not counted.request.chosen(request.split):
        aggs["values"] = aggregations.aggregation(request.split, request.across, counted.request.tags)
        aggs |= aggregations.number_aggregation(request.split)
    return aggs


def _across(request: TimelineRequest, counted: CountedTurns, totals: Response) -> tuple[tuple[str, ...], int]:
    """Return the values to split by, and how many are left out."""
    if request.split is None:
        return (), 0
    if chosen := counted.request.chosen(request.split):
        return chosen, 0
    found = totals["aggregations"]
    if request.split is FacetField.TAG:
        every = [tag for tag, _turns in responses.tag_counts(found["values"])]
        return tuple(every[: request.across]), max(len(every) - request.across, 0)
    values = responses.keys(found["values"])
    return values, max(int(found[aggregations.number_name(request.split)]["value"]) - len(values), 0)


def _by_time(request: TimelineRequest, counted: CountedTurns, across: Sequence[str]) -> Body:
    """Return the aggregation of the turns of each period, and of each value in it."""
    if not (request.split and across):
        return {"times": _histogram(request.by, {})}
    values = aggregations.values_aggregation(request.split, across, counted.request.tags)
    return {"times": _histogram(request.by, {"values": values})}


def _histogram(by: Interval, aggs: Body) -> Body:
    histogram = {"field": "date", "calendar_interval": str(by), "format": _DAY, "min_doc_count": 1}
    return {"date_histogram": histogram, **({"aggs": aggs} if aggs else {})}


def _periods(
    by: Interval, buckets: Sequence[Response], across: Sequence[str], characters: Mapping[str, int]
) -> Iterator[Period]:
    """Yield the periods in order, with those between that have no turn."""
    found = {date.fromisoformat(bucket["key_as_string"]): bucket for bucket in buckets}
    for first in _filled(by, sorted(found)):
        bucket = found.get(first, {})
        values = dict(responses.value_counts(bucket.get("values", {})))
        yield Period(
            period=period_name(by, first),
            since=first.isoformat(),
            until=_last_day(by, first).isoformat(),
            turns=int(bucket.get("doc_count", 0)),
            characters=characters.get(first.isoformat(), 0),
            counts=tuple(values.get(one, 0) for one in across),
        )


def _filled(by: Interval, days: Sequence[date]) -> Iterator[date]:
    """Yield the first days of periods with those between them, where they are not very many."""
    for day, following in pairwise(days):
        yield day
        between = list(_between(by, day, following))
        if len(between) <= LONGEST_GAP:
            yield from between
    yield from days[-1:]


def _between(by: Interval, day: date, end: date) -> Iterator[date]:
    """Yield the first days of the periods between two, one more than `LONGEST_GAP` at most."""
    for _period in range(LONGEST_GAP + 1):
        day = _last_day(by, day) + timedelta(days=1)
        if day >= end:
            return
        yield day


def _last_day(by: Interval, first: date) -> date:
    """Return the last day of the period that begins on `first`."""
    if by is Interval.WEEK:
        return min(first, date.max - timedelta(days=6)) + timedelta(days=6)
    months = {Interval.YEAR: 12, Interval.QUARTER: 3, Interval.MONTH: 1}[by]
    years, month = divmod(first.month - 1 + months, 12)
    if first.year + years > date.max.year:
        return date.max
    return date(first.year + years, month + 1, 1) - timedelta(days=1)


def period_name(by: Interval, first: date) -> str:
    """Return the name of the period that begins on `first`: 2019, 2019-Q1, 2019-01, 2019-W05."""
    match by:
        case Interval.YEAR:
            return f"{first.year:04}"
        case Interval.QUARTER:
            return f"{first.year:04}-Q{(first.month + 2) // 3}"
        case Interval.MONTH:
            return f"{first.year:04}-{first.month:02}"
        case Interval.WEEK:
            year, week, _day = first.isocalendar()
            return f"{year:04}-W{week:02}"
