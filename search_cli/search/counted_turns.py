"""The turns that counts are made of: those that match a request, and all those that pass its filters."""

from dataclasses import dataclass, replace

from search_cli.client import ArchiveClient
from search_cli.json_types import Clause
from search_cli.query import bodies
from search_cli.query.request import Match, SearchRequest
from search_cli.query.terms import QueryTerms
from search_cli.search.facet_counts import counted_match
from search_cli.search.prepared_search import prepare


@dataclass(frozen=True, slots=True)
class CountedTurns:
    """The turns that facets count: `request` and `terms` after the first round trip, and the query that finds them."""

    request: SearchRequest
    terms: QueryTerms
    match: Match

    @property
    def query(self) -> Clause:
        """Return the query for the turns that match."""
        return bodies.match_query(self.request, self.terms, self.match)

    @property
    def base(self) -> Clause:
        """Return the query for all turns that pass the filters, whatever words they have: the base of a rate."""
        everything = replace(self.request, node=type(self.request.node)())
        return bodies.match_query(everything, self.terms, Match.ANY)

    @property
    def is_whole_archive(self) -> bool:
        """Tell whether neither words nor filters narrow the turns."""
        return not (self.request.filters or self.request.node.nodes)


def counted_turns(client: ArchiveClient, request: SearchRequest) -> CountedTurns:
    """Find which turns of a request are counted; raise `NotFoundError` for a name that the archive does not have."""
    prepared = prepare(client, request)
    return CountedTurns(prepared.request, prepared.terms, counted_match(client, prepared))
