"""ELAN annotation documents (.eaf): a tier for each person, with tiers that refer to it.

    <TIER TIER_ID="tx@罗阿水" PARTICIPANT="罗阿水">   <ALIGNABLE_ANNOTATION TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2">
    <TIER TIER_ID="ft@罗阿水" PARENT_REF="tx@罗阿水"> <REF_ANNOTATION ANNOTATION_REF="a1">   the times of annotation a1

The tiers without a parent are speech, unless `tiers` finds otherwise; those below are translations, glosses, words. If
a tier at the top only numbers the utterances (001), the speech is in the first tier below it that has words. A time
slot without a value stands evenly between its neighbours.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers import encoding, safe_xml
from indexer.readers.formats.annotation import tiers
from indexer.readers.formats.annotation.tiers import Annotation, Tier
from indexer.readers.script import Script
from indexer.readers.source import Item, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

Span = tuple[float, float, bool]
"""From and until in milliseconds, and whether the times are known; without times, the order stands for them."""

_WORD = re.compile(r"[^\W\d_]{2}|[㐀-鿿]")
_NUMBERED_SHARE = 0.8  # share of annotations without a word in a tier that only numbers utterances
_MORE_WORDS = 3  # times as many characters as the tier above, in which a tier is speech and that above its chapters
_UNTIMED_STEP = 1000.0  # between annotations without times, which only have an order
_MAX_CHAIN = 64  # annotations that refer to each other, up to the one with times


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of an annotation document; raise `ReadingError` if there is no text in it."""
    decoded = encoding.read_text(source)
    root = safe_xml.parse(decoded.text, source)
    lines = tiers.merge(_tiers(root))
    if not lines:
        raise ReadingError(source.name, _("there is no text in its tiers"))
    yield Script(lines, tuple(("media", media) for media in _media(root)))
    if decoded.damage is not None:
        yield decoded.damage


def _media(root: "_Element") -> list[str]:
    """Return the recordings, each by the path from the document if it has one, else by that on another machine."""
    found = root.iter("{*}MEDIA_DESCRIPTOR")
    return [media for one in found if (media := one.get("RELATIVE_MEDIA_URL") or one.get("MEDIA_URL") or "")]


def _tiers(root: "_Element") -> list[Tier]:
    """Return the tiers with what the format says about them: who speaks, and whether a tier only refers to another."""
    elements = list(root.iter("{*}TIER"))
    spans = _spans(root)
    found = [_tier(element, spans) for element in elements]
    parents = [element.get("PARENT_REF") or "" for element in elements]
    for above, name in enumerate([tier.name for tier in found]):
        children = [index for index, parent in enumerate(parents) if parent and parent == name]
        speech = [] if parents[above] else _below_with_speech(found[above], children, found, elements)
        if speech:
            found[above] = replace(found[above], spoken=False)
        for index in speech:
            found[index] = replace(found[index], spoken=True, speaker=found[index].speaker or found[above].speaker)
    return [
        replace(tier, spoken=False) if parent and tier.spoken is None else tier
        for tier, parent in zip(found, parents, strict=True)
    ]


def _below_with_speech(
    above: Tier, children: Sequence[int], found: Sequence[Tier], elements: "Sequence[_Element]"
) -> list[int]:
    """Return which tiers below one have its speech, empty if that has it itself.

    It numbers the utterances or is empty, or it is a tier of chapters, within which people speak at times of their own.
    """
    if _only_numbers(above):
        return [index for index in children if not _only_numbers(found[index])][:1]
    timed = [index for index in children if elements[index].find(".//{*}ALIGNABLE_ANNOTATION") is not None]
    return timed if any(_length(found[index]) > _MORE_WORDS * _length(above) for index in timed) else []


def _length(tier: Tier) -> int:
    return sum(len(annotation.text) for annotation in tier.annotations)


def _tier(element: "_Element", spans: Mapping[str, Span]) -> Tier:
    """Return one tier."""
    annotations = []
    for number, annotation in enumerate(element.iter("{*}ALIGNABLE_ANNOTATION", "{*}REF_ANNOTATION")):
        untimed = (number * _UNTIMED_STEP, (number + 1) * _UNTIMED_STEP, False)
        first, last, timed = spans.get(annotation.get("ANNOTATION_ID") or "", untimed)
        text = safe_xml.text_content(value) if (value := annotation.find("{*}ANNOTATION_VALUE")) is not None else ""
        times = (tiers.in_range(first), tiers.in_range(last)) if timed else (None, None)
        annotations.append(Annotation(text, first, last, *times))
    return Tier(element.get("TIER_ID") or "", tuple(annotations), (element.get("PARTICIPANT") or "").strip())


def _only_numbers(tier: Tier) -> bool:
    """Return whether most annotations of a tier have no word: 001, A-12, nothing."""
    without = sum(not _WORD.search(annotation.text) for annotation in tier.annotations)
    return without >= _NUMBERED_SHARE * len(tier.annotations)


def _spans(root: "_Element") -> dict[str, Span]:
    """Return from when until when each annotation lasts, by its id."""
    slots = list(root.iter("{*}TIME_SLOT"))
    times = tiers.interpolate([_number(slot.get("TIME_VALUE")) for slot in slots])
    time_of = {slot.get("TIME_SLOT_ID") or "": time for slot, time in zip(slots, times, strict=True)}
    spans: dict[str, Span] = {}
    for annotation in root.iter("{*}ALIGNABLE_ANNOTATION"):
        first, last = (time_of.get(annotation.get(f"TIME_SLOT_REF{number}") or "") for number in (1, 2))
        if first is not None:
            spans[annotation.get("ANNOTATION_ID") or ""] = first, max(first, last or first), True
    referring = list(root.iter("{*}REF_ANNOTATION"))
    parent_of = {one.get("ANNOTATION_ID") or "": one.get("ANNOTATION_REF") or "" for one in referring}
    for name in parent_of:
        above = name
        for _step in range(_MAX_CHAIN):
            if above in spans or above not in parent_of:
                break
            above = parent_of[above]
        if above in spans:
            spans[name] = spans[above]
    return spans


def _number(printed: str | None) -> float | None:
    """Return a time in milliseconds, None if there is none."""
    return float(printed) if printed and printed.isdecimal() and len(printed) < 12 else None
