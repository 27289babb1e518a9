"""Build the actions that write, move, link or remove an interview."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.report import Outcome
from indexer.store import bulk, documents
from indexer.store.bulk import BulkAction, InterviewActions, SerializedDocument
from indexer.store.documents import Document
from indexer.store.indexed_interview import SourceInfo
from indexer.store.manifest import IndexManifest, addresses
from indexer.store.mapping import Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch


@dataclass(frozen=True, slots=True)
class Writer:
    """Builds actions for the indices `names`, whose contents `manifest` lists.

    Whatever replaces or removes the turns of an interview first deletes its own document: until the new one is written,
    the interview is not indexed (see `bulk`).
    """

    client: "Elasticsearch"
    names: Names
    manifest: IndexManifest

    def write(
        self, interview_id: str, turns: Iterable[SerializedDocument], own: bytes, outcome: Outcome
    ) -> InterviewActions:
        """Write the turns and passages of an interview, then its own document; delete all else under its id."""
        old = self._uncommit(interview_id)
        commit = bulk.put_serialized(self.names.interviews, interview_id, own)
        return InterviewActions(interview_id, self._replace(turns, old), commit, outcome)

    def write_duplicate(self, interview_id: str, document: Document, outcome: Outcome) -> InterviewActions:
        """Write the document of a duplicate, without turns; delete all else under its id."""
        old = self._uncommit(interview_id)
        commit = bulk.put(self.names.interviews, interview_id, document)
        return InterviewActions(interview_id, _deletions(old), commit, outcome)

    def demote(self, interview_id: str, primary: str, outcome: Outcome) -> InterviewActions:
        """Make an indexed interview a duplicate of `primary`: delete its turns."""
        document = self.client.get(index=self.names.interviews, id=interview_id)["_source"]
        return self.write_duplicate(interview_id, documents.duplicate_document(document, primary), outcome)

    def move(self, interview_id: str, origin: SourceInfo, outcome: Outcome) -> InterviewActions:
        """Update the location of an interview whose turns are indexed."""
        return self.update(interview_id, documents.location_fields(origin), outcome)

    def update(self, interview_id: str, fields: dict[str, Any], outcome: Outcome) -> InterviewActions:
        """Update fields of an interview's own document."""
        return InterviewActions(interview_id, (), bulk.update(self.names.interviews, interview_id, fields), outcome)

    def remove(self, interview_id: str, outcome: Outcome) -> InterviewActions:
        """Delete all documents of an interview."""
        return InterviewActions(interview_id, _deletions(self._uncommit(interview_id)), None, outcome)

    def _uncommit(self, interview_id: str) -> set[tuple[str, str]]:
        """Delete the own document of an interview, and return the addresses of all others under its id."""
        if not self.manifest.has_documents(interview_id):
            return set()
        bulk.delete_now(self.client, self.names.interviews, interview_id)
        return set(addresses(self.client, self.names, interview_id))

    def _replace(self, turns: Iterable[SerializedDocument], old: set[tuple[str, str]]) -> Iterator[BulkAction]:
        """Yield the actions that write turns and passages, then those that delete the old ones that remain."""
        index_of = {"turns": self.names.turns, "passages": self.names.passages}
        for kind, id_, document in turns:
            old.discard((index_of[kind], id_))
            yield bulk.put_serialized(index_of[kind], id_, document)
        yield from _deletions(old)


def _deletions(old: Iterable[tuple[str, str]]) -> Iterator[BulkAction]:
    return (bulk.delete(index, id_) for index, id_ in old)
