"""Read the files of a run, one after another, and plan what to do with their interviews."""

import datetime
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, takewhile
from pathlib import Path

from indexer.errors import ReadingError
from indexer.indexing import transcript
from indexer.indexing.cluster_reader import ClusterReader
from indexer.indexing.file_list import FileList
from indexer.indexing.file_reader import StoppedError
from indexer.indexing.interviews import InterviewPlanner, source_info
from indexer.indexing.plan import Move, Plan, Remove
from indexer.indexing.transcript import ParsedInterview, ReadOptions, TranscriptReader
from indexer.language.messages import gettext as _
from indexer.model import Interview, Metadata
from indexer.options import IndexOptions
from indexer.readers import discover, sidecar
from indexer.readers.discover import TranscriptFile, Transcripts
from indexer.report import Event, Failure, FileFailed, FileGone, FileRead, SidecarUsed, Skipped
from indexer.store import safeguards
from indexer.store.documents import content_hash, location_fields
from indexer.store.ids import CopyError, IdRegistry, TakenError
from indexer.store.indexed_interview import IndexedInterview, SourceInfo
from indexer.store.rebuild import Target


def failed(path: str, error: ReadingError) -> FileFailed:
    """Return the failure of the file at an absolute path."""
    return FileFailed(path, Failure(error.path, error.reason, error.line, error.next_step))


def _newer_keys(file: TranscriptFile, hash_: str, earlier: Sequence[IndexedInterview]) -> tuple[str, ...]:
    """Return the keys of a sidecar file that was changed since the overrides of its interviews were stored."""
    if not earlier or not earlier[0].origin.overrides or earlier[0].origin.hash == hash_:
        return ()
    indexed_at = earlier[0].origin.indexed_at
    return sidecar.changed_keys(file.path, datetime.datetime.fromisoformat(indexed_at)) if indexed_at else ()


def _is_before_reading(event: Plan | Event | None) -> bool:
    return event is not None


