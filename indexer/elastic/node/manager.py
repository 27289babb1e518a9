"""Start, find and stop the embedded node, which runs as a background process with a state file.

There may be several (`indexer.elastic.cluster_size`): then one that is missing does no harm as long as the others are a
majority, which alone may change anything. What is needed starts by itself, the rest with `fangtan node start`.
"""

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.elastic.node import launcher, startup_errors, state
from indexer.elastic.node.launcher import WaitCallback
from indexer.elastic.node.paths import NodePaths, node_paths
from indexer.elastic.node.state import State
from indexer.errors import NodeError
from indexer.language.messages import gettext as _
from indexer.settings import Settings

if TYPE_CHECKING:
    import psutil

    from indexer.elastic.node.member import Member

# Seconds. On two idle cores a node closes in 0.3; the limit is for busy machines.
_CLOSE, _POLL = 30, 0.05


def ignore(step: str, progress: str) -> None:
    """Do nothing: the default `WaitCallback`."""


def start(settings: Settings, on_wait: WaitCallback = ignore) -> State:
    """Return the running node, of several the first that runs; see `start_all`."""
    return start_all(settings, on_wait)[0]


def start_all(settings: Settings, on_wait: WaitCallback = ignore, *, whole: bool = False) -> tuple[State, ...]:
    """Return the running nodes, after starting what is missing; call `on_wait` with each step that takes time.

    With `whole`, no node may be missing, else a majority is enough. Several processes may call this at once: one starts
    the nodes, the others wait for them. Raises `NodeError`.
    """
    paths = node_paths(settings)
    members = paths.members()
    found = running(members)
    if len(found) >= (len(members) if whole else _majority(members)):
        return found
    with locked(paths, on_wait):
        return launch(paths, settings, on_wait)


def running(members: Sequence[NodePaths]) -> tuple[State, ...]:
    """Return the states of the nodes that run. Fast: reads a file, inspects a process for each."""
    return tuple(found for one in members if (found := state.running(one)) is not None)


def answering(settings: Settings) -> tuple[State, ...]:
    """Return the states of the nodes that run, none where they are too few to answer; starts nothing."""
    members = node_paths(settings).members()
    found = running(members)
    return found if len(found) >= _majority(members) else ()


def _majority(members: Sequence[NodePaths]) -> int:
    return len(members) // 2 + 1


def launch(paths: NodePaths, settings: Settings, on_wait: WaitCallback) -> tuple[State, ...]:
    """Start the nodes that neither run nor start, and wait for all; to be called with the lock held."""
    members = paths.members()
    missing = [one for one in members if not launcher.is_alive(one) and state.recover(one) is None]
    if missing:
        launcher.fetch(paths, on_wait)
    awaited = [str(one.number) for one in members if state.running(one) is None]
    on_wait(_starting(awaited, len(members)), "")
    told = _told(missing, members, settings.node_port) if len(members) > 1 else {}
    spawned = {one: launcher.spawn(one, settings, told.get(one.number)) for one in missing}
    return tuple(launcher.wait(one, spawned.get(one)) for one in members)


def _starting(awaited: Sequence[str], number: int) -> str:
    """Say what is started: Elasticsearch, or some of several nodes."""
    if not 0 < len(awaited) < number:
        return _("Starting Elasticsearch")
    which = _("Starting Elasticsearch, node {nodes} of {number}")
    return which.format(nodes=_(" and ").join(awaited), number=number)


def _told(missing: Sequence[NodePaths], members: Sequence[NodePaths], port: int) -> "Mapping[int, Member]":
    """Return what each missing node of several is told, by number."""
    from indexer.elastic.node import member

    return member.to_start(missing, members, port)


def stop(settings: Settings) -> bool:
    """Close the nodes and wait until their processes have ended; return whether there was one."""
    paths = node_paths(settings)
    if not paths.node.exists():
        return False
    with locked(paths, ignore):
        return close(paths.members())


def reset(settings: Settings) -> tuple[Path, ...]:
    """Stop the nodes and put their data aside, so that they start empty; return where they lie."""
    paths = node_paths(settings)
    stamp = time.strftime("%Y%m%d-%H%M%S")
    with locked(paths, ignore):
        close(paths.members())
        return tuple(one.data.rename(one.set_aside(stamp)) for one in paths.members() if one.data.exists())


def close(members: Sequence[NodePaths]) -> bool:
    """Close nodes together, and wait until their processes have ended; return whether there was one."""
    found = {one: process for one in members if (process := _process(one)) is not None}
    for paths, process in found.items():
        _request_close(process, paths)
    for paths, process in found.items():
        _await_close(process, paths)
    for paths in members:
        state.remove(paths)
    return bool(found)


def _process(paths: NodePaths) -> "psutil.Process | None":
    """Return the process of a node, also of one that starts, or whose state file was deleted."""
    found = state.read(paths)
    return (state.process(paths, found) if found is not None else None) or state.stray(paths)


def failure(settings: Settings) -> NodeError:
    """Return why the node does not answer any more; of several, why the first that has ended did."""
    members = node_paths(settings).members()
    ended = [one for one in members if not launcher.is_alive(one)]
    if not ended:
        pids = _(", ").join(str(one.pid) for one in running(members))
        silent = _("Elasticsearch runs (process {pids}) but does not answer.").format(pids=pids)
        return NodeError(silent, "fangtan node stop")
    return launcher.exit_error(ended[0], state.read(ended[0]))


def _request_close(process: "psutil.Process", paths: NodePaths) -> None:
    """Tell a process to end."""
    import psutil

    if sys.platform == "win32":
        paths.stop_request.touch()  # no signal reaches a process without console
        return
    with suppress(psutil.NoSuchProcess):
        process.terminate()


def _await_close(process: "psutil.Process", paths: NodePaths) -> None:
    """Wait for the end of a process, and kill it if it does not come: Elasticsearch's transaction log makes it safe."""
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
def locked(paths: NodePaths, on_wait: WaitCallback) -> Iterator[None]:
    """Hold the lock for starting and stopping nodes; errors of the disk become `NodeError`."""
    with startup_errors.map_os_errors(), _start_lock(paths, on_wait):
        yield


@contextmanager
def _start_lock(paths: NodePaths, on_wait: WaitCallback) -> Iterator[None]:
    from filelock import FileLock, Timeout

    paths.node.mkdir(parents=True, exist_ok=True)
    lock = FileLock(paths.start_lock)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        on_wait(_("Waiting for Elasticsearch, which another fangtan is starting"), "")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
