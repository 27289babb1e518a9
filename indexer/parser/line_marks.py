"""Marks before and between the words of a line, which nobody says: a clock time in brackets, a tag, a footnote's.

[12:22] 我们从桥头开始。        the time is page furniture
[事实] 题目是同事改的。          a tag, if it names a section or a judgement and the file repeats it
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from indexer.language.messages import gettext_noop
from indexer.parser import names
from indexer.parser.trace import LineClass, LineSegment
from indexer.readers.script import Line

_TIME = re.compile(r"\s*[\[［【(（]\s*\d{1,3}[:：]\d{2}(?:[:：]\d{2})?(?:[.,]\d{1,3})?\s*[\]］】)）]\s*(?=\S)")
_TAG = re.compile(r"\s*[\[［【]([^\W\d_]{1,6})[\]］】]\s*(?=\S)")
_BRACKETS = frozenset("[［【(（")
_NOT_A_NAME = -4.0  # likeness of the names of columns and sections

_TIME_IN_LINE = re.compile(r"(?<=[。！？!?…”」])\s*[\[［【]\s*\d{1,3}:\d{2}(?::\d{2})?\s*[\]］】]\s*(?=\S)")
"""A time in brackets between two sentences of a line: 到了。[12:22] 我们下船."""

_FOOTNOTE_MARKER = re.compile(r"[\[［【](\d{1,3})[\]］】]")

Mark = tuple[int, LineClass, str]


def tags(lines: Sequence[Line]) -> frozenset[str]:
    """Return the tags that begin at least two lines of a file."""
    counts = Counter(match[1] for line in lines if line.text[:1] in _BRACKETS and (match := _TAG.match(line.text)))
    return frozenset(word for word, count in counts.items() if count > 1 and names.likeness(word)[0] <= _NOT_A_NAME)


def may_hold_mark(text: str) -> bool:
    """Return whether a bracket begins a text."""
    first = text[:1]
    return first in _BRACKETS or (first.isspace() and text.lstrip()[:1] in _BRACKETS)


def find(text: str, known_tags: frozenset[str] = frozenset()) -> Mark | None:
    """Return the end, the class and the reason of the mark at the start of a line, None if there is none."""
    if not may_hold_mark(text):
        return None
    if time := _TIME.match(text):
        return time.end(), LineClass.PAGE_FURNITURE, gettext_noop("a time")
    if known_tags and (tag := _TAG.match(text)) and tag[1] in known_tags:
        return tag.end(), LineClass.HEADING, gettext_noop("a tag")
    return None


def may_hold_time(text: str) -> bool:
    """Return whether a line has a bracket that may hold a time."""
    return "[" in text or "【" in text or "［" in text


def split(line: Line, start: int, end: int, footnotes: frozenset[str], reason: str) -> Iterator[LineSegment]:
    """Yield the segments of speech between the markers of the footnotes of the text, and times between sentences."""
    times = _TIME_IN_LINE.finditer(line.text, start, end)
    marks = [(*one.span(), LineClass.PAGE_FURNITURE, gettext_noop("a time")) for one in times]
    if footnotes:
        markers = (one for one in _FOOTNOTE_MARKER.finditer(line.text, start, end) if one[1] in footnotes)
        marks += [(*one.span(), LineClass.FOOTNOTE, gettext_noop("footnote marker")) for one in markers]
    position = start
    for mark_start, mark_end, mark_class, mark_reason in sorted(marks):
        yield LineSegment(line, position, mark_start, LineClass.SPEECH, reason)
        yield LineSegment(line, mark_start, mark_end, mark_class, mark_reason)
        position = mark_end
    yield LineSegment(line, position, end, LineClass.SPEECH, reason)
