"""What Elasticsearch or the JVM says when the node does not start, as an error with a next step."""

import re
from collections.abc import Iterable, Mapping

from indexer.elastic.jvm import Java
from indexer.errors import NodeError

_LOGS = "`fangtan node logs` shows what it said before that."


def messages(error: Java) -> tuple[str, ...]:
    """Return the messages of a Java exception and its causes, outermost first."""
    found: list[str] = []
    while error is not None and len(found) < 20:
        found.append(str(error.getMessage() or error.getClass().getName()))
        error = error.getCause()
    return tuple(found)


def explain(said: Iterable[str], settings: Mapping[str, str]) -> NodeError:
    """Return the error for a start that ended with the messages `said`."""
    said = tuple(said)
    text = " | ".join(said)
    data, port = settings["path.data"], settings["http.port"]
    if "Address already in use" in text or "BindHttpException" in text or "Failed to bind to" in text:
        return NodeError(
            f"Port {port} is taken by another program.",
            "Set FANGTAN_NODE_PORT to a free port, or remove it: then the next free one from 9200 on is taken.",
        )
    if "failed to obtain node locks" in text:
        return NodeError(
            f"The data folder {data} is in use by another Elasticsearch process.",
            "End that process, or give this node a folder of its own: FANGTAN_NODE_DATA.",
        )
    if re.search(r"cannot (down|up)grade a node", text):
        return NodeError(
            f"The data in {data} is of another version: {said[-1]}", "Move that folder away and index again."
        )
    return NodeError(f"Elasticsearch did not start: {said[-1]}", _LOGS)


def last_words(console: str, heap: str) -> NodeError:
    """Return the error for a node that ended by itself, from what its process last printed."""
    if "OutOfMemoryError" in console:
        return NodeError(
            f"Elasticsearch ran out of memory: a heap of {heap or '512m'} was not enough, and it stopped.",
            "Set FANGTAN_NODE_HEAP to more, 1g for example, and run the command again.",
        )
    lines = [line for line in console.splitlines() if line.strip()]
    return NodeError(f"Elasticsearch stopped by itself{': ' + lines[-1] if lines else '.'}", _LOGS)
