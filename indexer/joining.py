"""The end of a run: what is the same interview twice becomes a main version with versions, once everything is in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from indexer import transcript
from indexer.errors import ReadingError
from indexer.filing import Filing
from indexer.loading import keeping, versions
from indexer.loading.bulk import Load
from indexer.loading.inside import Inside, Record, look
from indexer.reading.digest import digest
from indexer.reading.worklist import Transcript
from indexer.report import Expected


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

    for load in versions.loads(writer.client, writer.names, inside, of, again):
        version = load.interview_id in of and not inside.records[load.interview_id].version_of
        tally.expect(load.interview_id, Expected("", "", version=version, listing=not version), once=True)
        yield load


def _mains(filing: Filing, inside: Inside) -> Mapping[str, str]:
    """Return version -> main version; what cannot be read again is no main version if any other can be."""
    lost: set[str] = set()
    while True:
        of = versions.mains(inside.records.values(), filing.first, lost)
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
    file = Transcript(Path(record.path), record.path, "", record.source, 0)
    given = keeping.given((record,), ())
    try:
        interview = transcript.part(file.path, record.source, record.part, record.hash, given)
    except ReadingError as error:
        filing.fail(file, error)
        return
    interview = replace(interview, id=record.interview_id)
    placed = filing.placed(file, interview, record.hash, record.part, record.parts)
    yield filing.written(interview, replace(placed, given=record.given, versions=tuple(others)))()
