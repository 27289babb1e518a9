"""Read which interviews are completely indexed, and what interrupted runs left."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from indexer.model import from_source, source_fields
from indexer.store.indexed_interview import IndexedInterview
from indexer.store.mapping import Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_PAGE = 5000
_QUESTIONS = 300
"""Questions about single interviews after which all are read."""

_EVERYTHING: Mapping[str, Any] = {"match_all": {}}


class IndexManifest:
    """The indexed interviews by id, path and hash, and the number of turns and passages under each id."""

    def __init__(self, interviews: Iterable[IndexedInterview] = (), documents: dict[str, int] | None = None) -> None:
        self._interviews: Mapping[str, IndexedInterview] = {one.interview_id: one for one in interviews}
        self._documents: Mapping[str, int] = documents or {}

    @property
    def interviews(self) -> Mapping[str, IndexedInterview]:
        """Return the interviews by id."""
        return self._interviews

    @property
    def documents(self) -> Mapping[str, int]:
        """Return the number of turns and passages by id; an id without any is missing."""
        return self._documents

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the paths of the indexed files, sorted."""
        return tuple(sorted(self._by_path))

    @cached_property
    def primaries(self) -> frozenset[str]:
        """Return the ids of the interviews that are not duplicates."""
        return frozenset(id_ for id_, interview in self.interviews.items() if not interview.primary)

    def keep_primaries(self) -> None:
        """Hold nothing but `primaries` any longer, before the manifest is read anew."""
        self.primaries  # noqa: B018 - from now on it is cached
        self._interviews, self._documents = {}, {}
        for name in ("_by_path", "_by_hash"):
            self.__dict__.pop(name, None)

    def load(self) -> None:
        """Read the interviews, if they have not been, before something is written."""

    def of_file(self, path: str) -> tuple[IndexedInterview, ...]:
        """Return the interviews of a file in the order of their parts."""
        return tuple(sorted(self._by_path.get(path, ()), key=lambda interview: interview.origin.part))

    def with_hash(self, hash_: str) -> tuple[IndexedInterview, ...]:
        """Return the interviews of files with these bytes."""
        return tuple(self._by_hash.get(hash_, ()))

    def get(self, interview_id: str) -> IndexedInterview | None:
        """Return the interview with an id."""
        return self.interviews.get(interview_id)

    @cached_property
    def _by_path(self) -> dict[str, list[IndexedInterview]]:
        return _grouped(self.interviews.values(), lambda interview: interview.origin.path)

    @cached_property
    def _by_hash(self) -> dict[str, list[IndexedInterview]]:
        return _grouped(self.interviews.values(), lambda interview: interview.origin.hash)

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

    @property
    def is_settled(self) -> bool:
        """Tell whether all interviews are complete, and nothing is left of others."""
        return not self.orphans() and all(map(self.is_complete, self.interviews.values()))

    def orphans(self) -> set[str]:
        """Return the ids that have turns or passages but no interview: what interrupted runs left."""
        return self.documents.keys() - self.interviews.keys()

    def has_documents(self, interview_id: str) -> bool:
        """Tell whether there is any document under an id, of a complete interview or of an interrupted run."""
        return interview_id in self.documents or interview_id in self.interviews


class SettledManifest(IndexManifest):
    """The manifest of an archive in which every interview is known to be complete (`archive_state`).

    It is read once a run writes; until then, Elasticsearch is asked for the interviews of single files. So a run that
    changes nothing holds none, however many there are.
    """

    def __init__(self, client: "Elasticsearch", names: Names) -> None:
        super().__init__()
        self._client, self._names = client, names
        self._is_loaded = False
        self._answers: dict[tuple[str, str], tuple[IndexedInterview, ...]] = {}

    @property
    def interviews(self) -> Mapping[str, IndexedInterview]:
        """Return the interviews by id; they are read now, if they have not been."""
        self.load()
        return self._interviews

    @property
    def documents(self) -> Mapping[str, int]:
        """Return the number of documents by id, which is what each interview says."""
        self.load()
        return self._documents

    def load(self) -> None:
        """Read the interviews, if they have not been, before something is written."""
        if not self._is_loaded:
            self._interviews = {one.interview_id: one for one in _interviews(self._client, self._names)}
            counts = ((id_, one.turns + one.passages) for id_, one in self._interviews.items())
            self._documents = {id_: count for id_, count in counts if count}
            self._is_loaded = True

    def of_file(self, path: str) -> tuple[IndexedInterview, ...]:
        """Return the interviews of a file in the order of their parts."""
        found = self._answer("path", path)
        return super().of_file(path) if found is None else tuple(sorted(found, key=lambda one: one.origin.part))

    def with_hash(self, hash_: str) -> tuple[IndexedInterview, ...]:
        """Return the interviews of files with these bytes."""
        found = self._answer("hash", hash_)
        return super().with_hash(hash_) if found is None else found

    def get(self, interview_id: str) -> IndexedInterview | None:
        """Return the interview with an id."""
        found = self._answer("interview_id", interview_id)
        return super().get(interview_id) if found is None else next(iter(found), None)

    def is_complete(self, interview: IndexedInterview) -> bool:
        """Return True: that is known."""
        return True

    def orphans(self) -> set[str]:
        """Return nothing: that is known, too."""
        return set()

    def _answer(self, field: str, value: str) -> tuple[IndexedInterview, ...] | None:
        """Return the interviews with a value; None once all are read, as they are after many questions."""
        if not self._is_loaded and (field, value) not in self._answers:
            if len(self._answers) < _QUESTIONS:
                found = _interviews(self._client, self._names, {"term": {field: value}})
                self._answers[field, value] = tuple(found)
            else:
                self.load()
        return None if self._is_loaded else self._answers[field, value]


def _grouped(
    interviews: Iterable[IndexedInterview], key: Callable[[IndexedInterview], str]
) -> dict[str, list[IndexedInterview]]:
    found: defaultdict[str, list[IndexedInterview]] = defaultdict(list)
    for interview in interviews:
        found[key(interview)].append(interview)
    return dict(found)


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


def _interviews(
    client: "Elasticsearch", names: Names, query: Mapping[str, Any] = _EVERYTHING
) -> Iterator[IndexedInterview]:
    """Yield the indexed interviews."""
    body = {"query": query, "_source": source_fields(IndexedInterview)}
    for hit in _scan(client, names.interviews, body):
        yield from_source(IndexedInterview, hit["_source"])


def _scan(client: "Elasticsearch", index: str, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every hit; where there is no more than a page of them, one request is all."""
    from elasticsearch import helpers

    answer = client.search(
        index=index,
        query=query["query"],
        source=query["_source"],
        sort="_doc",
        size=_PAGE,
        track_total_hits=False,
    )
    first = answer["hits"]["hits"]
    yield from first if len(first) < _PAGE else helpers.scan(client, index=index, query=query, size=_PAGE)


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
        if len(found["buckets"]) < _PAGE:
            return counts
        composite["after"] = found["after_key"]
