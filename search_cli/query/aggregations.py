"""Build the searches and aggregations of facets. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from search_cli.json_types import Body
from search_cli.query import bodies
from search_cli.query.clauses import tagged
from search_cli.query.request import FacetField, Match, SearchRequest
from search_cli.query.terms import QueryTerms
from search_cli.query.values import TaggedTurns

_PRECISION = 40_000  # values up to which their number is exact
_FACETS: Mapping[FacetField, str] = {
    FacetField.SPEAKER: "speaker",
    FacetField.ROLE: "role",
    FacetField.TOPIC: "topics",
    FacetField.KEYWORD: "keywords",
    FacetField.OUTLET: "outlet",
    FacetField.INTERVIEW: "interview_id",
    FacetField.AUTHOR: "authors",
    FacetField.AFFILIATION: "affiliation",
    FacetField.LANGUAGE: "language",
    FacetField.MENTIONS: "mentions",
}


def facet_bodies(
    request: SearchRequest, terms: QueryTerms, fields: Iterable[FacetField], match: Match, size: int
) -> dict[tuple[FacetField, ...], Body]:
    """Return a search for each group of facets that count the same turns.

    A facet with values chosen in its own field counts the turns without that filter, so that other values can be chosen
    too; the chosen ones are always among its values.
    """
    several = tuple(fields)
    unfiltered = tuple(field for field in several if not request.chosen(field))
    groups = [unfiltered] if unfiltered else []
    groups += [(field,) for field in several if request.chosen(field)]
    return {
        group: bodies.count(
            bodies.match_query(request, terms, match, without=group), _facet_aggregations(request, group, size)
        )
        for group in groups
    }


def _facet_aggregations(request: SearchRequest, fields: Iterable[FacetField], size: int) -> Body:
    """Return the aggregations of facets, and those of the values chosen in their fields."""
    aggs: Body = {}
    for field in fields:
        aggs[str(field)] = aggregation(field, size, request.tags)
        aggs |= number_aggregation(field)
        if values := request.chosen(field):
            aggs[chosen_name(field)] = values_aggregation(field, values, request.tags)
    return aggs


def chosen_name(field: FacetField) -> str:
    """Return the name of the aggregation of the values chosen in the field of a facet."""
    return f"{field} chosen"


def number_name(field: FacetField) -> str:
    """Return the name of the aggregation that tells how many values a facet has."""
    return f"{field} values"


def number_aggregation(field: FacetField) -> Body:
    """Return the aggregation that tells how many values a facet has; none for months, years and tags: all are there."""
    if field not in _FACETS:
        return {}
    return {number_name(field): {"cardinality": {"field": _FACETS[field], "precision_threshold": _PRECISION}}}


def aggregation(field: FacetField, size: int, tags: Sequence[TaggedTurns] = ()) -> Body:
    """Return the aggregation of a facet: the most frequent values, or all months, years or `tags`."""
    if field is FacetField.TAG:
        return values_aggregation(field, [one.tag for one in tags], tags)
    if field in _FACETS:
        return {"terms": {"field": _FACETS[field], "size": size}}
    interval, form = ("year", "yyyy") if field is FacetField.YEAR else ("month", "yyyy-MM")
    return {"date_histogram": {"field": "date", "calendar_interval": interval, "format": form, "min_doc_count": 1}}


def values_aggregation(field: FacetField, values: Sequence[str], tags: Sequence[TaggedTurns] = ()) -> Body:
    """Return the aggregation of these values of a facet; of all months or years.

    Tags are not in the index: each is counted by the addresses of its turns.
    """
    if field is FacetField.TAG:
        wanted = frozenset(values)
        turns = {one.tag: tagged([one]) for one in tags if one.tag in wanted}
        return {"filters": {"keyed": False, "filters": turns or {"": {"match_none": {}}}}}
    if field not in _FACETS:
        return aggregation(field, len(values))
    return {"terms": {"field": _FACETS[field], "include": list(values), "size": len(values)}}


def facet_keyword(field: FacetField) -> str:
    """Return the keyword that a facet counts; "" for months, years and tags."""
    return _FACETS.get(field, "")
