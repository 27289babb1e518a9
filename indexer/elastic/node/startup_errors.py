"""Map failures of Elasticsearch, the JVM and the disk to errors with a next step."""

import errno
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from indexer.elastic.node.jvm import Java
from indexer.errors import NodeError

LOGS = "fangtan node logs"
_HEAP_TOO_LARGE = re.compile(
    r"insufficient memory for the Java Runtime|Could not reserve enough space|Could not allocate compressed class space"
)
_OPEN_FILES = 1024
"""Files that a node has to be able to open: with an archive of 421 interviews, one had 351 open."""

_DAMAGED = re.compile(
    r"CorruptStateException|CorruptIndexException|IndexFormatTooNew|external force|no loaded metadata"
)
"""Signs of damaged data in the messages of a failed start."""

_FIRST_STEPS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "Free some space, or set"),
    **dict.fromkeys((errno.EACCES, errno.EPERM), "Give yourself the permission to write there, or set"),
}
"""What to try by the number of an OSError."""


def messages(error: Java) -> tuple[str, ...]:
    """Return the messages of a Java exception and its causes, outermost first."""
    chain: list[str] = []
    while error is not None and len(chain) < 20:
        name = str(error.getClass().getSimpleName())
        chain.append(f"{name}: {error.getMessage()}" if error.getMessage() else name)
        error = error.getCause()
    return tuple(chain)


def startup_error(messages: Iterable[str], settings: Mapping[str, str]) -> NodeError:
    """Return the error for a failed start, from its messages, outermost first; `settings` are the node's."""
    messages = tuple(messages)
    text = "\n".join(messages)
    data, port = settings["path.data"], settings["http.port"]
    if "BindHttpException" in text or ("Address already in use" in text and "BindTransport" not in text):
        return NodeError(
            f"Port {port} is used by another program.",
            "Set FANGTAN_NODE_PORT to a free port, or remove it to use the next free one from 9200 on.",
        )
    if "BindTransportException" in text:
        return NodeError(
            f"Port {settings['transport.port']}, for the other nodes, was taken by another program just now.",
            "fangtan node start",
        )
    if "failed to obtain node locks" in text:
        return NodeError(
            f"The data folder {data} is in use by another Elasticsearch.",
            "fangtan node stop stops it if it is fangtan's own; FANGTAN_NODE_DATA sets another folder.",
        )
    if re.search(r"cannot (down|up)grade a node", text):
        return NodeError(
            f"The data in {data} were written by another version of Elasticsearch: {messages[-1]}",
            "Move that folder away and index your transcripts again.",
        )
    if "OutOfMemoryError" in text:
        return crash_error(text, "")
    if _DAMAGED.search(text):
        reason = messages[-1].partition(": ")[2] or messages[-1]
        return NodeError(
            f"The data in {data} are damaged, and Elasticsearch cannot start with them: {reason}",
            "Start an empty one (your transcripts stay; fangtan restore DIR brings a backup back): fangtan node reset",
        )
    return NodeError(f"Elasticsearch did not start: {messages[-1]}", LOGS)


def check_open_files() -> None:
    """Raise `NodeError` if the shell does not let a node open as many files as it needs; no limit is on Windows."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < _OPEN_FILES:
        raise NodeError(
            f"Elasticsearch may open only {most} files here; it needs {_OPEN_FILES} at least.",
            "Raise the limit where you start it: ulimit -n 4096.",
        )


def crash_error(console: str, heap: str) -> NodeError:
    """Return the error for a node that ended unexpectedly, from the output of its process; `heap` is as set."""
    its_heap = f"heap of {heap}" if heap else "heap"
    if "OutOfMemoryError" in console:
        return NodeError(
            f"Elasticsearch ran out of memory and stopped: its {its_heap} was too small.",
            "Set FANGTAN_NODE_HEAP to more, 1g for example, and run the command again.",
        )
    if _HEAP_TOO_LARGE.search(console):
        return NodeError(
            f"Elasticsearch cannot start: this machine does not have, or let it use, enough memory for its {its_heap}.",
            "Set FANGTAN_NODE_HEAP to less, close other programs, or raise the limit of this shell: ulimit -v.",
        )
    lines = [line.strip() for line in console.splitlines() if line.strip()]
    if not lines:
        return NodeError("Elasticsearch was killed, by a person or because the machine was short of memory.", LOGS)
    return NodeError(f"Elasticsearch stopped: {lines[-1]}", LOGS)


@contextmanager
def map_os_errors() -> Iterator[None]:
    """Replace the OSError of a folder that is not writable, or of a full disk, by an error that names it."""
    try:
        yield
    except OSError as error:
        first = _FIRST_STEPS.get(error.errno or 0, "Set")
        raise NodeError(
            f"The embedded Elasticsearch cannot write {error.filename or 'its files'}: {error.strerror or error}",
            f"{first} another folder: FANGTAN_NODE_DATA (on Linux also XDG_CACHE_HOME, for the jars).",
        ) from error
