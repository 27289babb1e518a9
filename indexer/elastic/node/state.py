"""Who runs the node and where it answers: one small JSON file, believed only while its process is the one it names."""

import json
import os
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from indexer.elastic.node.paths import Places

if TYPE_CHECKING:
    import psutil

Phase = Literal["starting", "running", "failed"]

SERVER = "indexer.elastic.node.process"
"""The module that a node's process runs: with the node's folder among the arguments, it tells that process."""


@dataclass(frozen=True, slots=True)
class State:
    """What one node process says of itself. `since`: seconds since 1970; `heap`: as set, 512m."""

    pid: int
    phase: Phase
    heap: str = ""
    port: int = 0
    message: str = ""
    next_step: str = ""
    since: float = field(default_factory=time.time)

    @property
    def url(self) -> str:
        """Where the node answers."""
        return f"http://127.0.0.1:{self.port}"


def read(where: Places) -> State | None:
    """Return what the file says; None if there is none, or it is no state (cut short, of another version)."""
    try:
        return State(**json.loads(where.state.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write(where: Places, state: State) -> None:
    """Replace the file in one step: a reader sees the old state or the new one."""
    where.node.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=where.node, delete=False) as neighbour:
        json.dump(asdict(state), neighbour)
    Path(neighbour.name).replace(where.state)


def remove(where: Places) -> None:
    """Forget the state, where it is known to be over."""
    where.state.unlink(missing_ok=True)


def running(where: Places) -> State | None:
    """Return the state of the node that answers now, None if none does: one small file, one look at a process."""
    found = read(where)
    return found if found is not None and found.phase == "running" and process(where, found) is not None else None


def process(where: Places, state: State) -> "psutil.Process | None":
    """Return the process that `state` names, None if it is gone.

    A pid comes around again, so the process has to be one that runs a node in this folder. Its command line says so.
    The time it was created at would not do: that moves when the clock is set, and when a laptop wakes up.
    """
    import psutil

    try:
        found = psutil.Process(state.pid)
        return found if _runs_node(found, where) else None
    except psutil.NoSuchProcess:
        return None


def stray(where: Places) -> "psutil.Process | None":
    """Return a process that runs a node in this folder though no state file says so: somebody deleted it."""
    import psutil

    return next((one for one in psutil.process_iter() if one.pid != os.getpid() and _runs_node(one, where)), None)


def _runs_node(process: "psutil.Process", where: Places) -> bool:
    """Tell whether a process runs a node in this folder; one that has ended and is not yet reaped does not."""
    import psutil

    try:
        words = process.cmdline()  # [] for a zombie
    except psutil.Error:
        return False
    return SERVER in words and str(where.node) in words
