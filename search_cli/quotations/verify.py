"""Compare a quotation with the turns that may contain it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product

from search_cli.models import Span, SpokenTurn
from search_cli.quotations.align import KEPT, Alignment, align, changes
from search_cli.quotations.alignment_text import alignment_text, punctuated
from search_cli.quotations.attribution import Attribution
from search_cli.quotations.ellipsis import Interpretation, interpretations
from search_cli.quotations.quotation import Quotation, QuotationCheck, QuotationMatch, TextChange, Verdict

NEAR = 0.6
"""Least likeness of a near quotation. Measured on 27,714 turns and 400 sentences of 12 to 60 letters: with 5, 10, 20,
25 and 30 % of the letters dropped, replaced or added, .998, .988, .983, .943 and .907 are found in their turn. Of
sentences that are not in the archive .007 (of other interviews), .005 (of other meetings) and 0 (of an encyclopaedia)
are wrongly near. At .7, with 25 and 30 % changed, .812 and .613 are found; at .5 .958 and .948, with .030 wrongly
near."""

SIMILAR = 0.45
"""Least likeness of the nearest turn of an absent quotation: .045 of sentences that are not in the archive reach it."""

_REACH = 2
"""Greatest distance between the two turns of a quotation that runs over: a 嗯 may be between them."""

_EDGE = 3
"""Letters in each of the two turns at least."""

_PART = 5
"""Letters of a part that is searched by itself at least: 我们 and 可以说 are everywhere."""

_PLACES = 3


def verify(quotation: Quotation, turns: Sequence[SpokenTurn], neighbors: Mapping[str, SpokenTurn]) -> QuotationCheck:
    """Check a quotation against candidate turns, the likeliest first, and their neighbors by address."""
    readings = interpretations(quotation.text)
    for reading in readings:
        if places := _verbatim(reading, turns):
            return _verbatim_check(quotation, reading, places)
    for reading in readings:
        if pair := _across(reading, turns, neighbors):
            return QuotationCheck(quotation, Verdict.ACROSS, pair, 1, likeness=1.0, insertions=reading.insertions)
    for reading in readings:
        if places := _spliced(reading, turns):
            return QuotationCheck(quotation, Verdict.SPLICED, places, 1, likeness=1.0, insertions=reading.insertions)
    return _nearest(quotation, readings, turns)


def with_attribution(checked: QuotationCheck, attribution: Attribution) -> QuotationCheck:
    """Add whom the article names: their turns are first, and others' make it misattributed."""
    if not attribution.people:
        return checked
    own = [attribution.is_by(place.turn) for place in checked.places]
    theirs = [place for place, is_own in zip(checked.places, own, strict=True) if is_own]
    others = [place for place, is_own in zip(checked.places, own, strict=True) if not is_own]
    named = replace(
        checked,
        attributed_to=attribution.printed,
        said_by=attribution.speakers,
        unknown_speakers=() if theirs else attribution.unknown,
    )
    if checked.kind in {Verdict.ACROSS, Verdict.SPLICED}:  # these places are the parts of one quotation, in order
        return replace(named, misattributed=bool(others))
    wrong = checked.kind is not Verdict.ABSENT and not theirs
    return replace(named, places=(*theirs, *others), misattributed=wrong)


def with_first_places(checked: QuotationCheck) -> QuotationCheck:
    """Keep the first few of many places."""
    return replace(checked, places=checked.places[:_PLACES])


def _verbatim_check(
    quotation: Quotation, reading: Interpretation, places: tuple[QuotationMatch, ...]
) -> QuotationCheck:
    """Build the check of a verbatim quotation; turns with the same punctuation are first."""
    differs = [_differs_in_punctuation(reading, place) for place in places]
    exact = [place for place, other in zip(places, differs, strict=True) if not other]
    ordered = (*exact, *(place for place, other in zip(places, differs, strict=True) if other))
    return QuotationCheck(
        quotation,
        Verdict.VERBATIM,
        ordered,
        len(ordered),
        likeness=1.0,
        punctuation=not exact,
        insertions=reading.insertions,
    )


def _differs_in_punctuation(reading: Interpretation, place: QuotationMatch) -> bool:
    """Tell whether a turn has other punctuation than the quotation."""
    return any(
        punctuated(part) != punctuated(place.turn.text[start:end])
        for part, (start, end) in zip(reading.parts, place.spans, strict=True)
    )


def _verbatim(reading: Interpretation, turns: Iterable[SpokenTurn]) -> tuple[QuotationMatch, ...]:
    """Return the turns that contain all parts in order."""
    return tuple(QuotationMatch(turn, spans) for turn in turns if (spans := _find_parts(reading, turn.text)))


