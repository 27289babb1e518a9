"""Compare two transcripts of one interview, turn by turn, whatever their scripts. Pure.

Turns are compared by their letters in normal form (`alignment_text`): punctuation and script make no difference.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from search_cli.models import SpokenTurn
from search_cli.quotations.align import ADDED, DROPPED, KEPT, changes
from search_cli.quotations.alignment_text import alignment_text
from search_cli.quotations.quotation import TextChange

MIN_LIKENESS = 0.5
"""Likeness from which on two turns are one that was changed."""

_AHEAD = 8  # turns of the other transcript that are compared with one


@dataclass(frozen=True, slots=True)
class TurnDiff:
    """A turn in two transcripts, `None` where one does not have it, and how its text changed."""

    before: SpokenTurn | None
    after: SpokenTurn | None
    changes: tuple[TextChange, ...]

    @property
    def same(self) -> bool:
        """Return whether both have the turn, in the same words."""
        return all(change.what == KEPT for change in self.changes)


def diff(before: Sequence[SpokenTurn], after: Sequence[SpokenTurn]) -> Iterator[TurnDiff]:
    """Yield the turns of two transcripts in order, those that are the same too."""
    old_letters, new_letters = ([alignment_text(_text(turn)).text for turn in turns] for turns in (before, after))
    matcher = SequenceMatcher(None, old_letters, new_letters, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            for old, new in zip(before[start:end], after[first:last], strict=True):
                yield TurnDiff(old, new, (TextChange(KEPT, _text(new)),))
        else:
            yield from _changed(before[start:end], after[first:last])


def _changed(before: Sequence[SpokenTurn], after: Sequence[SpokenTurn]) -> Iterator[TurnDiff]:
    """Yield turns that are not the same, each with the turn it became."""
    position = 0
    for old in before:
        found = _most_alike(old, after[position : position + _AHEAD])
        if found is None:
            yield TurnDiff(old, None, (TextChange(DROPPED, _text(old)),))
            continue
        yield from map(_added, after[position : position + found])
        new = after[position + found]
        position += found + 1
        letters = len(alignment_text(_text(new)).text)
        yield TurnDiff(old, new, changes(_text(old), _text(new), (0, letters)))
    yield from map(_added, after[position:])


def _added(turn: SpokenTurn) -> TurnDiff:
    return TurnDiff(None, turn, (TextChange(ADDED, _text(turn)),))


def _most_alike(turn: SpokenTurn, others: Sequence[SpokenTurn]) -> int | None:
    """Return the index of the most similar turn, None if none is similar."""
    from rapidfuzz.distance import Levenshtein

    letters = alignment_text(_text(turn)).text
    like = [Levenshtein.normalized_similarity(letters, alignment_text(_text(other)).text) for other in others]
    best = max(range(len(like)), key=like.__getitem__, default=None)
    return best if best is not None and like[best] >= MIN_LIKENESS else None


def _text(turn: SpokenTurn) -> str:
    """Return all that a transcript has of a turn: its text and its notes."""
    return "\n".join((turn.text, *turn.notes))
