"""The classification of every character of a script, with reasons: shown by `fangtan parse --explain`."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from indexer.readers.script import Line
from indexer.report import LeftOut


class LineClass(StrEnum):
    """The class of a part of a line; the values are shown to users."""

    TITLE = "title"
    HEADER = "header"
    NARRATION = "narration"
    LABEL = "label"
    SPEECH = "speech"
    EMPTY_LABEL = "label without speech"
    HEADING = "heading"
    CAPTION = "caption"
    STAGE_DIRECTION = "stage direction"
    PAGE_FURNITURE = "page furniture"
    FOOTNOTE = "footnote"
    ANNOTATION = "annotation"
    TRANSLATION = "translation"
    RECORD = "record"
    RULE = "rule"
    FOOTER = "footer"
    LEFT_OUT = "left out"


SPOKEN = frozenset({LineClass.SPEECH, LineClass.NARRATION})
"""Classes that become the text of a turn; notes are kept beside it, everything else is metadata or left out."""


_USED = SPOKEN | {LineClass.TITLE, LineClass.LABEL, LineClass.EMPTY_LABEL, LineClass.RULE}
"""Classes that are not left out: text, names and title; a rule has no words."""


@dataclass(frozen=True, slots=True)
class LineSegment:
    """Characters `start` to before `end` of a line, with their class and the reason for it.

    `is_note`: they are no text of a turn, but kept beside one as a note.

    The segments of a script, in order, cover each of its lines without a gap.
    """

    line: Line
    start: int
    end: int
    line_class: LineClass
    reason: str
    is_note: bool = False

    @property
    def text(self) -> str:
        """Return the characters of the segment."""
        return self.line.text[self.start : self.end]


def left_out(segments: Iterable[LineSegment], source: str = "") -> LeftOut:
    """Count the characters that are neither text of a turn nor a note, by their class."""
    total, counts = 0, Counter[str]()
    for segment in segments:
        length = len(segment.text) - sum(map(str.isspace, segment.text)) if segment.line_class not in SPOKEN else 0
        total += length or len(segment.text)
        if segment.line_class not in _USED and not segment.is_note:
            counts[segment.line_class.value] += length
    return LeftOut(source, total, tuple((+counts).most_common()))
