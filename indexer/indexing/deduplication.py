"""The end of a run: what is the same interview twice becomes a main version with versions, once everything is in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from indexer.errors import ReadingError
from indexer.indexing import transcript
from indexer.indexing.interviews import Filing
from indexer.readers.discover import TranscriptFile
from indexer.readers.file_hash import digest
from indexer.report import Expected
from indexer.store import duplicates, safeguards
from indexer.store.bulk import Load
from indexer.store.manifest import Inside, Record, look


def joined(filing: Filing) -> Iterator[Load]:
    """Yield what makes of the same interview twice a main version and versions; nothing where that is so already."""
    tally, writer = filing.tally, filing.writer
    if tally.interrupted:
        return
    if tally.settled:
        filing.writer = writer = replace(writer, inside=look(writer.client, writer.names))
    inside = writer.inside
    of = _mains(filing, inside) if filing.comparing else {}

    def again(record: Record, others: Sequence[str]) -> Iterator[Load]:
        return _again(filing, record, others)

    for load in duplicates.loads(writer.client, writer.names, inside, of, again):
        version = load.interview_id in of and not inside.records[load.interview_id].version_of
        tally.expect(load.interview_id, Expected("", "", version=version, listing=not version), once=True)
        yield load


def _mains(filing: Filing, inside: Inside) -> Mapping[str, str]:
    """Return version -> main version; what cannot be read again is no main version if any other can be."""
    lost: set[str] = set()
    while True:
        of = duplicates.mains(inside.records.values(), filing.first, lost)
        promoted = (one for id_, one in inside.records.items() if one.version_of and id_ not in of)
        more = {one.interview_id for one in promoted if not _readable(one)} - lost
        if not more:
            return of
        lost |= more


def _readable(record: Record) -> bool:
    """Tell whether an interview's file is as it was."""
    try:
        return digest(Path(record.path)) == record.hash
    except ReadingError:
        return False


def _again(filing: Filing, record: Record, others: Sequence[str]) -> Iterator[Load]:
    """Yield the load of an interview that was a version and is a main version now, read as it was."""
    file = TranscriptFile(Path(record.path), record.path, "", record.source, 0)
    given = safeguards.given((record,), ())
    try:
        interview = transcript.part(file.path, record.source, record.part, record.hash, given)
    except ReadingError as error:
        filing.fail(file, error)
        return
    interview = replace(interview, id=record.interview_id)
    placed = filing.placed(file, interview, record.hash, record.part, record.parts)
    yield filing.written(interview, replace(placed, given=record.given, versions=tuple(others)))()
