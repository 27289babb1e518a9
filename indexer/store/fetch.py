"""Read indexed interviews back from Elasticsearch: their turns, and their documents."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from indexer.model import Interview, Turn, from_source
from indexer.settings import Settings
from indexer.store import mapping
from indexer.store.documents import Document
from indexer.store.mapping import Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class StoredInterview:
    """An interview, and its documents by (kind, `_id`); kinds are turns and passages."""

    interview: Interview
    source: str
    added_at: str
    documents: Mapping[tuple[str, str], Document]


def find_interviews(client: "Elasticsearch", names: Names, words: Iterable[str]) -> set[str]:
    """Return the ids of the interviews with a turn that contains one of these words, in normal form."""
    phrases = [{"match_phrase": {"chars": " ".join("".join(word.split()))}} for word in words]
    query = {"bool": {"should": phrases, "minimum_should_match": 1}}
    return {hit["_source"]["interview_id"] for hit in _scan(client, names.turns, query, ["interview_id"])}


def find_by_topic(client: "Elasticsearch", names: Names, topics: Iterable[str]) -> set[str]:
    """Return the ids of the interviews with a turn that has one of these topics."""
    query = {"terms": {"topics": sorted(topics)}}
    return {hit["_source"]["interview_id"] for hit in _scan(client, names.interviews, query, ["interview_id"])}


def fetch(client: "Elasticsearch", names: Names, interview_id: str) -> StoredInterview:
    """Fetch an interview; its title, outlet and the like are those that its turns repeat."""
    kind_of = {names.turns: "turns", names.passages: "passages"}
    query = {"term": {"interview_id": interview_id}}
    found = {
        (kind_of[hit["_index"]], hit["_id"]): hit["_source"]
        for hit in _scan(client, f"{names.turns},{names.passages}", query, {"excludes": [mapping.EVERY_VECTOR]})
    }
    sources = sorted((one for (kind, _), one in found.items() if kind == "turns"), key=lambda one: one["turn"])
    shared = sources[0] if sources else {}
    source, added_at = shared.get("source", ""), shared.get("added_at", "")
    return StoredInterview(_interview(interview_id, sources), source, added_at, found)


def fetch_turns(client: "Elasticsearch", names: Names, interview_id: str, fields: list[str]) -> list[Document]:
    """Fetch some fields of the turns of an interview, `turn` among them, in reading order."""
    query = {"term": {"interview_id": interview_id}}
    found = (hit["_source"] for hit in _scan(client, names.turns, query, fields))
    return sorted(found, key=lambda turn: int(turn["turn"]))


def fetch_speakers(client: "Elasticsearch", names: Names) -> set[str]:
    """Fetch the names of all speakers."""
    hits = _scan(client, names.interviews, {"match_all": {}}, ["speakers"])
    return {name for hit in hits for name in hit["_source"].get("speakers", ())}


def used_recordings(client: "Elasticsearch", settings: Settings, paths: Sequence[str]) -> set[str]:
    """Return which recordings are those of interviews of the archive, duplicates too, by their absolute paths."""
    index = f"{mapping.names(settings).interviews},{mapping.versions(settings)}"
    return {hit["_source"]["media"] for hit in _scan(client, index, {"terms": {"media": list(paths)}}, ["media"])}


def _interview(interview_id: str, turns: list[Document]) -> Interview:
    shared = from_source(Interview, turns[0]) if turns else Interview(())
    return replace(shared, id=interview_id, turns=tuple(from_source(Turn, source) for source in turns), attributed=True)


def _scan(client: "Elasticsearch", index: str, query: Mapping[str, Any], source: object) -> Iterator[Document]:
    """Yield every hit."""
    from elasticsearch import helpers

    yield from helpers.scan(client, index=index, query={"query": query, "_source": source}, size=_PAGE)
