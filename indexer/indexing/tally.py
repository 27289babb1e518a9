"""Count what a run does, for its report."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from indexer.report import (
    NOTHING_LEFT_OUT,
    Change,
    Embedded,
    Event,
    Failure,
    FileFailed,
    FileGone,
    FileRead,
    IndexReport,
    LeftOut,
    Outcome,
    Progress,
    SidecarUsed,
    Skipped,
    SpeakersApplied,
)


@dataclass(slots=True)
class Tally:
    """The counts of a run so far.

    `settled` counts results of Elasticsearch. `arrived` counts the interviews that are indexed of each file, `broken`
    are the files with a failure, both by absolute path.
    """

    progress: Progress = field(default_factory=Progress)
    indexed: int = 0
    passages: int = 0
    unchanged: int = 0
    failed: list[Failure] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    removed: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    sidecars: list[str] = field(default_factory=list)
    left_out: LeftOut = NOTHING_LEFT_OUT
    much_left_out: list[LeftOut] = field(default_factory=list)
    topics: tuple[tuple[str, int], ...] = ()
    renamed: int = 0
    missing: tuple[str, ...] = ()
    embedded: int = 0
    unembedded: str = ""
    settled: int = 0
    arrived: Counter[str] = field(default_factory=Counter)
    _written: dict[str, Outcome] = field(default_factory=dict)

    def begin(self, files: int, size: int) -> None:
        """Set how many files the run reads, and their bytes."""
        self.progress = Progress(of_files=files, of_bytes=size)

    def begin_stage(self, stage: str, on_progress: Callable[[], None]) -> None:
        """Say what the run is doing now."""
        self.progress = replace(self.progress, stage=stage)
        on_progress()

    def add(self, event: Event) -> None:
        """Count a file, skipped interviews or what is left out, or add a failure."""
        match event:
            case FileRead(size):
                files, size = self.progress.files + 1, self.progress.bytes + size
                self.progress = replace(self.progress, files=files, bytes=size)
            case Skipped(interviews):
                self.unchanged += interviews
            case FileFailed(path, failure):
                self.failed.append(failure)
                self.broken.add(path)
            case FileGone(interview_id):
                self.gone.append(interview_id)
            case SidecarUsed(path, keys):
                self.sidecars.append(f"{path} ({', '.join(keys)})")
            case LeftOut():
                self.left_out += event
                if event.is_unusual:
                    self.much_left_out.append(event)
            case Embedded(turns, problem):
                self.embedded, self.unembedded = turns, problem
            case SpeakersApplied(turns, missing):
                self.renamed, self.missing = turns, missing

    def settle(self, interview_id: str, refused: str, outcome: Outcome) -> None:
        """Count an interview whose documents are acknowledged, or add the reason why they were `refused`."""
        self.settled += 1
        if refused:
            self.add(FileFailed(outcome.path, Failure(outcome.source, refused)))
            return
        if outcome.change in (Change.INDEXED, Change.UNCHANGED, Change.DUPLICATE):
            self.arrived[outcome.path] += 1
        if outcome.change is Change.INDEXED:
            self._count(interview_id, outcome)
        elif outcome.change is Change.UNCHANGED:
            self.unchanged += 1
        elif outcome.change is Change.REMOVED:
            self.removed.append(interview_id)
        elif outcome.change is Change.DUPLICATE:
            self.duplicates.append(interview_id)
            self._uncount(interview_id)

    def _count(self, interview_id: str, outcome: Outcome) -> None:
        self.indexed += 1
        self.passages += outcome.passages
        self.progress = replace(self.progress, turns=self.progress.turns + outcome.turns)
        self._written[interview_id] = outcome
        if outcome.low_confidence:
            self.unsure.append(outcome.source)

    def _uncount(self, interview_id: str) -> None:
        """Stop counting an interview as indexed: a better transcript of it came later in the run."""
        if outcome := self._written.pop(interview_id, None):
            self.indexed -= 1
            self.passages -= outcome.passages
            self.progress = replace(self.progress, turns=self.progress.turns - outcome.turns)

    def report(self, seconds: float, *, interrupted: bool, rebuilt: bool, word: str) -> IndexReport:
        """Return the report of the run."""
        return IndexReport(
            files=self.progress.files,
            bytes=self.progress.bytes,
            indexed=self.indexed,
            turns=self.progress.turns,
            passages=self.passages,
            unchanged=self.unchanged,
            failed=tuple(self.failed),
            removed=tuple(self.removed),
            unsure=tuple(self.unsure),
            seconds=seconds,
            interrupted=interrupted,
            rebuilt=rebuilt,
            word=word,
            versions=tuple(self.duplicates),
            gone=tuple(self.gone),
            sidecars=tuple(self.sidecars),
            left_out=self.left_out,
            much_left_out=tuple(self.much_left_out),
            topics=self.topics,
            renamed=self.renamed,
            missing=self.missing,
            embedded=self.embedded,
            unembedded=self.unembedded,
        )
