"""Run the embedded node: `python -m indexer.elastic.node.process CACHE NODE PORT HEAP`, started by `manager`.

Its state file tells that it starts, then where it answers, or why it does not. On SIGTERM it closes the node and ends.
"""

import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.elastic.node import state
from indexer.elastic.node.paths import Places
from indexer.elastic.node.state import State
from indexer.errors import NodeError

if TYPE_CHECKING:
    from indexer.elastic.node.embedded_node import Node

# Seconds between two looks for a request to stop, on the platform where no signal brings it.
_GLANCE = 0.5


def main(arguments: list[str]) -> int:
    """Run the node until it is asked to stop; return the exit code."""
    cache, folder, port, heap = arguments
    where = Places(cache=Path(cache), node=Path(folder))
    stop = _stop_event()
    other = state.read(where)
    if other is not None and other.phase != "failed" and state.process(where, other) is not None:
        return 0
    state.write(where, State(os.getpid(), "starting", heap))
    try:
        node = _start(where, int(port), heap)
        node.wait_for_shards()
    except NodeError as error:
        state.write(where, State(os.getpid(), "failed", heap, message=error.message, next_step=error.next_step))
        return 1
    state.write(where, State(os.getpid(), "running", heap, node.port))
    _wait(stop, where.stop_request)
    node.close()
    state.remove(where)
    return 0


def _start(where: Places, port: int, heap: str) -> "Node":
    """Check the jars, start the JVM and the node."""
    from indexer.elastic.node import home, jvm
    from indexer.elastic.node.embedded_node import Node, settings

    ours = home.home_in(where.cache)
    home.check(ours)
    where.log.parent.mkdir(parents=True, exist_ok=True)
    jvm.start(ours.class_path, jvm.options(heap, where.log.parent))
    return Node.start(ours.config, settings(ours, where, port))


def _stop_event() -> threading.Event:
    """Return an event that SIGTERM sets, or Ctrl-C for one who runs this module in a terminal."""
    stop = threading.Event()
    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: stop.set())
    return stop


def _wait(stop: threading.Event, request: Path) -> None:
    """Wait for the event; on Windows, where a process without console gets no signal, look for a file too."""
    if sys.platform != "win32":
        stop.wait()
    while not stop.wait(_GLANCE) and not request.exists():
        pass


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
