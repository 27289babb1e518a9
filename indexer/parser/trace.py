"""The classification of every character of a script, with reasons: shown by `fangtan parse --explain`."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from indexer.language.messages import gettext_noop
from indexer.readers.script import Line
from indexer.report import LeftOut


class LineClass(StrEnum):
    """The class of a part of a line; the values are shown to users, in their language."""

    TITLE = gettext_noop("title")
    HEADER = gettext_noop("header")
    NARRATION = gettext_noop("narration")
    LABEL = gettext_noop("label")
    SPEECH = gettext_noop("speech")
    EMPTY_LABEL = gettext_noop("label without speech")
    HEADING = gettext_noop("heading")
    CAPTION = gettext_noop("caption")
    STAGE_DIRECTION = gettext_noop("stage direction")
    PAGE_FURNITURE = gettext_noop("page furniture")
    FOOTNOTE = gettext_noop("footnote")
    ANNOTATION = gettext_noop("annotation")
    TRANSLATION = gettext_noop("translation")
    RECORD = gettext_noop("record")
    RULE = gettext_noop("rule")
    FOOTER = gettext_noop("footer")
    LEFT_OUT = gettext_noop("left out")


SPOKEN = frozenset({LineClass.SPEECH, LineClass.NARRATION})
"""Classes that become the text of a turn; notes are kept beside it, everything else is metadata or left out."""


_USED = SPOKEN | {LineClass.TITLE, LineClass.LABEL, LineClass.EMPTY_LABEL, LineClass.RULE}
"""Classes that are not left out: text, names and title; a rule has no words."""


@dataclass(frozen=True, slots=True)
class LineSegment:
    """Characters `start` to before `end` of a line, with their class and the reason for it, translated where shown.

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
