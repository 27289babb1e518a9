"""Read and edit `tags.txt`: the tags and notes of turns, a line each; every other line of it is kept.

    qzone-xiaomi#3 ⇥ 信任 价格 ⇥ a note ⇥ 5f3a90c1d2e4b7a6 ⇥ 与小米手机的合作

The columns are separated by tabs. The fourth is a hash of the words of the turn, by which it is found again under
another number; a short turn, as others may say the same, has that of the turn before, too, behind a dot. Without it, as
in a line that a person wrote, the turn is the one of the address. The fifth, the first words, is for people alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from indexer.dictionary.data_file import editable_path, read_text, replace_text
from indexer.errors import SettingsError, UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.settings import Settings
from indexer.settings.folders import TAGS
from indexer.text.normalize import fold
from indexer.text.printable import plain

LONGEST_TAG, LONGEST_NOTE = 40, 2000
OPENING = 16
"""Characters of the first words of a turn."""

_ADDRESS = re.compile(r"\S+#[1-9][0-9]{0,8}")
_HASH = re.compile(r"[0-9a-f]{16}(\.[0-9a-f]{16})?")
_SYNTAX = gettext_noop("Write the address, a tab, tags with spaces between them, a tab, a note: qzone-xiaomi#3⇥信任⇥…")


@dataclass(frozen=True, slots=True)
class TagEntry:
    """A line of the file: the turn by its address, its tags and note, the hash of its words and the first of them.

    `line` counts from 1; it is 0 for an entry that is not in the file.
    """

    address: str
    tags: tuple[str, ...]
    note: str = ""
    hash: str = ""
    opening: str = ""
    line: int = 0

    @property
    def words(self) -> str:
        """Return the hash of the turn's words, "" if it is not known."""
        return self.hash.partition(".")[0]

    @property
    def before(self) -> str:
        """Return the hash of the words of the turn before, "" if there is none."""
        return self.hash.partition(".")[2]

    @property
    def interview_id(self) -> str:
        """Return the interview of the turn."""
        return self.address.rpartition("#")[0]

    @property
    def turn(self) -> int:
        """Return the number of the turn."""
        return int(self.address.rpartition("#")[2])


def exists(settings: Settings) -> bool:
    """Tell whether anything was tagged."""
    return editable_path(settings, TAGS).exists()


def load(settings: Settings) -> tuple[TagEntry, ...]:
    """Return the entries of the file in its order; raise `SettingsError` with the line of an invalid one."""
    path = editable_path(settings, TAGS)
    try:
        status = path.stat()
    except FileNotFoundError:
        return ()
    return _loaded(path, status.st_ino, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=2)
def _loaded(path: Path, *_status: int) -> tuple[TagEntry, ...]:
    """Return the entries of a file as it is: an export asks for them with every page."""
    return tuple(parse(read_text(path), str(path)))


def parse(text: str, path: str) -> Iterator[TagEntry]:
    """Yield the entries of a text."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.startswith(("#", "\ufeff#")):
            yield _entry(line.rstrip("\r"), number, path)


def _entry(line: str, number: int, path: str) -> TagEntry:
    address, *columns = (part.strip() for part in line.lstrip("\ufeff").split("\t"))
    tags, note, hash_, opening = (*columns, "", "", "", "")[:4]
    if not _ADDRESS.fullmatch(address) or not (tags or note):
        raise SettingsError(
            _("{path}:{number}: this is not a tagged turn.").format(path=path, number=number), _(_SYNTAX)
        )
    if hash_ and not _HASH.fullmatch(hash_):
        raise SettingsError(
            _("{path}:{number}: {hash} is not the hash of a turn's words.").format(
                path=path, number=number, hash=hash_
            ),
            _("Remove it, or bring it back."),
        )
    return TagEntry(address, tuple(dict.fromkeys(tags.split())), note, hash_, opening, number)


def changed_text(text: str, changes: Iterable[TagEntry]) -> str:
    """Return the text of the file after changes: entries with a line replace it, those without are added.

    One that has neither tags nor a note is removed.
    """
    lines = text.split("\n")
    added: list[str] = []
    for entry in changes:
        kept = _line(entry) if entry.tags or entry.note else None
        if entry.line:
            end = "\r" if lines[entry.line - 1].endswith("\r") else ""
            lines[entry.line - 1] = "\0" if kept is None else kept + end
        elif kept is not None:
            added.append(kept)
    kept_lines = [line for line in lines if line != "\0"]
    while added and kept_lines and not kept_lines[-1].strip():
        kept_lines.pop()
    blank = [""] if added and kept_lines and kept_lines[-1].startswith("#") else []
    return "\n".join([*kept_lines, *blank, *added, *([""] if added else [])])


def write(settings: Settings, before: str, changes: Sequence[TagEntry]) -> None:
    """Change entries of the file, whose text is `before`; raise `UsageError` if it is not any more."""
    after = changed_text(before, changes)
    if after != before:
        replace_text(editable_path(settings, TAGS), before, after)


def _line(entry: TagEntry) -> str:
    return "\t".join((entry.address, " ".join(entry.tags), entry.note, entry.hash, entry.opening)).rstrip("\t")


def opening(text: str) -> str:
    """Return the first words of a turn, as they stand in the file."""
    start = " ".join(plain(text[: 4 * OPENING]).split())
    return start if len(start) <= OPENING else f"{start[:OPENING]}…"


def checked_tag(typed: str) -> str:
    """Return a tag; raise `UsageError` for a text that is not one."""
    tag = typed.strip()
    if not tag or len(tag) > LONGEST_TAG or not tag.isprintable() or any(one.isspace() for one in tag) or "#" in tag:
        raise UsageError(
            _("“{typed}” is not a tag.").format(typed=plain(tag)),
            _("Write up to {number} characters without spaces: 信任, 价格/便宜").format(number=LONGEST_TAG),
        )
    return tag


def checked_note(typed: str) -> str:
    """Return a note on one line; raise `UsageError` for one that is too long."""
    note = " ".join(plain(typed).split())
    if len(note) > LONGEST_NOTE:
        told = _("A note has at most {number} characters.").format(number=f"{LONGEST_NOTE:,}")
        raise UsageError(told, _("Write it shorter."))
    return note


def spelt(tag: str, known: Iterable[str]) -> str:
    """Return a tag as it is spelt already, in whatever script, case and width; as it is if it is new."""
    every = tuple(known)
    if tag in every:
        return tag
    folded = fold(tag)
    return next((one for one in every if fold(one) == folded), tag)
