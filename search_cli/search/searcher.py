"""Run a search in two round trips, and a third for the questions and the context of the hits."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from search_cli.client import SEARCH_TYPE, ArchiveClient, Search
from search_cli.json_types import Body, Clause, Response
from search_cli.models import Facet, Hit, RequestBody, SearchResult, Span
from search_cli.query import bodies, synonyms
from search_cli.query import facets as facet_queries
from search_cli.query.bodies import Passage
from search_cli.query.expansion import ExpandedQuery, expand
from search_cli.query.request import WINDOW, FacetField, Match, SearchRequest, Sort
from search_cli.query.terms import Analyze, QueryTerms, analyze_query
from search_cli.search import known_names, mentions, responses, sample
from search_cli.search.check_names import check_names
from search_cli.search.highlight import marks, note_marks
from search_cli.search.known_names import KnownNames

_HAVE_VERSIONS = {"versions": {"filter": {"exists": {"field": "versions"}}}}  # interviews with duplicates
FACET_VALUES = 10
"""Values per facet of a search; `Archive.facets` returns more."""

_Marker: TypeAlias = Callable[[str], tuple[Span, ...]]
_Plan: TypeAlias = dict[str | tuple[FacetField, ...], Search]
"""The searches of the second round trip: by name, or by the facets that they count."""


@dataclass(frozen=True, slots=True)
class PreparedSearch:
    """A request after the first round trip: names as the archive has them, terms it knows, the best passages.

    `requests` are those that were sent; `milliseconds` is what Elasticsearch took for them.
    """

    request: SearchRequest
    terms: QueryTerms
    passages: tuple[Passage, ...] = ()
    names: KnownNames = field(default_factory=KnownNames)
    requests: tuple[RequestBody, ...] = ()
    milliseconds: int = 0


def prepare(client: ArchiveClient, request: SearchRequest) -> PreparedSearch:
    """Make the first round trip: passages, words typed without spaces, names, counts of expanded words.

    Raise `NotFoundError` for a value of a field that the archive does not have.
    """
    expanded = _expanded(client, request)
    terms = expanded.terms
    groups = _first_searches(client, request, expanded)
    searches = [one for group in groups.values() for one in group]
    response = client.searches([(index, body) for _, index, body in searches])
    remaining = iter(response.responses)
    answers = {name: [next(remaining) for _ in group] for name, group in groups.items()}
    names = known_names.known_names(answers["names"][0]) if answers["names"] else KnownNames()
    speakers = known_names.speakers_named(terms.name_candidates, names)
    occurring = zip(terms.compounds, answers["compounds"], strict=True)
    attested = {text for text, answer in occurring if text in speakers or responses.total(answer)}
    terms = expanded.weighted(answers["expansions"], speakers)
    resolved = mentions.resolve_mentions(client, known_names.resolve(request, names), names)
    check_names(client, resolved, names)
    return PreparedSearch(
        request=resolved,
        terms=replace(terms, attested=frozenset(attested), speakers=speakers),
        passages=tuple(passage for answer in answers["passages"] for passage in responses.scores(answer)),
        names=names,
        requests=tuple(_request_body(*one) for one in searches),
        milliseconds=response.milliseconds,
    )


def _first_searches(
    client: ArchiveClient, request: SearchRequest, expanded: ExpandedQuery
) -> dict[str, list[tuple[str, str, Body]]]:
    """Return the searches of the first round trip in groups, each with its purpose and index."""
    index, terms = client.names, expanded.terms
    names = known_names.names_body(known_names.fields_of(request), terms.name_candidates)
    passages = bodies.passages_body(request, terms)
    return {
        "compounds": [("does a turn hold it as typed", index.turns, bodies.occurs(text)) for text in terms.compounds],
        "names": [("names", index.interviews, names)] if names else [],
        "expansions": [(purpose, index.turns, body) for purpose, body in expanded.bodies],
        "passages": [("the best passages", index.passages, passages)] if passages else [],
    }


def _expanded(client: ArchiveClient, request: SearchRequest) -> ExpandedQuery:
    """Return the query with the expansions that the request wants, by default those of the settings."""
    settings = client.settings
    wanted = settings.synonyms if request.synonyms is None else request.synonyms
    regional = settings.regional if request.regional is None else request.regional
    return expand(
        analyze_query(request.node, client.analyze),
        request.node,
        client.analyze,
        synonyms.load(settings.data / synonyms.FILE) if wanted else synonyms.Synonyms(),
        regional=regional,
    )


def search(client: ArchiveClient, prepared: PreparedSearch) -> SearchResult:
    """Return a page of hits with its counts and facets."""
    request = prepared.request
    plan = _plan(client, prepared)
    answers, milliseconds = _answers(client, plan)
    counts = {match: responses.total(answers[match]) for match in Match}
    match = request.match or _first(counts)
    page = sample.in_order(client, request, prepared.terms, answers["hits"])
    found = hits(client, page, prepared, request.first)
    total = responses.total(answers["total"])
    if not total:
        client.check_schema()
    lesser = {name: responses.total(answers[name]) for name in ("note", "speaker") if name in answers}
    return SearchResult(
        query=request.query,
        hits=_with_versions(client, found) if responses.have_versions(answers["archive"]) else found,
        every=counts[Match.ALL],
        some=counts[Match.SOME],
        interviews=answers["total" if match is Match.ANY else match]["aggregations"]["interviews"]["value"],
        archive_interviews=responses.total(answers["archive"]),
        milliseconds=prepared.milliseconds + milliseconds,
        page=request.page,
        limit=request.limit,
        facets=_facets(client, prepared, answers, match),
        words=prepared.terms.words,
        most=counts[Match.MOST],
        match=str(match),
        total=total,
        notes=lesser.get("note", 0),
        by_speaker=lesser.get("speaker", 0),
        reachable=min(total, WINDOW),
        duplicates=tuple(prepared.names.primaries.items()),
        also=prepared.terms.expanded_words,
        filters=tuple(one.name for one in request.filters),
        sort=str(request.sort),
        seed=request.seed if request.sort is Sort.RANDOM else None,
        speakers=prepared.terms.speakers_named,
    )


def _first(counts: Mapping[Match, int]) -> Match:
    """Return the narrowest level that has turns: what facets and interviews count."""
    return next((level for level in bodies.LEVELS if counts[level]), Match.ANY)


def hits(client: ArchiveClient, response: Response, prepared: PreparedSearch, first: int) -> tuple[Hit, ...]:
    """Return the hits of a response, ranked after `first`, with their questions and context: one round trip."""
    found = responses.scored_turns(response)
    context = prepared.request.context
    sources = client.sources(responses.surrounding((turn for turn, *_ in found), context), bodies.HIDDEN)
    built = responses.hits(found, sources, _marker(prepared, client.analyze), context, first)
    return tuple(_with_note_marks(hit, prepared, client.analyze) for hit in built)


def _with_note_marks(hit: Hit, prepared: PreparedSearch, analyze: Analyze) -> Hit:
    """Return the hit with the marks of its notes."""
    return replace(hit, note_marks=note_marks(hit.turn.notes, prepared.terms, analyze)) if hit.turn.notes else hit


def _with_versions(client: ArchiveClient, found: Sequence[Hit]) -> tuple[Hit, ...]:
    return responses.with_versions(found, client.versions([hit.turn.interview_id for hit in found]))


def _marker(prepared: PreparedSearch, analyze: Analyze) -> _Marker:
    """Return the function that highlights a text."""

    def mark(text: str) -> tuple[Span, ...]:
        return marks(text, prepared.terms, analyze)

    return mark


def request_bodies(client: ArchiveClient, request: SearchRequest) -> tuple[RequestBody, ...]:
    """Return the requests of a search; the first round trip is made, as the second depends on it."""
    sample.check_has_order(request)
    prepared = prepare(client, request)
    found = list(prepared.requests)
    for name, (index, body) in _plan(client, prepared).items():
        purpose = _PURPOSES[name] if isinstance(name, str) else f"turns by {', '.join(name)}"
        one = _request_body(purpose, index, body)
        if all(other.body != one.body or other.path != one.path for other in found):
            found.append(one)
    return tuple(found)


_PURPOSES = {
    "hits": "the hits",
    str(Match.ALL): "how many turns hold every word",
    str(Match.MOST): "how many turns hold most words",
    str(Match.SOME): "how many turns hold some word",
    str(Match.ANY): "how many turns hold a part of a word",
    "total": "how many hits there are",
    "note": "how many turns hold no word but have a note that does",
    "speaker": "how many turns hold no word but are by a speaker that was named",
    "archive": "how many interviews there are",
}


def _plan(client: ArchiveClient, prepared: PreparedSearch) -> _Plan:
    """Return the searches of the second round trip."""
    request, terms = prepared.request, prepared.terms
    plan: _Plan = {"hits": (client.names.turns, bodies.hits_body(request, terms, prepared.passages))}
    for match in Match:
        plan[match] = (client.names.turns, bodies.count_body(request, terms, match))
    plan["total"] = (client.names.turns, bodies.total_body(request, terms))
    if (request.match or Match.ANY) is Match.ANY:
        for name, body in bodies.lesser_bodies(request, terms).items():
            plan[name] = (client.names.turns, body)
    plan["archive"] = (client.names.interviews, bodies.count(aggs=_HAVE_VERSIONS))
    for group, body in facet_queries.facet_bodies(
        request, terms, request.facets, request.match or Match.ALL, FACET_VALUES
    ).items():
        plan[group] = (client.names.turns, body)
    return plan


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
        return _counted_facets(client, prepared, fields, match, FACET_VALUES)
    return _in_order(
        prepared.request, fields, ((group, answer) for group, answer in answers.items() if isinstance(group, tuple))
    )


def facets(
    client: ArchiveClient, request: SearchRequest, fields: tuple[FacetField, ...], size: int | None
) -> tuple[Facet, ...]:
    """Return the facets of a request, in the order of `fields`, each with its `size` most frequent values, or all."""
    prepared = prepare(client, request)
    return _counted_facets(client, prepared, fields, counted_match(client, prepared), size)


def counted_match(client: ArchiveClient, prepared: PreparedSearch) -> Match:
    """Return which turns facets and lists count: those that the request wants, or the narrowest level with any."""
    request, terms = prepared.request, prepared.terms
    if request.match or not terms.nodes:
        return request.match or Match.ALL
    counting = [bodies.count_body(request, terms, level) for level in bodies.LEVELS]
    answers = client.searches([(client.names.turns, body) for body in counting]).responses
    return _first({level: responses.total(answer) for level, answer in zip(bodies.LEVELS, answers, strict=True)})


def _counted_facets(
    client: ArchiveClient, prepared: PreparedSearch, fields: tuple[FacetField, ...], match: Match, size: int | None
) -> tuple[Facet, ...]:
    groups = facet_queries.facet_bodies(prepared.request, prepared.terms, fields, match, size or 1)
    answers = client.searches([(client.names.turns, body) for body in groups.values()]).responses
    found = list(zip(groups, answers, strict=True))
    if size is None:
        found = [(group, _with_all_values(client, answer, group, groups[group]["query"])) for group, answer in found]
    return _in_order(prepared.request, fields, found)


def _with_all_values(client: ArchiveClient, answer: Response, fields: Iterable[FacetField], query: Clause) -> Response:
    """Return the response to the search for facets with every value of their fields."""
    every = {
        str(field): {"buckets": client.buckets(client.names.turns, query, keyword)}
        for field in fields
        if (keyword := facet_queries.facet_keyword(field))
    }
    return {**answer, "aggregations": {**answer["aggregations"], **every}}


def _in_order(
    request: SearchRequest,
    fields: Iterable[FacetField],
    answers: Iterable[tuple[tuple[FacetField, ...], Response]],
) -> tuple[Facet, ...]:
    """Return the facets of several responses in the order of `fields`."""
    found: dict[FacetField, Facet] = {}
    for group, answer in answers:
        found |= responses.facets(answer, group)
    return tuple(replace(found[one], chosen=request.chosen(one)) for one in fields)


def _request_body(purpose: str, index: str, body: Body) -> RequestBody:
    return RequestBody(purpose, "POST", f"/{index}/_search?search_type={SEARCH_TYPE}", body)
