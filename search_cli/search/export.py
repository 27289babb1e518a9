"""Export all hits of a query, page by page, and TREC runs of many queries, a few at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from search_cli.client import ArchiveClient
from search_cli.json_types import Response
from search_cli.models import Hit, Ranked
from search_cli.query import bodies
from search_cli.query.request import SearchRequest, Sort, plain_request, request
from search_cli.query.terms import analyze_query
from search_cli.search import responses, sample
from search_cli.search.prepared_search import PreparedSearch, prepare
from search_cli.search.searcher import hits

PAGE = 1000

AT_ONCE = 16
"""Queries sent at once, fewer if each wants more than a thousand hits: a response with a hundred thousand hits is more
than half a gigabyte of heap can hold beside its other work."""


def export(client: ArchiveClient, request: SearchRequest) -> Iterator[Hit]:
    """Yield every hit in order, of the archive as it is when the first is read."""
    prepared = prepare(client, request)
    rank = 0
    for page in _pages(client, prepared):
        found = hits(client, page, prepared, rank)
        yield from found
        rank += len(found)


def _pages(client: ArchiveClient, prepared: PreparedSearch) -> Iterator[Response]:
    """Yield the pages of all hits in their order."""
    if prepared.request.sort is Sort.RANDOM:
        return sample.pages(client, prepared.request, prepared.terms, PAGE)
    body = bodies.export_body(prepared.request, prepared.terms, prepared.passages, PAGE)
    return client.pages(client.names.turns, body)


def run(
    client: ArchiveClient, queries: Iterable[tuple[str, str]], depth: int
) -> Iterator[tuple[str, tuple[Ranked, ...]]]:
    """Yield each query's id with its best `depth` turns; a query that does not parse is searched for as plain words."""
    remaining = iter(queries)
    while batch := list(islice(remaining, max(1, min(AT_ONCE, AT_ONCE * PAGE // depth)))):
        requests = [_lenient_request(query) for _, query in batch]
        for (name, _), found in zip(batch, _ranked(client, requests, depth), strict=True):
            yield name, found


def _lenient_request(query: str) -> SearchRequest:
    from indexer.errors import QueryError

    try:
        return request(query)
    except QueryError:
        return plain_request(query)


def _ranked(client: ArchiveClient, requests: list[SearchRequest], depth: int) -> Iterator[tuple[Ranked, ...]]:
    """Yield the best turns of each request: two round trips for all."""
    analyzed = [analyze_query(one.node, client.analyze) for one in requests]
    passage_bodies = [bodies.passages_body(one, found) for one, found in zip(requests, analyzed, strict=True)]
    compounds = list(dict.fromkeys(text for found in analyzed for text in found.compounds))
    answers = client.searches(
        [
            *((client.names.passages, body) for body in passage_bodies if body),
            *((client.names.turns, bodies.occurs(text)) for text in compounds),
        ]
    ).responses
    remaining = iter(answers)
    passages = [tuple(responses.scores(next(remaining))) if body else () for body in passage_bodies]
    attested = frozenset(text for text, answer in zip(compounds, remaining, strict=True) if responses.total(answer))
    terms = [replace(found, attested=attested) for found in analyzed]
    run_bodies = [bodies.run_body(*one, depth) for one in zip(requests, terms, passages, strict=True)]
    for answer in client.searches([(client.names.turns, body) for body in run_bodies]).responses:
        yield responses.ranked(answer)
