"""Interview ids: readable, stable, fit for an address that is typed and cited.

2019/访谈 (第一场).txt -> 2019/访谈-第一场
"""

import re
from collections.abc import Callable
from hashlib import blake2b
from unicodedata import normalize

from indexer.store.manifest import Inside

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


class Register:
    """Who has which id: those in the archive keep theirs, newcomers get a free one."""

    def __init__(self, before: Inside, exists: Callable[[str], bool]) -> None:
        self._before, self._exists = before, exists
        self._taken = {record.interview_id: record.path for record in before.records.values()}
        self._given: set[str] = set()

    def by_name(self, name: str, path: str, part: int, hash_: str, inside: str = "") -> str:
        """Return the id of the interview that is `part` of the file at `path`, whose place below its folder is `name`.

        It is the one it has; or, if the file only moved (the same bytes, gone from where they were), the one it had; or
        a free one after its name. `inside` is its place in a file that names what it holds, as a zip file does: its id
        is made of that, and stays when something is put in before it.
        """
        if inside:
            return self._inside(readable(f"{name}/{inside}"), path, inside, hash_)
        kept = next((one.interview_id for one in self._before.of(path) if one.part == part), "")
        if kept and kept not in self._given:
            return self._give(kept, path)
        wanted = readable(name if part == 1 else f"{name}/{part}")
        namesake = self._before.records.get(wanted)
        moved = namesake is not None and (namesake.part, namesake.hash) == (part, hash_) and self._gone(namesake.path)
        if moved and wanted not in self._given:
            return self._give(wanted, path)
        return self._give(free(wanted, path, lambda id_: self._others(id_, path)), path)

    def _inside(self, wanted: str, path: str, inside: str, hash_: str) -> str:
        """Return the id of what has a name of its own in a file: what it has, whichever folder was named this time."""
        file = wanted.removesuffix(f"/{readable(inside)}").rpartition("/")[2]
        ending = f"{file}/{readable(inside)}"
        had = (one.interview_id for one in self._before.of(path))
        kept = next((id_ for id_ in had if id_ == ending or id_.endswith(f"/{ending}")), "")
        if kept and kept not in self._given:
            return self._give(kept, path)
        namesake = self._before.records.get(wanted)
        moved = namesake is not None and namesake.hash == hash_ and self._gone(namesake.path)
        if moved and wanted not in self._given:
            return self._give(wanted, path)
        return self._give(free(wanted, f"{path}/{inside}", lambda id_: self._others(id_, path)), path)

    def own(self, id_: str, path: str) -> str:
        """Return the id that a transcript gives itself; raise `TakenError` if another file, or another line, has it."""
        wanted = readable(id_)
        if self._others(wanted, path) and not (wanted not in self._given and self._gone(self._taken[wanted])):
            raise TakenError(f"its id {wanted} is also that of another transcript, in {self._taken[wanted]}")
        return self._give(wanted, path)

    def _others(self, id_: str, path: str) -> bool:
        """Tell whether an id is another file's, or was given in this run."""
        return id_ in self._given or self._taken.get(id_, path) != path

    def _gone(self, path: str) -> bool:
        return not self._exists(path)

    def _give(self, id_: str, path: str) -> str:
        self._taken[id_] = path
        self._given.add(id_)
        return id_


def _part(part: str) -> str:
    """Return one folder's or file's name with what breaks addresses replaced by hyphens."""
    cleaned = _HYPHENS.sub("-", _FULL_WIDTH_SPECIAL.sub("-", _BREAKING.sub("-", part)))
    return cleaned.strip("-. ")


def _short_hash(text: str, digits: int) -> str:
    """Return the first hexadecimal digits of a hash of `text`."""
    return blake2b(text.encode("utf-8", "surrogateescape")).hexdigest()[:digits]
