"""The header of a TEI document: title, date, language, the persons with their roles, and the time line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.model import Metadata
from indexer.readers import safe_xml
from indexer.readers.formats.annotation import tiers
from indexer.readers.timestamps import milliseconds

if TYPE_CHECKING:
    from lxml.etree import _Element

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_INTERVIEWERS = frozenset(
    {"interviewer", "investigator", "researcher", "采访者", "采访人", "访谈者", "採訪者", "訪談者"}
)
_DATES = (  # the first that has a date
    "{*}publicationStmt/{*}date", "{*}recordingStmt//{*}date", "{*}settingDesc//{*}date", "{*}sourceDesc//{*}date",
)  # fmt: skip
_UNITS = {"ms": 1.0, "min": 60_000.0, "h": 3_600_000.0}
_SECOND = 1000.0
_MAX_CHAIN = 100_000  # points of a time line that are each since another


@dataclass(frozen=True, slots=True)
class Header:
    """The metadata of a TEI document, the names of its persons and the times of its time line, by their ids."""

    metadata: Metadata
    persons: Mapping[str, str]
    times: Mapping[str, float]

    def names(self, who: str) -> str:
        """Return the names of one or several persons: #FW, #FW #XM."""
        return "、".join(self.persons.get(one.lstrip("#"), one.lstrip("#")) for one in who.split() if one.strip("#"))

    def time(self, printed: str | None) -> int | None:
        """Return a time in milliseconds: #T1 on the time line, or 00:00:04; None if it is unknown."""
        if not printed:
            return None
        return tiers.in_range(self.times.get(printed[1:])) if printed.startswith("#") else milliseconds(printed)


def parse(root: "_Element") -> Header:
    """Return the header of a document."""
    head = next(root.iter("{*}teiHeader"), None)
    persons: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    for person in root.iter("{*}person", "{*}personGrp", "{*}castItem", "{*}role"):
        reference, name = person.get(_ID) or "", _name(person)
        if reference and name:
            persons.setdefault(reference, name)
            if (person.get("role") or "").strip().casefold() in _INTERVIEWERS:
                pairs.append(("interviewer", name))
    if head is not None:
        pairs = [*_metadata(head), *pairs]
    return Header(tuple(pairs), persons, _times(root))


def _name(person: "_Element") -> str:
    """Return the name of a person: the first persName or name, else the one it is listed under."""
    for path in ("{*}persName", "{*}name", "{*}role", "{*}label"):
        for element in person.iter(path):
            if text := safe_xml.text_content(element):
                return text
    own = "" if len(person) else safe_xml.text_content(person)
    return own or (person.get("n") or "").strip()


def _metadata(head: "_Element") -> Iterator[tuple[str, str]]:
    """Yield title, recording and date."""
    title = next(
        (text for one in head.iterfind(".//{*}titleStmt/{*}title") if (text := safe_xml.text_content(one))), ""
    )
    if title:
        yield "title", title
    for media in head.iterfind(".//{*}recordingStmt//{*}media[@url]"):
        yield "media", media.get("url") or ""
    for path in _DATES:
        for element in head.iterfind(f".//{path}"):
            if date := (element.get("when") or safe_xml.text_content(element)).strip():
                yield "date", date
                return


def _times(root: "_Element") -> dict[str, float]:
    """Return the times of the points of the time line in milliseconds, by their ids."""
    times: dict[str, float] = {}
    points = [point for _, point in zip(range(_MAX_CHAIN), root.iter("{*}when"), strict=False)]
    unit = next((timeline.get("unit") or "" for timeline in root.iter("{*}timeline")), "")
    for number, point in enumerate(points):
        reference, absolute, since = point.get(_ID) or "", point.get("absolute"), (point.get("since") or "").lstrip("#")
        interval = _interval(point.get("interval"), _UNITS.get(point.get("unit") or unit, _SECOND))
        if interval is not None:
            times[reference] = times.get(since, 0.0) + interval
        elif absolute and (time := milliseconds(absolute)) is not None:
            times[reference] = float(time)
        elif not number:
            times[reference] = 0.0  # the origin
    return times


def _interval(printed: str | None, unit: float) -> float | None:
    """Return an interval in milliseconds, None if it is missing or unknown."""
    try:
        interval = float(printed) * unit if printed else None
    except ValueError:
        return None
    return interval if interval is not None and 0 <= interval < 1e12 else None
