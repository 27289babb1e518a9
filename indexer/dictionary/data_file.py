"""Read and replace the files of an archive's knowledge: words.txt, topics.toml, speakers.toml, searches.toml, tags.txt.

A file that is missing is made, with a head that explains it: `HEADS`.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from indexer.errors import SettingsError, UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.language.system_errors import system_reason
from indexer.safe_file import MAX_WORDS_BYTES, read_bytes, told_as_settings
from indexer.settings import Settings

HEADS = {
    "topics.toml": gettext_noop("""\
# Topics: what a stretch of talk is about, by the terms that are said in it.
#
#   ["topic"]                      the name people see and search by, in quotes
#   terms = ["word", "phrase"]     each weighs 1; the topic's own name is one of them
#   weights = {weights}       terms that weigh more, or less
#
# After a change: fangtan topics apply

"""),
    "speakers.toml": gettext_noop("""\
# Who a printed name belongs to. One table a person: the canonical name, and the other names it is printed under.
#
#   ["林晓岚"]
#   aliases = ["林曉嵐", "林总", "Xiaolan Lin"]
#   affiliation = "声临科技首席执行官"
#   labels = {labels}    # who a label is in one interview
#
# After a change: fangtan speakers apply

"""),
    "searches.toml": gettext_noop("""\
# Saved searches: @小米 in a query stands for the search ["小米"], in brackets, with its filters.
#
#   ["小米"]
#   query = "小米 合作 -广告"
#   role = ["interviewee"]         # any filter of fangtan search, by the name of its option
#   since = "2013"
#   sort = "date"

"""),
    "tags.txt": gettext_noop("""\
# Tags and notes of turns, a line each. Between the columns stands a tab; you may change the tags and the note:
#
#   interview#turn   tags with spaces between them   note   hash of the words   the first words

"""),
}
"""The first lines of a new file; words.txt has none, as jieba knows no comments."""

_EXAMPLES = {"weights": '{"word" = 2.0}', "labels": '{"weekly-meeting" = ["发言人2"]}'}
"""What stands for the {names} in them: values in braces."""

_PATIENCE = 20
"""Seconds that a command waits for another that changes the same file."""


def editable_path(settings: Settings, name: str) -> Path:
    """Return the path of a file; raise `SettingsError` if its folder is gone."""
    return settings.data_file(name).resolve()


def read_text(path: Path) -> str:
    """Return the text of a file, its head alone if there is none yet; raise `SettingsError` if it cannot be read."""
    with told_as_settings(path, _("Bring back the {file} that was there.").format(file=path.name)):
        return read_bytes(path, MAX_WORDS_BYTES).decode() if path.exists() else _head(path.name)


def _head(name: str) -> str:
    """Return the first lines of a new file, in the language of the reader."""
    return _(HEADS[name]).format(**_EXAMPLES) if name in HEADS else ""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file that is read, changed and replaced; raise `SettingsError` if another keeps it."""
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=_PATIENCE)
        lock.acquire()
    except Timeout as error:
        told = _("{path} is being changed by another command.").format(path=path)
        raise SettingsError(told, _("Try again when it is done.")) from error
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        yield
    finally:
        lock.release()


def replace_text(path: Path, before: str, after: str) -> None:
    """Replace a file, completely or not at all; raise `UsageError` if its text is not `before` any more."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if read_text(path) != before:
            told = _("{path} has been changed meanwhile.").format(path=path)
            raise UsageError(told, _("Run the same command again."))
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(after.encode())
        if path.exists():
            new.chmod(path.stat().st_mode)
        new.replace(path)
    except OSError as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> SettingsError:
    told = _("{path} cannot be written: {reason}.").format(path=path, reason=system_reason(error))
    return SettingsError(told, _("Make the folder writable, or set FANGTAN_DATA to another one."))
