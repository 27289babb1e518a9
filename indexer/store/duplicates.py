"""The same interview twice: copies, reprints, the Traditional version, the edited one. One is the main version.

Each interview's document keeps a sketch of its text (`text.near_duplicates`). Where two say the same, one is the main
version. The other keeps its own document, with `version_of` and without turns and passages: it is known, its file is
skipped while it does not change, and no search finds its words twice.

The main version is the one with the most turns of named speakers, then one with a date, then the one that says most;
of equals the one that was in first (its addresses may have been cited), then the first by path.

A transcript is compared when it is read, and one that is to be a version is written as such at once. At the end of a
run all are compared, as a main version may have come later than its versions, be gone, or say something else now. Each
step keeps to the protocol of `bulk`: a version whose document was taken out and not written yet is not in, and the next
run reads its file and compares again.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from indexer.store import bulk
from indexer.store.bulk import Load
from indexer.store.documents import version_document
from indexer.store.manifest import Inside, Record, addresses
from indexer.store.mapping import Names
from indexer.text.near_duplicates import Sketch

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_OFTEN = 200
"""Mains that share one hash, from which on it is boilerplate and no reason to compare."""

_LOOKED_UP = 16
"""Hashes by which a main version is found, the smallest: of pairs with a fifth in common, one in a hundred is missed.

With all 64, a hundred thousand interviews would take a gigabyte.
"""


class Mains:
    """The main versions known so far, to be asked whether a transcript is one of theirs once more.

    `first` are the ids of those that were main versions before; of equals they stay.
    """

    def __init__(self, first: Collection[str] = ()) -> None:
        self._first = first
        self._records: dict[str, Record] = {}
        self._holding: defaultdict[int | str, list[str]] = defaultdict(list)

    def add(self, record: Record) -> None:
        """Add a main version, in place of what is known under its id."""
        self.drop(record.interview_id)
        self._records[record.interview_id] = record
        for key in _keys(Sketch.of_text(record.sketch), _LOOKED_UP):
            self._holding[key].append(record.interview_id)

    def drop(self, interview_id: str) -> None:
        """Forget the main version of this id, if it is one."""
        if before := self._records.pop(interview_id, None):
            for key in _keys(Sketch.of_text(before.sketch), _LOOKED_UP):
                self._holding[key].remove(interview_id)

    def of(self, record: Record) -> str:
        """Return the id of the main version it is once more, of several the most alike; "" where there is none."""
        mine = Sketch.of_text(record.sketch)
        near = dict.fromkeys(id_ for key in _keys(mine) for id_ in self._holding.get(key, ())[:_OFTEN])
        near.pop(record.interview_id, None)
        alike = ((mine.duplicate_similarity(Sketch.of_text(self._records[id_].sketch)), id_) for id_ in near)
        likeness, main = max(alike, key=lambda one: one[0], default=(0.0, ""))
        return main if likeness else ""

    def above(self, record: Record) -> str:
        """Return the same, but only of a main version that stays one beside this transcript."""
        main = self.of(record)
        return main if main and self.rank(self._records[main]) < self.rank(record) else ""

    def rank(self, record: Record) -> tuple[int, bool, int, bool, str, int, str]:
        """Return what puts transcripts of one interview in order, the main version first."""
        stays = record.interview_id in self._first
        place = (record.path, record.part, record.interview_id)
        return (-record.attributed, not record.date, -record.spoken, not stays, *place)


def mains(records: Iterable[Record], first: Collection[str] = (), last: Collection[str] = ()) -> dict[str, str]:
    """Return version -> main version, by id, of the interviews that have one.

    Each is a version of the main version it is most like, and no main version is a version. `first` as in `Mains`;
    `last` are the ids of those that cannot be a main version if there is any other.
    """
    known = Mains(first)
    found: dict[str, str] = {}
    for record in sorted(records, key=lambda one: (one.interview_id in last, *known.rank(one))):
        if main := known.of(record):
            found[record.interview_id] = main
        else:
            known.add(record)
    return found


def loads(
    client: "Elasticsearch",
    names: Names,
    inside: Inside,
    of: Mapping[str, str],
    again: Callable[[Record, Sequence[str]], Iterator[Load]],
) -> Iterator[Load]:
    """Yield what makes the archive as `of` (version -> main) says, and nothing where it is so already.

    `again` reads one that was a version and is to be a main version, with versions of its own.
    """
    listed: defaultdict[str, list[str]] = defaultdict(list)
    for version, main in sorted(of.items()):
        listed[main].append(version)
    for id_, record in sorted(inside.records.items()):
        main, versions = of.get(id_, ""), listed[id_]
        if record.version_of and not main:
            yield from again(record, versions)
        elif main and not record.version_of:
            yield _as_version(client, names, id_, main)
        elif main != record.version_of:
            yield Load(id_, (), bulk.update(names.interviews, id_, {"version_of": main}))
        elif record.versions != tuple(versions):
            yield Load(id_, (), bulk.update(names.interviews, id_, {"versions": versions}))


def _as_version(client: "Elasticsearch", names: Names, interview_id: str, main: str) -> Load:
    """Return what leaves of an interview its own document, taken out first, as any that is written anew."""
    document = version_document(client.get(index=names.interviews, id=interview_id)["_source"], main)
    client.options(ignore_status=404).delete(index=names.interviews, id=interview_id)
    old = addresses(client, names, interview_id)
    commit = bulk.put(names.interviews, interview_id, document)
    return Load(interview_id, (bulk.delete(index, id_) for index, id_ in old), commit)


def _keys(sketch: Sketch, most: int | None = None) -> tuple[int | str, ...]:
    """Return what a sketch is found by."""
    return sketch.hashes[:most] or ((sketch.text_hash,) if sketch.text_hash else ())
