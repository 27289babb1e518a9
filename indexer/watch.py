"""Watch folders, and start a run whenever changes have settled.

Each run is a complete incremental one over all watched paths, not one of the changed files: so a renamed folder, a
sidecar file, or a change during the last run or while Elasticsearch was unreachable cannot be missed, and files that
are gone are found as `--prune` finds them. It costs little: of what has not changed nothing is read
(`indexing.file_list`).

`watch_changes` is the stream of changes, which also ticks without any; `run_on_change` starts runs.
"""

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from indexer.errors import FangtanError, ReadingError
from indexer.language.messages import gettext as _
from indexer.language.messages import sentences
from indexer.media_address import is_recording
from indexer.readers.read import is_transcript

ChangedPaths = Collection[Path]
Signature = tuple[int, int] | None
_DEBOUNCE, _STEP = 500, 50
"""Milliseconds: many changes are passed on twice a second, a single one after a step without others."""

_TEMPORARY = frozenset({".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp", ".swx", ".bak"})
"""Suffixes of files that browsers and editors write and rename when they are complete, which is noticed."""


@dataclass(frozen=True, slots=True)
class WatchTiming:
    """The intervals of watching, in seconds.

    `tick` is the time between two looks. Files count as written once they are unchanged for `settle`: programs that
    save in pieces, and copies over a network, pause for tenths of a second. After `longest` a run starts even if a file
    is still growing (live subtitles). `retries` are the waits between attempts while Elasticsearch cannot be reached;
    the last one is repeated.
    """

    tick: float = 0.2
    settle: float = 1.0
    longest: float = 60.0
    retries: tuple[float, ...] = (5.0, 10.0, 20.0, 40.0, 60.0)


def run_on_change(
    changes: Iterable[ChangedPaths],
    run: Callable[[Sequence[Path]], None],
    on_error: Callable[[FangtanError, float], None],
    timing: WatchTiming,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Run once, then after each settled batch of changes, until `changes` is exhausted.

    `run` gets the paths that changed since the last run that succeeded, none the first time. If it raises a
    `FangtanError`, `on_error` gets that and the seconds until the next attempt.
    """
    pending, batch, attempts = _PendingChanges(timing), dict[Path, None](), 0
    due: float | None = clock()
    for changed in changes:
        now = clock()
        pending.add(changed, now)
        settled = pending.settled(now)
        if now < due if due is not None else not settled:
            continue
        batch |= dict.fromkeys(pending.take() if settled else ())
        try:
            run(tuple(batch))
        except FangtanError as error:
            wait = timing.retries[min(attempts, len(timing.retries) - 1)]
            attempts, due = attempts + 1, clock() + wait
            on_error(error, wait)
        else:
            batch, attempts, due = {}, 0, None


class _PendingChanges:
    """The changed paths, and the time since which they are unchanged."""

    def __init__(self, timing: WatchTiming) -> None:
        self._timing = timing
        self._signatures: dict[Path, Signature] = {}
        self._first = self._last = 0.0

    def add(self, changed: ChangedPaths, now: float) -> None:
        """Add changed paths, and check whether the pending ones are still being written."""
        if changed and not self._signatures:
            self._first = now
        signatures = {path: _signature(path) for path in {*self._signatures, *changed}}
        if changed or signatures != self._signatures:
            self._last = now
        self._signatures = signatures

    def settled(self, now: float) -> bool:
        """Tell whether there are changes, and they have settled or have waited for long enough."""
        settled = now - self._last >= self._timing.settle or now - self._first >= self._timing.longest
        return bool(self._signatures) and settled

    def take(self) -> tuple[Path, ...]:
        """Return the changed paths, and clear them."""
        paths, self._signatures = tuple(sorted(self._signatures)), {}
        return paths


def watch_changes(paths: Sequence[Path], stop: Event, timing: WatchTiming) -> Iterator[ChangedPaths]:
    """Yield the paths that changed below `paths`, none at a tick without changes, until `stop` is set.

    Files named outright are checked at each tick, as editors replace them by new ones. Raises `ReadingError` when a
    watched folder is gone or replaced: interviews are not to be removed because a disk was unplugged.
    """
    from watchfiles import watch

    folders = {os.path.realpath(path): path for path in paths if path.is_dir()}
    files = {path: _signature(path) for path in paths if not path.is_dir()}
    files |= {path.with_suffix(".toml"): _signature(path.with_suffix(".toml")) for path in files}
    identities = {path: _identity(path) for path in folders.values()}
    try:
        for changes in watch(
            *folders,
            watch_filter=None,
            debounce=_DEBOUNCE,
            step=_STEP,
            stop_event=stop,
            rust_timeout=int(1000 * timing.tick),
            yield_on_timeout=True,
            raise_interrupt=False,
            ignore_permission_denied=True,
        ):
            for path, identity in identities.items():
                if _identity(path) != identity:
                    raise ReadingError(
                        str(path),
                        _("the folder is gone"),
                        next_step=sentences(
                            _("Its interviews remain in the archive."), _("Watch it again when it is back.")
                        ),
                    )
            found = {
                typed
                for change, changed in changes
                if (typed := _typed(Path(changed), folders)) and is_relevant(typed[0], typed[1])
            }
            current = {path: _signature(path) for path in files}
            yield [path for path, below in found] + [path for path in files if current[path] != files[path]]
            files = current
    except OSError as error:
        step = _("On Linux, fs.inotify.max_user_watches limits how many folders can be watched.")
        reason = _("cannot be watched: {reason}").format(reason=error)
        raise ReadingError(", ".join(map(str, paths)), reason, next_step=step) from error


def _typed(path: Path, folders: dict[str, Path]) -> tuple[Path, Path] | None:
    """Return a path below its folder as typed, and relative to that folder."""
    for real, typed in folders.items():
        if path.is_relative_to(real) and str(path) != real:
            below = path.relative_to(real)
            return typed / below, below
    return None


def is_relevant(path: Path, below: Path) -> bool:
    """Tell whether a change at a path, `below` its folder, may concern transcripts; hidden files are ignored."""
    if any(part.startswith((".", "~$")) for part in below.parts) or path.suffix.lower() in _TEMPORARY:
        return False
    if path.name.endswith("~"):
        return False
    # a path that is gone may have been a folder
    is_read = is_transcript(path) or path.suffix.lower() == ".toml" or is_recording(path.name)
    return is_read or path.is_dir() or not path.exists()


def _signature(path: Path) -> Signature:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _identity(path: Path) -> Signature:
    """Return what identifies a folder; None if it is gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
