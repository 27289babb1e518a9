"""The embedded node as a background process: started when needed, found by its state file, stopped when asked."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.elastic import failures, home, state
from indexer.elastic.places import Places, places
from indexer.elastic.state import State
from indexer.errors import NodeError
from indexer.settings import Settings

# Seconds. Starting takes 3 on two idle cores, closing less than 1; these are for machines with other things to do.
_START, _CLOSE, _GLANCE = 120, 30, 0.05

# Windows: what `start_new_session` is elsewhere.
if sys.platform == "win32":
    _NO_CONSOLE = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
else:
    _NO_CONSOLE = 0

Told = Callable[[str], None]


def running(settings: Settings) -> State | None:
    """Return the state of the node that answers now; None if none does. Costs one small file, one look at a process."""
    found = state.read(places(settings).state)
    return found if found is not None and found.phase == "running" and state.alive(found) else None


def start(settings: Settings, told: Told = lambda step: None) -> State:
    """Return the running node, started if there is none; `told` hears what is being waited for.

    Several processes may call this at once: one starts the node, the others wait for it. Raises `NodeError`.
    """
    found = running(settings)
    if found is not None:
        return found
    where = places(settings)
    with _alone(where, told):
        found = state.read(where.state)
        if found is None or found.phase == "failed" or not state.alive(found):
            _fetch(where, told)
            told("Starting Elasticsearch")
            process = _spawn(where, settings)
        else:
            process = None
        return _await(where, process)


def _fetch(where: Places, told: Told) -> None:
    """Make the node's home, telling how far it is."""
    ours = home.home_in(where.cache)
    arrived: list[str] = []

    def count(jar: object) -> None:
        arrived.append("")
        told(f"Fetching Elasticsearch, once: {len(arrived)} jars of {len(ours.jars)}")

    home.make(ours, count)


def _spawn(where: Places, settings: Settings) -> "subprocess.Popen[bytes]":
    """Start the node's process in a session of its own: closing the terminal does not end it."""
    where.stop_request.unlink(missing_ok=True)
    where.state.unlink(missing_ok=True)
    where.console.parent.mkdir(parents=True, exist_ok=True)
    arguments = [str(where.cache), str(where.node), str(settings.node_port), settings.node_heap]
    with where.console.open("wb") as console:
        return subprocess.Popen(
            [sys.executable, "-m", "indexer.elastic.server", *arguments],
            cwd=Path(__file__).parents[2],  # where `indexer` is found, whatever the caller's folder
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
            start_new_session=True,
            creationflags=_NO_CONSOLE,
        )


def _await(where: Places, process: "subprocess.Popen[bytes] | None") -> State:
    """Wait until the node answers; raise `NodeError` when it says why not, ends without a word, or takes too long."""
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline:
        found = state.read(where.state)
        if found is not None and found.phase == "running":
            return found
        if found is not None and found.phase == "failed":
            raise NodeError(found.message, found.next_step)
        if (process is not None and process.poll() is not None) or (found is not None and not state.alive(found)):
            raise ended(where, found)
        time.sleep(_GLANCE)
    raise NodeError(f"Elasticsearch has not started within {_START} s.", "`fangtan node logs` shows how far it came.")


def ended(where: Places, last: State | None) -> NodeError:
    """Return why a node is gone that never said so: the JVM's last words tell."""
    words = where.console.read_text(encoding="utf-8", errors="replace") if where.console.exists() else ""
    heap = last.heap if last is not None else ""
    return failures.last_words(words, heap)


def stop(settings: Settings) -> State | None:
    """Close the node and wait until it is gone; return what ran, None if nothing did."""
    where = places(settings)
    if state.read(where.state) is None:
        return None
    with _alone(where, lambda step: None):
        found = state.read(where.state)
        if found is None or not state.alive(found):
            where.state.unlink(missing_ok=True)
            return None
        _ask_to_close(found, where)
        return found


def _ask_to_close(found: State, where: Places) -> None:
    """Ask, wait, and end by force what does not listen; Elasticsearch's own log of changes makes that safe."""
    import psutil

    process = psutil.Process(found.pid)
    if sys.platform == "win32":
        where.stop_request.touch()
    else:
        os.kill(found.pid, signal.SIGTERM)
    try:
        process.wait(_CLOSE)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(_CLOSE)
    where.state.unlink(missing_ok=True)
    where.stop_request.unlink(missing_ok=True)


@contextmanager
def _alone(where: Places, told: Told) -> Iterator[None]:
    """Hold the lock under which nodes are started and stopped."""
    from filelock import FileLock, Timeout

    where.node.mkdir(parents=True, exist_ok=True)
    lock = FileLock(where.start_lock)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        told("Waiting for another fangtan that starts Elasticsearch")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
