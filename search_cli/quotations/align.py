"""The stretch of a text that is most like a quotation, and the changes from the one to the other. Pure.

Letters are compared in normal form (`letters`), what is shown is print. rapidfuzz does the comparing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from search_cli.models import Span
from search_cli.quotations.letters import Letters, letters
from search_cli.quotations.quotation import TextChange

KEPT, DROPPED, ADDED = "kept", "dropped", "added"
_NUMBER = re.compile(r"[0-9]+(?:[.:/][0-9]+)*[%‰]?")
_CHANGED = 3
_ROOM = 60  # letters; beyond it a long quotation would take longer than it is worth
_Step = tuple[bool, int, int, int, int]
"""Whether the letters are the same, their stretch in the quotation, their stretch in the text."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where a text is most like a quotation (in letters), and how like: the share of letters that need no change."""

    start: int
    end: int
    likeness: float


def align(quoted: str, text: str) -> Alignment:
    """Return the stretch of `text` that is most like `quoted`, both letters; an empty one where either is empty."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    if not quoted or not text:
        return Alignment(0, 0, 0.0)
    found = fuzz.partial_ratio_alignment(quoted, text)
    if found is None or found.score == 0:
        return Alignment(0, 0, 0.0)
    low, high = (found.dest_start, found.dest_end) if len(quoted) <= len(text) else (0, len(text))
    like = partial(Levenshtein.normalized_similarity, quoted)
    room = min(len(quoted) // 2 + 4, _ROOM)  # what the quotation may have left out or put in on either side
    starts = range(min(high, low + room), max(0, low - room) - 1, -1)
    start = _best({one: like(text[one:high]) for one in starts})
    ends = range(max(start, high - room), min(len(text), high + room) + 1)
    end = _best({one: like(text[start:one]) for one in ends})
    return Alignment(start, end, like(text[start:end]))


def _best(likeness: dict[int, float]) -> int:
    """Return the most alike of some ends, which are given from the shortest stretch to the longest.

    Of a few equals the longest: 最少 for 最多 is a letter changed, not one put in. Of more the shortest: what follows
    has nothing to do with the quotation.
    """
    most = max(likeness.values())
    equals = [end for end, like in likeness.items() if like == most]
    return equals[-1] if abs(equals[-1] - equals[0]) <= _CHANGED else equals[0]


def changes(quotation: str, text: str, span: Span) -> tuple[TextChange, ...]:
    """Return the steps from a quotation to the letters `span` of `text`: what is kept and added is the text's print."""
    quoted, said = letters(quotation), letters(text)
    steps: list[TextChange] = []
    printed = said.printed(*span)[0]
    for same, start, end, low, high in _steps(quoted.text, said.text[slice(*span)]):
        if end > start and not same:
            steps.append(TextChange(DROPPED, _print(quotation, quoted, start, end)))
        if high > low:
            begins, ends = said.printed(span[0] + low, span[0] + high)
            begins = max(begins, printed)
            gap = text[printed:begins]
            steps += [TextChange(KEPT, gap)] * bool(gap)
            steps += [TextChange(KEPT if same else ADDED, text[begins:ends])] * (ends > begins)
            printed = max(ends, printed)
    return tuple(_merged(steps))


def _print(text: str, found: Letters, start: int, end: int) -> str:
    return text[slice(*found.printed(start, end))]


def _steps(quoted: str, said: str) -> Iterator[_Step]:
    """Yield the stretches that are the same and those that differ, in turn."""
    start = low = 0
    for first, place, length in _blocks(_pairs(quoted, said)):
        alone = length == 1 and first > start and first + 1 < len(quoted) and place > low and place + 1 < len(said)
        if alone:  # one letter between two changes is no rest
            continue
        if first > start or place > low:
            yield False, start, first, low, place
        start, low = first + length, place + length
        yield True, first, start, place, low
    if start < len(quoted) or low < len(said):
        yield False, start, len(quoted), low, len(said)


def _pairs(quoted: str, said: str) -> dict[int, int]:
    """Return the letters that stay, place in the quotation -> place in what was said; a number stays whole or not."""
    from rapidfuzz.distance import Levenshtein

    same = (code for code in Levenshtein.opcodes(quoted, said) if code.tag == "equal")
    pairs = {
        code.src_start + step: code.dest_start + step for code in same for step in range(code.src_end - code.src_start)
    }
    numbers = {found.span() for found in _NUMBER.finditer(said)}
    for found in _NUMBER.finditer(quoted):
        first = pairs.get(found.start(), -1)
        stays = all(pairs.get(place) == first + place - found.start() for place in range(*found.span()))
        if not stays or (first, first + len(found[0])) not in numbers:
            for place in range(*found.span()):
                pairs.pop(place, None)
    return pairs


def _blocks(pairs: dict[int, int]) -> Iterator[tuple[int, int, int]]:
    """Yield the runs of letters that stay side by side: place in the quotation, place in what was said, length."""
    first = length = 0
    for place in sorted(pairs):
        if length and (place, pairs[place]) == (first + length, pairs[first] + length):
            length += 1
            continue
        if length:
            yield first, pairs[first], length
        first, length = place, 1
    if length:
        yield first, pairs[first], length


def _merged(steps: list[TextChange]) -> Iterator[TextChange]:
    """Yield the steps, neighbours of one kind as one."""
    for at, step in enumerate(steps):
        if at and steps[at - 1].what == step.what:
            continue
        end = next((n for n in range(at, len(steps)) if steps[n].what != step.what), len(steps))
        yield TextChange(step.what, "".join(one.text for one in steps[at:end]))
