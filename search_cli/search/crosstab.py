"""Count turns by two fields: each pair of values, and the characters of each row."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Response
from search_cli.models import Crosstab, CrosstabRow
from search_cli.query import bodies
from search_cli.query.request import FacetField, Match, SearchRequest
from search_cli.search import responses, searcher
from search_cli.search.searcher import PreparedSearch

_MOST_VALUES = 1000
"""Values counted per row: more topics than any speaker has."""


def crosstab(
    client: ArchiveClient, request: SearchRequest, fields: Sequence[FacetField], size: int, across: int
) -> Crosstab:
    """Return the turns that match by one field or by two: at most `size` rows and `across` columns.

    Characters are those of all turns that pass the filters, whatever the query: a rate must not depend on how much
    somebody says.
    """
    prepared = searcher.prepare(client, request)
    rows, columns = fields[0], fields[1] if len(fields) > 1 else None
    match = request.match or Match.MOST
    everything = replace(prepared.request, node=type(request.node)())
    searches = [
        _counts(prepared, match, rows, columns, size, across),
        _characters(replace(prepared, request=everything), rows),
    ]
    counts, characters = client.searches([(client.names.turns, body) for body in searches]).responses
    return _table(counts, _sums(characters), rows, columns)


def _counts(
    prepared: PreparedSearch, match: Match, rows: FacetField, columns: FacetField | None, size: int, across: int
) -> Body:
    """Return the search that counts the pairs."""
    row: Body = bodies.aggregation(rows, size)
    aggs: Body = {
        "rows": row,
        "interviews": {"cardinality": {"field": "interview_id"}},
        "first": {"min": {"field": "date", "format": "yyyy"}},
        "last": {"max": {"field": "date", "format": "yyyy"}},
    }
    if columns is not None:
        row["aggs"] = {"columns": bodies.aggregation(columns, _MOST_VALUES)}
        aggs["columns"] = bodies.aggregation(columns, across)
    return bodies.count(bodies.match_query(prepared.request, prepared.terms, match), aggs)


def _characters(prepared: PreparedSearch, rows: FacetField) -> Body:
    """Return the search that sums the characters of each row."""
    row = {**bodies.aggregation(rows, _MOST_VALUES), "aggs": {"characters": {"sum": {"field": "length"}}}}
    query = bodies.match_query(prepared.request, prepared.terms, Match.ANY)
    return {"query": query, "size": 0, "aggs": {"rows": row}}


def _sums(response: Response) -> dict[str, int]:
    """Return the characters of each row."""
    return {_key(one): int(one["characters"]["value"]) for one in response["aggregations"]["rows"]["buckets"]}


def _table(counts: Response, characters: Mapping[str, int], rows: FacetField, columns: FacetField | None) -> Crosstab:
    """Build the table from the two responses."""
    found = counts["aggregations"]
    across = tuple(_key(one) for one in found["columns"]["buckets"]) if columns is not None else ()
    return Crosstab(
        rows=str(rows),
        columns=str(columns or ""),
        across=across,
        lines=tuple(_row(bucket, across, characters.get(_key(bucket), 0)) for bucket in found["rows"]["buckets"]),
        turns=responses.total(counts),
        interviews=int(found["interviews"]["value"]),
        first=str(found["first"].get("value_as_string", "")),
        last=str(found["last"].get("value_as_string", "")),
    )


def _row(bucket: Response, across: Sequence[str], characters: int) -> CrosstabRow:
    """Build a row, with a count for each column."""
    counts = {_key(one): int(one["doc_count"]) for one in bucket.get("columns", {}).get("buckets", ())}
    return CrosstabRow(_key(bucket), bucket["doc_count"], characters, tuple(counts.get(value, 0) for value in across))


def _key(bucket: Response) -> str:
    """Return a bucket's value as it is shown: a month, not its milliseconds."""
    return str(bucket.get("key_as_string", bucket["key"]))
