"""Align a quotation with the most similar span of a turn, and list the changes between them. Pure.

Letters are compared in normal form (`alignment_text`) by rapidfuzz; changes have the printed text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from search_cli.models import Span
from search_cli.quotations.alignment_text import AlignmentText, alignment_text
from search_cli.quotations.quotation import TextChange

KEPT, DROPPED, ADDED = "kept", "dropped", "added"
_NUMBER = re.compile(r"[0-9]+(?:[.:/][0-9]+)*[%‰]?")
_CHANGED = 3
_ROOM = 60  # letters; more would make long quotations slow
_Step = tuple[bool, int, int, int, int]
"""Whether the letters are the same, their span in the quotation, their span in the text."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The span of a text most similar to a quotation, in letters; `likeness` is the share of unchanged letters."""

    start: int
    end: int
    likeness: float


def align(quoted: str, text: str) -> Alignment:
    """Return the span of `text` most similar to `quoted`, both letters; an empty span if either is empty."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    if not quoted or not text:
        return Alignment(0, 0, 0.0)
    found = fuzz.partial_ratio_alignment(quoted, text)
    if found is None or found.score == 0:
        return Alignment(0, 0, 0.0)
    low, high = (found.dest_start, found.dest_end) if len(quoted) <= len(text) else (0, len(text))
    like = partial(Levenshtein.normalized_similarity, quoted)
    room = min(len(quoted) // 2 + 4, _ROOM)  # omissions or insertions of the quotation on either side
    starts = range(min(high, low + room), max(0, low - room) - 1, -1)
    start = _best({first: like(text[first:high]) for first in starts})
    ends = range(max(start, high - room), min(len(text), high + room) + 1)
    end = _best({last: like(text[start:last]) for last in ends})
    return Alignment(start, end, like(text[start:end]))


def _best(likeness: dict[int, float]) -> int:
    """Return the end with the highest likeness; ends are in order of the length of their span.

    Of a few equal ones the longest: 最少 for 最多 is a changed letter, not an inserted one. Of more the shortest: the
    text that follows is unrelated to the quotation.
    """
    best = max(likeness.values())
    equals = [end for end, value in likeness.items() if value == best]
    return equals[-1] if abs(equals[-1] - equals[0]) <= _CHANGED else equals[0]


def changes(quotation: str, text: str, span: Span) -> tuple[TextChange, ...]:
    """List the changes from a quotation to the letters `span` of `text`; kept and added text is that of `text`."""
    quoted, spoken = alignment_text(quotation), alignment_text(text)
    steps: list[TextChange] = []
    printed = spoken.printed(*span)[0]
    for same, start, end, low, high in _steps(quoted.text, spoken.text[slice(*span)]):
        if end > start and not same:
            steps.append(TextChange(DROPPED, _print(quotation, quoted, start, end)))
        if high > low:
            begins, ends = spoken.printed(span[0] + low, span[0] + high)
            begins = max(begins, printed)
            gap = text[printed:begins]
            steps += [TextChange(KEPT, gap)] * bool(gap)
            steps += [TextChange(KEPT if same else ADDED, text[begins:ends])] * (ends > begins)
            printed = max(ends, printed)
    return tuple(_merged(steps))


def _print(text: str, aligned: AlignmentText, start: int, end: int) -> str:
    return text[slice(*aligned.printed(start, end))]


def _steps(quoted: str, spoken: str) -> Iterator[_Step]:
    """Yield equal and different spans in order."""
    start = low = 0
    for first, place, length in _blocks(_pairs(quoted, spoken)):
        alone = length == 1 and first > start and first + 1 < len(quoted) and place > low and place + 1 < len(spoken)
        if alone:  # a single letter between two changes is part of them
            continue
        if first > start or place > low:
            yield False, start, first, low, place
        start, low = first + length, place + length
        yield True, first, start, place, low
    if start < len(quoted) or low < len(spoken):
        yield False, start, len(quoted), low, len(spoken)


def _pairs(quoted: str, spoken: str) -> dict[int, int]:
    """Map the unchanged letters of the quotation to those of the turn; numbers count as a whole."""
    from rapidfuzz.distance import Levenshtein

    same = (code for code in Levenshtein.opcodes(quoted, spoken) if code.tag == "equal")
    pairs = {
        code.src_start + step: code.dest_start + step for code in same for step in range(code.src_end - code.src_start)
    }
    numbers = {found.span() for found in _NUMBER.finditer(spoken)}
    for found in _NUMBER.finditer(quoted):
        first = pairs.get(found.start(), -1)
        stays = all(pairs.get(place) == first + place - found.start() for place in range(*found.span()))
        if not stays or (first, first + len(found[0])) not in numbers:
            for place in range(*found.span()):
                pairs.pop(place, None)
    return pairs


def _blocks(pairs: dict[int, int]) -> Iterator[tuple[int, int, int]]:
    """Yield runs of unchanged letters: start in the quotation, start in the turn, length."""
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
    """Merge adjacent changes of one kind."""
    for what, group in groupby(steps, key=lambda step: step.what):
        yield TextChange(what, "".join(step.text for step in group))
