"""Prepare a search: the first round trip, which finds what the second depends on."""

from dataclasses import dataclass, field, replace

from search_cli.client import SEARCH_TYPE, ArchiveClient
from search_cli.json_types import Body
from search_cli.models import RequestBody
from search_cli.query import bodies, synonyms
from search_cli.query.bodies import Passage
from search_cli.query.expansion import ExpandedQuery, expand
from search_cli.query.nearest import could_speak
from search_cli.query.request import SearchRequest
from search_cli.query.terms import QueryTerms, analyze_query
from search_cli.search import known_names, mentioned_people, responses, volunteered
from search_cli.search.check_names import check_names
from search_cli.search.kept_work import resolve_kept
from search_cli.search.known_names import KnownNames
from search_cli.search.name_lookup import with_parts


@dataclass(frozen=True, slots=True)
class PreparedSearch:
    """A request after the first round trip: names as the archive has them, terms it knows, the best passages.

    `is_held`: some turn holds every word, typed as words. `requests` are those that were sent; `milliseconds` is what
    Elasticsearch took for them.
    """

    request: SearchRequest
    terms: QueryTerms
    passages: tuple[Passage, ...] = ()
    names: KnownNames = field(default_factory=KnownNames)
    requests: tuple[RequestBody, ...] = ()
    milliseconds: int = 0
    is_held: bool = False


def prepare(client: ArchiveClient, request: SearchRequest, *, for_hits: bool = False) -> PreparedSearch:
    """Make the first round trip: passages, words typed without spaces, names, counts of expanded words.

    `for_hits`: also whether the words are sure, which decides if meaning is asked, too.

    Raise `NotFoundError` for a value of a field that the archive does not have.
    """
    request = resolve_kept(client, request)
    expanded = _expanded(client, request)
    terms = expanded.terms
    groups = _first_searches(client, request, expanded, for_hits)
    searches = [one for group in groups.values() for one in group]
    response = client.searches([(index, body) for _, index, body in searches])
    remaining = iter(response.responses)
    answers = {name: [next(remaining) for _ in group] for name, group in groups.items()}
    names, longer = KnownNames(), 0
    for (_, _, body), answer in zip(groups["names"], answers["names"], strict=True):
        names, longer = with_parts(client, body, answer)
    speakers = known_names.speakers_named(terms.name_candidates, names)
    occurring = zip(terms.compounds, answers["compounds"], strict=True)
    attested = {text for text, answer in occurring if text in speakers or responses.total(answer)}
    terms = expanded.weighted(answers["expansions"], speakers)
    resolved = mentioned_people.resolve_mentions(client.settings, known_names.resolve(request, names), names)
    check_names(client, resolved, names)
    resolved = volunteered.resolve_volunteered(client, resolved)
    return PreparedSearch(
        request=resolved,
        terms=replace(terms, attested=frozenset(attested), speakers=speakers),
        passages=tuple(passage for answer in answers["passages"] for passage in responses.scores(answer)),
        names=names,
        requests=tuple(request_body(*one) for one in searches),
        milliseconds=response.milliseconds + longer,
        is_held=any(map(responses.total, answers["held"])),
    )


def _first_searches(
    client: ArchiveClient, request: SearchRequest, expanded: ExpandedQuery, for_hits: bool
) -> dict[str, list[tuple[str, str, Body]]]:
    """Return the searches of the first round trip in groups, each with its purpose and index."""
    index, terms = client.names, expanded.terms
    names = known_names.names_body(known_names.fields_of(request), terms.name_candidates)
    passages = bodies.passages_body(request, terms)
    held = bodies.held_body(request, terms) if for_hits and could_speak(request) else None
    return {
        "compounds": [("does a turn hold it as typed", index.turns, bodies.occurs(text)) for text in terms.compounds],
        "names": [("names", index.interviews, names)] if names else [],
        "expansions": [(purpose, index.turns, body) for purpose, body in expanded.bodies],
        "passages": [("the best passages", index.passages, passages)] if passages else [],
        "held": [("does a turn hold every word", index.turns, held)] if held else [],
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
        synonyms.load(settings.data_file(synonyms.FILE)) if wanted else synonyms.Synonyms(),
        regional=regional,
    )


def request_body(purpose: str, index: str, body: Body) -> RequestBody:
    """Return a search as a request for curl."""
    return RequestBody(purpose, "POST", f"/{index}/_search?search_type={SEARCH_TYPE}", body)
