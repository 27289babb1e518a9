"""The same interview twice: copies, reprints, the Traditional version, the edited one. One is the main version.

Each interview's document keeps a sketch of its text (`language.likeness`). At the end of a run all sketches are
compared, and where two say the same, the fuller transcript stays, as the main version. The other keeps its own
document, with `version_of` and without turns and passages: it is known, its file is skipped while it does not change,
and no search finds its words twice. What is main depends on what is in alone, never on the order it came in. Where a
main version is gone or says something else now, its versions are read again, and the fullest takes its place.

Each step keeps to the protocol of `bulk`: a version whose document was taken out and not written yet is not in, and the
next run reads its file and compares again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from indexer.language.likeness import SAME, Sketch
from indexer.loading import bulk
from indexer.loading.bulk import Load
from indexer.loading.documents import version_document
from indexer.loading.inside import Inside, Record, addresses
from indexer.loading.schema import Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_OFTEN = 200
"""Mains that share one hash, from which on it is boilerplate and no reason to compare."""


def mains(records: Iterable[Record]) -> dict[str, str]:
    """Return version -> main version, by id, of the interviews that have one.

    The fullest comes first, then the first by path and part; each is a version of the main it is most like.
    """
    ranked = sorted(records, key=lambda record: (-record.characters, record.path, record.part, record.interview_id))
    sketches: dict[str, Sketch] = {}
    holding: defaultdict[int, list[str]] = defaultdict(list)
    found: dict[str, str] = {}
    for record in ranked:
        mine = Sketch.of_text(record.sketch)
        if not mine.hashes:
            continue
        near = dict.fromkeys(id_ for hash_ in mine.hashes for id_ in holding[hash_][:_OFTEN])
        alike = [(mine.likeness(sketches[id_]), id_) for id_ in near]
        best = max(alike, key=lambda one: one[0], default=(0.0, ""))
        if best[0] >= SAME:
            found[record.interview_id] = best[1]
            continue
        sketches[record.interview_id] = mine
        for hash_ in mine.hashes:
            holding[hash_].append(record.interview_id)
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
