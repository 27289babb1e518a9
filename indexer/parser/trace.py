"""The classification of every character of a script, with reasons: shown by `fangtan parse --explain`."""

from dataclasses import dataclass
from enum import StrEnum

from indexer.readers.script import Line


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
    RULE = "rule"
    FOOTER = "footer"
    LEFT_OUT = "left out"


SPOKEN = frozenset({LineClass.SPEECH, LineClass.NARRATION})
"""Classes that become the text of a turn; notes are kept beside it, everything else is metadata or left out."""


@dataclass(frozen=True, slots=True)
class LineSegment:
    """Characters `start` to before `end` of a line, with their class and the reason for it.

    The segments of a script, in order, cover each of its lines without a gap.
    """

    line: Line
    start: int
    end: int
    line_class: LineClass
    reason: str

    @property
    def text(self) -> str:
        """Return the characters of the segment."""
        return self.line.text[self.start : self.end]
