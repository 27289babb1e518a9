"""Read which interviews are completely indexed, and what interrupted runs left."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from indexer.model import from_source, source_fields
from indexer.store.indexed_interview import IndexedInterview
from indexer.store.mapping import Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_PAGE = 5000


class IndexManifest:
    """The indexed interviews by id, path and hash, and the number of turns and passages under each id."""

    def __init__(self, interviews: Iterable[IndexedInterview] = (), documents: dict[str, int] | None = None) -> None:
        self.interviews = {interview.interview_id: interview for interview in interviews}
        self.documents = documents or {}
        by_path: defaultdict[str, list[IndexedInterview]] = defaultdict(list)
        for interview in self.interviews.values():
            by_path[interview.origin.path].append(interview)
        self._by_path = dict(by_path)

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the paths of the indexed files, sorted."""
        return tuple(sorted(self._by_path))

    @property
    def primaries(self) -> frozenset[str]:
        """Return the ids of the interviews that are not duplicates."""
        return frozenset(id_ for id_, interview in self.interviews.items() if not interview.primary)

    def of_file(self, path: str) -> tuple[IndexedInterview, ...]:
        """Return the interviews of a file in the order of their parts."""
        return tuple(sorted(self._by_path.get(path, ()), key=lambda interview: interview.origin.part))

    def with_hash(self, hash_: str) -> tuple[IndexedInterview, ...]:
        """Return the interviews of files with these bytes."""
        return self._by_hash.get(hash_, ())

    @cached_property
    def _by_hash(self) -> dict[str, tuple[IndexedInterview, ...]]:
        found: defaultdict[str, list[IndexedInterview]] = defaultdict(list)
        for interview in self.interviews.values():
            found[interview.origin.hash].append(interview)
        return {hash_: tuple(interviews) for hash_, interviews in found.items()}

    def is_complete(self, interview: IndexedInterview) -> bool:
        """Tell whether an interview has as many turns and passages as its own document says."""
        return self.documents.get(interview.interview_id, 0) == interview.turns + interview.passages

    def unchanged(self, path: str, hash_: str, fingerprint: str) -> tuple[IndexedInterview, ...]:
        """Return the interviews of a file that need not be indexed again; empty if it is to be read.

        It need not if its bytes and the fingerprint are the same and all its interviews are complete: the last one, and
        only that, says how many they are.
        """
        interviews = self.of_file(path)
        current = [
            one
            for one in interviews
            if (one.origin.hash, one.origin.fingerprint) == (hash_, fingerprint) and self.is_complete(one)
        ]
        return interviews if interviews and len(current) == len(interviews) == interviews[-1].origin.parts else ()

    def orphans(self) -> set[str]:
        """Return the ids that have turns or passages but no interview: what interrupted runs left."""
        return self.documents.keys() - self.interviews.keys()

    def has_documents(self, interview_id: str) -> bool:
        """Tell whether there is any document under an id, of a complete interview or of an interrupted run."""
        return interview_id in self.documents or interview_id in self.interviews


def read_manifest(client: "Elasticsearch", names: Names) -> IndexManifest:
    """Read the manifest of a set of indices; raise `DamagedIndexError` if one cannot be read."""
    client.count(index=",".join(names.each))  # an answer at once: a refresh waits a minute for a shard that is lost
    client.indices.refresh(index=",".join(names.each))
    return IndexManifest(_interviews(client, names), _document_counts(client, names))


def read_interviews(client: "Elasticsearch", names: Names) -> IndexManifest:
    """Read the manifest of indices whose turns or passages cannot be read: no interview counts as complete."""
    client.count(index=names.interviews)
    client.indices.refresh(index=names.interviews)
    return IndexManifest(_interviews(client, names))


def addresses(client: "Elasticsearch", names: Names, interview_id: str) -> tuple[tuple[str, str], ...]:
    """Return (index, `_id`) of the turns and passages under an interview's id, as of the last refresh."""
    query = {"query": {"term": {"interview_id": interview_id}}, "_source": False}
    return tuple((hit["_index"], hit["_id"]) for hit in _scan(client, f"{names.turns},{names.passages}", query))


def _interviews(client: "Elasticsearch", names: Names) -> Iterator[IndexedInterview]:
    """Yield the indexed interviews."""
    query = {"query": {"match_all": {}}, "_source": source_fields(IndexedInterview)}
    for hit in _scan(client, names.interviews, query):
        yield from_source(IndexedInterview, hit["_source"])


def _scan(client: "Elasticsearch", index: str, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every hit."""
    from elasticsearch import helpers

    yield from helpers.scan(client, index=index, query=query, size=_PAGE)


def _document_counts(client: "Elasticsearch", names: Names) -> dict[str, int]:
    """Count the turns and passages under each interview id."""
    counts: dict[str, int] = {}
    composite: dict[str, Any] = {"size": _PAGE, "sources": [{"id": {"terms": {"field": "interview_id"}}}]}
    while True:
        answer = client.search(
            index=f"{names.turns},{names.passages}",
            size=0,
            track_total_hits=False,
            aggs={"interviews": {"composite": composite}},
        )
        found = answer["aggregations"]["interviews"]
        counts |= {bucket["key"]["id"]: bucket["doc_count"] for bucket in found["buckets"]}
        if "after_key" not in found:
            return counts
        composite["after"] = found["after_key"]
