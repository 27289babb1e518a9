"""Read the turns that have no vector yet: interview by interview, in windows, with the turns around each window.

Which these are is asked of Elasticsearch, and is kept nowhere else: a turn that is written anew, because its transcript
or a dictionary changed, has no vector until it gets one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.embeddings.encoder import prepare
from indexer.embeddings.neighbours import REACH
from indexer.store.mapping import Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_PAGE = 1000

SIZE = 500
"""Turns of a window, at most."""

HAS_TEXT: dict[str, Any] = {"range": {"length": {"gt": 0}}}
"""A turn of notes alone (（笑）) has no vector."""


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive turns of an interview, their numbers and texts as `prepare` returns them.

    Those from `first` to `end` (exclusive) get vectors; the others are around them.
    """

    interview_id: str
    turns: tuple[int, ...]
    texts: tuple[str, ...]
    first: int
    end: int


def lacking(field: str) -> dict[str, Any]:
    """Return the query of the turns without a vector in a field."""
    return {"bool": {"filter": [HAS_TEXT], "must_not": [{"exists": {"field": field}}]}}


def find_interviews(client: "Elasticsearch", names: Names, query: dict[str, Any]) -> Iterator[str]:
    """Yield the ids of the interviews with a turn that a query finds, in their order; a page of them is held."""
    composite: dict[str, Any] = {"size": _PAGE, "sources": [{"id": {"terms": {"field": "interview_id"}}}]}
    while True:
        aggs = {"interviews": {"composite": composite}}
        answer = client.search(index=names.turns, size=0, track_total_hits=False, query=query, aggs=aggs)
        found = answer["aggregations"]["interviews"]
        yield from (bucket["key"]["id"] for bucket in found["buckets"])
        if "after_key" not in found:
            return
        composite["after"] = found["after_key"]


def read_texts(client: "Elasticsearch", names: Names, interview_id: str) -> Iterator[tuple[int, str]]:
    """Yield the number and the prepared text of each turn of an interview, in reading order; a page of them is held."""
    after: list[Any] | None = None
    while True:
        answer = client.search(
            index=names.turns,
            query={"term": {"interview_id": interview_id}},
            sort=[{"turn": "asc"}],
            source_includes=["turn", "text"],
            size=_PAGE,
            search_after=after,
            track_total_hits=False,
        )
        hits = answer["hits"]["hits"]
        for hit in hits:
            text = hit["_source"].get("text", "")
            yield hit["_source"]["turn"], prepare(text) or text[:1]  # also of invisible characters alone
        if len(hits) < _PAGE:
            return
        after = hits[-1]["sort"]


def cut(interview_id: str, turns: Iterable[tuple[int, str]], size: int = SIZE) -> Iterator[Window]:
    """Cut the turns of an interview into windows of at most `size`, each with `REACH` turns before and after."""
    held: list[tuple[int, str]] = []
    first = 0
    for turn in turns:
        held.append(turn)
        if len(held) == first + size + REACH:
            yield _window(interview_id, held, first, first + size)
            held = held[max(0, first + size - REACH) :]
            first = min(REACH, first + size)
    if len(held) > first:
        yield _window(interview_id, held, first, len(held))


def _window(interview_id: str, turns: list[tuple[int, str]], first: int, end: int) -> Window:
    numbers, texts = zip(*turns, strict=True)
    return Window(interview_id, numbers, texts, first, end)
