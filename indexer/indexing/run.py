"""Carry out the plans of a run: prepare, write, count."""

from collections.abc import Callable, Iterable, Iterator

from indexer.enrich.enrich import attribute, with_own_labels
from indexer.enrich.speakers import Speakers
from indexer.indexing.plan import Demote, LoadDuplicate, Move, Plan, Relink, Remove
from indexer.indexing.prepare import Prepared, Step
from indexer.indexing.tally import Tally
from indexer.indexing.workers import Workers
from indexer.report import UNCOUNTED, Change, Event, Outcome
from indexer.store import bulk
from indexer.store.bulk import InterviewActions
from indexer.store.documents import duplicate_document, interview_document
from indexer.store.writer import Writer


class Run:
    """Carries out plans and counts them in `tally`; `on_progress` is called after each file and each interview."""

    def __init__(self, workers: Workers, speakers: Speakers, tally: Tally, on_progress: Callable[[], None]) -> None:
        self._workers, self._speakers, self._tally, self._on_progress = workers, speakers, tally, on_progress

    def carry_out(self, events: Iterable[Plan | Event], writer: Writer) -> None:
        """Carry out plans as they come, and count the files and failures among them."""
        steps = self._workers.prepare(self._plans(events))
        for result in bulk.load(writer.client, (_actions(step, writer, self._speakers) for step in steps)):
            self._tally.settle(result.interview_id, result.refused, result.outcome)
            self._on_progress()

    def _plans(self, events: Iterable[Plan | Event]) -> Iterator[Plan]:
        """Yield the plans; count the rest."""
        for event in events:
            if isinstance(event, Event):
                self._tally.add(event)
                self._on_progress()
            else:
                yield event


def _actions(step: Step, writer: Writer, speakers: Speakers) -> InterviewActions:
    """Return the actions of a step, and what to count once they are acknowledged."""
    match step:
        case Prepared():
            return writer.write(step.interview_id, step.documents, step.own, _indexed(step))
        case LoadDuplicate(interview, origin, primary):
            attributed = with_own_labels(attribute(interview, speakers), speakers)
            document = interview_document(attributed, origin, passages=0)
            outcome = Outcome(Change.DUPLICATE, origin.source, origin.path)
            return writer.write_duplicate(interview.id, duplicate_document(document, primary), outcome)
        case Move(interview_id, origin):
            return writer.move(interview_id, origin, Outcome(Change.UNCHANGED, origin.source, origin.path))
        case Remove(interview_id):
            return writer.remove(interview_id, Outcome(Change.REMOVED))
        case Demote(interview_id, primary):
            return writer.demote(interview_id, primary, Outcome(Change.DUPLICATE))
        case Relink(interview_id, primary, duplicates):
            fields = {"version_of": primary} if primary else {"versions": list(duplicates)}
            return writer.update(interview_id, fields, UNCOUNTED)


def _indexed(prepared: Prepared) -> Outcome:
    return Outcome(
        Change.INDEXED,
        prepared.source,
        prepared.path,
        prepared.turns,
        prepared.passages,
        prepared.low_confidence,
    )
