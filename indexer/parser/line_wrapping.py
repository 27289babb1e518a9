"""Hard-wrapped text: which lines continue the line above, in files that break paragraphs at a fixed width."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.parser import non_speech, section_markers
from indexer.parser.trace import LineClass
from indexer.readers.script import Line

_MAX_WIDTH = 100
"""Columns beyond which text is not hard-wrapped; e-texts of the 1990s and PDF pages have 60 to 80."""

_TOLERANCE = 3  # columns a full line may lack: a wide character, or a mark that must not start a line
_MIN_FULL_SHARE = 0.15  # share of the lines that must be full for the file to count as wrapped
_SENTENCE_END = "。！？!?…”』」）)"
_MIN_BROKEN_SHARE = 0.5  # share of the full lines that must end inside a sentence; in hard-wrapped text nine in ten do
_LABEL = re.compile(r"[【\[][^【】\[\]]{1,20}[】\]]|[^\s：:，。！？、,!?“”「」（）()]{1,8}[：:]")


@dataclass(frozen=True, slots=True)
class LineLayout:
    """The layout of the lines of a script.

    `continuations` are the indices of lines that continue the one above, `page_furniture` the texts repeated on every
    page. `directions` are the indices of the lines of stage directions that are broken over several lines, each with
    the index of the first, `inserted` those of minutes printed within a record, `legend` those of lines that say who
    the labels are.
    """

    continuations: frozenset[int] = frozenset()
    page_furniture: frozenset[str] = frozenset()
    directions: Mapping[int, int] = field(default_factory=dict)
    inserted: frozenset[int] = frozenset()
    legend: frozenset[int] = frozenset()

    def without_labels(self) -> frozenset[int]:
        """Return the indices of the lines that cannot begin with the label of a speaker."""
        return self.continuations | self.directions.keys() | self.inserted


def detect_layout(lines: Sequence[Line]) -> LineLayout:
    """Detect the layout of the lines of a script."""
    page_furniture = non_speech.repeated_lines(lines)
    return LineLayout(
        continuation_lines(lines, page_furniture),
        page_furniture,
        dict(non_speech.broken_directions(lines)),
        section_markers.inserted_minutes(lines),
    )


def continuation_lines(lines: Sequence[Line], page_furniture: frozenset[str] = frozenset()) -> frozenset[int]:
    """Return the indices of the lines that continue the one above; empty for a file that is not hard-wrapped.

    A page header or number (`page_furniture` has the repeated ones) may separate the two halves of a sentence.
    """
    if len(lines) < 6 or any(line.kind or line.label is not None or line.start is not None for line in lines[:50]):
        return frozenset()
    if sum(len(line.text) > _MAX_WIDTH for line in lines) > len(lines) * 0.02:
        return frozenset()
    widths = [_width(line.text) for line in lines]
    full = _full_width(widths) - _TOLERANCE
    if full < 0 or not _breaks_sentences(lines, widths, full):
        return frozenset()
    return frozenset(_continuation_lines(lines, widths, full, page_furniture))


def _continuation_lines(
    lines: Sequence[Line], widths: Sequence[int], full: int, page_furniture: frozenset[str]
) -> Iterator[int]:
    """Yield the indices of the lines that continue the last line that is not page furniture."""
    previous = 0
    for index in range(1, len(lines)):
        found = non_speech.classify(lines[index])
        if lines[index].text.strip() in page_furniture or (found and found[0] is LineClass.PAGE_FURNITURE):
            continue
        if widths[previous] >= full and _is_continuation(lines[previous], lines[index], index - previous > 1):
            yield index
        previous = index


def _full_width(widths: Sequence[int]) -> int:
    """Return the width at which lines are broken, 0 if they are not."""
    ordered = sorted(width for width in widths if 30 <= width <= _MAX_WIDTH)
    if not ordered:
        return 0
    limit = ordered[min(len(ordered) - 1, int(len(ordered) * 0.98))]
    full = bisect_right(ordered, limit) - bisect_left(ordered, limit - _TOLERANCE)
    return limit if full >= max(3, _MIN_FULL_SHARE * len(widths)) else 0


def _breaks_sentences(lines: Sequence[Line], widths: Sequence[int], full: int) -> bool:
    """Return whether most full lines end inside a sentence: paragraphs of similar length do not."""
    ends = [
        line.text.rstrip()[-1:] in _SENTENCE_END for line, width in zip(lines, widths, strict=True) if width >= full
    ]
    return len(ends) - sum(ends) >= _MIN_BROKEN_SHARE * len(ends)


def _is_continuation(previous: Line, line: Line, over_page_break: bool) -> bool:
    """Return whether a line continues a full line above: no blank line, no indent of its own, no label."""
    if previous.text.rstrip()[-1:] in _SENTENCE_END and _LABEL.match(line.text):
        return False
    if line.number != previous.number + 1 and not (
        over_page_break and previous.text.rstrip()[-1:] not in _SENTENCE_END
    ):
        return False
    indent, previous_indent = _indent(line.text), _indent(previous.text)
    return (
        indent == 0
        or indent < previous_indent
        or (indent == previous_indent and previous.text.rstrip()[-1:] not in _SENTENCE_END)
    )


def _indent(text: str) -> int:
    return _width(text[: len(text) - len(text.lstrip())])


def _width(text: str) -> int:
    """Return the width of a text in columns, without trailing spaces."""
    text = text.rstrip()
    return (
        len(text)
        if text.isascii()
        else sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    )