def _find_parts(reading: Interpretation, text: str) -> tuple[Span, ...]:
    """Return the printed spans of all parts in order; none if a part is missing."""
    spoken, spans, end = alignment_text(text), [], 0
    for part in reading.letters:
        start = spoken.find(part, end)
        if start < 0:
            return ()
        end = start + len(part)
        spans.append(spoken.printed(start, end))
    return tuple(spans)


def neighbor_addresses(quotation: Quotation, turns: Iterable[SpokenTurn]) -> tuple[str, ...]:
    """Return the addresses of turns that may have the rest of a quotation of which one of `turns` has an end."""
    undivided = [reading.letters[0] for reading in interpretations(quotation.text) if len(reading.parts) == 1]
    addresses: dict[str, None] = {}
    for turn, quoted in product(turns, undivided):
        spoken = alignment_text(turn.text).text
        for step in range(1, _REACH + 1):
            if _overlap(spoken, quoted):
                addresses[f"{turn.interview_id}#{turn.turn + step}"] = None
            if _overlap(quoted, spoken):
                addresses[f"{turn.interview_id}#{turn.turn - step}"] = None
    return tuple(address for address in addresses if not address.endswith(("#0", "#-1")))


def _overlap(first: str, second: str) -> int:
    """Return the most letters that end the first text and begin the second, but are not all of the second."""
    sizes = range(min(len(first), len(second) - 1), _EDGE - 1, -1)
    return next((size for size in sizes if first.endswith(second[:size])), 0)


def _across(
    reading: Interpretation, turns: Iterable[SpokenTurn], neighbors: Mapping[str, SpokenTurn]
) -> tuple[QuotationMatch, ...]:
    """Return the two turns that a quotation runs over."""
    if len(reading.parts) != 1:
        return ()
    quoted, by_address = reading.letters[0], {**neighbors, **{turn.address: turn for turn in turns}}
    for turn in by_address.values():
        spoken = alignment_text(turn.text)
        size = _overlap(spoken.text, quoted)
        for step in range(1, _REACH + 1) if size else ():
            after = by_address.get(f"{turn.interview_id}#{turn.turn + step}")
            if after is not None and alignment_text(after.text).text.startswith(quoted[size:]):
                start = spoken.printed(len(spoken.text) - size, len(spoken.text))
                end = alignment_text(after.text).printed(0, len(quoted) - size)
                return QuotationMatch(turn, (start,)), QuotationMatch(after, (end,))
    return ()


def _spliced(reading: Interpretation, turns: Sequence[SpokenTurn]) -> tuple[QuotationMatch, ...]:
    """Return a turn for each part of a quotation with omissions; none if a part is in no turn."""
    if len(reading.parts) < 2 or min(map(len, reading.letters)) < _PART:
        return ()
    by_part = [_verbatim(Interpretation((part,)), turns) for part in reading.parts]
    return tuple(places[0] for places in by_part) if all(by_part) else ()


def _nearest(quotation: Quotation, readings: Iterable[Interpretation], turns: Iterable[SpokenTurn]) -> QuotationCheck:
    """Check a quotation as near, or absent, by the most similar turn."""
    aligned = ((reading, turn, _align(reading, turn)) for reading, turn in product(readings, turns))
    best = max(aligned, key=lambda candidate: candidate[2][1], default=None)
    if best is None or best[2][1] < SIMILAR:
        return QuotationCheck(quotation, Verdict.ABSENT, likeness=best[2][1] if best else 0.0)
    reading, turn, (alignments, likeness) = best
    spoken = alignment_text(turn.text)
    spans = (spoken.printed(part.start, part.end) for part in alignments if part.end > part.start)
    place = QuotationMatch(turn, tuple(spans))
    if likeness < NEAR:
        return QuotationCheck(quotation, Verdict.ABSENT, (place,), likeness=likeness)
    return QuotationCheck(
        quotation,
        Verdict.NEAR,
        (place,),
        1,
        likeness=likeness,
        insertions=reading.insertions,
        changes=_changes(reading, turn.text, alignments),
    )


def _align(reading: Interpretation, turn: SpokenTurn) -> tuple[tuple[Alignment, ...], float]:
    """Align each part with a turn; also return the likeness of all parts, weighted by length."""
    letters, text = reading.letters, alignment_text(turn.text).text
    alignments = tuple(align(part, text) for part in letters)
    unchanged = sum(alignment.likeness * len(part) for alignment, part in zip(alignments, letters, strict=True))
    return alignments, unchanged / sum(map(len, letters))


def _changes(reading: Interpretation, text: str, alignments: Iterable[Alignment]) -> tuple[TextChange, ...]:
    """List the changes of all parts, with …… for omissions."""
    steps: list[TextChange] = []
    for part, alignment in zip(reading.parts, alignments, strict=True):
        steps += [TextChange(KEPT, "……")] * bool(steps)
        steps += changes(part, text, (alignment.start, alignment.end))
    return tuple(steps)
