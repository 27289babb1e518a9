"""EXMARaLDA basic transcriptions (.exb): tiers over one time line, speakers in a table.

<tli id="T1" time="3.2"/>                          a point of the time line; not all have times, all have an order
<tier speaker="SPK1" category="v" type="t">        t is speech, a an annotation of it, d a description
<event start="T1" end="T2">烧火。</event>
"""

from collections.abc import Iterator, Mapping
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

_SPOKEN, _HAPPENS = "t", "d"
_UNTIMED_STEP = 1000.0  # between points without times, which only have an order


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a basic transcription; raise `ReadingError` if there is no text in it."""
    decoded = encoding.read_text(source)
    root = safe_xml.parse(decoded.text, source)
    names, points = _speakers(root), _points(root)
    lines = tiers.merge([_tier(element, names, points) for element in root.iter("{*}tier")])
    if not lines:
        raise ReadingError(source.name, _("there is no text in its tiers"))
    title = next((text for one in root.iter("{*}transcription-name") if (text := safe_xml.text_content(one))), "")
    media = next((url for one in root.iter("{*}referenced-file") if (url := one.get("url") or "")), "")
    yield Script(lines, tuple((key, value) for key, value in (("title", title), ("media", media)) if value))
    if decoded.damage is not None:
        yield decoded.damage


def _speakers(root: "_Element") -> dict[str, str]:
    """Return the names of the speakers by their ids."""
    return {
        speaker.get("id") or "": safe_xml.text_content(name)
        for speaker in root.iter("{*}speaker")
        if (name := speaker.find("{*}abbreviation")) is not None
    }


def _points(root: "_Element") -> dict[str, tuple[float, int | None]]:
    """Return place and time of the points of the time line, by their ids."""
    elements = list(root.iter("{*}tli"))
    times = tiers.interpolate([_milliseconds(element.get("time")) for element in elements])
    timed = any(time is not None for time in times)
    points, place = {}, 0.0
    for number, (element, time) in enumerate(zip(elements, times, strict=True)):
        place = max(place, time if time is not None else place) if timed else number * _UNTIMED_STEP
        points[element.get("id") or ""] = place, tiers.in_range(time)
    return points


def _milliseconds(seconds: str | None) -> float | None:
    """Return a time in milliseconds, None if there is none."""
    try:
        time = float(seconds) * 1000 if seconds else None
    except ValueError:
        return None
    return time if time is not None and 0 <= time < 1e12 else None


def _tier(element: "_Element", names: Mapping[str, str], points: Mapping[str, tuple[float, int | None]]) -> Tier:
    """Return one tier; the name of one without a speaker is that which the program shows."""
    annotations, place = [], 0.0
    for event in element.iter("{*}event"):
        place, start = points.get(event.get("start") or "", (place, None))
        until, end = points.get(event.get("end") or "", (place, None))
        annotations.append(Annotation(safe_xml.text_content(event), place, max(place, until), start, end))
    shown = element.get("display-name") or element.get("category") or element.get("id") or ""
    speaker, kind = names.get(element.get("speaker") or "", ""), element.get("type")
    return Tier(shown, tuple(annotations), speaker, spoken=kind == _SPOKEN, happens=kind == _HAPPENS)
