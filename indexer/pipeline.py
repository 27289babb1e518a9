"""The stages in order: paths, read, parsed, annotated, loaded, `IndexReport`. The only room that sees them all.

Each file goes through on its own; what waits between the stages is one interview and a few requests, however many files
there are. `loading.bulk` says why a run may be stopped anywhere and run again.
"""

import datetime
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from indexer import transcript
from indexer.annotating.annotate import Knowledge, annotate, load_knowledge
from indexer.annotating.certainty import unsure
from indexer.elastic.translating import translating
from indexer.errors import ElasticError, ReadingError, UsageError
from indexer.loading import bulk, keeping, lock, schema, target, versions
from indexer.loading.bulk import Load
from indexer.loading.documents import Placed, content_hash, stretches
from indexer.loading.inside import Record, look
from indexer.loading.naming import Register, TakenError
from indexer.loading.target import Target
from indexer.loading.writing import Writer
from indexer.model import Interview
from indexer.reading import worklist
from indexer.reading.digest import digest
from indexer.reading.files import read
from indexer.reading.source import Item
from indexer.reading.worklist import Transcript
from indexer.report import Expected, Failure, IndexReport, Progress, Tally
from indexer.settings import Settings

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

Given = tuple[tuple[str, str], ...]

READING = 1
"""Raise it when the same file is read or parsed to other turns than before: older archives are then to be rebuilt."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is to do: `rebuild` reads everything anew, `prune` takes out the interviews whose files are gone.

    `keep_duplicates` leaves in what is the same interview once more. `given` is what a person says of every transcript
    below the paths, as `Script.given`; it is kept with them.
    """

    paths: Sequence[Path]
    rebuild: bool = False
    prune: bool = False
    given: Given = ()
    keep_duplicates: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on: `told` hears how far the run is, `stop` is asked between two interviews whether it is to end."""

    told: Callable[[Progress], None] = lambda progress: None
    stop: Callable[[], bool] = lambda: False


def check(order: Order) -> None:
    """Raise `UsageError` for an order that cannot be carried out, before anything is started for it."""
    if not order.paths and not order.rebuild:
        raise UsageError("Name the folder or the files to index.", "fangtan index FOLDER")
    worklist.check(order.paths, forgiving=order.prune)


def index(order: Order, settings: Settings, client: "Elasticsearch", watch: Watch = Watch()) -> IndexReport:
    """Bring the archive up to date with the files below the paths, and return what was done.

    A run that is stopped ends in order: what was loaded is in, and running it again does the rest; a rebuild that is
    stopped leaves the archive as it was. Raises `UsageError`, `ReadingError` where a rebuild would lose interviews, and
    `ElasticError` and its kinds.
    """
    began, tally = time.monotonic(), Tally()
    check(order)
    files = worklist.below(order.paths) if order.paths else ()
    knowledge = load_knowledge(settings)
    with _going_on(tally), translating(settings), lock.held(client, settings) as alive:
        place = target.choose(client, settings, _meta(knowledge), order.rebuild)
        writer = Writer(client, place.names, place.inside, knowledge.language)
        run = _Run(order, place, knowledge, writer, watch, tally)
        with target.finishing(client, settings, place) as publish:
            for step in (run.loads(run.worklist(files)), run.joined()):
                for loaded in bulk.load(client, step):
                    tally.settle(loaded.interview_id, loaded.refused)
                    watch.told(tally.progress)
                    alive()
            if run.settled():
                publish()
        word = target.frequent_word(client, settings)
    return tally.report(time.monotonic() - began, place.rebuilding, word)


@contextmanager
def _going_on(tally: Tally) -> Iterator[None]:
    """Tell, if Elasticsearch fails in the middle of a run, that running again does the rest."""
    try:
        yield
    except ElasticError as error:
        if tally.progress.files:
            error.next_step += " Then run the same command again: what is in stays, and it does the rest."
        raise


class _Run:
    """One run: its files to loads, one after another."""

    def __init__(
        self, order: Order, place: Target, knowledge: Knowledge, writer: Writer, watch: Watch, tally: Tally
    ) -> None:
        self._order, self._place, self._knowledge, self._writer = order, place, knowledge, writer
        self._watch, self._tally = watch, tally
        self._loaded: set[str] = set()
        self._fingerprint = _fingerprint(knowledge)
        self._register = Register(place.before, worklist.exists)

    def worklist(self, named: Sequence[Transcript]) -> Sequence[Transcript]:
        """Return the files to look at: in a rebuild also those of the archive that were not named.

        Raises `UsageError` where a rebuild would lose interviews whose files are gone, and nobody said `--prune`.
        """
        if not self._place.rebuilding:
            return named
        before = self._place.before
        sources = {record.path: record.source for record in before.records.values()}
        files = (*named, *worklist.known(sources, named))
        if not self._order.prune:
            keeping.check_gone(keeping.gone(before, {file.real for file in files}, worklist.exists))
        return files

    def loads(self, files: Sequence[Transcript]) -> Iterator[Load]:
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
        yield from map(self._removal, self._place.inside.orphans() - self._loaded)

    def joined(self) -> Iterator[Load]:
        """Yield what makes of the same interview twice a main version and versions, once everything is in."""
        if self._tally.interrupted:
            return
        if self._tally.settled:
            inside = look(self._writer.client, self._place.names)
            self._writer = replace(self._writer, inside=inside)
        inside = self._writer.inside
        of = {} if self._order.keep_duplicates else versions.mains(inside.records.values())
        for load in versions.loads(self._writer.client, self._place.names, inside, of, self._again):
            version = load.interview_id in of and not inside.records[load.interview_id].version_of
            self._tally.expect(load.interview_id, Expected("", "", version=version, listing=not version), once=True)
            yield load

    def _again(self, record: Record, others: Sequence[str]) -> Iterator[Load]:
        """Yield the load of an interview that was a version and is a main version now, read as it was."""
        file = Transcript(Path(record.path), record.path, "", record.source, 0)
        given = keeping.given((record,), ())
        try:
            interview = transcript.part(file.path, record.source, record.part, record.hash, given)
        except ReadingError as error:
            self._fail(file, error)
            return
        placed = self._placed(file, interview, record.hash, record.part, record.parts)
        placed = replace(placed, given=record.given, versions=tuple(others))
        yield self._written(replace(interview, id=record.interview_id), placed)

    def settled(self) -> bool:
        """Tell whether what was loaded is to be shown: a rebuild only if it is whole and loses nothing."""
        if self._place.rebuilding:
            keeping.check_broken(self._place.before, self._tally.broken, self._tally.arrived)
        return not (self._place.rebuilding and self._tally.interrupted)

    def _file(self, file: Transcript) -> Iterator[Load]:
        """Yield the loads of one file; none if it is in as it is."""
        try:
            hash_ = digest(file.path)
        except ReadingError as error:
            self._fail(file, error)
            return
        given = self._given(file)
        unchanged = self._place.inside.unchanged(file.real, hash_, self._fingerprint)
        if unchanged and all(record.given == _texts(given) for record in unchanged):
            self._tally.unchanged += len(unchanged)
        else:
            yield from self._interviews(file, hash_, given)

    def _given(self, file: Transcript) -> Given:
        """Return what a person says of a file; a rebuild also reads files that nobody named, as they were."""
        named = any(worklist.inside(file.real, (path,)) for path in self._order.paths) if self._order.given else False
        return keeping.given(self._place.before.of(file.real), self._order.given if named else ())

    def _interviews(self, file: Transcript, hash_: str, given: Given) -> Iterator[Load]:
        """Yield the loads of a file's interviews, and the removals of those it no longer holds."""
        here: set[str] = set()
        whole = True
        for part, item, last in worklist.counted(read(file.path, given=given)):
            if self._stopped():
                return
            try:
                interview = self._named(file, item, part, hash_, given)
            except ReadingError as error:
                self._fail(file, error)
                whole = False
                continue
            here.add(interview.id)
            # a file some of which failed is never complete: it is read, and the failure told, every time
            placed = self._placed(file, interview, hash_, part, part if last and whole else 0)
            yield self._load(interview, replace(placed, given=_texts(given)))
        if whole:
            had = (record.interview_id for record in self._place.inside.of(file.real))
            yield from (self._removal(id_) for id_ in had if id_ not in here)
        if whole and not here:
            self._fail(file, ReadingError(file.source, "there is nothing in it"))

    def _named(self, file: Transcript, item: Item, part: int, hash_: str, given: Given) -> Interview:
        """Return an interview under its id; raise `ReadingError` where there is none, or its id is another's."""
        interview = transcript.of(item, file.source, given)
        if not interview.id:
            return replace(interview, id=self._register.by_name(file.name, file.real, part, hash_))
        try:
            return replace(interview, id=self._register.own(interview.id, file.real))
        except TakenError as error:
            raise ReadingError(file.source, str(error)) from error

    def _placed(self, file: Transcript, interview: Interview, hash_: str, part: int, parts: int) -> Placed:
        """Return where an interview comes from and what it is made by."""
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        return Placed(file.source, file.real, hash_, content_hash(interview), self._fingerprint, now, part, parts)

    def _load(self, interview: Interview, placed: Placed) -> Load:
        """Return the load of one interview: nothing but its place where its turns are in already."""
        record = self._writer.same(interview.id, placed)
        if record is not None:
            self._tally.expect(interview.id, Expected(placed.source, placed.path, kept=True))
            return self._writer.placing(record, placed)
        return self._written(interview, placed)

    def _written(self, interview: Interview, placed: Placed) -> Load:
        """Return the load of all turns of an interview."""
        self._loaded.add(interview.id)
        turns = annotate(interview, self._knowledge)
        if unsure(turns):
            self._tally.unsure.append(placed.source)
        passages = sum(1 for _ in stretches(turns.turns))
        self._tally.expect(interview.id, Expected(placed.source, placed.path, len(turns.turns), passages))
        return self._writer.loading(turns, placed)

    def _pruned(self, looked_at: set[str]) -> Iterator[Load]:
        """Yield the removals of interviews whose files are gone; a rebuild does not take them over anyway."""
        for record in keeping.gone(self._place.before, looked_at, worklist.exists):
            if self._place.rebuilding:
                self._tally.removed.append(record.interview_id)
            elif worklist.inside(record.path, self._order.paths):
                yield self._removal(record.interview_id)

    def _removal(self, interview_id: str) -> Load:
        self._tally.expect(interview_id, Expected("", "", removed=True))
        return self._writer.removal(interview_id)

    def _stopped(self) -> bool:
        self._tally.interrupted = self._tally.interrupted or self._watch.stop()
        return self._tally.interrupted

    def _fail(self, file: Transcript, error: ReadingError) -> None:
        self._tally.fail(file.real, Failure(error.path, error.reason, error.line, error.next_step))


def _texts(given: Given) -> tuple[str, ...]:
    """Return what a person says as it is stored: KEY=VALUE."""
    return tuple(f"{key}={value}" for key, value in given)


def made_by(settings: Settings) -> dict[str, str | int]:
    """Return what would be written into indices made now; `schema.stale` tells what differs from those that exist."""
    return _meta(load_knowledge(settings))


def _meta(knowledge: Knowledge) -> dict[str, str | int]:
    """Return what is written into indices of how they were made."""
    made_by = (knowledge.language.fingerprint, knowledge.topics.fingerprint, knowledge.speakers.fingerprint)
    return schema.meta(READING, *made_by, _fingerprint(knowledge))


def _fingerprint(knowledge: Knowledge) -> str:
    """Return a short text that changes whenever the same file could give other documents."""
    return blake2b(f"{schema.VERSION}/{READING}/{knowledge.fingerprint}".encode(), digest_size=8).hexdigest()
