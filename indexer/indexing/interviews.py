"""One interview to the load that brings it in, and what the report expects of it."""

import datetime
from collections.abc import Callable
from dataclasses import replace

from indexer.enrich.enrich import attribute
from indexer.enrich.speakers import Speakers
from indexer.errors import ReadingError
from indexer.indexing.prepare import Prepared
from indexer.indexing.workers import Workers
from indexer.model import Interview, Metadata
from indexer.readers.discover import TranscriptFile
from indexer.report import Expected, Failure, Tally
from indexer.store.bulk import Job, Load
from indexer.store.documents import Placed, content_hash
from indexer.store.duplicates import Mains
from indexer.store.manifest import Inside, Record
from indexer.store.writer import Writer
from indexer.text.near_duplicates import sketch


class Filing:
    """Files interviews for one run.

    `fingerprint` is of all that documents depend on besides the transcripts. `before` is what was in when the run
    began: its main versions stay the main versions of equal ones. Without `comparing` an interview is filed as it is,
    whether or not it is another one once more. `loaded` are the ids whose turns this run writes.
    """

    def __init__(
        self,
        speakers: Speakers,
        workers: Workers,
        writer: Writer,
        tally: Tally,
        fingerprint: str,
        before: Inside,
        comparing: bool = True,
    ) -> None:
        self.writer, self.tally, self.fingerprint, self.comparing = writer, tally, fingerprint, comparing
        self.first = frozenset(id_ for id_, record in before.records.items() if not record.version_of)
        self.loaded: set[str] = set()
        self._speakers, self._workers = speakers, workers
        self._mains: Mains | None = None

    def placed(self, file: TranscriptFile, interview: Interview, hash_: str, part: int, parts: int) -> Placed:
        """Return where an interview comes from and what it is made by."""
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        said = [turn.text for turn in interview.turns if turn.speaker] or [turn.text for turn in interview.turns]
        about = {str(interview.date), *(turn.speaker for turn in interview.turns)}
        placed = Placed(file.source, file.real, hash_, content_hash(interview), self.fingerprint, now, part, parts)
        return replace(placed, sketch=sketch(said, about).text())

    def load(self, interview: Interview, placed: Placed) -> Job:
        """Return the load of one interview: nothing but its place where its turns, or those of its main, are in."""
        record = self.writer.same(interview.id, placed)
        if record is not None:
            self.tally.expect(interview.id, Expected(placed.source, placed.path, kept=True))
            return self.writer.placing(record, placed)
        if not self.comparing:
            return self.written(interview, placed)
        mine = _record(interview, placed)
        if main := self._known().above(mine):
            return self._version(interview, placed, main)
        self._known().add(mine)
        return self.written(interview, placed)

    def written(self, interview: Interview, placed: Placed) -> Callable[[], Load]:
        """Return what waits for the load of all turns of an interview."""
        self.loaded.add(interview.id)
        prepared = self._workers.prepare(interview, placed)
        return lambda: self._writing(prepared(), placed)

    def removal(self, interview_id: str) -> Load:
        """Return the load that takes an interview out."""
        self._forget(interview_id)
        self.tally.expect(interview_id, Expected("", "", removed=True))
        return self.writer.removal(interview_id)

    def fail(self, file: TranscriptFile, error: ReadingError) -> None:
        """Tell that a file, or some of it, cannot be read."""
        self.tally.fail(file.real, Failure(error.path, error.reason, error.line, error.next_step))

    def _writing(self, prepared: Prepared, placed: Placed) -> Load:
        """Return the load of an interview that is prepared."""
        if prepared.unsure:
            self.tally.unsure.append(placed.source)
        expected = Expected(placed.source, placed.path, prepared.turns, prepared.passages)
        self.tally.expect(prepared.interview_id, expected)
        return self.writer.loading(prepared.interview_id, prepared.documents, prepared.own)

    def _version(self, interview: Interview, placed: Placed, main: str) -> Load:
        """Return the load of an interview that is another once more: its turns are not even made."""
        self._forget(interview.id)
        self.loaded.add(interview.id)
        self.tally.expect(interview.id, Expected(placed.source, placed.path, version=True))
        return self.writer.version(attribute(interview, self._speakers), placed, main)

    def _known(self) -> Mains:
        """Return the main versions that are in or on their way; all are read when the first is asked for."""
        if self._mains is None:
            self._mains = Mains(self.first)
            for record in self.writer.inside.records.values():
                if not record.version_of:
                    self._mains.add(record)
        return self._mains

    def _forget(self, interview_id: str) -> None:
        if self._mains is not None:
            self._mains.drop(interview_id)


def _record(interview: Interview, placed: Placed) -> Record:
    """Return what is compared of an interview that was just read."""
    spoken = [len(turn.text) for turn in interview.turns if turn.speaker]
    return Record(
        interview_id=interview.id,
        path=placed.path,
        part=placed.part,
        parts=placed.parts,
        source=placed.source,
        hash=placed.hash,
        content=placed.content,
        fingerprint=placed.fingerprint,
        turns=len(interview.turns),
        passages=0,
        date=interview.date.isoformat() if interview.date else "",
        attributed=len(spoken),
        spoken=sum(spoken),
        sketch=placed.sketch,
    )


def texts(given: Metadata) -> tuple[str, ...]:
    """Return what a person says as it is stored: KEY=VALUE."""
    return tuple(f"{key}={value}" for key, value in given)