class FilePlanner:
    """Plans a run file by file, which `reader` reads and `known` lists; `interrupted` once `should_stop` said so.

    `fingerprint` is of everything that documents depend on besides the transcripts; `preferred` are the folders whose
    transcripts become primaries.
    """

    def __init__(
        self,
        options: IndexOptions,
        target: Target,
        fingerprint: str,
        reader: TranscriptReader | ClusterReader,
        known: FileList,
        should_stop: Callable[[], bool],
        preferred: Sequence[str] = (),
    ) -> None:
        self._options, self._target = options, target
        self._fingerprint, self._reader, self._known, self._should_stop = fingerprint, reader, known, should_stop
        self._interviews = InterviewPlanner(target, keep_duplicates=options.keep_duplicates, preferred=preferred)
        self._ids = IdRegistry(target.before, discover.exists, options.keep_duplicates)
        self._planned: set[str] = set()
        self._unreadable: set[str] = set()
        self.interrupted = False

    def other_files(self, found: Transcripts) -> Sequence[TranscriptFile]:
        """Return the files to read besides those found below the paths: in a rebuild, all others of the archive.

        Raises `UsageError` if a rebuild would lose interviews whose files are gone, unless they are to be pruned.
        """
        if not self._target.rebuilding:
            return ()
        before = self._target.before
        sources = {one.origin.path: one.origin.source for one in before.interviews.values()}
        others = discover.known_files(sources, found)
        if not self._options.prune:
            read = {file.real for file in (*found, *others)}
            safeguards.check_gone(safeguards.gone(before, read, discover.exists))
        return others

    def plans(self, files: Iterable[TranscriptFile]) -> Iterator[Plan | Event]:
        """Yield the plans for the interviews of each file and its events, of which `FileRead` is the last."""
        for event in self._plans(files):
            if not isinstance(event, Event):
                self._target.manifest.load()  # before anything is written
            yield event

    def _plans(self, files: Iterable[TranscriptFile]) -> Iterator[Plan | Event]:
        for events in self._begun(files):
            if self.has_to_stop():
                return
            try:
                yield from (event for event in events if event is not None)
            except StoppedError:
                self.interrupted = True
                return
        yield from map(self._remove if self._options.prune else FileGone, self._gone())
        # turns that an interrupted run left of an interview that it was removing
        yield from map(self._remove, self._target.manifest.orphans() - self._planned)
        self._interviews.end()

    def _begun(self, files: Iterable[TranscriptFile]) -> Iterator[Iterator[Plan | Event | None]]:
        """Yield the events of each file, those of some files ahead as far as they can be before others are planned."""
        row: deque[Iterator[Plan | Event | None]] = deque()
        for file in files:
            events = self._file(file)
            row.append(chain(list(takewhile(_is_before_reading, events)), events) if self._reader.ahead else events)
            while len(row) > self._reader.ahead:
                yield row.popleft()
        yield from row

    def _file(self, file: TranscriptFile) -> Iterator[Plan | Event | None]:
        """Yield the plans of a file, none if it is unchanged; `None` where reading it has begun."""
        try:
            known = self._known.look_up(file)
        except ReadingError as error:
            self._unreadable.add(file.real)
            yield failed(file.real, error)
            yield FileRead(file.size)
            return
        if known.interviews and not self._options.overrides:
            yield Skipped(known.interviews)
        else:
            yield from self._known_by_hash(file, known.hash)
        yield FileRead(file.size)

    def _known_by_hash(self, file: TranscriptFile, hash_: str) -> Iterator[Plan | Event | None]:
        """Yield the plans of a file of which no more is known than its hash."""
        overrides, replaced = self._overrides(file, hash_)
        if replaced:
            yield SidecarUsed(str(Path(file.source).with_suffix(".toml")), replaced)
        unchanged = self._unchanged(file, hash_)
        stored = safeguards.as_key_values(overrides)
        if unchanged and all(interview.origin.overrides == stored for interview in unchanged):
            yield Skipped(len(unchanged))
        else:
            yield from self._interviews_of(file, hash_, overrides)

    def _unchanged(self, file: TranscriptFile, hash_: str) -> tuple[IndexedInterview, ...]:
        """Return the interviews of an unchanged file, or of its copy at the same path below another folder."""
        manifest = self._target.manifest
        new = not manifest.of_file(file.real) and not self._options.keep_duplicates
        others = {interview.origin.path for interview in manifest.with_hash(hash_)} if new else ()
        copies = (path for path in sorted(others) if discover.is_copy_elsewhere(file, path) and discover.exists(path))
        return manifest.unchanged(next(copies, file.real), hash_, self._fingerprint)

    def _overrides(self, file: TranscriptFile, hash_: str) -> tuple[Metadata, tuple[str, ...]]:
        """Return the overrides of a file, and the keys of stored ones that its sidecar file replaces, as it is newer.

        Those typed hold for the paths named, which a rebuild reads others beside.
        """
        named = self._options.overrides and any(discover.is_below(file.real, (path,)) for path in self._options.paths)

        def is_another_file(path: str) -> bool:
            return discover.exists(path) and not discover.is_copy_elsewhere(file, path)

        earlier = safeguards.earlier_interviews(self._target.before, file.real, hash_, is_another_file)
        typed = self._options.overrides if named else ()
        newer = _newer_keys(file, hash_, earlier)
        return safeguards.overrides(earlier, typed, newer), safeguards.superseded(earlier, typed, newer)

    def _interviews_of(self, file: TranscriptFile, hash_: str, overrides: Metadata) -> Iterator[Plan | Event | None]:
        """Yield the plans for the interviews of a file, and for the removal of those it no longer has."""
        ids: set[str] = set()
        complete = True
        items = self._reader.begin(file.path, hash_, file.source, ReadOptions(overrides=overrides))
        yield None
        for part, item, last in discover.enumerate_with_last(items):
            if self.has_to_stop():
                return
            try:
                if isinstance(item, ReadingError):
                    raise item
                interview = self._with_id(file, item, part, hash_)
            except ReadingError as error:
                yield failed(file.real, error)
                complete = False
                continue
            except CopyError as copy:
                ids.add(str(copy))
                yield Skipped(1)
                continue
            ids.add(interview.id)
            yield from (failed(file.real, error) for error in item.unfit)
            complete = complete and not item.unfit
            # a file with failures never counts as complete, so that it is read, and they are reported, every time
            origin = source_info(
                interview,
                source=file.source,
                path=file.real,
                hash_=hash_,
                fingerprint=self._fingerprint,
                part=part,
                parts=part if last and complete else 0,
                overrides=overrides,
            )
            if self._is_copy(interview.id, origin):
                yield Skipped(1)
                continue
            self._planned.add(interview.id)
            yield item.left_out
            plan = self._interviews.plan(interview, origin)
            yield Skipped(1) if self._is_in_place(plan) else plan
        if complete:
            before = (interview.interview_id for interview in self._target.manifest.of_file(file.real))
            yield from (self._remove(id_) for id_ in before if id_ not in ids)
        if complete and not ids:
            yield failed(file.real, ReadingError(file.source, _("there is nothing in it")))

    def _is_copy(self, interview_id: str, origin: SourceInfo) -> bool:
        """Tell whether an interview is indexed as it is, from another file that exists."""
        indexed = self._target.manifest.get(interview_id)
        if indexed is None or indexed.origin.path == origin.path or not discover.exists(indexed.origin.path):
            return False
        before = indexed.origin
        known = (before.fingerprint, before.overrides, before.content)
        same = known == (origin.fingerprint, origin.overrides, origin.content)
        return same and self._target.manifest.is_complete(indexed)

    def _is_in_place(self, plan: Plan) -> bool:
        """Tell whether a plan would write what is indexed: a file with a failure is read every time."""
        if not isinstance(plan, Move):
            return False
        indexed = self._target.manifest.get(plan.interview_id)
        return indexed is not None and location_fields(indexed.origin) == location_fields(plan.origin)

    def _with_id(self, file: TranscriptFile, item: ParsedInterview, part: int, hash_: str) -> Interview:
        """Return an interview with its id; raise `ReadingError` if it has no turns or a taken id, or `CopyError`."""
        interview = transcript.with_turns(transcript.with_recording(item, file.path), file.source)
        if not interview.id:
            return replace(interview, id=self._ids.assign(file.name, file.real, part, hash_, item.name))
        try:
            return replace(interview, id=self._ids.claim(interview.id, file.real, content_hash(interview)))
        except TakenError as error:
            raise ReadingError(file.source, str(error)) from error

    def _gone(self) -> Iterator[str]:
        """Yield the ids of interviews whose files are gone: all in a rebuild, otherwise those below the paths.

        An interview that this run found in another file, with the same id, remains.
        """
        before, known = self._target.before, self._known
        paths = known.gone(discover.exists) if known.is_settled else safeguards.gone_paths(before, discover.exists)
        named = self._options.paths
        wanted = (one for one in paths if self._target.rebuilding or discover.is_below(one, named))
        for interview in (one for path in wanted if path not in self._unreadable for one in before.of_file(path)):
            if not self._ids.is_assigned(interview.interview_id):
                yield interview.interview_id

    def _remove(self, interview_id: str) -> Remove:
        self._interviews.forget(interview_id)
        return Remove(interview_id)

    def has_to_stop(self) -> bool:
        """Tell whether the run is interrupted."""
        self.interrupted = self.interrupted or self._should_stop()
        return self.interrupted
