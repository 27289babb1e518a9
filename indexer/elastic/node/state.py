"""The node's state file: process and port, as JSON; valid only while that process runs the node."""

import json
import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from indexer.elastic.node.paths import NodePaths

if TYPE_CHECKING:
    import psutil

    from indexer.elastic.node.start_error import StartError

Phase = Literal["starting", "running", "failed"]

_LARGEST_PID, _LARGEST_PORT = 2**31 - 1, 65535

SERVER = "indexer.elastic.node.process"
"""The module that a node's process runs; with the node's folder among the arguments, it identifies the process."""


@dataclass(frozen=True, slots=True)
class State:
    """The state of a node process. `since` is in seconds since 1970; `heap` is as set, for example 512m.

    `transport` is the port for the other nodes of its cluster, 0 for a single node. `message` and `next_step` are the
    English texts of a `StartError`, `values` what is filled in.
    """

    pid: int
    phase: Phase
    heap: str = ""
    port: int = 0
    message: str = ""
    next_step: str = ""
    since: float = field(default_factory=time.time)
    transport: int = 0
    values: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def error(self) -> "StartError":
        """Why a node failed, in the language of the reader."""
        from indexer.elastic.node.start_error import StartError

        return StartError(self.message, self.next_step, **self.values)

    @property
    def url(self) -> str:
        """The address of the node."""
        return f"http://127.0.0.1:{self.port}"


def read(paths: NodePaths) -> State | None:
    """Read the state file; None if it is missing or invalid (truncated, of another version)."""
    try:
        found = State(**json.loads(paths.state.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return found if _is_valid(found) else None


def _is_valid(state: State) -> bool:
    """Tell whether the values are such as `write` writes: the file may be damaged, or written by hand."""
    if not isinstance(state.values, Mapping):
        return False
    texts = (state.heap, state.message, state.next_step, *state.values.values())
    numbers = (state.pid, state.port, state.transport)
    return (
        state.phase in get_args(Phase)
        and all(isinstance(text, str) for text in texts)
        and all(isinstance(number, int) for number in numbers)
        and 0 <= state.pid <= _LARGEST_PID
        and all(0 <= port <= _LARGEST_PORT for port in (state.port, state.transport))
        and isinstance(state.since, int | float)
    )


def write(paths: NodePaths, state: State) -> None:
    """Replace the state file atomically."""
    import tempfile

    paths.node.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=paths.node, delete=False) as temporary:
        json.dump(asdict(state), temporary)
    Path(temporary.name).replace(paths.state)


def remove(paths: NodePaths) -> None:
    """Delete the state file."""
    paths.state.unlink(missing_ok=True)


def running(paths: NodePaths) -> State | None:
    """Return the state of the running node, None if there is none. Fast: reads one file, inspects one process.

    Where the file is invalid, or names another process, it is written anew for the node that runs.
    """
    found = read(paths)
    if found is not None and (found.phase != "running" or _is_node(paths, found.pid) or process(paths, found)):
        return found if found.phase == "running" else None
    return recover(paths) if paths.state.exists() else None


def _is_node(paths: NodePaths, pid: int) -> bool:
    """Tell whether a process runs a node in this folder; false also where only psutil (40 ms) can tell."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")  # of Linux; empty for a zombie
    except OSError:
        return False
    return SERVER.encode() in words and os.fsencode(paths.node) in words


def process(paths: NodePaths, state: State) -> "psutil.Process | None":
    """Return the process of `state`, None if it has ended.

    Process ids are reused, so its command line has to be that of a node in this folder. Its creation time is not
    reliable: it changes when the clock is set, and when a laptop wakes up.
    """
    import psutil

    try:
        found = psutil.Process(state.pid)
        return found if _runs_node(found, paths) else None
    except psutil.NoSuchProcess:
        return None


def stray(paths: NodePaths) -> "psutil.Process | None":
    """Find a process that runs a node in this folder without a state file, which somebody deleted."""
    import psutil

    return next((one for one in psutil.process_iter() if one.pid != os.getpid() and _runs_node(one, paths)), None)


def recover(paths: NodePaths) -> State | None:
    """Write the state file anew, if a node runs in this folder without a valid one; return its state, else None.

    Its port is the only one that it listens at, but for the one for other nodes, which is among its arguments. None
    while it is starting, and where the system does not tell.
    """
    import psutil

    if (found := stray(paths)) is None:
        return None
    try:
        words = found.cmdline()
        listening = [one for one in found.net_connections("tcp") if one.status == psutil.CONN_LISTEN]
        ports = {one.laddr.port for one in listening}
        heap, *member = words[words.index(SERVER) + 4 :]
        transport = int(member[1]) if member else 0
        (port,) = ports - {transport}
    except (psutil.Error, ValueError, IndexError):
        return None
    state = State(found.pid, "running", heap, port, since=found.create_time(), transport=transport)
    write(paths, state)
    return state


def _runs_node(process: "psutil.Process", paths: NodePaths) -> bool:
    """Check whether a process runs a node in this folder; a zombie does not."""
    import psutil

    try:
        words = process.cmdline()  # [] for a zombie
    except psutil.Error:
        return False
    return SERVER in words and str(paths.node) in words
