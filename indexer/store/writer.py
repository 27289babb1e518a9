"""What one interview needs written: its documents as lines, and whatever was under its id before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.model import Interview
from indexer.store import bulk, documents
from indexer.store.bulk import Line, Load, Ready
from indexer.store.documents import Placed
from indexer.store.manifest import Inside, Record, addresses
from indexer.store.mapping import Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch


@dataclass(frozen=True, slots=True)
class Writer:
    """Makes the loads of one run: into the indices `names`, which held what `inside` says when it began."""

    client: "Elasticsearch"
    names: Names
    inside: Inside

    def same(self, interview_id: str, placed: Placed) -> Record | None:
        """Return the interview as it is in, if all that is printed of it is the same and only its place changed."""
        record = self.inside.records.get(interview_id)
        if record is None or not self.inside.whole(record):
            return None
        known = (record.content, record.source, record.fingerprint)
        return record if known == (placed.content, placed.source, placed.fingerprint) else None

    def placing(self, record: Record, placed: Placed) -> Load:
        """Return what tells where an interview now is whose turns are in already."""
        place = documents.place_document(placed)
        return Load(record.interview_id, (), bulk.update(self.names.interviews, record.interview_id, place))

    def loading(self, interview_id: str, ready: Iterable[Ready], own: bytes) -> Load:
        """Return what loads an interview's documents, its `own` last, in place of anything that is under its id."""
        old = self._uncommitted(interview_id)
        commit = bulk.put_ready(self.names.interviews, interview_id, own)
        return Load(interview_id, self._lines(ready, old), commit)

    def version(self, interview: Interview, placed: Placed, main: str) -> Load:
        """Return what tells that an interview is `main` once more; its turns are not written."""
        old = self._uncommitted(interview.id)
        document = documents.version_document(documents.interview_document(interview, placed), main)
        commit = bulk.put(self.names.interviews, interview.id, document)
        return Load(interview.id, (bulk.delete(index, id_) for index, id_ in old), commit)

    def removal(self, interview_id: str) -> Load:
        """Return what takes an interview out."""
        old = self._uncommitted(interview_id)
        return Load(interview_id, (bulk.delete(index, id_) for index, id_ in old), None)

    def _uncommitted(self, interview_id: str) -> set[tuple[str, str]]:
        """Take an interview's own document out, if it has one, and return the addresses of all others under its id."""
        if not self.inside.left_behind(interview_id):
            return set()
        self.client.options(ignore_status=404).delete(index=self.names.interviews, id=interview_id)
        return set(addresses(self.client, self.names, interview_id))

    def _lines(self, ready: Iterable[Ready], old: set[tuple[str, str]]) -> Iterator[Line]:
        """Yield the lines of an interview's turns and passages, then those that delete what it no longer has."""
        index_of = {"turns": self.names.turns, "passages": self.names.passages}
        for kind, id_, document in ready:
            old.discard((index_of[kind], id_))
            yield bulk.put_ready(index_of[kind], id_, document)
        for index, id_ in old:
            yield bulk.delete(index, id_)
