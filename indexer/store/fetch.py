"""Interviews as they are in the archive, read back: turns with all that was found of them, and their documents."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.model import Interview, Role, Turn
from indexer.store.documents import Document
from indexer.store.mapping import Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Stored:
    """An interview, and its documents by (kind, `_id`): kinds are turns and passages."""

    interview: Interview
    source: str
    documents: Mapping[tuple[str, str], Document]


def holding(client: "Elasticsearch", names: Names, words: Iterable[str]) -> set[str]:
    """Return the ids of the interviews that hold one of these words, in normal form, in some turn."""
    phrases = [{"match_phrase": {"chars": " ".join("".join(word.split()))}} for word in words]
    query = {"bool": {"should": phrases, "minimum_should_match": 1}}
    return {hit["_source"]["interview_id"] for hit in _scan(client, names.turns, query, ["interview_id"])}


def read(client: "Elasticsearch", names: Names, interview_id: str) -> Stored:
    """Return an interview as the archive has it; its title and outlet are those its turns repeat."""
    kind_of = {names.turns: "turns", names.passages: "passages"}
    query = {"term": {"interview_id": interview_id}}
    found = {
        (kind_of[hit["_index"]], hit["_id"]): hit["_source"]
        for hit in _scan(client, f"{names.turns},{names.passages}", query, True)
    }
    sources = sorted((one for (kind, _), one in found.items() if kind == "turns"), key=lambda one: one["turn"])
    return Stored(_interview(interview_id, sources), sources[0].get("source", "") if sources else "", found)


def _interview(interview_id: str, turns: list[Document]) -> Interview:
    shared: Document = turns[0] if turns else {}
    get = shared.get
    return Interview(
        turns=tuple(map(_turn, turns)),
        id=interview_id,
        title=get("title", ""),
        date=datetime.date.fromisoformat(get("date", "")) if get("date") else None,
        outlet=get("outlet", ""),
        authors=tuple(get("authors", ())),
        url=get("url", ""),
        language=get("language", ""),
        attributed=True,
    )


def _turn(source: Document) -> Turn:
    get = source.get
    return Turn(
        turn=source["turn"],
        speaker=get("speaker", ""),
        role=Role(source["role"]),
        text=get("text", ""),
        label=get("label", ""),
        affiliation=get("affiliation", ""),
        exchange=get("exchange", 0),
        reply_to=get("reply_to"),
        topics=tuple(get("topics", ())),
        keywords=tuple(get("keywords", ())),
        start=get("start"),
        end=get("end"),
    )


def _scan(client: "Elasticsearch", index: str, query: Mapping[str, Any], source: object) -> Iterator[Document]:
    """Yield every hit."""
    from elasticsearch import helpers

    yield from helpers.scan(client, index=index, query={"query": query, "_source": source}, size=_PAGE)
