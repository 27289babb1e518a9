"""Run a search in two round trips, and a third for the questions, the context and the duplicates of the hits."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from search_cli.client import ArchiveClient, Search
from search_cli.json_types import Body, Response
from search_cli.models import Facet, Hit, RequestBody, SearchResult
from search_cli.query import aggregations, bodies
from search_cli.query.checks import WINDOW
from search_cli.query.request import By, FacetField, Match, SearchRequest, Sort
from search_cli.query.terms import Analyze, QueryTerms
from search_cli.search import responses, sample
from search_cli.search.facet_counts import counted_facets, in_order, narrowest
from search_cli.search.highlight import note_marks
from search_cli.search.kept_work import with_tags
from search_cli.search.markers import markers
from search_cli.search.meaning import QueryVector, query_vector
from search_cli.search.prepared_search import PreparedSearch, prepare, request_body

_HAVE_VERSIONS = {"versions": {"filter": {"exists": {"field": "versions"}}}}  # interviews with duplicates
FACET_VALUES = 10
"""Values per facet of a search; `Archive.facets` returns more."""

_Plan: TypeAlias = dict[str | tuple[FacetField, ...], Search]
"""The searches of the second round trip: by name, or by the facets that they count."""


def search(client: ArchiveClient, prepared: PreparedSearch) -> SearchResult:
    """Return a page of hits with its counts and facets."""
    request = prepared.request
    meaning = query_vector(client, prepared)
    plan = _plan(client, prepared, meaning)
    answers, milliseconds = _answers(client, plan)
    held = {match: responses.total(answers[match]) for match in Match}
    match = request.match or narrowest(held)
    page, near = _page(client, prepared, answers, meaning)
    have_versions = responses.have_versions(answers["archive"])
    found = hits(client, page, prepared, request.first, have_versions=have_versions)
    total = responses.total(answers["total"])
    if not total:
        client.check_schema()
    lesser = {name: responses.total(answers[name]) for name in ("note", "speaker") if name in answers}
    return SearchResult(
        query=request.query,
        hits=found,
        every=held[Match.ALL],
        some=held[Match.SOME],
        interviews=answers["total" if match is Match.ANY else match]["aggregations"]["interviews"]["value"],
        archive_interviews=responses.total(answers["archive"]),
        milliseconds=prepared.milliseconds + milliseconds,
        page=request.page,
        limit=request.limit,
        facets=_facets(client, prepared, answers, match),
        words=prepared.terms.words,
        most=held[Match.MOST],
        match=str(match),
        total=total,
        notes=lesser.get("note", 0),
        by_speaker=lesser.get("speaker", 0),
        reachable=min(total + near, WINDOW),
        duplicates=tuple(prepared.names.primaries.items()),
        also=prepared.terms.expanded_words,
        filters=tuple(one.name for one in request.filters),
        sort=str(request.sort),
        seed=request.seed if request.sort is Sort.RANDOM else None,
        speakers=prepared.terms.speakers_named,
        by=str(By.WORDS if meaning is None else request.by or By.BOTH),
        near=near,
    )


def _page(
    client: ArchiveClient, prepared: PreparedSearch, answers: Mapping[Any, Response], meaning: QueryVector | None
) -> tuple[Response, int]:
    """Return the hits of the page, and the number of all hits that meaning alone found."""
    request = prepared.request
    if meaning is None:
        return sample.in_order(client, request, prepared.terms, answers["hits"]), 0
    from search_cli.search import fused_page

    fused = fused_page.ranking(prepared, meaning, answers)
    return fused_page.page(client, prepared, fused, request.first, request.limit)


def hits(
    client: ArchiveClient, response: Response, prepared: PreparedSearch, first: int, *, have_versions: bool = False
) -> tuple[Hit, ...]:
    """Return the hits of a response, ranked after `first`, with their questions and context: one round trip.

    `have_versions`: with the duplicates of their interviews, too.
    """
    found = responses.scored_turns(response)
    context = prepared.request.context
    around = responses.surrounding((turn for turn, *_ in found), context)
    interviews = [turn.interview_id for turn, *_ in found] if have_versions else []
    sources, versions = client.sources_and_versions(around, bodies.HIDDEN, interviews)
    mark = markers(prepared, client.analyze)
    built = responses.hits(found, sources, mark.turn, context, first, mark.question)
    marked = with_tags(client, tuple(_with_note_marks(hit, prepared, client.analyze) for hit in built))
    return responses.with_versions(marked, versions) if versions else marked


def _with_note_marks(hit: Hit, prepared: PreparedSearch, analyze: Analyze) -> Hit:
    """Return the hit with the marks of its notes."""
    return replace(hit, note_marks=note_marks(hit.turn.notes, prepared.terms, analyze)) if hit.turn.notes else hit


def request_bodies(client: ArchiveClient, request: SearchRequest) -> tuple[RequestBody, ...]:
    """Return the requests of a search; the first round trip is made, as the second depends on it."""
    sample.check_has_order(request)
    prepared = prepare(client, request, for_hits=True)
    found = list(prepared.requests)
    for name, (index, body) in _plan(client, prepared, query_vector(client, prepared)).items():
        purpose = _PURPOSES.get(name, f"how many turns hold a {name}") if isinstance(name, str) else _grouped(name)
        one = request_body(purpose, index, body)
        if all(other.body != one.body or other.path != one.path for other in found):
            found.append(one)
    return tuple(found)


def _grouped(fields: tuple[FacetField, ...]) -> str:
    return f"turns by {', '.join(fields)}"


_PURPOSES = {
    "hits": "the hits",
    "near": "the turns nearest in meaning",
    "turns": "how many turns there are",
    str(Match.ALL): "how many turns hold every word",
    str(Match.MOST): "how many turns hold most words",
    str(Match.SOME): "how many turns hold some word",
    str(Match.ANY): "how many turns hold a part of a word",
    "total": "how many hits there are",
    "note": "how many turns hold no word but have a note that does",
    "speaker": "how many turns hold no word but are by a speaker that was named",
    "archive": "how many interviews there are",
}


def _plan(client: ArchiveClient, prepared: PreparedSearch, meaning: QueryVector | None) -> _Plan:
    """Return the searches of the second round trip."""
    request, terms = prepared.request, prepared.terms
    plan: _Plan = {}
    if meaning is None:
        plan["hits"] = (client.names.turns, bodies.hits_body(request, terms, prepared.passages))
    else:
        from search_cli.search import fused_page

        plan.update(fused_page.searches(client, prepared, meaning))
    plan.update({name: (client.names.turns, body) for name, body in counts(request, terms).items()})
    if (request.match or Match.ANY) is Match.ANY:
        for name, body in bodies.lesser_bodies(request, terms).items():
            plan[name] = (client.names.turns, body)
    plan["archive"] = (client.names.interviews, bodies.count(aggs=_HAVE_VERSIONS))
    for group, body in aggregations.facet_bodies(
        request, terms, request.facets, request.match or Match.ALL, FACET_VALUES
    ).items():
        plan[group] = (client.names.turns, body)
    return plan


def counts(request: SearchRequest, terms: QueryTerms) -> dict[str, Body]:
    """Return the searches that count the turns of each `Match`, and all hits ("total"), with their interviews.

    Interviews of turns that hold a part of a word are those of all hits: they are counted once.
    """
    counted = {str(match): bodies.count_body(request, terms, match) for match in Match}
    counted["total"] = bodies.total_body(request, terms)
    parts = counted[Match.ANY]
    if sum(one == parts for one in counted.values()) == 1:
        counted[Match.ANY] = bodies.count(parts["query"])
    return counted


def _answers(client: ArchiveClient, plan: _Plan) -> tuple[dict[str | tuple[FacetField, ...], Response], int]:
    """Return the responses, and the milliseconds they took; equal searches are sent once."""
    unique: list[Search] = []
    positions = {}
    for name, one in plan.items():
        if one not in unique:
            unique.append(one)
        positions[name] = unique.index(one)
    answers = client.searches(unique)
    return {name: answers.responses[position] for name, position in positions.items()}, answers.milliseconds


def _facets(
    client: ArchiveClient,
    prepared: PreparedSearch,
    answers: Mapping[str | tuple[FacetField, ...], Response],
    match: Match,
) -> tuple[Facet, ...]:
    """Return the facets in the order of the request, counted again for `match` if the plan counted other turns."""
    fields = prepared.request.facets
    if match is not (prepared.request.match or Match.ALL):
        return counted_facets(client, prepared, fields, match, FACET_VALUES)
    groups = ((group, answer) for group, answer in answers.items() if isinstance(group, tuple))
    return in_order(prepared.request, fields, match, groups, FACET_VALUES)
