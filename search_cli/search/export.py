"""All hits, however many, and TREC runs, however many queries: a page, or a few queries, at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice

from search_cli.client import ArchiveClient
from search_cli.models import Hit, Ranked
from search_cli.query import bodies
from search_cli.query.request import SearchRequest, plain_request, request
from search_cli.query.terms import query_terms
from search_cli.search import responses
from search_cli.search.searcher import marker, prepare

PAGE = 1000

AT_ONCE = 16
"""Queries sent at once, fewer where each asks for more than a thousand hits: a hundred thousand hits of one answer are
more than half a gigabyte of heap can hold beside its other work."""


def export(client: ArchiveClient, asked: SearchRequest) -> Iterator[Hit]:
    """Yield every hit in order; the archive is read as it is when the first is asked for."""
    prepared = prepare(client, asked)
    mark = marker(prepared, client.analyze)
    rank = 0
    body = bodies.export_body(prepared.request, prepared.wording, prepared.passages, PAGE)
    for page in client.pages(client.names.turns, body):
        found = responses.turns(page)
        around = client.sources(responses.wanted_around(found, asked.context), bodies.HIDDEN)
        yield from responses.hits(page, around, mark, asked.context, rank)
        rank += len(found)


def run(
    client: ArchiveClient, asked: Iterable[tuple[str, str]], depth: int
) -> Iterator[tuple[str, tuple[Ranked, ...]]]:
    """Yield each query's id with its best `depth` turns. What does not parse is searched for as plain words."""
    waiting = iter(asked)
    while batch := list(islice(waiting, max(1, min(AT_ONCE, AT_ONCE * PAGE // depth)))):
        requests = [_lenient(query) for _, query in batch]
        for (name, _), found in zip(batch, _ranked(client, requests, depth), strict=True):
            yield name, found


def _lenient(query: str) -> SearchRequest:
    from indexer.errors import QueryError

    try:
        return request(query)
    except QueryError:
        return plain_request(query)


def _ranked(client: ArchiveClient, requests: list[SearchRequest], depth: int) -> Iterator[tuple[Ranked, ...]]:
    """Yield the best turns of each request: two round trips for all."""
    words = [query_terms(one.node, client.analyze) for one in requests]
    ranking = [bodies.passages_body(one, word) for one, word in zip(requests, words, strict=True)]
    answers = iter(client.searches([(client.names.passages, body) for body in ranking if body]).responses)
    lifted = [tuple(responses.scores(next(answers))) if body else () for body in ranking]
    run_bodies = [
        bodies.run_body(one, word, passages, depth) for one, word, passages in zip(requests, words, lifted, strict=True)
    ]
    for answer in client.searches([(client.names.turns, body) for body in run_bodies]).responses:
        yield responses.ranked(answer)
