"""Start, find and stop the embedded node, which runs as a background process with a state file."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.elastic.node import startup_errors, state
from indexer.elastic.node.paths import NodePaths, node_paths
from indexer.elastic.node.state import State
from indexer.errors import NodeError
from indexer.settings import Settings

if TYPE_CHECKING:
    import psutil

# Seconds. On two idle cores a node starts in 3.6 and closes in 0.3; the limits are for busy machines.
_START, _CLOSE, _POLL = 120, 30, 0.05

# The equivalent of `start_new_session` on Windows.
if sys.platform == "win32":
    _NO_CONSOLE = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
else:
    _NO_CONSOLE = 0

_FETCHING = "Fetching Elasticsearch (first start only)"

# Meant for other Java programs: agents, heap sizes, proxies.
_NOT_INHERITED = ("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS")

WaitCallback = Callable[[str, str], None]
"""Called with the current step and its progress: `("Fetching Elasticsearch", "3 of 53 files")`."""


def ignore(step: str, progress: str) -> None:
    """Do nothing: the default `WaitCallback`."""


def start(settings: Settings, on_wait: WaitCallback = ignore) -> State:
    """Return the running node, after starting it if necessary; call `on_wait` with each step that takes time.

    Several processes may call this at once: one starts the node, the others wait for it. Raises `NodeError`.
    """
    paths = node_paths(settings)
    found = state.running(paths)
    if found is not None:
        return found
    with startup_errors.map_os_errors(), _start_lock(paths, on_wait):
        found = state.read(paths)
        if (found is None or state.process(paths, found) is None) and (recovered := state.recover(paths)) is not None:
            return recovered
        starting = found is not None and found.phase != "failed" and state.process(paths, found) is not None
        if not starting:
            _fetch(paths, on_wait)
        on_wait("Starting Elasticsearch", "")
        return _await(paths, None if starting else _spawn(paths, settings))


def stop(settings: Settings) -> bool:
    """Close the node and wait until its process has ended; return whether there was one."""
    paths = node_paths(settings)
    if not paths.node.exists():
        return False
    with startup_errors.map_os_errors(), _start_lock(paths, ignore):
        return _stop(paths)


def reset(settings: Settings) -> Path | None:
    """Stop the node and put its data aside, so that it starts empty; return where they lie, None if there were none."""
    paths = node_paths(settings)
    with startup_errors.map_os_errors(), _start_lock(paths, ignore):
        _stop(paths)
        if not paths.data.exists():
            return None
        return paths.data.rename(paths.set_aside(time.strftime("%Y%m%d-%H%M%S")))


def _stop(paths: NodePaths) -> bool:
    """Close the node and wait until its process has ended; return whether there was one."""
    found = state.read(paths)
    process = (state.process(paths, found) if found is not None else None) or state.stray(paths)
    if process is not None:
        _close(process, paths)
    state.remove(paths)
    return process is not None


def failure(settings: Settings) -> NodeError:
    """Return why the node does not answer any more."""
    paths = node_paths(settings)
    last = state.read(paths)
    if last is not None and state.process(paths, last) is not None:
        return NodeError(f"Elasticsearch runs (process {last.pid}) but does not answer.", "fangtan node stop")
    return _exit_error(paths, last)


def _fetch(paths: NodePaths, on_wait: WaitCallback) -> None:
    """Fetch the missing jars into Elasticsearch's home, reporting progress."""
    from indexer.elastic.node import home

    elastic_home = home.home_in(paths.cache)
    fetched: list[object] = []

    def count(jar: object) -> None:
        fetched.append(jar)
        on_wait(_FETCHING, f"{len(fetched)} of {len(missing)} files")

    if missing := home.missing(elastic_home):
        on_wait(_FETCHING, "")
        home.make(elastic_home, count)


def _spawn(paths: NodePaths, settings: Settings) -> "subprocess.Popen[bytes]":
    """Start the node's process in a new session, so that it survives the terminal."""
    paths.stop_request.unlink(missing_ok=True)
    state.remove(paths)
    paths.console.parent.mkdir(parents=True, exist_ok=True)
    arguments = (str(paths.cache), str(paths.node), str(settings.node_port), settings.node_heap)
    with paths.console.open("wb") as console:
        return subprocess.Popen(
            (sys.executable, "-m", state.SERVER, *arguments),
            cwd=Path(__file__).parents[3],  # the folder of `indexer`, whatever the caller's
            env=_environment(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
            start_new_session=True,
            creationflags=_NO_CONSOLE,
        )


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the node's process.

    On Linux the JVM uses the locale's encoding for file names: under `C`, as in cron and containers, it cannot open a
    folder named 数据.
    """
    locale = {"LC_ALL": "C.UTF-8"} if sys.platform == "linux" else {}
    return {key: value for key, value in ours.items() if key not in _NOT_INHERITED} | locale


def _await(paths: NodePaths, spawned: "subprocess.Popen[bytes] | None") -> State:
    """Wait until the node answers; raise `NodeError` if it fails, ends or takes too long."""
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline:
        over = spawned.poll() is not None if spawned is not None else not _is_alive(paths)
        found = state.read(paths)
        if found is not None and found.phase == "running":
            return found
        if over:  # checked before the file was read, which is therefore final
            raise _exit_error(paths, found)
        time.sleep(_POLL)
    raise NodeError(f"Elasticsearch has not started within {_START} s.", "fangtan node logs; then: fangtan node stop")


def _is_alive(paths: NodePaths) -> bool:
    """Check whether the process of the state file runs."""
    found = state.read(paths)
    return found is not None and state.process(paths, found) is not None


def _exit_error(paths: NodePaths, last: State | None) -> NodeError:
    """Return why a node ended, from its state file, or else from the output of its process."""
    if last is not None and last.phase == "failed":
        return NodeError(last.message, last.next_step)
    console = paths.console.read_text(encoding="utf-8", errors="replace") if paths.console.exists() else ""
    return startup_errors.crash_error(console, last.heap if last is not None else "")


def _close(process: "psutil.Process", paths: NodePaths) -> None:
    """Terminate a process, and kill it if it does not end: Elasticsearch's transaction log makes that safe."""
    if sys.platform == "win32":
        paths.stop_request.touch()  # no signal reaches a process without console
    else:
        process.terminate()
    if not _has_ended(process):
        process.kill()
        _has_ended(process)
    paths.stop_request.unlink(missing_ok=True)


def _has_ended(process: "psutil.Process") -> bool:
    """Wait until a process has ended. psutil's own `wait` would wait until its parent (a notebook?) reaps it."""
    import psutil

    deadline = time.monotonic() + _CLOSE
    try:
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            if time.monotonic() > deadline:
                return False
            time.sleep(_POLL)
    except psutil.NoSuchProcess:
        pass
    return True


@contextmanager
def _start_lock(paths: NodePaths, on_wait: WaitCallback) -> Iterator[None]:
    """Hold the lock for starting and stopping the node."""
    from filelock import FileLock, Timeout

    paths.node.mkdir(parents=True, exist_ok=True)
    lock = FileLock(paths.start_lock)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        on_wait("Waiting for Elasticsearch, which another fangtan is starting", "")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
