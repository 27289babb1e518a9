"""Interview ids: readable, stable, fit for an address that is typed and cited.

2019/访谈 (第一场).txt -> 2019/访谈-第一场
"""

import re
from collections.abc import Callable
from hashlib import blake2b
from pathlib import PurePath
from unicodedata import normalize

from indexer.store.manifest import Inside, Record

LONGEST = 100
"""Characters of an id. At four bytes each they leave room below Elasticsearch's limit of 512 bytes for an `_id`."""

# Kept: letters and digits of any script, full-width punctuation (（第一场）, 【渔港案】) and what neither a shell, an
# address nor the query language reads as something else. `#` parts id and turn; a colon parts field and value.
_BREAKING = re.compile(r"[^\w\-.~+=@/·\u2014\u2026\u3001-\u303f\uff01-\uffee]+")
_FULL_WIDTH_SPECIAL = re.compile(r"[＃：＂]+")
_HYPHENS = re.compile(r"-{2,}")


def readable(name: str) -> str:
    """Return the id that a path below the indexed folder, or a name given by the transcript, would like to have."""
    parts = (_part(part) for part in normalize("NFC", name).split("/"))
    whole = "/".join(part for part in parts if part) or "interview"
    return whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 9]}-{_short_hash(whole, 8)}"


def free(wanted: str, path: str, taken: Callable[[str], bool]) -> str:
    """Return `wanted`, or, where that is taken, `wanted` with some of the hash of `path`.

    The hash depends on the path alone: the same file gets the same id whatever else was indexed before it.
    """
    name, digits = wanted, 4
    while taken(name):
        name, digits = f"{wanted[: LONGEST - 1 - digits]}-{_short_hash(path, digits)}", digits + 4
    return name


class TakenError(Exception):
    """An id that a transcript gives itself is another transcript's."""


class HeldError(Exception):
    """A transcript of this run is one that came before it, from another file; its message is the id."""


class Register:
    """Who has which id: those in the archive keep theirs, newcomers get a free one.

    The same transcript at another path is the same transcript, whether the file was moved there or copied: the same
    bytes under the same name, or the same contents under an id that the transcript gives itself. Copies that go by
    their names are kept `apart` where that is wanted.
    """

    def __init__(self, before: Inside, exists: Callable[[str], bool], apart: bool = False) -> None:
        self._before, self._exists, self._apart = before, exists, apart
        self._taken = {record.interview_id: record.path for record in before.records.values()}
        self.given: dict[str, object] = {}
        """What has an id of this run: what it is told by, by id."""

    def by_name(self, name: str, path: str, part: int, hash_: str, inside: str = "") -> str:
        """Return the id of the interview that is `part` of the file at `path`, whose place below its folder is `name`.

        It is the one it has; or, if the file was moved or copied here, the one it had; or a free one after its name.
        `inside` is its place in a file that names what it holds, as a zip file does: its id is made of that, and stays
        when something is put in before it. Raises `HeldError` where a file of this run is the same.
        """
        if inside:
            return self._inside(readable(f"{name}/{inside}"), path, inside, hash_)
        kept = next((one.interview_id for one in self._before.of(path) if one.part == part), "")
        wanted = readable(name if part == 1 else f"{name}/{part}")
        return self._one_of(kept, wanted, path, (hash_, part, _file_name(path)), path)

    def _one_of(self, kept: str, wanted: str, path: str, told_by: tuple[str, object, str], seed: str) -> str:
        """Return the id that a transcript `kept`, or the `wanted` one if that is its own or free, or one after it."""
        for id_ in filter(None, (kept, wanted)):
            if self.given.get(id_) == told_by and not self._apart:
                raise HeldError(id_)
        if kept and kept not in self.given:
            return self._give(kept, path, told_by)
        namesake = self._before.records.get(wanted)
        if namesake is not None and wanted not in self.given and self._same(namesake, told_by):
            return self._give(wanted, path, told_by)
        return self._give(free(wanted, seed, lambda id_: self._others(id_, path)), path, told_by)

    def _same(self, namesake: Record, told_by: tuple[str, object, str]) -> bool:
        """Tell whether an interview of the archive is a transcript's: moved from a file that is gone, or copied."""
        hash_, part, file_name = told_by
        alike = namesake.hash == hash_ and (isinstance(part, str) or namesake.part == part)
        copied = _file_name(namesake.path) == file_name and not self._apart
        return alike and (copied or self._gone(namesake.path))

    def _inside(self, wanted: str, path: str, inside: str, hash_: str) -> str:
        """Return the id of what has a name of its own in a file: what it has, whichever folder was named this time."""
        file = wanted.removesuffix(f"/{readable(inside)}").rpartition("/")[2]
        ending = f"{file}/{readable(inside)}"
        had = (one.interview_id for one in self._before.of(path))
        kept = next((id_ for id_ in had if id_ == ending or id_.endswith(f"/{ending}")), "")
        return self._one_of(kept, wanted, path, (hash_, inside, _file_name(path)), f"{path}/{inside}")

    def own(self, id_: str, path: str, content: str) -> str:
        """Return the id that a transcript gives itself; `content` is its hash, whatever file it stands in.

        Raises `HeldError` where another file of this run has the same transcript, and `TakenError` where another file
        that is there, or another line, has another one of this id.
        """
        wanted = readable(id_)
        holder = self._taken.get(wanted, path)
        if wanted in self.given:
            if holder != path and self.given[wanted] == content:
                raise HeldError(wanted)
        elif holder == path or self._gone(holder) or self._before.records[wanted].content == content:
            return self._give(wanted, path, content)
        raise TakenError(f"its id {wanted} is also that of another transcript, in {holder}")

    def _others(self, id_: str, path: str) -> bool:
        """Tell whether an id is another file's, or was given in this run."""
        return id_ in self.given or self._taken.get(id_, path) != path

    def _gone(self, path: str) -> bool:
        return not self._exists(path)

    def _give(self, id_: str, path: str, told_by: object) -> str:
        self._taken[id_] = path
        self.given[id_] = told_by
        return id_


def _part(part: str) -> str:
    """Return one folder's or file's name with what breaks addresses replaced by hyphens."""
    cleaned = _HYPHENS.sub("-", _FULL_WIDTH_SPECIAL.sub("-", _BREAKING.sub("-", part)))
    return cleaned.strip("-. ")


def _file_name(path: str) -> str:
    """Return the name of the file at a path."""
    return PurePath(path).name


def _short_hash(text: str, digits: int) -> str:
    """Return the first hexadecimal digits of a hash of `text`."""
    return blake2b(text.encode("utf-8", "surrogateescape")).hexdigest()[:digits]
