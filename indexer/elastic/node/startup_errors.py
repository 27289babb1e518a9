"""Map failures of Elasticsearch, the JVM and the disk to errors with a next step.

What Elasticsearch and Java say themselves stays as they say it.
"""

import errno
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from indexer.elastic.node.jvm import Java
from indexer.elastic.node.start_error import StartError
from indexer.errors import NodeError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.language.system_errors import system_reason

LOGS = "fangtan node logs"
_HEAP_TOO_LARGE = re.compile(
    r"insufficient memory for the Java Runtime|Could not reserve enough space|Could not allocate compressed class space"
)
_TOO_SMALL = gettext_noop("Elasticsearch ran out of memory and stopped: its heap of {heap} was too small.")
_TOO_SMALL_WHATEVER = gettext_noop("Elasticsearch ran out of memory and stopped: its heap was too small.")
_TOO_LARGE = gettext_noop(
    "Elasticsearch cannot start: this machine does not have, or let it use, enough memory for its heap of {heap}."
)
_TOO_LARGE_WHATEVER = gettext_noop(
    "Elasticsearch cannot start: this machine does not have, or let it use, enough memory for its heap."
)
_OPEN_FILES = 1024
"""Files that a node has to be able to open: with an archive of 421 interviews, one had 351 open."""

_DAMAGED = re.compile(
    r"CorruptStateException|CorruptIndexException|IndexFormatTooNew|external force|no loaded metadata"
)
"""Signs of damaged data in the messages of a failed start."""

_OTHER_FOLDER = gettext_noop("Set another folder: FANGTAN_NODE_DATA (on Linux also XDG_CACHE_HOME, for the jars).")
_FULL = gettext_noop(
    "Free some space, or set another folder: FANGTAN_NODE_DATA (on Linux also XDG_CACHE_HOME, for the jars)."
)
_FORBIDDEN = gettext_noop(
    "Give yourself the permission to write there, or set another folder: FANGTAN_NODE_DATA (on Linux also"
    " XDG_CACHE_HOME, for the jars)."
)
_STEPS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), _FULL),
    **dict.fromkeys((errno.EACCES, errno.EPERM), _FORBIDDEN),
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


def startup_error(messages: Iterable[str], settings: Mapping[str, str]) -> StartError:
    """Return the error for a failed start, from its messages, outermost first; `settings` are the node's."""
    messages = tuple(messages)
    text = "\n".join(messages)
    data, port = settings["path.data"], settings["http.port"]
    if "BindHttpException" in text or ("Address already in use" in text and "BindTransport" not in text):
        return StartError(
            gettext_noop("Port {port} is used by another program."),
            gettext_noop("Set FANGTAN_NODE_PORT to a free port, or remove it to use the next free one from 9200 on."),
            port=port,
        )
    if "BindTransportException" in text:
        return StartError(
            gettext_noop("Port {port}, for the other nodes, was taken by another program just now."),
            "fangtan node start",
            port=settings["transport.port"],
        )
    if "failed to obtain node locks" in text:
        return StartError(
            gettext_noop("The data folder {data} is in use by another Elasticsearch."),
            gettext_noop("fangtan node stop stops it if it is fangtan's own; FANGTAN_NODE_DATA sets another folder."),
            data=data,
        )
    if re.search(r"cannot (down|up)grade a node", text):
        return StartError(
            gettext_noop("The data in {data} were written by another version of Elasticsearch: {reason}"),
            gettext_noop("Move that folder away and index your transcripts again."),
            data=data,
            reason=messages[-1],
        )
    if "OutOfMemoryError" in text:
        return crash_error(text, "")
    if _DAMAGED.search(text):
        reason = messages[-1].partition(": ")[2] or messages[-1]
        return StartError(
            gettext_noop("The data in {data} are damaged, and Elasticsearch cannot start with them: {reason}"),
            gettext_noop(
                "Start an empty one (your transcripts stay; fangtan restore DIR brings a backup back): fangtan node"
                " reset"
            ),
            data=data,
            reason=reason,
        )
    return StartError(gettext_noop("Elasticsearch did not start: {reason}"), LOGS, reason=messages[-1])


def check_open_files() -> None:
    """Raise `NodeError` if the shell does not let a node open as many files as it needs; no limit is on Windows."""
    try:
        import resource
    except ImportError:
        return
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if most != resource.RLIM_INFINITY and most < _OPEN_FILES:
        raise StartError(
            gettext_noop("Elasticsearch may open only {most} files here; it needs {needed} at least."),
            gettext_noop("Raise the limit where you start it: ulimit -n 4096."),
            most=str(most),
            needed=str(_OPEN_FILES),
        )


def crash_error(console: str, heap: str) -> StartError:
    """Return the error for a node that ended unexpectedly, from the output of its process; `heap` is as set."""
    if "OutOfMemoryError" in console:
        return StartError(
            _TOO_SMALL if heap else _TOO_SMALL_WHATEVER,
            gettext_noop("Set FANGTAN_NODE_HEAP to more, 1g for example, and run the command again."),
            heap=heap,
        )
    if _HEAP_TOO_LARGE.search(console):
        return StartError(
            _TOO_LARGE if heap else _TOO_LARGE_WHATEVER,
            gettext_noop(
                "Set FANGTAN_NODE_HEAP to less, close other programs, or raise the limit of this shell: ulimit -v."
            ),
            heap=heap,
        )
    lines = [line.strip() for line in console.splitlines() if line.strip()]
    if not lines:
        return StartError(
            gettext_noop("Elasticsearch was killed, by a person or because the machine was short of memory."), LOGS
        )
    return StartError(gettext_noop("Elasticsearch stopped: {reason}"), LOGS, reason=lines[-1])


@contextmanager
def map_os_errors() -> Iterator[None]:
    """Replace the OSError of a folder that is not writable, or of a full disk, by an error that names it."""
    try:
        yield
    except OSError as error:
        told = _("The embedded Elasticsearch cannot write {file}: {reason}").format(
            file=error.filename or _("its files"), reason=system_reason(error)
        )
        raise NodeError(told, _(_STEPS.get(error.errno or 0, _OTHER_FOLDER))) from error
