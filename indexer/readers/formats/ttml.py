"""Timed text: TTML (.ttml, .dfxp), as broadcasters and Apple's podcasts have it, and the XML captions of YouTube.

<ttm:agent xml:id="a1"><ttm:name type="full">柯月明</ttm:name></ttm:agent>      who speaks, by id
<p begin="00:00:02.500" end="6s" ttm:agent="a1">装船的时候<br/>二十个。</p>      a cue
<text start="0.5" dur="2.1">你好</text>, <p t="500" d="2100">你好</p>            YouTube
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape, unescape
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers import encoding, safe_xml
from indexer.readers.formats import captions
from indexer.readers.formats.captions import Cue
from indexer.readers.script import Line, Script, join_words
from indexer.readers.source import Item, Source
from indexer.readers.timestamps import MAX_MILLISECONDS

if TYPE_CHECKING:
    from lxml.etree import _Element

_METADATA = "{http://www.w3.org/ns/ttml#metadata}"
_AGENTS = (f"{_METADATA}agent", "{http://www.w3.org/2006/10/ttaf1#metadata}agent", "agent")
_PARAMETER = "{http://www.w3.org/ns/ttml#parameter}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,9})?)(?::(\d{1,3})(?:\.\d+)?)?")
_OFFSET = re.compile(r"(\d{1,12}(?:\.\d{1,9})?)\s*(h|m|s|ms|f|t)?")
_SECONDS_OF_UNIT = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001, "": 1.0}
_ESCAPED_TWICE = frozenset({"transcript", "timedtext"})  # YouTube
_NAMES = {"ms": ("t", "d"), "s": ("start", "dur")}  # attributes of YouTube: start and length, by their unit
_FRAME_RATE, _TICK_RATE = 30.0, 1.0  # of a document that names none (TTML2, 7.2.5, 7.2.13)


class _Rates(NamedTuple):
    """Frames and ticks in a second."""

    frames: float
    ticks: float


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a timed text; raise `ReadingError` if there is no text in it."""
    decoded = encoding.read_text(source)
    root = safe_xml.parse(decoded.text, source)
    cues = list(_cues(root))
    spoken = list(_lines(cues, root))
    if not spoken:
        raise ReadingError(source.name, _("there is no text in it"))
    lines = [*_notes(root), *spoken]
    numbered = tuple(replace(line, number=number) for number, line in enumerate(lines, start=1))
    title = next((text for one in root.iterfind(f".//{{*}}head//{_METADATA}title") if (text := _text(one))), "")
    yield Script(numbered, (("title", title),) if title else ())
    if decoded.damage is not None:
        yield decoded.damage


def _text(element: "_Element") -> str:
    return safe_xml.text_content(element)


def _notes(root: "_Element") -> Iterator[Line]:
    """Yield what the head says besides title and agents: description and copyright."""
    for name in ("desc", "copyright"):
        for element in root.iterfind(f".//{{*}}head//{_METADATA}{name}"):
            if text := _text(element):
                yield Line(1, text, kind="annotation")


class _Paragraph(NamedTuple):
    """A cue and the ids of who speaks, "" if the document does not say."""

    cue: Cue
    agents: str


def _cues(root: "_Element") -> Iterator[_Paragraph]:
    """Yield the paragraphs in the order of the document."""
    rates = _Rates(_rate(root, "frameRate", _FRAME_RATE), _rate(root, "tickRate", _TICK_RATE))
    name, around = safe_xml.local_name(root), dict[object, _Around]()
    for number, element in enumerate(root.iter("{*}text" if name == "transcript" else "{*}p"), start=1):
        parent = element.getparent()
        if parent not in around:  # the same for all paragraphs of a division
            around[parent] = _around(element, rates)
        start, end = _span(element, around[parent].offset, rates)
        text = _printed(element)
        text = unescape(text) if name in _ESCAPED_TWICE else text
        yield _Paragraph(Cue(number, text, start, end), _own_agents(element) or around[parent].agents)


class _Around(NamedTuple):
    """What the divisions around a paragraph say: from when its times count, in seconds, and who speaks."""

    offset: float
    agents: str


def _around(element: "_Element", rates: _Rates) -> _Around:
    """Return what the elements around a paragraph say."""
    offset = sum(_seconds(one.get("begin"), rates) or 0.0 for one in element.iterancestors("{*}div", "{*}body"))
    agents = (one.get(name) for one in element.iterancestors() for name in _AGENTS)
    return _Around(offset, next(filter(None, agents), ""))


