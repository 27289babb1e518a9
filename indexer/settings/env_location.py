"""Find `.env`, and refuse one that others may write to.

Whoever can write a `.env` decides which server is sent the queries and the transcripts. It is looked for in the current
folder, then in those above it, as git does for a repository: no further than the home folder, and only as long as
nobody but this user and root owns the folder, nor everyone may write there (/tmp). Ownership and modes are checked as
OpenSSH does for ~/.ssh/config, with Debian's exception for a group that is the user's own; a file that is named with
`FANGTAN_ENV_FILE` is the user's choice, as one of `ssh -F` is. On Windows nothing is known of owners: above the current
folder, `.env` is looked for in the home folder alone.
"""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from typing import BinaryIO

from indexer.errors import SettingsError
from indexer.language.messages import gettext as _
from indexer.language.messages import pgettext


def env_path() -> Path | None:
    """Return the path of the `.env` to read, if there is one; `opened` says whether it may be read.

    `FANGTAN_ENV_FILE` sets another path; if it is empty, no file is read.
    """
    path = os.environ.get("FANGTAN_ENV_FILE")
    if path is not None:
        return Path(path) if path else None
    return next((folder / ".env" for folder in _searched() if _is_there(folder / ".env")), None)


def opened(file: Path) -> BinaryIO:
    """Open what `env_path` returned; raise `OSError`, and `SettingsError` if others may write to it."""
    if "FANGTAN_ENV_FILE" in os.environ or sys.platform == "win32":
        return file.open("rb")
    it = pgettext("a file", "it")
    _check(file, file.parent.lstat(), _("its folder"), file.parent)
    _check(file, file.lstat(), it, file)  # a link is replaced where it lies, whatever it leads to
    stream = open(file, "rb", opener=lambda path, flags: os.open(path, flags | os.O_NONBLOCK))  # noqa: SIM115
    try:
        _check(file, os.fstat(stream.fileno()), it, file)
    except SettingsError:
        stream.close()
        raise
    return stream


def _searched() -> Iterator[Path]:
    """Yield the current folder, then those above it in which `.env` is looked for."""
    try:
        here = Path.cwd()
    except OSError:  # it was deleted
        return
    yield here
    home = _home()
    for below, folder in zip((here, *here.parents), here.parents, strict=False):
        if below == home or not _is_searched(folder, home):
            return
        yield folder


def _home() -> Path | None:
    """Return the home folder, None for a user without one."""
    try:
        return Path.home().resolve()
    except (OSError, RuntimeError):
        return None


def _is_searched(folder: Path, home: Path | None) -> bool:
    """Tell whether `.env` is looked for in a folder above the current one."""
    if sys.platform == "win32":
        return home is not None and folder.is_relative_to(home)
    try:
        found = folder.stat()
    except OSError:
        return False
    return _is_ours(found) and not found.st_mode & stat.S_IWOTH


def _is_there(file: Path) -> bool:
    """Tell whether a file is there, readable or not."""
    try:
        return file.is_file()
    except OSError:
        return True


def _is_ours(found: os.stat_result) -> bool:
    """Tell whether a file belongs to this user or to root."""
    return found.st_uid in {0, os.geteuid()}


def _check(file: Path, found: os.stat_result, it: str, path: Path) -> None:
    """Raise `SettingsError` if what lies at `path`, the `.env` or its folder, is not this user's alone.

    In a folder with the sticky bit, and in one that a group shares, a file can be replaced by one of another owner
    only, which is refused.
    """
    reason, mend = "", ""
    if not _is_ours(found):
        reason = _("{it} belongs to {user}").format(it=it, user=_user(found.st_uid))
    elif stat.S_ISDIR(found.st_mode):
        if found.st_mode & stat.S_IWOTH and not found.st_mode & stat.S_ISVTX:
            reason, mend = _("anyone may write to {it}").format(it=it), f"chmod o-w {quote(str(path))}"
    elif stat.S_ISREG(found.st_mode):
        if found.st_mode & stat.S_IWOTH:
            reason, mend = _("anyone may write to {it}").format(it=it), f"chmod go-w {quote(str(path))}"
        elif found.st_mode & stat.S_IWGRP and not _is_private(found):
            shared = _("the group {group} may write to {it}").format(group=_group(found.st_gid), it=it)
            reason, mend = shared, f"chmod g-w {quote(str(path))}"
    elif not stat.S_ISLNK(found.st_mode):
        reason = _("{it} is not a file").format(it=it)
    if reason:
        raise _unsafe(file, reason, mend)


def _unsafe(file: Path, reason: str, mend: str) -> SettingsError:
    """Return the error for a `.env` that is not read; `mend` is a command, "" if none helps."""
    trust = _("FANGTAN_ENV_FILE={file} reads it all the same, FANGTAN_ENV_FILE= reads none.")
    trust = trust.format(file=quote(str(file)))
    step = _("{command}. Or: {other}").format(command=mend, other=trust) if mend else trust
    return SettingsError(_("{file} is not read: {reason}.").format(file=file, reason=reason), step)


def _is_private(found: os.stat_result) -> bool:
    """Tell whether the group of a file is its owner's own: of the same name (or number), with no other member."""
    import grp
    import pwd

    try:
        group, owner = grp.getgrgid(found.st_gid), pwd.getpwuid(found.st_uid).pw_name
    except KeyError:  # in a container, users and groups are often numbers only
        return found.st_gid == found.st_uid
    return group.gr_name == owner and set(group.gr_mem) <= {owner}


def _user(number: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return _("user {number}").format(number=number)


def _group(number: int) -> str:
    import grp

    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)
