"""Run a search in two round trips, and a third for the questions and the context of the hits."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from search_cli.client import SEARCH_TYPE, ArchiveClient, Search
from search_cli.json_types import Body, Response
from search_cli.models import Facet, Hit, RequestBody, SearchResult, Span
from search_cli.query import bodies, synonyms
from search_cli.query.bodies import Passage
from search_cli.query.clauses import exactly
from search_cli.query.expansion import ExpandedQuery, expand
from search_cli.query.request import WINDOW, FacetField, Match, SearchRequest
from search_cli.query.terms import Analyze, QueryTerms, analyze_query
from search_cli.search import known_names, responses
from search_cli.search.highlight import marks
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
    """Make the first round trip: passages, words typed without spaces, names, counts of expanded words."""
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
    return PreparedSearch(
        request=known_names.resolve(request, names),
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
    names = known_names.names_body(request.filters, terms.name_candidates)
    passages = bodies.passages_body(request, terms)
    return {
        "compounds": [
            ("does a turn hold it as typed", index.turns, bodies.exists(exactly(text))) for text in terms.compounds
        ],
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
    match = request.match or (Match.MOST if counts[Match.MOST] else Match.ANY)
    found = hits(client, answers["hits"], prepared, request.first)
    total = counts[request.match or Match.ANY]
    interviews = answers[Match.ALL if counts[Match.ALL] else Match.ANY]
    return SearchResult(
        query=request.query,
        hits=_with_versions(client, found) if responses.have_versions(answers["archive"]) else found,
        every=counts[Match.ALL],
        some=counts[Match.ANY],
        interviews=interviews["aggregations"]["interviews"]["value"],
        archive_interviews=responses.total(answers["archive"]),
        milliseconds=prepared.milliseconds + milliseconds,
        page=request.page,
        limit=request.limit,
        facets=_facets(client, prepared, answers, match),
        words=prepared.terms.words,
        most=counts[Match.MOST],
        match=str(match),
        total=total,
        reachable=min(total, WINDOW),
        duplicates=tuple(prepared.names.primaries.items()),
        also=prepared.terms.expanded_words,
        filters=tuple(one.name for one in request.filters),
    )


def hits(client: ArchiveClient, response: Response, prepared: PreparedSearch, first: int) -> tuple[Hit, ...]:
    """Return the hits of a response, ranked after `first`, with their questions and context: one round trip."""
    found = responses.scored_turns(response)
    context = prepared.request.context
    sources = client.sources(responses.surrounding((turn for turn, _ in found), context), bodies.HIDDEN)
    return responses.hits(found, sources, _marker(prepared, client.analyze), context, first)


def _with_versions(client: ArchiveClient, found: Sequence[Hit]) -> tuple[Hit, ...]:
    return responses.with_versions(found, client.versions([hit.turn.interview_id for hit in found]))


def _marker(prepared: PreparedSearch, analyze: Analyze) -> _Marker:
    """Return the function that highlights a text."""

    def mark(text: str) -> tuple[Span, ...]:
        return marks(text, prepared.terms, analyze)

    return mark


def request_bodies(client: ArchiveClient, request: SearchRequest) -> tuple[RequestBody, ...]:
    """Return the requests of a search; the first round trip is made, as the second depends on it."""
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
    str(Match.ANY): "how many turns hold some word",
    "archive": "how many interviews there are",
}


def _plan(client: ArchiveClient, prepared: PreparedSearch) -> _Plan:
    """Return the searches of the second round trip."""
    request, terms = prepared.request, prepared.terms
    plan: _Plan = {"hits": (client.names.turns, bodies.hits_body(request, terms, prepared.passages))}
    for match in Match:
        plan[match] = (client.names.turns, bodies.count_body(request, terms, match))
    plan["archive"] = (client.names.interviews, bodies.count(aggs=_HAVE_VERSIONS))
    for group, body in bodies.facet_bodies(
        request, terms, request.facets, request.match or Match.MOST, FACET_VALUES
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
    if match is not (prepared.request.match or Match.MOST):
        return _counted_facets(client, prepared, fields, match, FACET_VALUES)
    return _in_order(fields, ((group, answer) for group, answer in answers.items() if isinstance(group, tuple)))


def facets(
    client: ArchiveClient, request: SearchRequest, fields: tuple[FacetField, ...], size: int
) -> tuple[Facet, ...]:
    """Return the facets of a request, in the order of `fields`: of turns with most words, or any if there are none."""
    prepared = prepare(client, request)
    found = _counted_facets(client, prepared, fields, request.match or Match.MOST, size)
    if request.match or any(facet.total for facet in found):
        return found
    return _counted_facets(client, prepared, fields, Match.ANY, size)


def _counted_facets(
    client: ArchiveClient, prepared: PreparedSearch, fields: tuple[FacetField, ...], match: Match, size: int
) -> tuple[Facet, ...]:
    groups = bodies.facet_bodies(prepared.request, prepared.terms, fields, match, size)
    answers = client.searches([(client.names.turns, body) for body in groups.values()]).responses
    return _in_order(fields, zip(groups, answers, strict=True))


def _in_order(
    fields: Iterable[FacetField], answers: Iterable[tuple[tuple[FacetField, ...], Response]]
) -> tuple[Facet, ...]:
    """Return the facets of several responses in the order of `fields`."""
    found: dict[FacetField, Facet] = {}
    for group, answer in answers:
        found |= responses.facets(answer, group)
    return tuple(found[one] for one in fields)


def _request_body(purpose: str, index: str, body: Body) -> RequestBody:
    return RequestBody(purpose, "POST", f"/{index}/_search?search_type={SEARCH_TYPE}", body)
