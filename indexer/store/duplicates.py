"""Find transcripts of the same interview: copies, reprints, the other script, edited versions. Pure.

Each interview's own document has a sketch of its text (`text.near_duplicates`). Of several that say the same, one is
the primary. The others keep their own documents, with `version_of` and without turns and passages: they are known,
their files are skipped while they do not change, and no search finds their words twice.

The primary is, in this order:
1. the one in the folder that a person prefers (`FANGTAN_PRIMARIES`);
2. the fullest: the most turns of named speakers, then one with a date, then the most that is said. `SAME_SIZE` is the
   same: two scripts of one transcript differ by a few characters;
3. the original: written in Traditional before Simplified, and that before one converted from it
   (`simplify.ScriptOrigin`);
4. the one with more metadata, with the earlier date, then the fullest to the character;
5. the first by name, then by folder, whatever the path of the checkout. Of identical transcripts it is the one that was
   indexed first, as its addresses may have been cited.

But for identical ones, it depends neither on the order in which they arrive nor on the runs.
"""

import os
from base64 import b64decode
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from struct import unpack_from
from typing import Any

from indexer.store.indexed_interview import IndexedInterview
from indexer.text.near_duplicates import Sketch

_Location = tuple[tuple[str, ...], int, str]

_BOILERPLATE = 200
"""Primaries that share a hash from which on it is boilerplate and no reason to compare."""

_LOOKED_UP = 16
"""Hashes by which a primary is found, the smallest: of pairs with a fifth in common, one in a hundred is missed.

With all 64, a hundred thousand interviews would take a gigabyte.
"""


_FIRST_KEYS = 92
"""Characters of a sketch that have its first `_LOOKED_UP` hashes, four bytes each, and four before them (base64)."""

_UNKEPT = 8
"""Lookups after which the keys of all primaries are kept: that takes as long as reading their sketches so often."""

SAME_SIZE = 0.95
"""Share of the turns, and of the characters, of the fullest transcript from which on another is as full. Measured on
51 interviews in two scripts: 0.994 and more of the characters, all of the turns."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Decides which transcript of an interview is the primary.

    `earlier` are the ids of those that were primaries before the run; of identical ones they remain. `preferred` are
    folders (one name, or several: data/originals), the most preferred first.
    """

    earlier: Collection[str] = ()
    preferred: Sequence[str] = ()

    def best(self, interviews: Sequence[IndexedInterview]) -> IndexedInterview:
        """Return the primary of some transcripts of one interview."""
        chosen = _least(interviews, self._preference)
        chosen = _fullest(chosen, attrgetter("attributed"))
        chosen = _least(chosen, lambda one: not one.date)
        chosen = _fullest(chosen, attrgetter("spoken"))
        chosen = _least(chosen, _originality)
        first: dict[str, _Location] = {}
        for one in chosen:
            first[one.origin.content] = min(_location(one), first.get(one.origin.content, _location(one)))
        return min(
            chosen, key=lambda one: (first[one.origin.content], one.interview_id not in self.earlier, _location(one))
        )

    def _preference(self, interview: IndexedInterview) -> int:
        """Return the place of the interview's folder among those preferred, their number if it is in none."""
        folders = f"/{Path(interview.origin.path).parent.as_posix().strip('/')}/"
        held = (place for place, folder in enumerate(self.preferred) if f"/{folder}/" in folders)
        return next(held, len(self.preferred))


class PrimaryIndex:
    """The primaries known so far, to look up whether an interview duplicates one of them.

    Of those it begins with, the sketches are read at each of the first lookups. For more of them they are kept by key.
    """

    def __init__(self, ranking: Ranking = Ranking(), primaries: Iterable[IndexedInterview] = ()) -> None:
        self._ranking, self._looked_up = ranking, 0
        self._interviews = {one.interview_id: one for one in primaries}
        self._unread = dict.fromkeys(self._interviews)
        self._holding: dict[int | str, str | list[str]] = {}  # most keys have one: a list of it takes as much again

    def add(self, interview: IndexedInterview) -> None:
        """Add a primary, in place of the one with its id."""
        self._add(interview, _sketch(interview))

    def _add(self, interview: IndexedInterview, sketch: Sketch) -> None:
        id_, holding = interview.interview_id, self._holding
        self.drop(id_)
        self._interviews[id_] = interview
        for key in _keys(sketch, _LOOKED_UP):
            held = holding.setdefault(key, id_)
            if isinstance(held, list):
                held.append(id_)
            elif held is not id_:
                holding[key] = [held, id_]

    def drop(self, interview_id: str) -> None:
        """Remove the primary with an id, if there is one."""
        dropped = self._interviews.pop(interview_id, None)
        if interview_id in self._unread:
            del self._unread[interview_id]
        elif dropped:
            for key in _keys(_sketch(dropped), _LOOKED_UP):
                held = self._holding[key]
                if isinstance(held, list):
                    held.remove(interview_id)
                else:
                    del self._holding[key]

    def primary(self, interview: IndexedInterview) -> str:
        """Return the id of the most similar primary that an interview duplicates, or ""."""
        return self._primary(interview, _sketch(interview))

    def _primary(self, interview: IndexedInterview, sketch: Sketch) -> str:
        self._looked_up += 1
        if self._looked_up > _UNKEPT:
            self._keep()
        holding, keys = self._holding, _keys(sketch)
        unread = self._unread_with(keys) if self._unread else {}
        found = [(*unread.get(key, ()), *_as_list(holding.get(key, ()))) for key in keys if key in holding or unread]
        near = dict.fromkeys(id_ for ids in found for id_ in ids[:_BOILERPLATE])
        near.pop(interview.interview_id, None)
        similar = ((sketch.duplicate_similarity(_sketch(self._interviews[id_])), id_) for id_ in near)
        likeness, primary = max(similar, key=lambda one: one[0], default=(0.0, ""))
        return primary if likeness else ""

    def _unread_with(self, keys: Iterable[int | str]) -> dict[int | str, list[str]]:
        """Return the interviews of each key among those that are not kept by key."""
        wanted, found = set(keys), defaultdict[int | str, list[str]](list)
        for id_ in self._unread:
            for key in wanted.intersection(_first_keys(self._interviews[id_].origin.sketch)):
                found[key].append(id_)
        return found

    def _keep(self) -> None:
        """Keep by key those that are not, in the order in which all were added."""
        if self._unread:
            self._unread, self._holding, interviews = {}, {}, self._interviews
            self._interviews = {}
            for interview in interviews.values():
                self.add(interview)

    def primary_or_add(self, interview: IndexedInterview) -> str:
        """Return the primary that an interview duplicates; add it as one, and return "", if there is none."""
        sketch = _sketch(interview)
        primary = self._primary(interview, sketch)
        if not primary:
            self._add(interview, sketch)
        return primary

    def better_primary(self, interview: IndexedInterview) -> str:
        """Return the same, but "" for a primary that this interview would replace."""
        primary = self.primary(interview)
        return primary if primary and self._ranking.best((self._interviews[primary], interview)) != interview else ""


