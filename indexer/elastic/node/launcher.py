"""Start the process of one embedded node, and wait until it answers."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.elastic.node import startup_errors, state
from indexer.elastic.node.paths import NodePaths
from indexer.elastic.node.state import State
from indexer.errors import NodeError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.settings import Settings

if TYPE_CHECKING:
    from indexer.elastic.node.member import Member

# Seconds. On two idle cores a node starts in 3.6; the limit, for each of several, is for busy machines.
_START, _POLL = 120, 0.05

# The equivalent of `start_new_session` on Windows.
if sys.platform == "win32":
    _NO_CONSOLE = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
else:
    _NO_CONSOLE = 0

_FETCHING = gettext_noop("Fetching Elasticsearch (first start only)")

# Meant for other Java programs: agents, heap sizes, proxies.
_NOT_INHERITED = ("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS")

WaitCallback = Callable[[str, str], None]
"""Called with the current step and its progress: `("Fetching Elasticsearch", "3 of 53 files")`."""


def fetch(paths: NodePaths, on_wait: WaitCallback) -> None:
    """Fetch the missing jars into Elasticsearch's home, reporting progress."""
    from indexer.elastic.node import home

    elastic_home = home.home_in(paths.cache)
    fetched: list[object] = []

    def count(jar: object) -> None:
        fetched.append(jar)
        on_wait(_(_FETCHING), _("{fetched} of {all} files").format(fetched=len(fetched), all=len(missing)))

    if missing := home.missing(elastic_home):
        on_wait(_(_FETCHING), "")
        home.make(elastic_home, count)


def spawn(paths: NodePaths, settings: Settings, its: "Member | None") -> "subprocess.Popen[bytes]":
    """Start the node's process in a new session, so that it survives the terminal; `its` is None for a single one."""
    paths.stop_request.unlink(missing_ok=True)
    state.remove(paths)
    paths.console.parent.mkdir(parents=True, exist_ok=True)
    port = settings.node_port + paths.number - 1 if settings.node_port else 0
    arguments = (str(paths.cache), str(paths.node), str(port), *_share(paths, settings, its))
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


def _share(paths: NodePaths, settings: Settings, its: "Member | None") -> tuple[str, ...]:
    """Return the arguments from the heap on: that of a single node, or its part and what it is told."""
    if its is None:
        return (settings.node_heap,)
    from indexer.elastic.node import member

    return member.heap(settings.node_heap, len(paths.members())), str(paths.number), *its.words()


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the node's process.

    On Linux the JVM uses the locale's encoding for file names: under `C`, as in cron and containers, it cannot open a
    folder named 数据.
    """
    locale = {"LC_ALL": "C.UTF-8"} if sys.platform == "linux" else {}
    return {key: value for key, value in ours.items() if key not in _NOT_INHERITED} | locale


def wait(paths: NodePaths, spawned: "subprocess.Popen[bytes] | None") -> State:
    """Wait until the node answers; raise `NodeError` if it fails, ends or takes too long."""
    limit = _START * len(paths.members())
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        over = spawned.poll() is not None if spawned is not None else not is_alive(paths)
        found = state.read(paths)
        if found is not None and found.phase == "running":
            return found
        if over:  # checked before the file was read, which is therefore final
            raise exit_error(paths, found)
        time.sleep(_POLL)
    raise NodeError(
        _("Elasticsearch has not started within {seconds} s.").format(seconds=limit),
        _("fangtan node logs; then: fangtan node stop"),
    )


def is_alive(paths: NodePaths) -> bool:
    """Check whether the process of the state file runs, or starts."""
    found = state.read(paths)
    return found is not None and found.phase != "failed" and state.process(paths, found) is not None


def exit_error(paths: NodePaths, last: State | None) -> NodeError:
    """Return why a node ended, from its state file, or else from the output of its process; of several, which."""
    if last is not None and last.phase == "failed":
        error: NodeError = last.error
    else:
        console = paths.console.read_text(encoding="utf-8", errors="replace") if paths.console.exists() else ""
        error = startup_errors.crash_error(console, last.heap if last is not None else "")
    if len(paths.members()) == 1:
        return error
    step = error.next_step.replace(startup_errors.LOGS, f"{startup_errors.LOGS} --node {paths.number}")
    return NodeError(_("Node {number}: {message}").format(number=paths.number, message=error.message), step)
