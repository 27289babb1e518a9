"""The end of a run: what is the same interview twice becomes a main version with versions, once everything is in."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from indexer import transcript
from indexer.errors import ReadingError
from indexer.filing import Filing
from indexer.loading import keeping, versions
from indexer.loading.bulk import Load
from indexer.loading.inside import Record, look
from indexer.reading.worklist import Transcript
from indexer.report import Expected


def joined(filing: Filing, keep_duplicates: bool) -> Iterator[Load]:
    """Yield what makes of the same interview twice a main version and versions; nothing where that is so already."""
    tally, writer = filing.tally, filing.writer
    if tally.interrupted:
        return
    if tally.settled:
        filing.writer = writer = replace(writer, inside=look(writer.client, writer.names))
    inside = writer.inside
    of = {} if keep_duplicates else versions.mains(inside.records.values())

    def again(record: Record, others: Sequence[str]) -> Iterator[Load]:
        return _again(filing, record, others)

    for load in versions.loads(writer.client, writer.names, inside, of, again):
        version = load.interview_id in of and not inside.records[load.interview_id].version_of
        tally.expect(load.interview_id, Expected("", "", version=version, listing=not version), once=True)
        yield load


def _again(filing: Filing, record: Record, others: Sequence[str]) -> Iterator[Load]:
    """Yield the load of an interview that was a version and is a main version now, read as it was."""
    file = Transcript(Path(record.path), record.path, "", record.source, 0)
    given = keeping.given((record,), ())
    try:
        interview = transcript.part(file.path, record.source, record.part, record.hash, given)
    except ReadingError as error:
        filing.fail(file, error)
        return
    placed = filing.placed(file, interview, record.hash, record.part, record.parts)
    placed = replace(placed, given=record.given, versions=tuple(others))
    yield filing.written(replace(interview, id=record.interview_id), placed)
