"""What the operating system says of a failure, in the language of the reader."""

from indexer.language.messages import gettext, gettext_noop

KNOWN = (
    gettext_noop("Bad file descriptor"),
    gettext_noop("Cannot allocate memory"),
    gettext_noop("Connection refused"),
    gettext_noop("Disk quota exceeded"),
    gettext_noop("File exists"),
    gettext_noop("File name too long"),
    gettext_noop("File too large"),
    gettext_noop("Input/output error"),
    gettext_noop("Invalid argument"),
    gettext_noop("Is a directory"),
    gettext_noop("No space left on device"),
    gettext_noop("No such file or directory"),
    gettext_noop("Not a directory"),
    gettext_noop("Operation not permitted"),
    gettext_noop("Permission denied"),
    gettext_noop("Read-only file system"),
    gettext_noop("Too many levels of symbolic links"),
    gettext_noop("Too many open files"),
    gettext_noop("Too many open files in system"),
)
"""The reasons that are translated; others stay as the system has them."""


def system_reason(error: OSError) -> str:
    """Return the system's reason for a failure: Permission denied, 权限不足."""
    return gettext(error.strerror or str(error))
