"""Plan what to do with an interview that was read: load it, move it, or treat it as a duplicate."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from indexer.indexing.plan import Load, LoadDuplicate, Move, Plan
from indexer.model import Interview, Metadata
from indexer.store.documents import content_hash
from indexer.store.duplicates import PrimaryIndex, Ranking
from indexer.store.indexed_interview import IndexedInterview, SourceInfo
from indexer.store.rebuild import Target
from indexer.store.safeguards import as_key_values
from indexer.text.near_duplicates import sketch
from indexer.text.simplify import original_script


def source_info(
    interview: Interview,
    *,
    source: str,
    path: str,
    hash_: str,
    fingerprint: str,
    part: int,
    parts: int,
    overrides: Metadata,
) -> SourceInfo:
    """Return the source of an interview, with the hash and the sketch of its text; see `SourceInfo`."""
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    spoken = [turn.text for turn in interview.turns if turn.speaker] or [turn.text for turn in interview.turns]
    about = {str(interview.date), *(turn.speaker for turn in interview.turns)}
    return SourceInfo(
        source=source,
        path=path,
        hash=hash_,
        content=content_hash(interview),
        fingerprint=fingerprint,
        part=part,
        parts=parts,
        overrides=as_key_values(overrides),
        sketch=sketch(spoken, about).text(),
        script=int(original_script(spoken)),
        indexed_at=now,
        added_at=now,
    )


class InterviewPlanner:
    """Decides on the interviews of a run, one after another; with `keep_duplicates` they are not compared."""

    def __init__(self, target: Target, *, keep_duplicates: bool, preferred: Sequence[str] = ()) -> None:
        self._manifest, self._keep_duplicates = target.manifest, keep_duplicates
        self._before, self._preferred = target.before, preferred
        self._primaries: PrimaryIndex | None = None

    def plan(self, interview: Interview, origin: SourceInfo) -> Plan:
        """Return the plan for an interview that was read."""
        if self._is_indexed(interview.id, origin):
            return Move(interview.id, origin)
        if before := self._before.get(interview.id):  # it was added then, and is only indexed again
            origin = replace(origin, added_at=before.origin.first_indexed)
        if self._keep_duplicates:
            return Load(interview, origin)
        candidate = IndexedInterview.of(interview, origin, passages=0)
        if primary := self._known_primaries().better_primary(candidate):
            self.forget(interview.id)
            return LoadDuplicate(interview, origin, primary)
        self._known_primaries().add(candidate)
        return Load(interview, origin)

    def forget(self, interview_id: str) -> None:
        """Compare no more with an interview: it is not a primary any longer."""
        if self._primaries is not None:
            self._primaries.drop(interview_id)

    def end(self) -> None:
        """Hold no primaries any longer: no further interview is planned."""
        self._primaries = None

    def _is_indexed(self, interview_id: str, origin: SourceInfo) -> bool:
        """Tell whether an interview is completely indexed and all that is shown of it is the same."""
        indexed = self._manifest.get(interview_id)
        if indexed is None or not self._manifest.is_complete(indexed):
            return False
        before = indexed.origin
        return (before.content, before.source, before.fingerprint) == (
            origin.content,
            origin.source,
            origin.fingerprint,
        )

    def _known_primaries(self) -> PrimaryIndex:
        """Return the primaries that are indexed or planned; those of the manifest are added on first use."""
        if self._primaries is None:
            interviews = self._manifest.interviews.values()
            primaries = (one for one in interviews if not one.primary)
            self._primaries = PrimaryIndex(Ranking(self._before.primaries, self._preferred), primaries)
        return self._primaries
