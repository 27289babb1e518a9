"""Group the turns that a search counts by what they have in common: their exchange, their speaker, their interview.

A query of Elasticsearch groups hits by one field alone, and an exchange is two. So all turns that match are read, in
the order of the search but without their documents: 0.4 s for ten thousand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Response
from search_cli.models import Facet
from search_cli.query import bodies
from search_cli.query.request import By, Match, SearchRequest, Sort
from search_cli.search import sample
from search_cli.search.facet_counts import counted_facets, counted_match
from search_cli.search.prepared_search import PreparedSearch
from search_cli.search.searcher import FACET_VALUES

EXCHANGE = "exchange"
_TURNS = 10_000
"""Turns read at a time."""


@dataclass(frozen=True, slots=True)
class TurnGroup:
    """The turns that match and have a value in common, by address, in the order of the search; `score` is the best's.

    `value` is a speaker, an interview, or the number of an exchange of the interview `interview_id`.
    """

    value: str
    interview_id: str
    addresses: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class TurnGroups:
    """All groups, in the order of their first turns, and the turns `outside`, which have no value.

    `match` tells which turns are counted: those with every word, or if there are none with most, or with some.
    """

    groups: tuple[TurnGroup, ...]
    outside: int
    interviews: int
    match: Match

    @property
    def turns(self) -> int:
        """Return the number of turns in groups."""
        return sum(len(group.addresses) for group in self.groups)

    def page(self, request: SearchRequest) -> tuple[TurnGroup, ...]:
        """Return the groups of the page of a request."""
        return self.groups[request.first : request.first + request.limit]


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """What is counted in a search that groups its turns.

    `groups` counts exchanges, speakers or interviews; `turns` the turns in them that match, `outside` those that match
    and are in none; `interviews` those of all. `match`, `words`, `also`, `filters` and `facets` are as in
    `SearchResult`.
    """

    query: str
    groups: int
    turns: int
    outside: int
    interviews: int
    match: str
    words: tuple[str, ...]
    also: tuple[str, ...]
    filters: tuple[str, ...]
    page: int
    limit: int
    sort: str
    seed: int | None
    facets: tuple[Facet, ...] = ()


def _check_by(by: By | None) -> None:
    """Raise `UsageError` for a search by meaning: it ranks turns, but where they end is known of words alone."""
    if by not in (None, By.WORDS):
        groups = _("Groups of turns are found by words, not by {by}.").format(by=by)
        raise UsageError(groups, _("Leave out --by {by}.").format(by=by))


def turn_groups(client: ArchiveClient, prepared: PreparedSearch, field: str) -> TurnGroups:
    """Return the turns that a search counts, grouped by `exchange` or by a keyword of theirs."""
    _check_by(prepared.request.by)
    match = counted_match(client, prepared)
    addresses: dict[tuple[str, str], list[str]] = {}
    best: dict[tuple[str, str], float] = {}
    interviews: set[str] = set()
    outside = 0
    for turn in _turns(client, prepared, match, field):
        interviews.add(turn.interview_id)
        if not turn.value:
            outside += 1
            continue
        key = (turn.interview_id if field == EXCHANGE else "", turn.value)
        addresses.setdefault(key, []).append(turn.address)
        best.setdefault(key, turn.score)
    groups = (TurnGroup(key[1], key[0], tuple(found), best[key]) for key, found in addresses.items())
    return TurnGroups(tuple(groups), outside, len(interviews), match)


def counts(client: ArchiveClient, prepared: PreparedSearch, groups: TurnGroups) -> GroupCounts:
    """Return what is counted, with the facets that the request wants: they count the same turns."""
    request = prepared.request
    if not groups.groups:
        client.check_schema()
    return GroupCounts(
        query=request.query,
        groups=len(groups.groups),
        turns=groups.turns,
        outside=groups.outside,
        interviews=groups.interviews,
        match=str(groups.match),
        words=prepared.terms.words,
        also=prepared.terms.expanded_words,
        filters=tuple(one.name for one in request.filters),
        page=request.page,
        limit=request.limit,
        sort=str(request.sort),
        seed=request.seed if request.sort is Sort.RANDOM else None,
        facets=counted_facets(client, prepared, request.facets, groups.match, FACET_VALUES),
    )


@dataclass(frozen=True, slots=True)
class _Turn:
    """A turn that matches; `value` is "" if it has none."""

    interview_id: str
    turn: int
    value: str
    score: float

    @property
    def address(self) -> str:
        return f"{self.interview_id}#{self.turn}"


def _turns(client: ArchiveClient, prepared: PreparedSearch, match: Match, field: str) -> Iterator[_Turn]:
    """Yield the turns that match in the order of the request."""
    request = prepared.request
    pages = client.pages(client.names.turns, _body(prepared, match, field))
    found = (_turn(hit, field) for page in pages for hit in page["hits"]["hits"])
    if request.sort is not Sort.RANDOM:
        return found
    return iter(sorted(found, key=lambda turn: (-turn.score, sample.place(request.seed, turn.address))))


def scored_query(prepared: PreparedSearch, match: Match) -> Body:
    """Return the query for the turns that are counted, with their scores and what each holds."""
    request = replace(prepared.request, match=match)
    scored = bodies.hits_body(request, prepared.terms, prepared.passages)["query"]
    counted = bodies.match_query(request, prepared.terms, match)
    return {"bool": {"must": [scored], "filter": [counted]}}


def _body(prepared: PreparedSearch, match: Match, field: str) -> Body:
    """Return the search for all turns that are counted, without stored fields."""
    return {
        "query": scored_query(prepared, match),
        "sort": bodies.order(prepared.request),
        "size": _TURNS,
        "stored_fields": "_none_",
        "docvalue_fields": list(dict.fromkeys(("interview_id", "turn", field))),
        "track_total_hits": False,
    }


def _turn(hit: Response, field: str) -> _Turn:
    values = {name: found[0] for name, found in hit["fields"].items()}
    return _Turn(values["interview_id"], values["turn"], str(values.get(field) or ""), hit["_score"] or 0.0)
