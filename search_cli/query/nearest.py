"""Build the search for the turns whose vectors are nearest to that of a query. Pure."""

from collections.abc import Sequence

from search_cli.json_types import Body, Clause
from search_cli.query.clauses import field_clause
from search_cli.query.matching import combined, conditions, is_mandatory
from search_cli.query.parser import Phrase, Prefix, Word
from search_cli.query.request import By, Match, SearchRequest, Sort
from search_cli.query.terms import QueryTerms, text_nodes

NEAREST = 200
"""Turns that are compared with a query: as many as of the best by words."""

CANDIDATES = 400
"""Turns of which each shard's graph chooses the nearest: twice as many, recall@10 .99 of brute force."""

_EVERY_TURN: Clause = {"match_all": {}}


def could_speak(request: SearchRequest) -> bool:
    """Tell from what was typed whether a search may be by meaning, too."""
    nodes = request.node.nodes
    return (
        request.by is not By.WORDS
        and request.sort is Sort.RELEVANCE
        and (request.match or Match.ANY) is Match.ANY
        and any(isinstance(node, Word) for node in nodes)
        and all(isinstance(node, Word) or is_mandatory(node) for node in nodes)
    )


def meant(request: SearchRequest) -> str:
    """Return what a query says: its words and quotes as typed, without what it excludes and its fields."""
    return " ".join(node.text for node in text_nodes(request.node) if isinstance(node, Word | Phrase | Prefix))


def nearest_body(request: SearchRequest, terms: QueryTerms, field: str, vector: Sequence[float]) -> Body:
    """Return the search for the addresses of the nearest turns that satisfy what binds every hit."""
    return near_body(field, vector, binding(request, terms))


def near_body(field: str, vector: Sequence[float], within: Clause) -> Body:
    """Return the search for the addresses of the turns nearest to a vector, of those `within` a query."""
    near = {
        "field": field,
        "query_vector": list(vector),
        "k": NEAREST,
        "num_candidates": CANDIDATES,
        "filter": within,
    }
    return {"query": {"knn": near}, "size": NEAREST, "_source": False, "track_total_hits": False}


def binding(request: SearchRequest, terms: QueryTerms) -> Clause:
    """Return the query for the turns that satisfy all of a request but its words: filters, quotes, exclusions."""
    required, excluded = conditions(request.node.nodes, terms, Match.ANY, partial=_EVERY_TURN)
    return combined([*map(field_clause, request.filters), *required], excluded)
