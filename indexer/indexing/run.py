"""One run: the files it looks at, one after another, to loads."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.errors import ReadingError
from indexer.indexing import transcript
from indexer.indexing.interviews import Filing, texts
from indexer.model import Interview, Metadata
from indexer.options import Order, Watch
from indexer.readers import discover
from indexer.readers.discover import TranscriptFile
from indexer.readers.file_hash import digest
from indexer.readers.read import read
from indexer.readers.script import Script
from indexer.readers.source import Item
from indexer.report import Progress
from indexer.store import safeguards
from indexer.store.bulk import Job
from indexer.store.documents import content_hash
from indexer.store.ids import HeldError, Register, TakenError
from indexer.store.manifest import Record
from indexer.store.rebuild import Target


class Run:
    """One run: its files to loads, one after another."""

    def __init__(self, order: Order, place: Target, filing: Filing, watch: Watch) -> None:
        self._order, self._place, self._filing, self._watch = order, place, filing, watch
        self._tally = filing.tally
        self._register = Register(place.before, discover.exists, order.keep_duplicates)

    def worklist(self, named: Sequence[TranscriptFile]) -> Sequence[TranscriptFile]:
        """Return the files to look at: in a rebuild also those of the archive that were not named.

        Raises `UsageError` where a rebuild would lose interviews whose files are gone, and nobody said `--prune`.
        """
        if not self._place.rebuilding:
            return named
        before = self._place.before
        sources = {record.path: record.source for record in before.records.values()}
        files = (*named, *discover.known_files(sources, named))
        if not self._order.prune:
            safeguards.check_gone(safeguards.gone(before, {file.real for file in files}, discover.exists))
        return files

    def loads(self, files: Sequence[TranscriptFile]) -> Iterator[Job]:
        """Yield what there is to load and to remove, file by file."""
        self._tally.progress = Progress(of_files=len(files), of_bytes=sum(file.size for file in files))
        for file in files:
            if self._stopped():
                return
            yield from self._file(file)
            self._tally.looked_at(file.size)
            self._watch.told(self._tally.progress)
        if self._order.prune:
            yield from self._pruned({file.real for file in files})
        # turns that a killed run left, whose file this run had no reason to load: an interview that was being taken out
        yield from map(self._filing.removal, self._place.inside.orphans() - self._filing.loaded)

    def settled(self) -> bool:
        """Tell whether what was loaded is to be shown: a rebuild only if it is whole and loses nothing."""
        if self._place.rebuilding:
            safeguards.check_broken(self._place.before, self._tally.broken, self._tally.arrived)
        return not (self._place.rebuilding and self._tally.interrupted)

    def _file(self, file: TranscriptFile) -> Iterator[Job]:
        """Yield the loads of one file; none if it is in as it is."""
        try:
            hash_ = digest(file.path)
        except ReadingError as error:
            self._filing.fail(file, error)
            return
        given = self._given(file, hash_)
        unchanged = self._unchanged(file, hash_)
        if unchanged and all(record.given == texts(given) for record in unchanged):
            self._tally.unchanged += len(unchanged)
        else:
            yield from self._interviews(file, hash_, given)

    def _unchanged(self, file: TranscriptFile, hash_: str) -> tuple[Record, ...]:
        """Return the interviews of a file that is in as it is, or of a copy at the same place below another folder."""
        inside = self._place.inside
        new = not inside.of(file.real) and not self._order.keep_duplicates
        others = {record.path for record in inside.with_hash(hash_)} if new else ()
        same = (path for path in sorted(others) if discover.is_copy_elsewhere(file, path) and discover.exists(path))
        return inside.unchanged(next(same, file.real), hash_, self._filing.fingerprint)

    def _given(self, file: TranscriptFile, hash_: str) -> Metadata:
        """Return what a person says of a file; a rebuild also reads files that nobody named, as they were."""
        named = any(discover.is_below(file.real, (path,)) for path in self._order.paths) if self._order.given else False
        said = safeguards.said_of(self._place.before, file.real, hash_, lambda path: self._another(file, path))
        return safeguards.given(said, self._order.given if named else ())

    def _another(self, file: TranscriptFile, path: str) -> bool:
        """Tell whether there is another file at a real path, and not one of the same place below another folder."""
        return discover.exists(path) and not discover.is_copy_elsewhere(file, path)

    def _interviews(self, file: TranscriptFile, hash_: str, given: Metadata) -> Iterator[Job]:
        """Yield the loads of a file's interviews, and the removals of those it no longer holds."""
        here: set[str] = set()
        whole = True
        for part, item, last in discover.enumerate_with_last(read(file.path, overrides=given)):
            if self._stopped():
                return
            try:
                interview = self._named(file, item, part, hash_, given)
            except ReadingError as error:
                self._filing.fail(file, error)
                whole = False
                continue
            except HeldError as held:
                here.add(str(held))
                self._tally.unchanged += 1
                continue
            here.add(interview.id)
            if self._held(file, interview, given):
                self._tally.unchanged += 1
                continue
            # a file some of which failed is never complete: it is read, and the failure told, every time
            placed = self._filing.placed(file, interview, hash_, part, part if last and whole else 0)
            yield self._filing.load(interview, replace(placed, given=texts(given)))
        if whole:
            had = (record.interview_id for record in self._place.inside.of(file.real))
            yield from (self._filing.removal(id_) for id_ in had if id_ not in here)
        if whole and not here:
            self._filing.fail(file, ReadingError(file.source, "there is nothing in it"))

    def _held(self, file: TranscriptFile, interview: Interview, given: Metadata) -> bool:
        """Tell whether an interview is in as it is, from another file that is there."""
        record = self._place.inside.records.get(interview.id)
        if record is None or record.path == file.real or not discover.exists(record.path):
            return False
        known = (record.fingerprint, record.given, record.content)
        same = known == (self._filing.fingerprint, texts(given), content_hash(interview))
        return same and self._place.inside.whole(record)

    def _named(self, file: TranscriptFile, item: Item, part: int, hash_: str, given: Metadata) -> Interview:
        """Return an interview under its id; raise `ReadingError` where there is none, or its id is another's."""
        interview = transcript.of(item, file.source, given)
        if not interview.id:
            inside = item.name if isinstance(item, Script) else ""
            return replace(interview, id=self._register.by_name(file.name, file.real, part, hash_, inside))
        try:
            return replace(interview, id=self._register.own(interview.id, file.real, content_hash(interview)))
        except TakenError as error:
            raise ReadingError(file.source, str(error)) from error

    def _pruned(self, looked_at: set[str]) -> Iterator[Job]:
        """Yield the removals of interviews whose files are gone; a rebuild does not take them over anyway."""
        for record in safeguards.gone(self._place.before, looked_at, discover.exists):
            if self._place.rebuilding:
                self._tally.removed.append(record.interview_id)
            elif record.interview_id in self._register.given:
                continue  # moved: it is in, from where it is now
            elif discover.is_below(record.path, self._order.paths):
                yield self._filing.removal(record.interview_id)

    def _stopped(self) -> bool:
        self._tally.interrupted = self._tally.interrupted or self._watch.stop()
        return self._tally.interrupted
