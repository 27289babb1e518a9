"""Run the embedded node: `python -m indexer.elastic.node.process CACHE NODE PORT HEAP`, started by `manager`.

As one of several on this machine, it has further arguments (`member`), its number first.

The state file has its phase (starting, running, failed), its port, or the error. On SIGTERM it closes the node and
exits.
"""

import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.elastic.node import state
from indexer.elastic.node.member import Member
from indexer.elastic.node.paths import NodePaths
from indexer.elastic.node.start_error import StartError
from indexer.elastic.node.state import State

if TYPE_CHECKING:
    from indexer.elastic.node.embedded_node import Node

# Seconds between two checks for a stop request, on the platform without signals for it.
_POLL = 0.5


def main(arguments: list[str]) -> int:
    """Run the node until a stop is requested; return the exit code."""
    cache, folder, port, heap, *cluster = arguments
    paths = NodePaths(cache=Path(cache), node=Path(folder), number=int(cluster[0]) if cluster else 1)
    member = Member.parse(cluster[1:]) if cluster else None
    stop = _stop_event()
    other = state.read(paths)
    if other is not None and other.phase != "failed" and state.process(paths, other) is not None:
        return 0
    state.write(paths, State(os.getpid(), "starting", heap))
    try:
        node = _start(paths, int(port), heap, member)
        node.wait_for_shards()
    except StartError as error:
        failed = State(os.getpid(), "failed", heap, message=error.text, next_step=error.step, values=error.values)
        state.write(paths, failed)
        return 1
    transport = member.transport if member else 0
    state.write(paths, State(os.getpid(), "running", heap, node.port, transport=transport))
    _wait(stop, paths.stop_request)
    node.close()
    state.remove(paths)
    return 0


def _start(paths: NodePaths, port: int, heap: str, member: Member | None) -> "Node":
    """Check the jars, start the JVM and the node; `member` is None for a single one."""
    from indexer.elastic.node import home, jvm, startup_errors, token
    from indexer.elastic.node.embedded_node import Node, settings

    startup_errors.check_open_files()
    elastic_home = home.home_in(paths.cache)
    home.check(elastic_home)
    _close_to_others(paths)
    jvm.start(elastic_home.class_path, jvm.options(heap, paths.log.parent))
    its_settings = settings(elastic_home, paths, port, member)
    return Node.start(elastic_home.config, its_settings, paths, token.read(paths))


def _close_to_others(paths: NodePaths) -> None:
    """Let only the owner read the node's folders and files, also those of an older version."""
    os.umask(0o077)
    paths.log.parent.mkdir(parents=True, exist_ok=True)
    for folder in (paths.node, paths.data, paths.snapshots, paths.log.parent):
        if folder.exists():
            folder.chmod(0o700)
    for file in (paths.console, paths.start_lock):
        if file.exists():
            file.chmod(0o600)


def _stop_event() -> threading.Event:
    """Return an event that is set on SIGTERM, and on Ctrl-C if this module runs in a terminal."""
    stop = threading.Event()
    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: stop.set())
    return stop


def _wait(stop: threading.Event, request: Path) -> None:
    """Wait for the event; on Windows, where a process without console gets no signal, also for the request file."""
    if sys.platform != "win32":
        stop.wait()
    while not stop.wait(_POLL) and not request.exists():
        pass


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
