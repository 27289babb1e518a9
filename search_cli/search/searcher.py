"""A search from request to result: two round trips, and a third for the questions and the turns around the hits."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from search_cli.client import SEARCH_TYPE, ArchiveClient, Response
from search_cli.models import Facet, RequestBody, SearchResult, Span
from search_cli.query import bodies
from search_cli.query.bodies import Body, Passage
from search_cli.query.expansion import expand
from search_cli.query.parser import Word
from search_cli.query.request import WINDOW, FacetField, Match, SearchRequest
from search_cli.query.terms import Analyze, QueryTerms, leaf_nodes, query_terms
from search_cli.search import known_names, responses
from search_cli.search.highlight import marks
from search_cli.search.known_names import KnownNames

_HAVE_VERSIONS = {"versions": {"filter": {"exists": {"field": "versions"}}}}  # counts those with other transcripts
FACET_VALUES = 10
"""Values of a facet that a search shows; `Archive.facets` shows more."""


@dataclass(frozen=True, slots=True)
class PreparedSearch:
    """A request after the first round trip: names as the archive has them, words it knows, passages that lift turns."""

    request: SearchRequest
    wording: QueryTerms
    passages: tuple[Passage, ...] = ()
    names: KnownNames = field(default_factory=KnownNames)
    sent: tuple[RequestBody, ...] = ()
    milliseconds: int = 0


def prepare(client: ArchiveClient, request: SearchRequest) -> PreparedSearch:
    """Ask what must be known before turns are searched: the passages, the words typed without spaces, the names."""
    wide = expand(query_terms(request.node, client.analyze), request.node, client.analyze, client.settings)
    words = wide.wording
    wholes = words.undecided()
    asked: list[tuple[str, str, Body]] = [
        ("does a turn hold it as typed", client.names.turns, bodies.occurrence_body(whole)) for whole in wholes
    ]
    called = [name for leaf in leaf_nodes(request.node) if isinstance(leaf, Word) for name in words.named(leaf)]
    if names := known_names.names_body(request.filters, called):
        asked.append(("names", client.names.interviews, names))
    first = len(asked)
    asked += [(purpose, client.names.turns, body) for purpose, body in wide.bodies]
    last = len(asked)
    if passages := bodies.passages_body(request, words):
        asked.append(("the best passages", client.names.passages, passages))
    answered = client.searches([(index, body) for _, index, body in asked])
    answers = answered.responses
    typed = frozenset(whole for whole, answer in zip(wholes, answers, strict=False) if responses.total(answer))
    found = known_names.known_names(answers[len(wholes)]) if names else KnownNames()
    speakers = known_names.speakers_named(called, found)
    typed |= frozenset(wholes) & frozenset(speakers)
    return PreparedSearch(
        request=known_names.resolve(request, found),
        wording=replace(wide.answered(answers[first:last], speakers), known=typed, speakers=speakers),
        passages=tuple(responses.scores(answers[-1])) if passages else (),
        names=found,
        sent=tuple(_as_sent(purpose, index, body) for purpose, index, body in asked),
        milliseconds=answered.milliseconds,
    )


def search(client: ArchiveClient, request: SearchRequest) -> SearchResult:
    """Return a page of hits with its counts and facets."""
    prepared = prepare(client, request)
    request = prepared.request
    plan = _plan(client, prepared)
    answers, milliseconds = _answers(client, plan)
    facets = _facets(client, prepared, answers)
    found = responses.turns(answers["hits"])
    several = (
        client.versions([turn.interview_id for turn in found]) if responses.have_versions(answers["archive"]) else {}
    )
    around = client.sources(responses.wanted_around(found, request.context), bodies.HIDDEN)
    counts = {match: responses.total(answers[match]) for match in Match}
    shown = counts[request.match or Match.ANY]
    counted = answers[Match.ALL if counts[Match.ALL] else Match.ANY]
    return SearchResult(
        query=request.query,
        hits=responses.with_versions(
            responses.hits(answers["hits"], around, marker(prepared, client.analyze), request.context, request.first),
            several,
        ),
        every=counts[Match.ALL],
        some=counts[Match.ANY],
        interviews=counted["aggregations"]["interviews"]["value"],
        archive_interviews=responses.total(answers["archive"]),
        milliseconds=prepared.milliseconds + milliseconds,
        page=request.page,
        limit=request.limit,
        facets=facets,
        words=words_of(prepared.wording, request),
        most=counts[Match.MOST],
        match=str(facet_match(request, counts[Match.MOST])),
        total=shown,
        reachable=min(shown, WINDOW),
        instead=tuple(prepared.names.mains.items()),
        also=also_of(prepared.wording, request),
    )


def request_bodies(client: ArchiveClient, request: SearchRequest) -> tuple[RequestBody, ...]:
    """Return the requests of a search; the first round trip is made, the second depends on its answer."""
    prepared = prepare(client, request)
    sent = list(prepared.sent)
    for purpose, (index, body) in _plan(client, prepared).items():
        one = _as_sent(_PURPOSES.get(purpose, purpose), index, body)
        if all(other.body != one.body or other.path != one.path for other in sent):
            sent.append(one)
    return tuple(sent)


def words_of(words: QueryTerms, request: SearchRequest) -> tuple[str, ...]:
    """Return the words searched for, in normal form, as they were read."""
    return tuple(dict.fromkeys(unit for leaf in leaf_nodes(request.node) for unit in words.units(leaf)))


def also_of(words: QueryTerms, request: SearchRequest) -> tuple[str, ...]:
    """Return the other words searched with them, as a person writes them."""
    return tuple(dict.fromkeys(one.shown for leaf in leaf_nodes(request.node) for one in words.others(leaf)))


def facet_match(request: SearchRequest, most: int) -> Match:
    """Return which turns facets count: those asked for; else those with most words, with any where there are none."""
    return request.match or (Match.MOST if most else Match.ANY)


_PURPOSES = {
    "hits": "the hits",
    str(Match.ALL): "how many turns hold every word",
    str(Match.MOST): "how many turns hold most words",
    str(Match.ANY): "how many turns hold some word",
    "archive": "how many interviews there are",
}


def _plan(client: ArchiveClient, prepared: PreparedSearch) -> dict[str, tuple[str, Body]]:
    """Return the searches of the second round trip by name."""
    request, words = prepared.request, prepared.wording
    plan = {"hits": (client.names.turns, bodies.hits_body(request, words, prepared.passages))}
    for match in Match:
        plan[match] = (client.names.turns, bodies.count_body(request, words, match))
    plan["archive"] = (client.names.interviews, {"size": 0, "track_total_hits": True, "aggs": _HAVE_VERSIONS})
    match = request.match or Match.MOST
    for fields, body in bodies.facet_bodies(request, words, request.facets, match, FACET_VALUES).items():
        plan[_facet_key(fields)] = (client.names.turns, body)
    return plan


def _facet_key(fields: Iterable[FacetField]) -> str:
    return f"turns by {', '.join(fields)}"


def _answers(client: ArchiveClient, plan: Mapping[str, tuple[str, Body]]) -> tuple[dict[str, Response], int]:
    """Return the answers by name, and the milliseconds they took; what has two names is asked once."""
    unique: list[tuple[str, Body]] = []
    place = {}
    for name, one in plan.items():
        if one not in unique:
            unique.append(one)
        place[name] = unique.index(one)
    answers = client.searches(unique)
    return {name: answers.responses[at] for name, at in place.items()}, answers.milliseconds


def _facets(client: ArchiveClient, prepared: PreparedSearch, answers: Mapping[str, Response]) -> tuple[Facet, ...]:
    """Return the facets in the order asked for; where no turn has most words they count those with some."""
    request, words = prepared.request, prepared.wording
    match = facet_match(request, responses.total(answers[Match.MOST]))
    if match is not (request.match or Match.MOST):
        return _counted_facets(client, prepared, request.facets, match, FACET_VALUES)
    planned = bodies.facet_bodies(request, words, request.facets, match, FACET_VALUES)
    found: dict[FacetField, Facet] = {}
    for fields in planned:
        found |= responses.facets(answers[_facet_key(fields)], fields)
    return tuple(found[one] for one in request.facets)


def facets(
    client: ArchiveClient, request: SearchRequest, fields: tuple[FacetField, ...], size: int
) -> tuple[Facet, ...]:
    """Return the facets of a request, in the order of `fields`; of turns with some word where none has most."""
    prepared = prepare(client, request)
    found = _counted_facets(client, prepared, fields, request.match or Match.MOST, size)
    if request.match or any(facet.total for facet in found):
        return found
    return _counted_facets(client, prepared, fields, Match.ANY, size)


def _counted_facets(
    client: ArchiveClient, prepared: PreparedSearch, fields: tuple[FacetField, ...], match: Match, size: int
) -> tuple[Facet, ...]:
    planned = bodies.facet_bodies(prepared.request, prepared.wording, fields, match, size)
    answers = client.searches([(client.names.turns, body) for body in planned.values()]).responses
    found: dict[FacetField, Facet] = {}
    for group, answer in zip(planned, answers, strict=True):
        found |= responses.facets(answer, group)
    return tuple(found[one] for one in fields)


def marker(prepared: PreparedSearch, analyze: Analyze) -> Callable[[str], tuple[Span, ...]]:
    """Return the function that marks a text by this search."""

    def mark(text: str) -> tuple[Span, ...]:
        return marks(text, prepared.request.node, prepared.wording, analyze)

    return mark


def _as_sent(purpose: str, index: str, body: Body) -> RequestBody:
    return RequestBody(purpose, "POST", f"/{index}/_search?search_type={SEARCH_TYPE}", body)
