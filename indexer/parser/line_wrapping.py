"""Hard-wrapped text: which lines continue the line above, because the file breaks paragraphs at a fixed width."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.parser import non_speech
from indexer.parser.trace import Taken
from indexer.readers.script import Line

_WIDEST = 100
"""Columns beyond which nobody wraps by hand; e-texts of the 1990s and PDF pages have 60 to 80."""

_SLACK = 3  # columns a full line may lack: a wide character or a mark that must not open a line
_FULL = 0.15  # share of the lines that must be full for the file to count as wrapped
_SENTENCE_END = "。！？!?…”』」）)"
_BROKEN = 0.5  # share of the full lines that must break off inside a sentence; where a hand wraps, nine in ten do
_OPENS = re.compile(r"[【\[][^【】\[\]]{1,20}[】\]]|[^\s：:，。！？、,!?“”「」（）()]{1,8}[：:]")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of the lines of a script besides their labels.

    `joined` are the places of lines that continue the one above, `furniture` the texts that come on every page.
    """

    joined: frozenset[int] = frozenset()
    furniture: frozenset[str] = frozenset()


def around(lines: Sequence[Line]) -> Surroundings:
    """Return what is known of the lines of a script."""
    furniture = non_speech.repeated(lines)
    return Surroundings(joins(lines, furniture), furniture)


def joins(lines: Sequence[Line], furniture: frozenset[str] = frozenset()) -> frozenset[int]:
    """Return the places of the lines that continue the one above; empty for a file that is not hard-wrapped.

    A page header or number (`furniture` holds the repeated ones) may stand between the two halves of a sentence.
    """
    if len(lines) < 6 or any(line.kind or line.label is not None or line.start is not None for line in lines[:50]):
        return frozenset()
    if sum(len(line.text) > _WIDEST for line in lines) > len(lines) * 0.02:
        return frozenset()
    widths = [_width(line.text) for line in lines]
    full = _full_width(widths) - _SLACK
    if full < 0 or not _break_off(lines, widths, full):
        return frozenset()
    return frozenset(_joined(lines, widths, full, furniture))


def _joined(lines: Sequence[Line], widths: Sequence[int], full: int, furniture: frozenset[str]) -> Iterator[int]:
    """Yield the places of the lines that continue the last line that is not page furniture."""
    above = 0
    for place in range(1, len(lines)):
        aside = non_speech.of(lines[place])
        if lines[place].text.strip() in furniture or (aside and aside[0] is Taken.PAGE):
            continue
        if widths[above] >= full and _continues(lines[above], lines[place], place - above > 1):
            yield place
        above = place


def _full_width(widths: Sequence[int]) -> int:
    """Return the width lines are broken at, 0 where they are not."""
    ordered = sorted(width for width in widths if 30 <= width <= _WIDEST)
    if not ordered:
        return 0
    limit = ordered[min(len(ordered) - 1, int(len(ordered) * 0.98))]
    full = bisect_right(ordered, limit) - bisect_left(ordered, limit - _SLACK)
    return limit if full >= max(3, _FULL * len(widths)) else 0


def _break_off(lines: Sequence[Line], widths: Sequence[int], full: int) -> bool:
    """Tell whether most lines of full width break off inside a sentence: paragraphs of about one length do not."""
    ends = [
        line.text.rstrip()[-1:] in _SENTENCE_END for line, width in zip(lines, widths, strict=True) if width >= full
    ]
    return len(ends) - sum(ends) >= _BROKEN * len(ends)


def _continues(above: Line, line: Line, over_page: bool) -> bool:
    """Tell whether a line goes on where a full line above broke off: no blank line, no indent of its own, no label."""
    if above.text.rstrip()[-1:] in _SENTENCE_END and _OPENS.match(line.text):
        return False
    if line.number != above.number + 1 and not (over_page and above.text.rstrip()[-1:] not in _SENTENCE_END):
        return False
    indent, above_indent = _indent(line.text), _indent(above.text)
    return (
        indent == 0
        or indent < above_indent
        or (indent == above_indent and above.text.rstrip()[-1:] not in _SENTENCE_END)
    )


def _indent(text: str) -> int:
    return _width(text[: len(text) - len(text.lstrip())])


def _width(text: str) -> int:
    """Return the columns a text takes; trailing spaces do not count."""
    text = text.rstrip()
    return len(text) if text.isascii() else sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
