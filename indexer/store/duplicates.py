"""Find transcripts of the same interview: copies, reprints, the other script, edited versions. Pure.

Each interview's own document has a sketch of its text (`text.near_duplicates`). Of several that say the same, one is
the primary. The others keep their own documents, with `version_of` and without turns and passages: they are known,
their files are skipped while they do not change, and no search finds their words twice.

The primary is the one with the most turns of named speakers, then one with a date, then the one that says most; of
equals the one that was indexed first (its addresses may have been cited), then the first by path.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from indexer.store.indexed_interview import IndexedInterview
from indexer.text.near_duplicates import Sketch

_BOILERPLATE = 200
"""Primaries that share a hash from which on it is boilerplate and no reason to compare."""

_LOOKED_UP = 16
"""Hashes by which a primary is found, the smallest: of pairs with a fifth in common, one in a hundred is missed.

With all 64, a hundred thousand interviews would take a gigabyte.
"""


class PrimaryIndex:
    """The primaries known so far, to look up whether an interview duplicates one of them.

    `earlier` are the ids of those that were primaries before the run; of equals they remain.
    """

    def __init__(self, earlier: Collection[str] = ()) -> None:
        self._earlier = earlier
        self._interviews: dict[str, IndexedInterview] = {}
        self._holding: defaultdict[int | str, list[str]] = defaultdict(list)

    def add(self, interview: IndexedInterview) -> None:
        """Add a primary, in place of the one with its id."""
        self.drop(interview.interview_id)
        self._interviews[interview.interview_id] = interview
        for key in _keys(_sketch(interview), _LOOKED_UP):
            self._holding[key].append(interview.interview_id)

    def drop(self, interview_id: str) -> None:
        """Remove the primary with an id, if there is one."""
        if dropped := self._interviews.pop(interview_id, None):
            for key in _keys(_sketch(dropped), _LOOKED_UP):
                self._holding[key].remove(interview_id)

    def primary(self, interview: IndexedInterview) -> str:
        """Return the id of the most similar primary that an interview duplicates, or ""."""
        sketch = _sketch(interview)
        near = dict.fromkeys(id_ for key in _keys(sketch) for id_ in self._holding.get(key, ())[:_BOILERPLATE])
        near.pop(interview.interview_id, None)
        similar = ((sketch.duplicate_similarity(_sketch(self._interviews[id_])), id_) for id_ in near)
        likeness, primary = max(similar, key=lambda one: one[0], default=(0.0, ""))
        return primary if likeness else ""

    def better_primary(self, interview: IndexedInterview) -> str:
        """Return the same, but "" for a primary that this interview would replace."""
        primary = self.primary(interview)
        return primary if primary and self.rank(self._interviews[primary]) < self.rank(interview) else ""

    def rank(self, interview: IndexedInterview) -> tuple[int, bool, int, bool, str, int, str]:
        """Return a key that sorts transcripts of one interview, the primary first."""
        newcomer = interview.interview_id not in self._earlier
        location = (interview.origin.path, interview.origin.part, interview.interview_id)
        return (-interview.attributed, not interview.date, -interview.spoken, newcomer, *location)


def find_duplicates(
    interviews: Iterable[IndexedInterview], earlier: Collection[str] = (), unreadable: Collection[str] = ()
) -> dict[str, str]:
    """Return duplicate -> primary, by id.

    Each is a duplicate of the primary it is most similar to, and no primary is a duplicate. `earlier` as in
    `PrimaryIndex`; an interview among the ids `unreadable` is a primary only if no other can be.
    """
    primaries = PrimaryIndex(earlier)
    found: dict[str, str] = {}
    for interview in sorted(interviews, key=lambda one: (one.interview_id in unreadable, *primaries.rank(one))):
        if primary := primaries.primary(interview):
            found[interview.interview_id] = primary
        else:
            primaries.add(interview)
    return found


def _sketch(interview: IndexedInterview) -> Sketch:
    return Sketch.of_text(interview.origin.sketch)


def _keys(sketch: Sketch, most: int | None = None) -> tuple[int | str, ...]:
    """Return the keys that a sketch is looked up by."""
    return sketch.hashes[:most] or ((sketch.text_hash,) if sketch.text_hash else ())
