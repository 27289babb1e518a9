"""One interview to the load that brings it in, and what the report expects of it."""

import datetime
from dataclasses import dataclass

from indexer.annotating.annotate import Knowledge, annotate
from indexer.annotating.certainty import unsure
from indexer.errors import ReadingError
from indexer.loading.bulk import Load
from indexer.loading.documents import Placed, content_hash, stretches
from indexer.loading.writing import Writer
from indexer.model import Interview
from indexer.reading.worklist import Transcript
from indexer.report import Expected, Failure, Tally


@dataclass(slots=True)
class Filing:
    """Files interviews for one run; `fingerprint` is of all that documents depend on besides the transcripts.

    `loaded` are the ids whose turns this run writes.
    """

    knowledge: Knowledge
    writer: Writer
    tally: Tally
    fingerprint: str
    loaded: set[str]

    def placed(self, file: Transcript, interview: Interview, hash_: str, part: int, parts: int) -> Placed:
        """Return where an interview comes from and what it is made by."""
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        return Placed(file.source, file.real, hash_, content_hash(interview), self.fingerprint, now, part, parts)

    def load(self, interview: Interview, placed: Placed) -> Load:
        """Return the load of one interview: nothing but its place where its turns are in already."""
        record = self.writer.same(interview.id, placed)
        if record is not None:
            self.tally.expect(interview.id, Expected(placed.source, placed.path, kept=True))
            return self.writer.placing(record, placed)
        return self.written(interview, placed)

    def written(self, interview: Interview, placed: Placed) -> Load:
        """Return the load of all turns of an interview."""
        self.loaded.add(interview.id)
        turns = annotate(interview, self.knowledge)
        if unsure(turns):
            self.tally.unsure.append(placed.source)
        passages = sum(1 for _ in stretches(turns.turns))
        self.tally.expect(interview.id, Expected(placed.source, placed.path, len(turns.turns), passages))
        return self.writer.loading(turns, placed)

    def removal(self, interview_id: str) -> Load:
        """Return the load that takes an interview out."""
        self.tally.expect(interview_id, Expected("", "", removed=True))
        return self.writer.removal(interview_id)

    def fail(self, file: Transcript, error: ReadingError) -> None:
        """Tell that a file, or some of it, cannot be read."""
        self.tally.fail(file.real, Failure(error.path, error.reason, error.line, error.next_step))


def texts(given: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return what a person says as it is stored: KEY=VALUE."""
    return tuple(f"{key}={value}" for key, value in given)
