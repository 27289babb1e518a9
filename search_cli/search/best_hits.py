"""Search the best hit of each speaker, or of each interview."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from search_cli.client import ArchiveClient
from search_cli.models import Hit
from search_cli.query.aggregations import facet_keyword
from search_cli.query.bodies import HIDDEN
from search_cli.query.checks import parse_choice
from search_cli.query.request import FacetField, Match, SearchRequest
from search_cli.search import responses
from search_cli.search.prepared_search import PreparedSearch, prepare
from search_cli.search.searcher import hits
from search_cli.search.turn_groups import GroupCounts, TurnGroup, counts, scored_query, turn_groups

_AT_ONCE = 500
"""Hits read at once by an export."""


class Per(StrEnum):
    """What has one row, with its best hit."""

    SPEAKER = "speaker"
    INTERVIEW = "interview"


@dataclass(frozen=True, slots=True)
class BestHit:
    """The best hit of a speaker or an interview, `value`, and how many turns there match."""

    value: str
    turns: int
    hit: Hit


@dataclass(frozen=True, slots=True)
class BestHits:
    """A page of the best hits `per` speaker or interview, and what is counted of all."""

    per: str
    found: tuple[BestHit, ...]
    counts: GroupCounts


def best_hits(client: ArchiveClient, request: SearchRequest, per: str) -> BestHits:
    """Return a page of the best hits of each speaker or interview, the best of all first."""
    prepared = prepare(client, request)
    groups = turn_groups(client, prepared, _keyword(per))
    found = tuple(_best(client, prepared, groups.page(request), groups.match, request.first))
    return BestHits(str(per), found, counts(client, prepared, groups))


def export_best_hits(client: ArchiveClient, request: SearchRequest, per: str) -> Iterator[BestHit]:
    """Yield the best hit of each speaker or interview, in order."""
    prepared = prepare(client, request)
    found = turn_groups(client, prepared, _keyword(per))
    for first in range(0, len(found.groups), _AT_ONCE):
        yield from _best(client, prepared, found.groups[first : first + _AT_ONCE], found.match, first)


def _keyword(per: str) -> str:
    """Return the field of the turns that have one row."""
    return facet_keyword(FacetField(parse_choice("field", per, Per)))


def _best(
    client: ArchiveClient, prepared: PreparedSearch, groups: Sequence[TurnGroup], match: Match, first: int
) -> Iterator[BestHit]:
    """Yield the first turn of each group, ranked after `first`."""
    if not groups:
        return
    addresses = [group.addresses[0] for group in groups]
    body = {
        "query": {"bool": {"must": [scored_query(prepared, match)], "filter": [{"ids": {"values": addresses}}]}},
        "size": len(addresses),
        "_source": {"excludes": HIDDEN},
        "track_total_hits": False,
    }
    found = hits(client, client.search(client.names.turns, body), prepared, first)
    _, versions = client.sources_and_versions((), (), [hit.turn.interview_id for hit in found])
    by_address = {hit.turn.address: hit for hit in responses.with_versions(found, versions)}
    for rank, group in enumerate(groups, start=first + 1):
        if hit := by_address.get(group.addresses[0]):
            yield BestHit(group.value, len(group.addresses), replace(hit, rank=rank, score=group.score))
