"""What an index run tells: how far it is, what failed, and what it did."""

from collections import Counter
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Failure:
    """A transcript that is not in the archive as its file has it; `line` is 0 where no line is to blame."""

    path: str
    reason: str
    line: int = 0
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: files looked at and their bytes, and the turns that Elasticsearch has."""

    files: int = 0
    of_files: int = 0
    bytes: int = 0
    of_bytes: int = 0
    turns: int = 0


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run did.

    `files` were looked at (`bytes` in all). `indexed` and `unchanged` count interviews, `turns` and `passages` what was
    written for the indexed ones. `removed` names the interviews taken out because their file, or their line of it, is
    gone. `unsure` are transcripts little of which was taken for somebody's words. `interrupted` says that files are
    left to do, `rebuilt` that the archive was made anew. `word` is one that occurs often in the archive, "" where there
    is none. `versions` names the interviews that were found to be versions of others, whose turns were taken out.
    """

    files: int
    bytes: int
    indexed: int
    turns: int
    passages: int
    unchanged: int
    failed: tuple[Failure, ...]
    removed: tuple[str, ...]
    unsure: tuple[str, ...]
    seconds: float
    interrupted: bool = False
    rebuilt: bool = False
    word: str = ""
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """What is to be counted of an interview once it is in: its file (`source` as typed, `real` path) and its size.

    `kept`: its turns were in already; `removed`: it is to be taken out; `version`: its turns are, because
    it is another interview once more; `listing`: only its versions or its main version are written.
    """

    source: str
    real: str
    turns: int = 0
    passages: int = 0
    kept: bool = False
    removed: bool = False
    version: bool = False
    listing: bool = False


@dataclass(slots=True)
class Tally:
    """The report while the run goes on. `arrived` counts the interviews that are in of each file (real path)."""

    progress: Progress = field(default_factory=Progress)
    indexed: int = 0
    passages: int = 0
    unchanged: int = 0
    failed: list[Failure] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    removed: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    settled: int = 0
    arrived: Counter[str] = field(default_factory=Counter)
    interrupted: bool = False
    _expected: dict[str, Expected] = field(default_factory=dict)
    _written: dict[str, tuple[int, int]] = field(default_factory=dict)

    def looked_at(self, size: int) -> None:
        """Count a file of `size` bytes."""
        self.progress = replace(self.progress, files=self.progress.files + 1, bytes=self.progress.bytes + size)

    def fail(self, real: str, failure: Failure) -> None:
        """Name what is wrong with the file at a real path, or with some of it."""
        self.failed.append(failure)
        self.broken.add(real)

    def expect(self, interview_id: str, expected: Expected, once: bool = False) -> None:
        """Remember an interview that is on its way; with `once` only if nothing is expected of it yet."""
        if not once or interview_id not in self._expected:
            self._expected[interview_id] = expected

    def settle(self, interview_id: str, refused: str) -> None:
        """Count an interview that is in, or name the one that was refused."""
        sent = self._expected.pop(interview_id)
        self.settled += 1
        if refused:
            self.fail(sent.real, Failure(sent.source, refused))
        elif sent.removed:
            self.removed.append(interview_id)
        elif sent.version:
            self.versions.append(interview_id)
            self._take_back(interview_id)
            self.arrived[sent.real] += 1
        elif sent.listing:
            pass
        else:
            self.arrived[sent.real] += 1
            self.unchanged += sent.kept
            self.indexed += not sent.kept
            self.passages += sent.passages
            self.progress = replace(self.progress, turns=self.progress.turns + sent.turns)
            if not sent.kept:
                self._written[interview_id] = (sent.turns, sent.passages)

    def _take_back(self, interview_id: str) -> None:
        """Count no longer as indexed what was, until a fuller version of it came."""
        if interview_id in self._written:
            turns, passages = self._written.pop(interview_id)
            self.indexed -= 1
            self.passages -= passages
            self.progress = replace(self.progress, turns=self.progress.turns - turns)

    def report(self, seconds: float, rebuilt: bool, word: str) -> IndexReport:
        """Return what the run did."""
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
            interrupted=self.interrupted,
            rebuilt=rebuilt,
            word=word,
            versions=tuple(self.versions),
        )
