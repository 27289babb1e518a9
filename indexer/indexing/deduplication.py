"""The final step of a run: link duplicates to their primaries.

An interview is compared when it is read, and one that duplicates a better one is indexed as a duplicate at once. At the
end of a run all interviews are compared, as a primary may have come later than its duplicates, be gone, or say
something else now. Each step keeps to the protocol of `store.bulk`: a duplicate whose document was deleted and not yet
written is not indexed, and the next run reads its file and compares again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.errors import ReadingError
from indexer.indexing import transcript
from indexer.indexing.file_reader import FileReader
from indexer.indexing.files import failed
from indexer.indexing.interviews import source_info
from indexer.indexing.plan import Demote, Load, Plan, Relink
from indexer.readers.file_hash import digest
from indexer.report import FileFailed
from indexer.store import safeguards
from indexer.store.duplicates import Ranking, find_duplicates
from indexer.store.indexed_interview import IndexedInterview
from indexer.store.manifest import IndexManifest


@dataclass(frozen=True, slots=True)
class DuplicateLinks:
    """The `primary_of` each duplicate, by id; `unreadable` are those that would be primaries, could they be read."""

    primary_of: Mapping[str, str]
    unreadable: Collection[str] = ()


def find_links(
    manifest: IndexManifest, before: IndexManifest, keep_duplicates: bool = False, preferred: Sequence[str] = ()
) -> DuplicateLinks:
    """Return the links that an archive should have.

    `manifest` is of the indices as they are now, `before` of the archive before the run: its primaries remain primaries
    of identical interviews. With `keep_duplicates` there are to be no duplicates. `preferred` as in `Ranking`. An
    interview that cannot be read again is a primary only if no other can be.
    """
    if keep_duplicates:
        return DuplicateLinks({})
    ranking, unreadable = Ranking(before.primaries, preferred), set[str]()
    while True:
        primary_of = find_duplicates(manifest.interviews.values(), ranking, unreadable)
        promoted = (one for id_, one in manifest.interviews.items() if one.primary and id_ not in primary_of)
        more = {one.interview_id for one in promoted if not _is_readable(one)} - unreadable
        if not more:
            return DuplicateLinks(primary_of, unreadable)
        unreadable |= more


def plans(
    manifest: IndexManifest, links: DuplicateLinks, fingerprint: str, reader: FileReader
) -> Iterator[Plan | FileFailed]:
    """Yield the plans that give an archive its links; none if it has them. `reader` reads what becomes a primary."""
    primary_of = links.primary_of
    duplicates_of: defaultdict[str, list[str]] = defaultdict(list)
    for duplicate, primary in sorted(primary_of.items()):
        duplicates_of[primary].append(duplicate)
    for id_, interview in sorted(manifest.interviews.items()):
        primary, duplicates = primary_of.get(id_, ""), tuple(duplicates_of[id_])
        if interview.primary and not primary:
            yield _promote(interview, duplicates, fingerprint, reader)
        elif primary and not interview.primary:
            yield Demote(id_, primary)
        elif primary != interview.primary:
            yield Relink(id_, primary=primary)
        elif duplicates != interview.duplicates:
            yield Relink(id_, duplicates=duplicates)


def _is_readable(interview: IndexedInterview) -> bool:
    """Tell whether the file of an interview is unchanged."""
    try:
        return digest(Path(interview.origin.path)) == interview.origin.hash
    except ReadingError:
        return False


def _promote(
    indexed: IndexedInterview, duplicates: tuple[str, ...], fingerprint: str, reader: FileReader
) -> Load | FileFailed:
    """Return the plan that makes a duplicate a primary, read again from its file."""
    before = indexed.origin
    overrides = safeguards.overrides((indexed,), ())
    try:
        interview = transcript.read_part(reader, Path(before.path), before.source, before.part, before.hash, overrides)
    except ReadingError as error:
        return failed(before.path, error)
    interview = replace(interview, id=indexed.interview_id)
    origin = source_info(
        interview,
        source=before.source,
        path=before.path,
        hash_=before.hash,
        fingerprint=fingerprint,
        part=before.part,
        parts=before.parts,
        overrides=overrides,
    )
    return Load(interview, replace(origin, added_at=before.first_indexed), duplicates)
