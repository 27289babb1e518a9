"""Rank the hits of a search by words and meaning, and read a page of them.

Within the best of both, turns are in the order of `fusion`; beyond them the order of words goes on, without those that
meaning promoted: no hit is lost or doubled from page to page.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from search_cli.client import ArchiveClient, Search
from search_cli.json_types import Body, Clause, Response
from search_cli.query import bodies
from search_cli.query.clauses import contains
from search_cli.query.matching import ranks_first
from search_cli.query.nearest import NEAREST, nearest_body
from search_cli.query.request import By, Match
from search_cli.search import responses
from search_cli.search.fusion import FLOORS, MANY, Fused, Scored, fuse, information
from search_cli.search.meaning import QueryVector
from search_cli.search.prepared_search import PreparedSearch

_AT_ONCE = 1000
"""Hits of an export that are read together, at most."""


def searches(client: ArchiveClient, prepared: PreparedSearch, meaning: QueryVector) -> dict[Any, Search]:
    """Return the searches whose answers `ranking` fuses: the best by words, the nearest, how rare the words are."""
    turns, request, terms = client.names.turns, prepared.request, prepared.terms
    plan: dict[Any, Search] = {"near": (turns, nearest_body(request, terms, meaning.field, meaning.numbers))}
    if request.by is By.MEANING:
        return plan
    plan["hits"] = (turns, best_by_words(bodies.hits_body(request, terms, prepared.passages)))
    plan[Match.ALL] = (turns, bodies.count_body(request, terms, Match.ALL))
    if len(terms.words) <= MANY:
        plan["turns"] = (turns, bodies.count())
        plan |= {f"word {word}": (turns, bodies.count(contains(word))) for word in terms.words}
    return plan


def best_by_words(body: Body) -> Body:
    """Return the search for the addresses of the best hits by words, without their documents."""
    return {**body, "from": 0, "size": NEAREST, "_source": False}


def ranking(prepared: PreparedSearch, meaning: QueryVector, answers: Mapping[Any, Response]) -> Fused:
    """Return the best turns by words and meaning, or by meaning alone, from the answers to `searches`."""
    floor = FLOORS.get(meaning.model, 0.0)
    near = list(nearest(answers["near"]))
    if prepared.request.by is By.MEANING:
        found = tuple(one for one in near if one[1] >= floor)
        return Fused(found, tuple(address for address, _ in found), dict(found))
    words = responses.scores(answers["hits"])[:NEAREST]
    if responses.total(answers[Match.ALL]) and ranks_first(prepared.request.node.nodes, prepared.terms):
        return Fused(tuple(words))  # known only now, where a filter named somebody by another name
    asked = [answers[f"word {word}"] for word in prepared.terms.words if f"word {word}" in answers]
    known = information(list(map(responses.total, asked)), responses.total(answers["turns"])) if asked else None
    return fuse(words, near, max(len(prepared.terms.words), 1), known, floor)


def nearest(response: Response) -> Iterator[Scored]:
    """Yield the nearest turns with their cosines, which Elasticsearch gives as (1 + cosine) / 2."""
    return ((address, 2 * score - 1) for address, score in responses.scores(response))


def asked(client: ArchiveClient, prepared: PreparedSearch, meaning: QueryVector) -> Fused:
    """Return the best turns by words and meaning, in one round trip."""
    plan = searches(client, prepared, meaning)
    answers = client.searches(list(plan.values())).responses
    return ranking(prepared, meaning, dict(zip(plan, answers, strict=True)))


def page(client: ArchiveClient, prepared: PreparedSearch, fused: Fused, first: int, size: int) -> tuple[Response, int]:
    """Return the hits of a page with their documents, and the number of all hits that only meaning found."""
    request, turns = prepared.request, client.names.turns
    best = fused.best[first : first + size]
    plan: dict[str, Search] = {"best": (turns, _documents(prepared, [address for address, _ in best]))}
    plan["doubled"] = (turns, _doubled(prepared, fused))
    if len(best) < size and request.by is not By.MEANING:
        start = max(first, len(fused.best)) - len(fused.promoted)
        plan["rest"] = (turns, {**rest_body(prepared, fused.promoted), "from": start, "size": size - len(best)})
    found = dict(zip(plan, client.searches(list(plan.values())).responses, strict=True))
    rest = found["rest"]["hits"]["hits"] if "rest" in found else []
    doubled = 0 if request.by is By.MEANING else responses.total(found["doubled"])
    return {"hits": {"hits": [*_in_order(best, found["best"]), *rest]}}, len(fused.promoted) - doubled


def pages(client: ArchiveClient, prepared: PreparedSearch, fused: Fused) -> Iterator[Response]:
    """Yield all hits with their documents: the best of both, then the rest by words."""
    for first in range(0, len(fused.best), _AT_ONCE):
        some = fused.best[first : first + _AT_ONCE]
        answer = client.search(client.names.turns, _documents(prepared, [address for address, _ in some]))
        yield {"hits": {"hits": _in_order(some, answer)}}
    if prepared.request.by is not By.MEANING:
        known = [address for address, _ in fused.best]
        yield from client.pages(client.names.turns, rest_body(prepared, known))


def rest_body(prepared: PreparedSearch, addresses: Sequence[str]) -> Body:
    """Return the search for hits by words without some."""
    body = bodies.hits_body(prepared.request, prepared.terms, prepared.passages)
    return {**body, "query": without(body["query"], addresses)}


def without(query: Clause, addresses: Sequence[str]) -> Clause:
    """Return a query without some turns."""
    return {"bool": {"must": [query], "must_not": [_ids(addresses)]}} if addresses else query


def found_by_meaning(client: ArchiveClient, prepared: PreparedSearch, fused: Fused) -> int:
    """Return the number of turns that only meaning found."""
    doubled = client.search(client.names.turns, _doubled(prepared, fused))
    return len(fused.promoted) - responses.total(doubled)


def _doubled(prepared: PreparedSearch, fused: Fused) -> Body:
    """Return the search that counts the promoted turns that words find, too."""
    words = bodies.total_body(prepared.request, prepared.terms)["query"]
    return bodies.count({"bool": {"filter": [words, _ids(fused.promoted)]}})


def _documents(prepared: PreparedSearch, addresses: Sequence[str]) -> Body:
    """Return the search for turns by address, which tells what each holds: nothing, for those near in meaning alone."""
    request, terms = prepared.request, prepared.terms
    levels = bodies.hits_body(request, terms)["query"]
    words = {"bool": {"filter": [bodies.total_body(request, terms)["query"]], "_name": _BY_WORDS}}
    return {
        "query": {"bool": {"filter": [_ids(addresses)], "should": [levels, words]}},
        "size": max(len(addresses), 1),
        "_source": {"excludes": bodies.HIDDEN},
        "track_total_hits": False,
    }


_BY_WORDS = "words"


def _ids(addresses: Sequence[str]) -> Body:
    return {"ids": {"values": list(addresses)}}


def _in_order(best: Sequence[Scored], response: Response) -> list[Response]:
    """Return the hits of a response in the order of `best`, with its scores, without those removed meanwhile."""
    by_address = {hit["_id"]: hit for hit in response["hits"]["hits"]}
    return [_scored(by_address[address], score) for address, score in best if address in by_address]


def _scored(hit: Response, score: float) -> Response:
    matched = hit.get("matched_queries", [])
    return {**hit, "_score": score, "matched_queries": matched if _BY_WORDS in matched else ["meaning"]}
