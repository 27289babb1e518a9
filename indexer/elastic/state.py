"""Who runs the node and where it answers: one small JSON file, trusted only while its process is the one it names."""

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

Phase = Literal["starting", "running", "failed"]


@dataclass(frozen=True, slots=True)
class State:
    """One node process. `created` is when it began (seconds since 1970): a pid comes around again, not so the two."""

    pid: int
    created: float
    phase: Phase
    port: int = 0
    heap: str = ""
    message: str = ""
    next_step: str = ""

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"


def read(file: Path) -> State | None:
    """Return what the file says; None if there is none, or it is no state (cut short, of another fangtan)."""
    try:
        return State(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write(file: Path, state: State) -> None:
    """Replace the file in one step: a reader sees the old state or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, delete=False) as neighbour:
        json.dump(asdict(state), neighbour)
    Path(neighbour.name).replace(file)


def alive(state: State) -> bool:
    """Tell whether the process that `state` names still runs, and is not another one with the same number."""
    import psutil

    try:
        process = psutil.Process(state.pid)
        return abs(process.create_time() - state.created) < 1 and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def this_process(phase: Phase, **more: object) -> State:
    """Return the state of the process that calls."""
    import psutil

    return State(pid=os.getpid(), created=psutil.Process().create_time(), phase=phase, **more)  # type: ignore[arg-type]  # fields of State
