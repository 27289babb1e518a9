"""A quotation compared with the turns that may say it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product

from search_cli.models import Span, SpokenTurn
from search_cli.quotations.align import KEPT, Alignment, align, changes
from search_cli.quotations.attribution import spoken_by
from search_cli.quotations.ellipsis import Interpretation, interpretations
from search_cli.quotations.letters import letters, punctuated
from search_cli.quotations.quotation import Checked, Quotation, QuotationMatch, TextChange, Verdict

NEAR = 0.6
"""How like a turn must be to say it in other words. Measured on 27,714 turns and 400 sentences of 12 to 60 letters:
with 5, 10, 20, 25 and 30 % of the letters dropped, replaced or added .998, .988, .983, .943 and .907 are found in their
turn; of what is not there .007 (sentences of other interviews), .005 (of other meetings), 0 (of an encyclopaedia) are
taken for near. At .7 a quarter and 30 % changed find .812 and .613, at .5 .958 and .948, with .030 taken for near."""

SOMEWHAT = 0.45
"""How like a turn must be to be worth reading where a quotation is absent: .045 of what is not there is as like."""

_REACH = 2
"""How far the second turn may be from the first where a quotation runs over: a 嗯 may stand between."""

_EDGE = 3
"""Letters at least that must stand in each of two turns."""

_PART = 5
"""Letters at least of a part that is looked for by itself: 我们 and 可以说 stand anywhere."""

_PLACES = 3


def check(quotation: Quotation, found: Sequence[SpokenTurn], around: Mapping[str, SpokenTurn]) -> Checked:
    """Return what some turns, the likeliest first, say of a quotation; `around` holds turns beside them by address."""
    read = interpretations(quotation.text)
    for reading in read:
        if places := _verbatim(reading, found):
            return _said(quotation, reading, places)
    for reading in read:
        if pair := _across(reading, found, around):
            return Checked(quotation, Verdict.ACROSS, pair, 1, likeness=1.0, insertions=reading.insertions)
    for reading in read:
        if places := _spliced(reading, found):
            return Checked(quotation, Verdict.SPLICED, places, 1, likeness=1.0, insertions=reading.insertions)
    return _nearest(quotation, read, found)


def attributed(checked: Checked, speakers: tuple[str, ...]) -> Checked:
    """Return the check with whom the article names, their turns first, and whether it was none of them."""
    if not speakers:
        return checked
    theirs = [place for place in checked.places if spoken_by(place.turn, speakers)]
    others = [place for place in checked.places if place not in theirs]
    if checked.kind in {Verdict.ACROSS, Verdict.SPLICED}:  # the places are one reading, in its order
        return replace(checked, said_by=speakers, misattributed=bool(others))
    wrong = checked.kind is not Verdict.ABSENT and not theirs
    return replace(checked, places=(*theirs, *others), said_by=speakers, misattributed=wrong)


def shown(checked: Checked) -> Checked:
    """Return the check with the first few of many places."""
    return replace(checked, places=checked.places[:_PLACES])


def _said(quotation: Quotation, reading: Interpretation, places: tuple[QuotationMatch, ...]) -> Checked:
    """Return that a quotation is verbatim; a turn that sets it as quoted is first."""
    as_set = [place for place in places if not _set_otherwise(reading, place)]
    first = (*as_set, *(place for place in places if place not in as_set))
    return Checked(
        quotation,
        Verdict.VERBATIM,
        first,
        len(first),
        likeness=1.0,
        punctuation=not as_set,
        insertions=reading.insertions,
    )


def _set_otherwise(reading: Interpretation, place: QuotationMatch) -> bool:
    """Say whether a turn has other punctuation than the quotation."""
    return any(
        punctuated(part) != punctuated(place.turn.text[start:end])
        for part, (start, end) in zip(reading.parts, place.spans, strict=True)
    )


def _verbatim(reading: Interpretation, found: Iterable[SpokenTurn]) -> tuple[QuotationMatch, ...]:
    """Return the turns in which all parts of a reading stand, one after another."""
    return tuple(QuotationMatch(turn, spans) for turn in found if (spans := _standing(reading, turn.text)))


def _standing(reading: Interpretation, text: str) -> tuple[Span, ...]:
    """Return where the parts of a reading stand in print, in order; nothing where one does not."""
    said, spans, end = letters(text), [], 0
    for part in reading.sought:
        start = said.find(part, end)
        if start < 0:
            return ()
        end = start + len(part)
        spans.append(said.printed(start, end))
    return tuple(spans)


def wanted(quotation: Quotation, found: Iterable[SpokenTurn]) -> tuple[str, ...]:
    """Return the addresses of the turns that must be read too: where one of `found` may say only the half of it."""
    whole = [reading.sought[0] for reading in interpretations(quotation.text) if len(reading.parts) == 1]
    addresses: dict[str, None] = {}
    for turn, quoted in product(found, whole):
        said = letters(turn.text).text
        for step in range(1, _REACH + 1):
            if _common(said, quoted):
                addresses[f"{turn.interview_id}#{turn.turn + step}"] = None
            if _common(quoted, said):
                addresses[f"{turn.interview_id}#{turn.turn - step}"] = None
    return tuple(address for address in addresses if not address.endswith(("#0", "#-1")))


def _common(first: str, second: str) -> int:
    """Return how many letters end the first text and begin the second: the most, and less than all of it."""
    sizes = range(min(len(first), len(second) - 1), _EDGE - 1, -1)
    return next((size for size in sizes if first.endswith(second[:size])), 0)


def _across(
    reading: Interpretation, found: Iterable[SpokenTurn], around: Mapping[str, SpokenTurn]
) -> tuple[QuotationMatch, ...]:
    """Return the two turns a quotation runs over, the first the one that ends as it begins."""
    if len(reading.parts) != 1:
        return ()
    quoted, near = reading.sought[0], {**around, **{turn.address: turn for turn in found}}
    for turn in near.values():
        size = _common(letters(turn.text).text, quoted)
        for step in range(1, _REACH + 1) if size else ():
            after = near.get(f"{turn.interview_id}#{turn.turn + step}")
            if after is not None and letters(after.text).text.startswith(quoted[size:]):
                said = letters(turn.text)
                end = letters(after.text).printed(0, len(quoted) - size)
                return QuotationMatch(turn, (said.printed(len(said.text) - size, len(said.text)),)), QuotationMatch(
                    after, (end,)
                )
    return ()


def _spliced(reading: Interpretation, found: Sequence[SpokenTurn]) -> tuple[QuotationMatch, ...]:
    """Return a turn for each part of a quotation that leaves something out, where each is said somewhere."""
    if len(reading.parts) < 2 or min(map(len, reading.sought)) < _PART:
        return ()
    alone = [_verbatim(Interpretation((part,)), found) for part in reading.parts]
    return tuple(places[0] for places in alone) if all(alone) else ()


def _nearest(quotation: Quotation, read: Iterable[Interpretation], found: Iterable[SpokenTurn]) -> Checked:
    """Return the turn most like a quotation, as near, or as what is nearest to one that is absent."""
    aligned = ((reading, turn, _aligned(reading, turn)) for reading, turn in product(read, found))
    best = max(aligned, key=lambda one: one[2][1], default=None)
    if best is None or best[2][1] < SOMEWHAT:
        return Checked(quotation, Verdict.ABSENT, likeness=best[2][1] if best else 0.0)
    reading, turn, (alignments, likeness) = best
    said = letters(turn.text)
    place = QuotationMatch(turn, tuple(said.printed(one.start, one.end) for one in alignments if one.end > one.start))
    if likeness < NEAR:
        return Checked(quotation, Verdict.ABSENT, (place,), likeness=likeness)
    steps = _steps(reading, turn.text, alignments)
    return Checked(
        quotation, Verdict.NEAR, (place,), 1, likeness=likeness, insertions=reading.insertions, changes=steps
    )


def _aligned(reading: Interpretation, turn: SpokenTurn) -> tuple[tuple[Alignment, ...], float]:
    """Return where each part is in a turn, or what is most like it, and how like all parts are together."""
    sought, text = reading.sought, letters(turn.text).text
    found = tuple(align(part, text) for part in sought)
    like = sum(one.likeness * len(part) for one, part in zip(found, sought, strict=True))
    return found, like / sum(map(len, sought))


def _steps(reading: Interpretation, text: str, alignments: Iterable[Alignment]) -> tuple[TextChange, ...]:
    """Return the changes of all parts, with …… where the quotation leaves something out."""
    steps: list[TextChange] = []
    for part, one in zip(reading.parts, alignments, strict=True):
        steps += [TextChange(KEPT, "……")] * bool(steps)
        steps += changes(part, text, (one.start, one.end))
    return tuple(steps)
