"""What Elasticsearch, the JVM or the disk says when the node does not run, as an error with a next step."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from indexer.elastic.node.jvm import Java
from indexer.errors import NodeError

_LOGS = "fangtan node logs"
_HEAP_TOO_LARGE = re.compile(r"insufficient memory for the Java Runtime|Could not reserve enough space")


def messages(error: Java) -> tuple[str, ...]:
    """Return the messages of a Java exception and its causes, outermost first."""
    found: list[str] = []
    while error is not None and len(found) < 20:
        name = str(error.getClass().getSimpleName())
        found.append(f"{name}: {error.getMessage()}" if error.getMessage() else name)
        error = error.getCause()
    return tuple(found)


def explain(said: Iterable[str], settings: Mapping[str, str]) -> NodeError:
    """Return the error for a start that ended with the messages `said`, outermost first; `settings` are the node's."""
    said = tuple(said)
    text = "\n".join(said)
    data, port = settings["path.data"], settings["http.port"]
    if "BindHttpException" in text or "Address already in use" in text:
        return NodeError(
            f"Port {port} is taken by another program.",
            "Set FANGTAN_NODE_PORT to a free port, or remove it: then the next free one from 9200 on is taken.",
        )
    if "failed to obtain node locks" in text:
        return NodeError(
            f"The data folder {data} is in use by another Elasticsearch.",
            "fangtan node stop ends it if it is fangtan's own; FANGTAN_NODE_DATA names another folder.",
        )
    if re.search(r"cannot (down|up)grade a node", text):
        return NodeError(
            f"The data in {data} were written by another version of Elasticsearch: {said[-1]}",
            "Move that folder away and index your transcripts again.",
        )
    if "OutOfMemoryError" in text:
        return last_words(text, "")
    return NodeError(f"Elasticsearch did not start: {said[-1]}", _LOGS)


def last_words(console: str, heap: str) -> NodeError:
    """Return the error for a node that ended by itself, from what its process last printed; `heap` as set."""
    named = f"heap of {heap}" if heap else "heap"
    if "OutOfMemoryError" in console:
        return NodeError(
            f"Elasticsearch ran out of memory and stopped: its {named} was too small.",
            "Set FANGTAN_NODE_HEAP to more, 1g for example, and run the command again.",
        )
    if _HEAP_TOO_LARGE.search(console):
        return NodeError(
            f"Elasticsearch cannot start: this machine has not enough memory left for its {named}.",
            "Set FANGTAN_NODE_HEAP to less, or end other programs.",
        )
    lines = [line.strip() for line in console.splitlines() if line.strip()]
    if not lines:
        return NodeError("Elasticsearch was ended from outside, by a person or a machine short of memory.", _LOGS)
    return NodeError(f"Elasticsearch stopped: {lines[-1]}", _LOGS)


@contextmanager
def folders_told() -> Iterator[None]:
    """Turn a folder that cannot be written, or a full disk, into an error that names it."""
    try:
        yield
    except OSError as error:
        raise NodeError(
            f"The embedded Elasticsearch needs to write {error.filename or 'its files'}: {error.strerror or error}",
            "Free some space, or name another place: FANGTAN_NODE_DATA (and, on Linux, XDG_CACHE_HOME for the jars).",
        ) from error