def find_duplicates(
    interviews: Iterable[IndexedInterview], ranking: Ranking = Ranking(), unreadable: Collection[str] = ()
) -> dict[str, str]:
    """Return duplicate -> primary, by id.

    Each is a duplicate of the primary it is most similar to, and no primary is a duplicate. An interview among the ids
    `unreadable` is a primary only if no other can be.
    """

    def size(one: IndexedInterview) -> tuple[object, ...]:
        return one.interview_id in unreadable, -one.attributed, not one.date, -one.spoken, _location(one)

    fullest = sorted(interviews, key=size)
    found = _link(fullest)
    known = {one.interview_id: one for one in fullest}
    groups: defaultdict[str, list[IndexedInterview]] = defaultdict(list)
    for duplicate, primary in found.items():
        groups[primary].append(known[duplicate])
    best: set[str] = set()
    for primary, duplicates in groups.items():
        every = (known[primary], *duplicates)
        readable = [one for one in every if one.interview_id not in unreadable] or every
        best.add(ranking.best(readable).interview_id)
    if best == groups.keys():
        return found
    # the fullest found them; now they are compared with the best, which is one of them
    linked = found.keys() | groups.keys()
    return _link(sorted(fullest, key=lambda one: (one.interview_id not in best, one.interview_id in linked)))


def _link(interviews: Iterable[IndexedInterview]) -> dict[str, str]:
    """Return duplicate -> primary for interviews of which each is a primary unless an earlier one is similar."""
    primaries = PrimaryIndex()
    found: dict[str, str] = {}
    for interview in interviews:
        if primary := primaries.primary_or_add(interview):
            found[interview.interview_id] = primary
    return found


def _least(interviews: Sequence[IndexedInterview], key: Callable[[IndexedInterview], Any]) -> list[IndexedInterview]:
    """Return the interviews with the lowest value."""
    least = min(map(key, interviews))
    return [one for one in interviews if key(one) == least]


def _fullest(interviews: Sequence[IndexedInterview], size: Callable[[IndexedInterview], int]) -> list[IndexedInterview]:
    """Return the interviews that are as full as the fullest."""
    most = max(map(size, interviews))
    return [one for one in interviews if size(one) >= SAME_SIZE * most]


def _originality(interview: IndexedInterview) -> tuple[object, ...]:
    """Return a key that sorts equally full transcripts, the original first."""
    date = interview.date or "9999"
    return interview.origin.script, -interview.known, date, -interview.attributed, -interview.spoken


def _location(interview: IndexedInterview) -> _Location:
    """Return a key that sorts by name, then folder; the path of a checkout counts only where all else is the same."""
    path = interview.origin.path
    is_plain = path[:1] == "/" == os.sep and path[1:2] != "/"
    names = ("/", *path[1:].split("/")) if is_plain else Path(path).parts  # of a hundred thousand paths, a second less
    return names[::-1], interview.origin.part, interview.interview_id


def _sketch(interview: IndexedInterview) -> Sketch:
    return Sketch.of_text(interview.origin.sketch)


def _first_keys(text: str) -> tuple[int | str, ...]:
    """Return the keys that a sketch is kept by, without parsing all of its text (`Sketch.text`)."""
    if not text or text[0] == "=":
        return (text[1:],) if text[1:] else ()
    hashes = (len(text) * 3 // 4 - text[-2:].count("=")) // 5  # four bytes for each and their number, one for its third
    return unpack_from(f">{min(hashes, _LOOKED_UP)}I", b64decode(text[:_FIRST_KEYS]), 4)


def _as_list(ids: str | Sequence[str]) -> Sequence[str]:
    return (ids,) if isinstance(ids, str) else ids


def _keys(sketch: Sketch, most: int | None = None) -> tuple[int | str, ...]:
    """Return the keys that a sketch is looked up by."""
    return sketch.hashes[:most] or ((sketch.text_hash,) if sketch.text_hash else ())
