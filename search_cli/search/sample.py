"""Shuffle hits: a random order that depends on the seed and the addresses of the turns alone.

A turn's place is a hash of the seed and its address. So the order is the same on every machine, whatever the shards,
and after `fangtan index --rebuild`; turns that are added leave the order of the others as it is. Elasticsearch's
`random_score` would depend on the name of the index and the number of its shards. As in any order, turns with every
word come before those with some: a sample to be coded begins with what was asked for.

All addresses that match are read: 0.3 s for twenty thousand.
"""

from collections.abc import Iterator, Mapping, Sequence

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Response
from search_cli.query import bodies
from search_cli.query.request import SearchRequest, Sort
from search_cli.query.terms import QueryTerms

_ADDRESSES = 10_000
"""Addresses read at a time: a megabyte."""


def shuffled(client: ArchiveClient, request: SearchRequest, terms: QueryTerms) -> list[Response]:
    """Return all hits in the random order of the request's seed, without their documents."""
    found = [hit for page in client.pages(client.names.turns, _body(request, terms)) for hit in page["hits"]["hits"]]
    return sorted(found, key=lambda hit: (-(hit["_score"] or 0.0), place(request.seed, hit["_id"])))


def check_has_order(request: SearchRequest) -> None:
    """Raise `UsageError` for a random order, which no request of Elasticsearch has."""
    if request.sort is Sort.RANDOM:
        nothing = _("No request of Elasticsearch has the order of --sort random.")
        raise UsageError(nothing, _("Choose another --sort."))


def in_order(client: ArchiveClient, request: SearchRequest, terms: QueryTerms, found: Response) -> Response:
    """Return the hits of a request's page: those `found`, or in a random order those that are on the page then."""
    if request.sort is not Sort.RANDOM:
        return found
    return _with_documents(client, shuffled(client, request, terms)[request.first : request.first + request.limit])


def pages(client: ArchiveClient, request: SearchRequest, terms: QueryTerms, size: int) -> Iterator[Response]:
    """Yield all hits in their random order, `size` at a time."""
    found = shuffled(client, request, terms)
    for first in range(0, len(found), size):
        yield _with_documents(client, found[first : first + size])


def _body(request: SearchRequest, terms: QueryTerms) -> Body:
    """Return the search for the addresses of all hits; the score of one with words is what it holds of them."""
    by_level = [{"_score": "desc"}] if terms.nodes else []
    return {
        "query": bodies.hits_body(request, terms)["query"],
        "sort": [*by_level, "_shard_doc"],
        "size": _ADDRESSES,
        "_source": False,
        "track_total_hits": False,
    }


def place(seed: int, address: str) -> tuple[bytes, str]:
    """Return the sort key of an address in the order of a seed."""
    from hashlib import blake2b  # 4 ms, for this order alone

    return blake2b(f"{seed} {address}".encode(), digest_size=8).digest(), address


def _with_documents(client: ArchiveClient, found: Sequence[Mapping[str, object]]) -> Response:
    """Return hits with their documents; one that was removed meanwhile is left out."""
    sources = client.sources([str(hit["_id"]) for hit in found], bodies.HIDDEN)
    return {"hits": {"hits": [{**hit, "_source": sources[hit["_id"]]} for hit in found if hit["_id"] in sources]}}
