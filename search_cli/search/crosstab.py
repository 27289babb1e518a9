"""Count turns by two fields: each pair of values, and the characters of each row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Clause, Response
from search_cli.query import aggregations, bodies
from search_cli.query.clauses import all_of, tagged
from search_cli.query.request import FacetField, Match, SearchRequest
from search_cli.search import responses
from search_cli.search.every_value import every_value
from search_cli.search.facet_counts import counted_match
from search_cli.search.prepared_search import prepare

MOST_COLUMNS = 1000
"""Columns of a table at most: `Crosstab.more_columns` counts those left out."""

_FEW = 200
"""Rows that turns are looked up by; of more, all turns are gone through."""

_CELLS = 30_000  # per search: Elasticsearch refuses more than 65,536 buckets


@dataclass(frozen=True, slots=True)
class CrosstabRow:
    """A row of a crosstab: its turns, the characters of all its turns, and its turns in each column."""

    value: str
    turns: int
    characters: int
    counts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Crosstab:
    """The turns that match by two fields, or by one if `columns` is "".

    `across` are the values of the columns, the most frequent first; `turns` and `interviews` count all that match;
    `first` and `last` are their years, "" if no interview has a date. `more_rows` and `more_columns` count the values
    left out. Values chosen in one of the fields, `chosen_rows` and `chosen_columns`, do not limit the table, but always
    have a row or a column. `match` tells which turns are counted, as in `SearchResult`.
    """

    rows: str
    columns: str
    across: tuple[str, ...]
    lines: tuple[CrosstabRow, ...]
    turns: int
    interviews: int
    first: str = ""
    last: str = ""
    more_rows: int = 0
    more_columns: int = 0
    chosen_rows: tuple[str, ...] = ()
    chosen_columns: tuple[str, ...] = ()
    match: str = "all"


@dataclass(frozen=True, slots=True)
class _Axis:
    """The values of a field that are shown, and how many are not; `field` is the year for a date of many months."""

    field: FacetField
    counts: Mapping[str, int]
    more: int
    chosen: tuple[str, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """Return the values, in order."""
        return tuple(self.counts)


def crosstab(
    client: ArchiveClient, request: SearchRequest, fields: Sequence[FacetField], size: int | None, across: int | None
) -> Crosstab:
    """Return the turns that match by one field or by two: at most `size` rows and `across` columns, all without them.

    The turns are those that facets count; of a table by tags, those with a tag. Values chosen in a field of the table
    do not limit it.
    Characters are those of all turns that pass the filters, whatever the query: a rate must not depend on how much
    somebody says.
    """
    prepared = prepare(client, replace(request, facets=tuple(fields)))
    match = counted_match(client, prepared)
    query = bodies.match_query(prepared.request, prepared.terms, match, without=fields)
    if FacetField.TAG in fields:  # few turns have one: the other field would list values without any
        query = all_of([query, tagged(prepared.request.tags)])
    limits = (size, min(across or MOST_COLUMNS, MOST_COLUMNS))
    counts = client.search(client.names.turns, _margins(prepared.request, query, fields, limits))
    axes = [
        _axis(client, prepared.request, counts, query, field, limit)
        for field, limit in zip(fields, limits, strict=False)
    ]
    rows, columns = axes[0], axes[1] if len(axes) > 1 else None
    everything = replace(prepared, request=replace(prepared.request, node=type(prepared.request.node)()))
    whole = bodies.match_query(everything.request, everything.terms, Match.ANY, without=fields)
    asked = prepared.request
    cells = _cells(client, asked, query, rows, columns) if columns is not None else {}
    table = _table(counts, rows, columns, _characters(client, asked, whole, rows), cells)
    return replace(table, match=str(match), rows=str(fields[0]), columns=str(fields[1]) if columns is not None else "")


def _margins(request: SearchRequest, query: Clause, fields: Sequence[FacetField], limits: Sequence[int | None]) -> Body:
    """Return the search for the values of each field, their number, and what the turns are from."""
    aggs: Body = {
        **bodies.INTERVIEWS,
        "first": {"min": {"field": "date", "format": "yyyy"}},
        "last": {"max": {"field": "date", "format": "yyyy"}},
    }
    for field, limit in zip(fields, limits, strict=False):
        aggs[str(field)] = aggregations.aggregation(field, limit or 1, request.tags)
        aggs |= aggregations.number_aggregation(field)
        if values := request.chosen(field):
            aggs[aggregations.chosen_name(field)] = aggregations.values_aggregation(field, values, request.tags)
    return bodies.count(query, aggs)


def _axis(
    client: ArchiveClient, request: SearchRequest, counts: Response, query: Clause, field: FacetField, limit: int | None
) -> _Axis:
    """Return the values of a field that are shown: the most frequent, and those chosen."""
    keyword = aggregations.facet_keyword(field)
    found = counts["aggregations"]
    if keyword and limit is None:
        buckets = every_value(client, client.names.turns, query, keyword)
        every = {bucket["key"]: int(bucket["doc_count"]) for bucket in buckets}
        return _Axis(field, every, 0, request.chosen(field))
    if field is FacetField.TAG:
        return _tag_axis(responses.tag_counts(found[str(field)]), request.chosen(field), limit)
    values = responses.value_counts(found[str(field)])
    if field is FacetField.DATE and len(values) > responses.MONTHS:
        field, values = FacetField.YEAR, responses.by_year(values)
    values += responses.value_counts(found.get(aggregations.chosen_name(field), {}))
    shown = dict(values)
    more = int(found[aggregations.number_name(field)]["value"]) - len(shown) if keyword else 0
    return _Axis(field, shown, max(more, 0), request.chosen(field))


def _tag_axis(values: Sequence[tuple[str, int]], chosen: tuple[str, ...], limit: int | None) -> _Axis:
    """Return the tags that are shown; all were counted."""
    shown = dict(values if limit is None else values[:limit])
    shown |= {value: dict(values).get(value, 0) for value in chosen if value not in shown}
    return _Axis(FacetField.TAG, shown, max(len(values) - len(shown), 0), chosen)


def _cells(
    client: ArchiveClient, request: SearchRequest, query: Clause, rows: _Axis, columns: _Axis
) -> dict[str, dict[str, int]]:
    """Return the turns of each pair: for each row, those of its columns."""
    across = aggregations.values_aggregation(columns.field, columns.values, request.tags)
    inner = {"columns": across} if columns.counts else {}
    found = _grouped(client, request, query, rows, inner, max(_CELLS // max(len(columns.counts), 1), 1))
    return {value: dict(responses.value_counts(bucket.get("columns", {}))) for value, bucket in found}


def _characters(client: ArchiveClient, request: SearchRequest, query: Clause, rows: _Axis) -> dict[str, int]:
    """Return the characters of each row."""
    aggs: Body = {"characters": {"sum": {"field": "length"}}}
    if (keyword := aggregations.facet_keyword(rows.field)) and 0 < len(rows.values) <= _FEW:
        # of a million turns, those of twenty speakers are found much faster than the speaker of each is looked up
        each = {"filters": {"filters": [{"term": {keyword: value}} for value in rows.values]}, "aggs": aggs}
        body = {"query": query, "size": 0, "track_total_hits": False, "aggs": {"rows": each}}
        answer = client.search(client.names.turns, body)["aggregations"]["rows"]["buckets"]
        found: Iterable[tuple[str, Response]] = zip(rows.values, answer, strict=True)
    else:
        found = _grouped(client, request, query, rows, aggs, _CELLS)
    return {value: int(bucket["characters"]["value"]) for value, bucket in found}


def _grouped(
    client: ArchiveClient, request: SearchRequest, query: Clause, rows: _Axis, aggs: Body, per_search: int
) -> Iterator[tuple[str, Response]]:
    """Yield the bucket of each row, with aggregations of its own; so many rows are counted by one search."""
    remaining = iter(rows.values)
    while some := list(islice(remaining, per_search)):
        one = {**aggregations.values_aggregation(rows.field, some, request.tags), **({"aggs": aggs} if aggs else {})}
        body = {"query": query, "size": 0, "track_total_hits": False, "aggs": {"rows": one}}
        for bucket in client.search(client.names.turns, body)["aggregations"]["rows"]["buckets"]:
            yield str(bucket.get("key_as_string", bucket["key"])), bucket
        if rows.field is not FacetField.TAG and not aggregations.facet_keyword(rows.field):
            return  # months and years come all at once


def _table(
    counts: Response,
    rows: _Axis,
    columns: _Axis | None,
    characters: Mapping[str, int],
    cells: Mapping[str, Mapping[str, int]],
) -> Crosstab:
    """Build the table."""
    found = counts["aggregations"]
    across = columns.values if columns is not None else ()
    return Crosstab(
        rows=str(rows.field),
        columns=str(columns.field) if columns is not None else "",
        across=across,
        lines=tuple(
            CrosstabRow(
                value, turns, characters.get(value, 0), tuple(cells.get(value, {}).get(one, 0) for one in across)
            )
            for value, turns in rows.counts.items()
        ),
        turns=responses.total(counts),
        interviews=int(found["interviews"]["value"]),
        first=str(found["first"].get("value_as_string", "")),
        last=str(found["last"].get("value_as_string", "")),
        more_rows=rows.more,
        more_columns=columns.more if columns is not None else 0,
        chosen_rows=rows.chosen,
        chosen_columns=columns.chosen if columns is not None else (),
    )
