"""Count the values of fields among the turns that a search matches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from search_cli.client import ArchiveClient
from search_cli.json_types import Clause, Response
from search_cli.models import Facet
from search_cli.query import aggregations, bodies
from search_cli.query.request import FacetField, Match, SearchRequest
from search_cli.search import responses
from search_cli.search.every_value import every_value
from search_cli.search.prepared_search import PreparedSearch


def facets(
    client: ArchiveClient, prepared: PreparedSearch, fields: tuple[FacetField, ...], size: int | None
) -> tuple[Facet, ...]:
    """Return the facets of a search, in the order of `fields`, each with its `size` most frequent values, or all."""
    return counted_facets(client, prepared, fields, counted_match(client, prepared), size)


def counted_match(client: ArchiveClient, prepared: PreparedSearch) -> Match:
    """Return which turns facets and lists count: those that the request wants, or the narrowest level with any."""
    request, terms = prepared.request, prepared.terms
    if request.match or not terms.nodes:
        return request.match or Match.ALL
    counting = [bodies.count(bodies.match_query(request, terms, level)) for level in bodies.LEVELS]
    answers = client.searches([(client.names.turns, body) for body in counting]).responses
    return narrowest({level: responses.total(answer) for level, answer in zip(bodies.LEVELS, answers, strict=True)})


def counted_facets(
    client: ArchiveClient, prepared: PreparedSearch, fields: tuple[FacetField, ...], match: Match, size: int | None
) -> tuple[Facet, ...]:
    """Return the facets of the turns that match, each with its `size` most frequent values, or all."""
    groups = aggregations.facet_bodies(prepared.request, prepared.terms, fields, match, size or 1)
    answers = client.searches([(client.names.turns, body) for body in groups.values()]).responses
    found = list(zip(groups, answers, strict=True))
    if size is None:
        found = [(group, _with_all_values(client, answer, group, groups[group]["query"])) for group, answer in found]
    return in_order(prepared.request, fields, match, found, size)


def _with_all_values(client: ArchiveClient, answer: Response, fields: Iterable[FacetField], query: Clause) -> Response:
    """Return the response to the search for facets with every value of their fields."""
    every = {
        str(field): {"buckets": every_value(client, client.names.turns, query, keyword)}
        for field in fields
        if (keyword := aggregations.facet_keyword(field))
    }
    return {**answer, "aggregations": {**answer["aggregations"], **every}}


def in_order(
    request: SearchRequest,
    fields: Iterable[FacetField],
    match: Match,
    answers: Iterable[tuple[tuple[FacetField, ...], Response]],
    size: int | None,
) -> tuple[Facet, ...]:
    """Return the facets of several responses in the order of `fields`, each with its `size` most frequent values."""
    found: dict[FacetField, Facet] = {}
    for group, answer in answers:
        found |= responses.facets(answer, group)
    if FacetField.TAG in found and size is not None:  # the others were asked for so many
        found[FacetField.TAG] = _shortened(found[FacetField.TAG], size, request.chosen(FacetField.TAG))
    return tuple(replace(found[one], chosen=request.chosen(one), match=str(match)) for one in fields)


def _shortened(facet: Facet, size: int, chosen: Sequence[str]) -> Facet:
    """Return a facet with its `size` most frequent values, and those chosen."""
    shown = [one for place, one in enumerate(facet.buckets) if place < size or one.value in chosen]
    other = sum(one.count for one in facet.buckets) - sum(one.count for one in shown)
    return replace(facet, buckets=tuple(shown), other=other)


def narrowest(counts: Mapping[Match, int]) -> Match:
    """Return the narrowest level that has turns: what facets and interviews count."""
    return next((level for level in bodies.LEVELS if counts[level]), Match.ANY)
