"""Folders that are watched: what changes there, until it is quiet, to one run after another.

Every run is a whole incremental one over all that is watched, not one of the files that changed: so a renamed folder,
a sidecar, a change while the last run went on or while Elasticsearch was away cannot be missed, and what is gone is
found as `--prune` finds it. It costs little: 5,000 files that did not change take 0.8 s.

`beats` is the stream of changes, which also ticks where there is none; `follow` makes runs of it.
"""

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from indexer.errors import FangtanError, ReadingError
from indexer.readers.read import is_transcript

Changed = Collection[Path]
Signature = tuple[int, int] | None
_GROUPED, _STEP = 500, 50
"""Milliseconds: a flood of changes is passed on twice a second, a single one after a step of quiet."""

_TEMPORARY = frozenset({".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp", ".swx", ".bak"})
"""What browsers and editors write beside a file until it is whole; it is then renamed, which is heard."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to wait, in seconds.

    `beat` is how often a waiting loop looks around. `settle` is how long files stay as they are before they count as
    written: programs that save in pieces, and copies over a network, pause for tenths of a second. `longest` is after
    how long a run begins though a file is still growing (subtitles of something live). `waits` lie between the
    attempts while Elasticsearch cannot be asked; the last one is repeated.
    """

    beat: float = 0.2
    settle: float = 1.0
    longest: float = 60.0
    waits: tuple[float, ...] = (5.0, 10.0, 20.0, 40.0, 60.0)


def follow(
    beats: Iterable[Changed],
    run: Callable[[Sequence[Path]], None],
    failed: Callable[[FangtanError, float], None],
    pace: Pace,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Run at the first beat, and whenever what changed has settled, until the beats end.

    `run` hears the paths that changed since the last run that did not fail, none at the start. A `FangtanError` of it
    is told to `failed`, with the seconds until it is tried again.
    """
    pending, batch, attempts = _Pending(pace), dict[Path, None](), 0
    due: float | None = clock()
    for changed in beats:
        now = clock()
        pending.hear(changed, now)
        settled = pending.settled(now)
        if now < due if due is not None else not settled:
            continue
        batch |= dict.fromkeys(pending.take() if settled else ())
        try:
            run(tuple(batch))
        except FangtanError as error:
            wait = pace.waits[min(attempts, len(pace.waits) - 1)]
            attempts, due = attempts + 1, clock() + wait
            failed(error, wait)
        else:
            batch, attempts, due = {}, 0, None


class _Pending:
    """The paths that changed, and since when they have been quiet."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._seen: dict[Path, Signature] = {}
        self._first = self._last = 0.0

    def hear(self, changed: Changed, now: float) -> None:
        """Take in what changed, and look whether what is pending is still being written."""
        if changed and not self._seen:
            self._first = now
        fresh = {path: _signature(path) for path in {*self._seen, *changed}}
        if changed or fresh != self._seen:
            self._last = now
        self._seen = fresh

    def settled(self, now: float) -> bool:
        """Tell whether there is something, and it is quiet or has been waited for long enough."""
        quiet = now - self._last >= self._pace.settle or now - self._first >= self._pace.longest
        return bool(self._seen) and quiet

    def take(self) -> tuple[Path, ...]:
        """Return what changed, and forget it."""
        taken, self._seen = tuple(sorted(self._seen)), {}
        return taken


def beats(paths: Sequence[Path], stop: Event, pace: Pace) -> Iterator[Changed]:
    """Yield what changed below `paths`, nothing at a beat without changes, until `stop` is set.

    Files named outright are looked at by every beat, as an editor puts a new file in their place. Raises `ReadingError`
    when a watched folder goes away or another comes in its place: its interviews are not to be taken out because a
    disk was unplugged.
    """
    from watchfiles import watch

    folders = {os.path.realpath(path): path for path in paths if path.is_dir()}
    files = {path: _signature(path) for path in paths if not path.is_dir()}
    files |= {path.with_suffix(".toml"): _signature(path.with_suffix(".toml")) for path in files}
    was = {path: _identity(path) for path in folders.values()}
    try:
        for changes in watch(
            *folders,
            watch_filter=None,
            debounce=_GROUPED,
            step=_STEP,
            stop_event=stop,
            rust_timeout=int(1000 * pace.beat),
            yield_on_timeout=True,
            raise_interrupt=False,
            ignore_permission_denied=True,
        ):
            for path, identity in was.items():
                if _identity(path) != identity:
                    raise ReadingError(
                        str(path),
                        "the folder is gone",
                        next_step="Its interviews stay in. Watch it again when it is back.",
                    )
            found = {
                typed for _, one in changes if (typed := _typed(Path(one), folders)) and matters(typed[0], typed[1])
            }
            now = {path: _signature(path) for path in files}
            yield [path for path, _ in found] + [path for path in files if now[path] != files[path]]
            files = now
    except OSError as error:
        step = "On Linux fs.inotify.max_user_watches says how many folders can be watched."
        raise ReadingError(", ".join(map(str, paths)), f"cannot be watched: {error}", next_step=step) from error


def _typed(path: Path, folders: dict[str, Path]) -> tuple[Path, Path] | None:
    """Return a path as a person named its folder, and its place below that folder."""
    for real, typed in folders.items():
        if path.is_relative_to(real) and str(path) != real:
            below = path.relative_to(real)
            return typed / below, below
    return None


def matters(path: Path, below: Path) -> bool:
    """Tell whether a change at a path, `below` its folder, may be one of transcripts: hidden ones are none."""
    if any(part.startswith((".", "~$")) for part in below.parts) or path.suffix.lower() in _TEMPORARY:
        return False
    if path.name.endswith("~"):
        return False
    # what is gone may have been a folder
    return is_transcript(path) or path.suffix.lower() == ".toml" or path.is_dir() or not path.exists()


def _signature(path: Path) -> Signature:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _identity(path: Path) -> Signature:
    """Return what a folder shares with no other, None for one that is gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
