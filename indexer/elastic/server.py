"""The process of the embedded node: `python -m indexer.elastic.server CACHE NODE PORT HEAP`, started by `service.py`.

Its state file tells that it starts, then where it answers, or why it does not. On SIGTERM it closes the node and ends.
"""

import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.elastic import state
from indexer.elastic.places import Places
from indexer.errors import NodeError

if TYPE_CHECKING:
    from indexer.elastic.node import Node

# Seconds between two looks for a request to stop, on the platform where no signal can bring it.
_GLANCE = 0.5


def main(arguments: list[str]) -> int:
    """Run the node until it is asked to stop; return the exit code."""
    cache, node, port, heap = arguments
    places = Places(cache=Path(cache), node=Path(node))
    stop = _stop_event()
    other = state.read(places.state)
    if other is not None and other.phase != "failed" and state.alive(other):
        return 0
    state.write(places.state, state.this_process("starting", heap=heap))
    try:
        started = _start(places, int(port), heap)
    except NodeError as error:
        state.write(places.state, state.this_process("failed", message=error.message, next_step=error.next_step))
        return 1
    state.write(places.state, state.this_process("running", port=started.port, heap=heap))
    _wait(stop, places.stop_request)
    started.close()
    places.state.unlink(missing_ok=True)
    return 0


def _start(places: Places, port: int, heap: str) -> "Node":
    """Check the jars, start the JVM and the node."""
    from indexer.elastic import home, jvm, node

    ours = home.home_in(places.cache)
    home.check(ours)
    places.log.parent.mkdir(parents=True, exist_ok=True)
    jvm.start(ours.class_path, jvm.options(heap, places.log.parent))
    return node.Node.start(ours.config, node.settings(ours, places, port))


def _stop_event() -> threading.Event:
    """Return an event that SIGTERM sets, or Ctrl-C where the node runs in a terminal."""
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
