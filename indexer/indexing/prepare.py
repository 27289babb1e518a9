"""An interview as it was parsed to what is written of it: annotated, and as documents in JSON."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from indexer.enrich.enrich import Knowledge, enrich, is_mostly_narration
from indexer.model import Interview
from indexer.store import documents
from indexer.store.bulk import Ready
from indexer.store.documents import Placed
from indexer.text.analysis import Analyzer


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is written of one interview: `documents`, which can be gone through once, and its `own`, which goes last.

    `turns` and `passages` are how many there are; `unsure`: little of it was taken for somebody's words.
    """

    interview_id: str
    turns: int
    passages: int
    unsure: bool
    documents: Iterable[Ready]
    own: bytes


def prepare(interview: Interview, placed: Placed, knowledge: Knowledge) -> Prepared:
    """Return what is written of an interview; its documents are made as they are asked for."""
    import orjson

    annotated = enrich(interview, knowledge)
    own = documents.interview_document(annotated, placed)
    return Prepared(
        interview_id=annotated.id,
        turns=own["turns"],
        passages=own["passages"],
        unsure=is_mostly_narration(annotated),
        documents=_documents(annotated, knowledge.analyzer, placed.source),
        own=orjson.dumps(own),
    )


def whole(prepared: Prepared) -> Prepared:
    """Return the same with all its documents made, as it can be handed to another process."""
    return replace(prepared, documents=tuple(prepared.documents))


def _documents(interview: Interview, analyzer: Analyzer, source: str) -> Iterator[Ready]:
    """Yield the documents of an interview's turns and passages."""
    import orjson

    for kind, id_, document in documents.documents(interview, analyzer, source):
        yield kind, id_, orjson.dumps(document)
