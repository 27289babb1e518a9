"""The stretch of a text that is most like a quotation, and the changes from the one to the other. Pure.

Letters are compared in normal form (`letters`), what is shown is print. rapidfuzz does the comparing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from search_cli.quoting.letters import Letters, letters
from search_cli.quoting.quotation import Change
from search_cli.records import Span

KEPT, DROPPED, ADDED = "kept", "dropped", "added"
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
    # of equals the longer: 最少 for 最多 is a letter changed, not one put in
    starts = range(max(0, low - room), min(high, low + room) + 1)
    start = max(starts, key=lambda one: (like(text[one:high]), -one))
    ends = range(max(start, high - room), min(len(text), high + room) + 1)
    end = max(ends, key=lambda one: (like(text[start:one]), one))
    return Alignment(start, end, like(text[start:end]))


def changes(quotation: str, text: str, span: Span) -> tuple[Change, ...]:
    """Return the steps from a quotation to the letters `span` of `text`: what is kept and added is the text's print."""
    quoted, said = letters(quotation), letters(text)
    steps: list[Change] = []
    printed = said.printed(*span)[0]
    for same, start, end, low, high in _steps(quoted.text, said.text[slice(*span)]):
        if end > start and not same:
            steps.append(Change(DROPPED, _print(quotation, quoted, start, end)))
        if high > low:
            begins, ends = said.printed(span[0] + low, span[0] + high)
            begins = max(begins, printed)
            gap = text[printed:begins]
            steps += [Change(KEPT, gap)] * bool(gap)
            steps += [Change(KEPT if same else ADDED, text[begins:ends])] * (ends > begins)
            printed = max(ends, printed)
    return tuple(_merged(steps))


def _print(text: str, found: Letters, start: int, end: int) -> str:
    return text[slice(*found.printed(start, end))]


def _steps(quoted: str, said: str) -> Iterator[_Step]:
    """Yield the stretches that are the same and those that differ; a lone letter between two that differ is no rest."""
    from rapidfuzz.distance import Levenshtein

    whole: list[_Step] = []
    codes = list(Levenshtein.opcodes(quoted, said))
    for at, code in enumerate(codes):
        alone = 0 < at < len(codes) - 1 and code.src_end - code.src_start == 1
        same = code.tag == "equal" and not alone
        step = (same, code.src_start, code.src_end, code.dest_start, code.dest_end)
        if whole and not same and not whole[-1][0]:
            step = (False, whole[-1][1], step[2], whole[-1][3], step[4])
            whole.pop()
        whole.append(step)
    yield from whole


def _merged(steps: list[Change]) -> Iterator[Change]:
    """Yield the steps, neighbours of one kind as one."""
    for at, step in enumerate(steps):
        if at and steps[at - 1].what == step.what:
            continue
        end = next((n for n in range(at, len(steps)) if steps[n].what != step.what), len(steps))
        yield Change(step.what, "".join(one.text for one in steps[at:end]))
