"""What the archive holds already: the interviews that are wholly in, and documents that a stopped run left behind."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from indexer.store.mapping import Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_PAGE = 5000


@dataclass(frozen=True, slots=True)
class Record:
    """An interview's document, as far as a run needs it (see `documents.Placed` and `schema.INTERVIEW`)."""

    interview_id: str
    path: str
    part: int
    parts: int
    source: str
    hash: str
    content: str
    fingerprint: str
    turns: int
    passages: int
    given: tuple[str, ...] = ()
    date: str = ""
    attributed: int = 0
    spoken: int = 0
    sketch: str = ""
    version_of: str = ""
    versions: tuple[str, ...] = ()


class Inside:
    """The interviews that are in, by id and by path, and how many turns and passages there are of each id."""

    def __init__(self, records: Iterable[Record] = (), documents: dict[str, int] | None = None) -> None:
        self.records = {record.interview_id: record for record in records}
        self.documents = documents or {}
        by_path: defaultdict[str, list[Record]] = defaultdict(list)
        for record in self.records.values():
            by_path[record.path].append(record)
        self._by_path = dict(by_path)

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the paths of the files that are in, in order."""
        return tuple(sorted(self._by_path))

    def of(self, path: str) -> tuple[Record, ...]:
        """Return the interviews of one file in the order of their parts."""
        return tuple(sorted(self._by_path.get(path, ()), key=lambda record: record.part))

    def with_hash(self, hash_: str) -> tuple[Record, ...]:
        """Return the interviews of files with these bytes."""
        return self._by_hash.get(hash_, ())

    @cached_property
    def _by_hash(self) -> dict[str, tuple[Record, ...]]:
        found: defaultdict[str, list[Record]] = defaultdict(list)
        for record in self.records.values():
            found[record.hash].append(record)
        return {hash_: tuple(records) for hash_, records in found.items()}

    def whole(self, record: Record) -> bool:
        """Tell whether every document that the interview's own document promises is there."""
        return self.documents.get(record.interview_id, 0) == record.turns + record.passages

    def unchanged(self, path: str, hash_: str, fingerprint: str) -> tuple[Record, ...]:
        """Return the interviews of a file that needs no loading; empty where it does.

        It needs none if its bytes and the knowledge are the same and every interview of it is in: the last one says how
        many there are, and is the only one to say it.
        """
        records = self.of(path)
        whole = [one for one in records if (one.hash, one.fingerprint) == (hash_, fingerprint) and self.whole(one)]
        return records if records and len(whole) == len(records) == records[-1].parts else ()

    def orphans(self) -> set[str]:
        """Return the ids that have documents but no interview: what killed runs left of theirs."""
        return self.documents.keys() - self.records.keys()

    def left_behind(self, interview_id: str) -> bool:
        """Tell whether there are documents under this id, of an interview that is in or of one that never got in."""
        return interview_id in self.documents or interview_id in self.records


def look(client: "Elasticsearch", names: Names) -> Inside:
    """Return what is in a set of indices."""
    client.indices.refresh(index=",".join(names.each))
    return Inside(_records(client, names), _counts(client, names))


def addresses(client: "Elasticsearch", names: Names, interview_id: str) -> tuple[tuple[str, str], ...]:
    """Return (index, `_id`) of every turn and passage under an interview's id, as of the last refresh."""
    query = {"query": {"term": {"interview_id": interview_id}}, "_source": False}
    return tuple((hit["_index"], hit["_id"]) for hit in _scan(client, f"{names.turns},{names.passages}", query))


def _records(client: "Elasticsearch", names: Names) -> Iterator[Record]:
    """Yield the interviews that are in."""
    wanted = [field.name for field in fields(Record)]
    for hit in _scan(client, names.interviews, {"query": {"match_all": {}}, "_source": wanted}):
        known: dict[str, Any] = {"source": "", **hit["_source"]}  # an empty value is left out
        lists = {name: tuple(known.get(name, ())) for name in ("given", "versions")}
        yield Record(**{**known, **lists})


def _scan(client: "Elasticsearch", index: str, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every hit."""
    from elasticsearch import helpers

    yield from helpers.scan(client, index=index, query=query, size=_PAGE)


def _counts(client: "Elasticsearch", names: Names) -> dict[str, int]:
    """Return how many turns and passages there are under each interview id."""
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
