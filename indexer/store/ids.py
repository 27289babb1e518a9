"""Assign interview ids that are readable, stable, and can be typed and cited as addresses.

2019/访谈 (第一场).txt -> 2019/访谈-第一场
"""

import re
from collections.abc import Callable
from hashlib import blake2b
from pathlib import PurePath
from unicodedata import normalize

from indexer.language.messages import gettext as _
from indexer.store.indexed_interview import IndexedInterview
from indexer.store.manifest import IndexManifest

LONGEST = 100
"""Characters of an id; with four bytes each, it stays below Elasticsearch's limit of 512 bytes for an `_id`."""

# Kept: letters and digits of any script, full-width punctuation (（第一场）, 【渔港案】), and what has no other meaning
# in a shell, an address or the query language. `#` separates id and turn, a colon field and value.
_BREAKING = re.compile(r"[^\w\-.~+=@/·\u2014\u2026\u3001-\u303f\uff01-\uffee]+")
_FULL_WIDTH_SPECIAL = re.compile(r"[＃：＂]+")
_HYPHENS = re.compile(r"-{2,}")


def readable(name: str) -> str:
    """Return the preferred id for a path below the indexed folder, or for an id from the transcript."""
    parts = (_part(part) for part in normalize("NFC", name).split("/"))
    id_ = "/".join(part for part in parts if part) or "interview"
    return id_ if len(id_) <= LONGEST else f"{id_[: LONGEST - 9]}-{_short_hash(id_, 8)}"


def free(wanted: str, path: str, taken: Callable[[str], bool]) -> str:
    """Return `wanted`, or, if that is taken, `wanted` with the first digits of a hash of `path`.

    The hash depends on the path alone: a file gets the same id whatever was indexed before it.
    """
    name, digits = wanted, 4
    while taken(name):
        name, digits = f"{wanted[: LONGEST - 1 - digits]}-{_short_hash(path, digits)}", digits + 4
    return name


class TakenError(Exception):
    """The id that a transcript contains belongs to another transcript."""


class CopyError(Exception):
    """A transcript is a copy of one that this run read before, from another file; the message is its id."""


class IdRegistry:
    """The ids of a run: indexed interviews keep theirs, new ones get a free one.

    A transcript at another path is the same transcript, whether its file was moved or copied there: the same bytes
    under the same file name, or the same contents under an id that the transcript contains. With `keep_copies`, copies
    of files are transcripts of their own. `before` is the manifest at the start of the run; `exists` tells whether
    there is a file at an absolute path.
    """

    def __init__(self, before: IndexManifest, exists: Callable[[str], bool], keep_copies: bool = False) -> None:
        self._before, self._exists, self._keep_copies = before, exists, keep_copies
        self._path_of: dict[str, str] = {}  # of the ids of this run
        self._assigned: dict[str, object] = {}  # id -> what makes another transcript a copy of its own

    def assign(self, name: str, path: str, part: int, hash_: str, member: str = "") -> str:
        """Return the id of the interview that is `part` of the file at `path`; `name` is its path below its folder.

        It is the id it has; or, if the file was moved or copied here, the one it had; or a free one based on its name.
        `member` is the interview's name within a file that has names, such as a zip file: its id is based on that, and
        remains when something is inserted before it. Raises `CopyError` if this run read the same transcript before.
        """
        if member:
            return self._assign_member(readable(f"{name}/{member}"), path, member, hash_)
        kept = next((one.interview_id for one in self._before.of_file(path) if one.origin.part == part), "")
        wanted = readable(name if part == 1 else f"{name}/{part}")
        return self._choose(kept, wanted, path, (hash_, part, _file_name(path)), path)

    def _assign_member(self, wanted: str, path: str, member: str, hash_: str) -> str:
        """Return the id of a named member of a file: the one it has, whichever folder was named this time."""
        file = wanted.removesuffix(f"/{readable(member)}").rpartition("/")[2]
        ending = f"{file}/{readable(member)}"
        ids = (one.interview_id for one in self._before.of_file(path))
        kept = next((id_ for id_ in ids if id_ == ending or id_.endswith(f"/{ending}")), "")
        return self._choose(kept, wanted, path, (hash_, member, _file_name(path)), f"{path}/{member}")

    def _choose(self, kept: str, wanted: str, path: str, identity: tuple[str, int | str, str], seed: str) -> str:
        """Return the id that a transcript has (`kept`), or else `wanted` if that is its own or free, or one like it."""
        if not self._keep_copies:
            for id_ in filter(None, (kept, wanted)):
                if self._assigned.get(id_) == identity:
                    raise CopyError(id_)
        if kept and kept not in self._assigned:
            return self._reserve(kept, path, identity)
        namesake = self._before.get(wanted)
        if namesake is not None and wanted not in self._assigned and self._is_same(namesake, identity):
            return self._reserve(wanted, path, identity)
        return self._reserve(free(wanted, seed, lambda id_: self._is_taken(id_, path)), path, identity)

    def _is_same(self, namesake: IndexedInterview, identity: tuple[str, int | str, str]) -> bool:
        """Tell whether an indexed interview is a transcript that was moved, from a file that is gone, or copied."""
        hash_, part, file_name = identity
        origin = namesake.origin
        same = origin.hash == hash_ and (isinstance(part, str) or origin.part == part)
        copied = _file_name(origin.path) == file_name and not self._keep_copies
        return same and (copied or not self._exists(origin.path))

    def claim(self, id_: str, path: str, content: str) -> str:
        """Return the id that a transcript contains; `content` is a hash of the transcript.

        Raises `CopyError` if this run read the same transcript from another file before, and `TakenError` if another
        existing file, or another line, has a different one with this id.
        """
        wanted = readable(id_)
        before = self._before.get(wanted)
        holder = self._path_of.get(wanted) or (before.origin.path if before else path)
        if wanted in self._assigned:
            if holder != path and self._assigned[wanted] == content:
                raise CopyError(wanted)
        elif before is None or holder == path or not self._exists(holder) or before.origin.content == content:
            return self._reserve(wanted, path, content)
        raise TakenError(_("its id {id} is also that of another transcript, in {file}").format(id=wanted, file=holder))

    def is_assigned(self, id_: str) -> bool:
        """Tell whether a transcript of this run has an id."""
        return id_ in self._assigned

    def _is_taken(self, id_: str, path: str) -> bool:
        """Tell whether an id is that of another file, or was assigned in this run."""
        if id_ in self._assigned:
            return True
        before = self._before.get(id_)
        return before is not None and before.origin.path != path

    def _reserve(self, id_: str, path: str, identity: object) -> str:
        self._path_of[id_] = path
        self._assigned[id_] = identity
        return id_


def _part(part: str) -> str:
    """Return the name of a folder or file, with hyphens for characters that break addresses."""
    cleaned = _HYPHENS.sub("-", _FULL_WIDTH_SPECIAL.sub("-", _BREAKING.sub("-", part)))
    return cleaned.strip("-. ")


def _file_name(path: str) -> str:
    return PurePath(path).name


def _short_hash(text: str, digits: int) -> str:
    """Return the first hexadecimal digits of a hash of `text`."""
    return blake2b(text.encode("utf-8", "surrogateescape")).hexdigest()[:digits]