def _rate(root: "_Element", name: str, default: float) -> float:
    """Return a rate of the document."""
    printed = root.get(f"{_PARAMETER}{name}") or ""
    return float(printed[:12]) if printed.isdecimal() and printed.strip("0") else default


def _span(element: "_Element", offset: float, rates: _Rates) -> tuple[int | None, int | None]:
    """Return start and end of a paragraph, counted from an offset; those of its spans if it has none."""
    if element.get("t") is not None or safe_xml.local_name(element) == "text":
        unit = "ms" if element.get("t") is not None else "s"
        first, length = (_seconds(f"{element.get(name) or ''}{unit}", rates) for name in _NAMES[unit])
        return _milliseconds(first), _milliseconds(None if first is None else first + (length or 0.0))
    spans = [one for one in element.iter("{*}span") if one.get("begin")]
    begin = element.get("begin") or (spans[0].get("begin") if spans else None)
    end = element.get("end") or (spans[-1].get("end") if spans else None)
    first, last, length = (_seconds(printed, rates) for printed in (begin, end, element.get("dur")))
    if last is None and first is not None and length is not None:
        last = first + length
    start, until = (None if time is None else offset + time for time in (first, last))
    return _milliseconds(start), _milliseconds(until)


def _seconds(printed: str | None, rates: _Rates) -> float | None:
    """Return a time of TTML in seconds: 00:00:02.500, 00:00:02:12 with frames, 2.5s, 1500ms, 45t."""
    printed = (printed or "").strip()
    if match := _CLOCK.fullmatch(printed):
        seconds = int(match[1] or 0) * 3600 + int(match[2]) * 60 + float(match[3].replace(",", "."))
        return seconds + int(match[4] or 0) / rates.frames
    if match := _OFFSET.fullmatch(printed):
        unit = match[2] or ""
        factor = {"f": 1 / rates.frames, "t": 1 / rates.ticks}.get(unit) or _SECONDS_OF_UNIT[unit]
        return float(match[1]) * factor
    return None


def _milliseconds(seconds: float | None) -> int | None:
    """Return a time as the index holds it."""
    return round(seconds * 1000) if seconds is not None and 0 <= seconds * 1000 <= MAX_MILLISECONDS else None


def _own_agents(element: "_Element") -> str:
    """Return the agents of a paragraph or of its first span, "" if they have none."""
    nodes = (element, *islice(element.iter("{*}span"), 1))
    return next((agents for node in nodes for name in _AGENTS if (agents := node.get(name))), "")


def _printed(element: "_Element") -> str:
    """Return the text of a paragraph, its lines separated; words that have a span each may have no space between."""
    parts: list[list[str]] = [[]]
    _collect(element, parts)
    by_word = any(one.get("begin") or _unit(one) == "word" for one in element.iter("{*}span"))
    lines = (safe_xml.collapse_whitespace(join_words(part) if by_word else "".join(part)) for part in parts)
    return "\n".join(lines)


def _unit(span: "_Element") -> str:
    """Return what a span is of a podcast of Apple: a word, a sentence."""
    return next((str(value) for name, value in span.attrib.items() if str(name).endswith("}unit")), "")


def _collect(element: "_Element", parts: list[list[str]]) -> None:
    """Collect the text of an element; `parts` are its lines."""
    parts[-1].append(element.text or "")
    for child in element:
        name = safe_xml.local_name(child)
        if name == "br":
            parts.append([])
        elif name not in ("metadata", "rt", "rp"):
            _collect(child, parts)
        parts[-1].append(child.tail or "")


def _lines(paragraphs: Sequence[_Paragraph], root: "_Element") -> Iterator[Line]:
    """Yield the lines of the cues with their speakers."""
    names = {
        one.get(_ID) or "": text
        for one in root.iter(*_AGENTS)
        if (text := next((text for name in one.iter("{*}name") if (text := _text(name))), ""))
    }
    if not any(paragraph.agents for paragraph in paragraphs):
        cues = (paragraph.cue for paragraph in paragraphs)
        yield from captions.cue_lines([cue._replace(text=escape(cue.text, quote=False)) for cue in cues])
        return
    for cue, agents in paragraphs:
        label = "、".join(names.get(one, one) for one in agents.split())
        for text in captions.joined_lines(cue.text):
            yield Line(cue.number, text, label or None, cue.start, cue.end)
