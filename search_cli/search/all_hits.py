"""Read all hits of a query, page by page, and TREC runs of many queries, a few at a time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from search_cli.client import ArchiveClient, Search
from search_cli.json_types import Response
from search_cli.models import Hit, Ranked
from search_cli.query import bodies
from search_cli.query.nearest import NEAREST, could_speak, meant
from search_cli.query.request import By, SearchRequest, Sort, plain_request, request
from search_cli.query.terms import analyze_query
from search_cli.search import fused_page, responses, sample
from search_cli.search.kept_work import resolve_kept
from search_cli.search.meaning import QueryVector, find_meaning, is_sure, query_vector
from search_cli.search.prepared_search import PreparedSearch, prepare
from search_cli.search.searcher import hits

PAGE = 1000

AT_ONCE = 16
"""Queries sent at once, fewer if each wants more than a thousand hits: a response with a hundred thousand hits is more
than half a gigabyte of heap can hold beside its other work."""


def all_hits(client: ArchiveClient, request: SearchRequest) -> Iterator[Hit]:
    """Yield every hit in order, of the archive as it is when the first is read."""
    prepared = prepare(client, request, for_hits=True)
    rank = 0
    for page in _pages(client, prepared):
        found = hits(client, page, prepared, rank)
        yield from found
        rank += len(found)


def _pages(client: ArchiveClient, prepared: PreparedSearch) -> Iterator[Response]:
    """Yield the pages of all hits in their order."""
    if prepared.request.sort is Sort.RANDOM:
        return sample.pages(client, prepared.request, prepared.terms, PAGE)
    if meaning := query_vector(client, prepared):
        return fused_page.pages(client, prepared, fused_page.asked(client, prepared, meaning))
    body = bodies.export_body(prepared.request, prepared.terms, prepared.passages, PAGE)
    return client.pages(client.names.turns, body)


def run(
    client: ArchiveClient, queries: Iterable[tuple[str, str]], depth: int, by: str | None = None
) -> Iterator[tuple[str, tuple[Ranked, ...]]]:
    """Yield each query's id with its best `depth` turns; a query that does not parse is searched for as plain words."""
    remaining = iter(queries)
    while batch := list(islice(remaining, max(1, min(AT_ONCE, AT_ONCE * PAGE // depth)))):
        requests = [_lenient_request(client, query, by) for _, query in batch]
        for (name, _), found in zip(batch, _ranked(client, requests, depth), strict=True):
            yield name, found


def _lenient_request(client: ArchiveClient, query: str, by: str | None) -> SearchRequest:
    from indexer.errors import NotFoundError, QueryError

    try:
        return resolve_kept(client, request(query, by=by))
    except (QueryError, NotFoundError):
        return replace(plain_request(query), by=request(by=by).by)


def _ranked(client: ArchiveClient, requests: list[SearchRequest], depth: int) -> Iterator[tuple[Ranked, ...]]:
    """Yield the best turns of each request: two round trips for all."""
    prepared = list(_prepared(client, requests))
    vectors = _vectors(client, prepared)
    size = max(depth, NEAREST) if any(vectors) else depth
    plans: list[dict[Any, Search]] = []
    for one, vector in zip(prepared, vectors, strict=True):
        plan: dict[Any, Search] = fused_page.searches(client, one, vector) if vector else {}
        body = bodies.run_body(one.request, one.terms, one.passages, size)
        plans.append({**plan, "hits": (client.names.turns, body)})
    answers = iter(client.searches([one for plan in plans for one in plan.values()]).responses)
    for one, vector, plan in zip(prepared, vectors, plans, strict=True):
        found = {name: next(answers) for name in plan}
        yield responses.ranked(found["hits"])[:depth] if vector is None else _fused(one, vector, found, depth)


def _prepared(client: ArchiveClient, requests: list[SearchRequest]) -> Iterator[PreparedSearch]:
    """Yield the requests with what the first round trip finds: passages, and which words occur as typed."""
    analyzed = [analyze_query(one.node, client.analyze) for one in requests]
    pairs = list(zip(requests, analyzed, strict=True))
    passage_bodies = [bodies.passages_body(*pair) for pair in pairs]
    held_bodies = [bodies.held_body(*pair) if could_speak(pair[0]) else None for pair in pairs]
    compounds = list(dict.fromkeys(text for found in analyzed for text in found.compounds))
    answers = client.searches(
        [
            *((client.names.passages, body) for body in passage_bodies if body),
            *((client.names.turns, body) for body in held_bodies if body),
            *((client.names.turns, bodies.occurs(text)) for text in compounds),
        ]
    ).responses
    remaining = iter(answers)
    passages = [tuple(responses.scores(next(remaining))) if body else () for body in passage_bodies]
    held = [bool(responses.total(next(remaining))) if body else False for body in held_bodies]
    attested = frozenset(text for text, answer in zip(compounds, remaining, strict=True) if responses.total(answer))
    for (one, found), best, is_held in zip(pairs, passages, held, strict=True):
        yield PreparedSearch(one, replace(found, attested=attested), best, is_held=is_held)


def _vectors(client: ArchiveClient, prepared: list[PreparedSearch]) -> list[QueryVector | None]:
    """Return the vectors of the searches that are by meaning, too."""
    asked = [one for one in prepared if _speaks(one)]
    meaning = find_meaning(client, asked[0].request.by) if asked else None
    return [meaning.vector(meant(one.request)) if meaning and one in asked else None for one in prepared]


def _speaks(prepared: PreparedSearch) -> bool:
    request = prepared.request
    return bool(meant(request)) if request.by is By.MEANING else could_speak(request) and not is_sure(prepared)


def _fused(
    prepared: PreparedSearch, vector: QueryVector, answers: Mapping[Any, Response], depth: int
) -> tuple[Ranked, ...]:
    """Return the best turns by words and meaning, then those by words."""
    fused = fused_page.ranking(prepared, vector, answers)
    known = {address for address, _ in fused.best}
    rest = [] if prepared.request.by is By.MEANING else responses.scores(answers["hits"])
    found = [*fused.best, *(one for one in rest if one[0] not in known)]
    return tuple(Ranked(rank, *one) for rank, one in enumerate(found[:depth], start=1))
