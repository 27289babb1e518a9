"""Enrich an interview and serialize its documents."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from indexer.enrich.enrich import Knowledge, enrich, is_mostly_narration, with_names
from indexer.indexing.plan import Demote, Load, LoadDuplicate, Move, Relink, Remove
from indexer.store import documents
from indexer.store.bulk import SerializedDocument
from indexer.store.documents import AnalyzedInterview
from indexer.store.indexed_interview import SourceInfo
from indexer.text.analysis import Analysis, Analyzer

LONG = 1_000_000
"""Characters of an interview whose documents are not held in memory: a million of them are 35 MB of JSON."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An interview ready to be sent: the `documents` of its turns and passages, iterable once, and its `own`.

    `source` and `path` name its file, as typed and absolute. `turns` and `passages` count its documents;
    `low_confidence`: few of its lines were recognised as turns.
    """

    interview_id: str
    source: str
    path: str
    turns: int
    passages: int
    low_confidence: bool
    documents: Iterable[SerializedDocument]
    own: bytes


Step = Prepared | LoadDuplicate | Move | Remove | Demote | Relink
"""A plan; of an interview to load, what is prepared of it."""


@dataclass(frozen=True, slots=True)
class Analyses:
    """The analyses of texts, made again each time they are iterated."""

    texts: tuple[str, ...]
    analyzer: Analyzer

    def __iter__(self) -> Iterator[Analysis]:
        return self.analyzer.analyze_all(self.texts)


def length(load: Load) -> int:
    """Return the number of characters of an interview."""
    return sum(len(turn.text) for turn in load.interview.turns)


def prepare(load: Load, knowledge: Knowledge) -> Prepared:
    """Prepare an interview; its documents are made as they are iterated.

    Each turn is analyzed once, for its topics and its documents. A long interview is analyzed twice instead, as its
    analyses take as much memory as its documents.
    """
    import orjson

    texts = tuple(turn.text for turn in load.interview.turns)
    analyses: Iterable[Analysis] = load.analyses or Analyses(texts, knowledge.analyzer)
    if length(load) <= LONG:
        analyses = tuple(analyses)
    interview = with_names(enrich(load.interview, knowledge, analyses, load.stretches), load.names)
    analyzed = AnalyzedInterview(interview, analyses, knowledge.analyzer.analyze)
    passages = len(analyzed.spans)
    return Prepared(
        interview_id=interview.id,
        source=load.origin.source,
        path=load.origin.path,
        turns=len(interview.turns),
        passages=passages,
        low_confidence=is_mostly_narration(interview),
        documents=_serialized(analyzed, load.origin),
        own=orjson.dumps(documents.interview_document(interview, load.origin, passages, load.duplicates)),
    )


def prepare_completely(load: Load, knowledge: Knowledge) -> Prepared:
    """Prepare an interview with all its documents made, so that it can be sent to another process."""
    prepared = prepare(load, knowledge)
    return replace(prepared, documents=tuple(prepared.documents))


def _serialized(analyzed: AnalyzedInterview, origin: SourceInfo) -> Iterator[SerializedDocument]:
    """Yield the documents of an interview's turns and passages as JSON."""
    import orjson

    for kind, id_, document in documents.documents(analyzed, origin.source, origin.added_at):
        yield kind, id_, orjson.dumps(document)
