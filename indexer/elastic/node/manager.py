"""The embedded node as a background process: started when needed, found by its state file, stopped when asked."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.elastic.node import startup_errors, state
from indexer.elastic.node.paths import Places, places
from indexer.elastic.node.state import State
from indexer.errors import NodeError
from indexer.settings import Settings

if TYPE_CHECKING:
    import psutil

# Seconds. On two idle cores a node starts in 3.6 and closes in 0.3; these are for machines with other things to do.
_START, _CLOSE, _GLANCE = 120, 30, 0.05

# Windows: what `start_new_session` is elsewhere.
if sys.platform == "win32":
    _NO_CONSOLE = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
else:
    _NO_CONSOLE = 0

_FETCHING = "Fetching Elasticsearch, this once"

# Of another's Java, not for this one: agents, heap sizes, proxies.
_NOT_INHERITED = ("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS")

Told = Callable[[str, str], None]
"""Hears what is being waited for, and how far it is: `("Fetching Elasticsearch", "3 of 53 files")`."""


def silent(step: str, detail: str) -> None:
    """Hear it and say nothing."""


def start(settings: Settings, told: Told = silent) -> State:
    """Return the running node, started if there is none; `told` hears what is being waited for.

    Several processes may call this at once: one starts the node, the others wait for it. Raises `NodeError`.
    """
    where = places(settings)
    found = state.running(where)
    if found is not None:
        return found
    with startup_errors.folders_told(), _alone(where, told):
        found = state.read(where)
        half = found is not None and found.phase != "failed" and state.process(where, found) is not None
        if not half:
            _fetch(where, told)
        told("Starting Elasticsearch", "")
        return _await(where, None if half else _spawn(where, settings))


def stop(settings: Settings) -> bool:
    """Close the node and wait until it is gone; return whether there was one."""
    where = places(settings)
    if not where.node.exists():
        return False
    with startup_errors.folders_told(), _alone(where, silent):
        found = state.read(where)
        process = (state.process(where, found) if found is not None else None) or state.stray(where)
        if process is not None:
            _close(process, where)
        state.remove(where)
        return process is not None


def ended(settings: Settings) -> NodeError:
    """Return why the node that ran is gone."""
    where = places(settings)
    last = state.read(where)
    if last is not None and state.process(where, last) is not None:
        return NodeError(f"Elasticsearch runs (process {last.pid}) and does not answer.", "fangtan node stop")
    return _ended(where, last)


def _fetch(where: Places, told: Told) -> None:
    """Make the folder that Elasticsearch starts from, telling how far it is."""
    from indexer.elastic.node import home

    ours = home.home_in(where.cache)
    arrived: list[object] = []

    def count(jar: object) -> None:
        arrived.append(jar)
        told(_FETCHING, f"{len(arrived)} of {len(absent)} files")

    if absent := home.missing(ours):
        told(_FETCHING, "")
        home.make(ours, count)


def _spawn(where: Places, settings: Settings) -> "subprocess.Popen[bytes]":
    """Start the node's process in a session of its own: closing the terminal does not end it."""
    where.stop_request.unlink(missing_ok=True)
    state.remove(where)
    where.console.parent.mkdir(parents=True, exist_ok=True)
    arguments = (str(where.cache), str(where.node), str(settings.node_port), settings.node_heap)
    with where.console.open("wb") as console:
        return subprocess.Popen(
            (sys.executable, "-m", state.SERVER, *arguments),
            cwd=Path(__file__).parents[3],  # where `indexer` is found, whatever the caller's folder
            env=_environment(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
            start_new_session=True,
            creationflags=_NO_CONSOLE,
        )


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the node's process.

    On Linux the JVM reads and writes file names in the encoding of the locale: under `C`, as in cron and containers, it
    could not open a folder named 数据.
    """
    locale = {"LC_ALL": "C.UTF-8"} if sys.platform == "linux" else {}
    return {key: value for key, value in ours.items() if key not in _NOT_INHERITED} | locale


def _await(where: Places, spawned: "subprocess.Popen[bytes] | None") -> State:
    """Wait until the node answers; raise `NodeError` when it says why not, ends without a word, or takes too long."""
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline:
        over = spawned.poll() is not None if spawned is not None else not _lives(where)
        found = state.read(where)
        if found is not None and found.phase == "running":
            return found
        if over:  # looked at before the file was read: what it says now is its last word
            raise _ended(where, found)
        time.sleep(_GLANCE)
    raise NodeError(f"Elasticsearch has not started within {_START} s.", "fangtan node logs; then: fangtan node stop")


def _lives(where: Places) -> bool:
    """Tell whether the process of the state file runs."""
    found = state.read(where)
    return found is not None and state.process(where, found) is not None


def _ended(where: Places, last: State | None) -> NodeError:
    """Return why a node is gone: it said so, or the JVM's last words tell."""
    if last is not None and last.phase == "failed":
        return NodeError(last.message, last.next_step)
    words = where.console.read_text(encoding="utf-8", errors="replace") if where.console.exists() else ""
    return startup_errors.last_words(words, last.heap if last is not None else "")


def _close(process: "psutil.Process", where: Places) -> None:
    """Ask, wait, and end by force what does not listen: Elasticsearch's log of operations makes that safe."""
    if sys.platform == "win32":
        where.stop_request.touch()  # no signal reaches a process without console
    else:
        process.terminate()
    if not _over(process):
        process.kill()
        _over(process)
    where.stop_request.unlink(missing_ok=True)


def _over(process: "psutil.Process") -> bool:
    """Wait until a process has ended; psutil itself would wait for its parent (a notebook?) to take notice."""
    import psutil

    deadline = time.monotonic() + _CLOSE
    try:
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            if time.monotonic() > deadline:
                return False
            time.sleep(_GLANCE)
    except psutil.NoSuchProcess:
        pass
    return True


@contextmanager
def _alone(where: Places, told: Told) -> Iterator[None]:
    """Hold the lock under which the node is started and stopped."""
    from filelock import FileLock, Timeout

    where.node.mkdir(parents=True, exist_ok=True)
    lock = FileLock(where.start_lock)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        told("Waiting for Elasticsearch, which another fangtan is starting", "")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
