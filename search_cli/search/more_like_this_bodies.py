"""The searches for turns like one: by words and pairs of characters, as any search ranks, and by their passages. Pure.

Measured on 24 meetings (a turn is like another if it lies in the same segment by topic, the passages of the turn itself
left out), nDCG@10 of 200 turns: words .227, pairs .239, both .253; both with the turn before .295, with the one after
.319; with the turn before and passages .408, and .394 of those that share a telling word. Telling words and their pairs
alone stay below: .355 where words and pairs have .404.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from search_cli.query.bodies import HIDDEN, Passage, lifted
from search_cli.query.clauses import Clause

Body = dict[str, Any]

TERMS = 100
"""Words, and pairs, that stand for a turn, by their weight in the archive (.245 with 50, .253 with 100)."""

PASSAGE_WEIGHT = 1.0
"""What the likeness of a passage counts beside that of its turn: .383 with .5, .408 with 1, .415 with 1.5, where what
only stands near a turn that is alike begins to outweigh what is alike."""

PASSAGES = 50
_FIELDS = ("words", "bigrams")
_SOURCE = {"excludes": [name for name in HIDDEN if name != "words"]}


def passages_body(index: str, ids: Sequence[str], own: Sequence[str], narrowed: Sequence[Clause]) -> Body:
    """Return the search for the passages like some turns; `own` are theirs, which are like them in any case."""
    query: Body = {"should": list(_like(index, ids, 1)), "minimum_should_match": 1}
    if narrowed:
        query["filter"] = list(narrowed)
    if own:
        query["must_not"] = [{"ids": {"values": list(own)}}]
    return {"query": {"bool": query}, "size": PASSAGES, "_source": False, "track_total_hits": False}


def with_own(passages: Sequence[Passage], own: Iterable[str]) -> list[Passage]:
    """Return the passages that lift turns, those around the turn itself as much as the best of the others.

    Their own likeness, which is to the turn itself, would leave nothing but its neighbours.
    """
    best = max((score for _, score in passages), default=0.0)
    return [*passages, *((id_, best) for id_ in own if best)]


def turns_body(
    index: str,
    ids: Sequence[str],
    telling: Sequence[str],
    passages: Iterable[Passage],
    narrowed: Sequence[Clause],
    limit: int,
) -> Body:
    """Return the search for the turns like those with these `ids`, which share some of the `telling` words."""
    shares: Clause = {"match": {"words": " ".join(telling)}}
    return {
        "query": {
            "bool": {
                "filter": [shares, *narrowed],
                "must_not": [{"ids": {"values": list(ids)}}],
                "should": [*_like(index, ids, 2), *lifted(passages, PASSAGE_WEIGHT)],
            }
        },
        "size": limit,
        "_source": _SOURCE,
        "track_total_hits": False,
        "sort": [{"_score": "desc"}, {"interview_id": "asc"}, {"turn": "asc"}],
    }


def _like(index: str, ids: Sequence[str], least: int) -> Iterable[Clause]:
    """Return a clause a field for what is like the turns with these addresses, by terms that `least` documents hold."""
    for field in _FIELDS:
        like: Mapping[str, Any] = {
            "fields": [field],
            "like": [{"_index": index, "_id": id_} for id_ in ids],
            "min_term_freq": 1,
            "min_doc_freq": least,
            "max_query_terms": TERMS,
            "minimum_should_match": 1,
        }
        yield {"more_like_this": dict(like)}
