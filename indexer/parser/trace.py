"""What each piece of a script was taken for, and why: the parser's account of itself, for `fangtan parse --explain`."""

from dataclasses import dataclass
from enum import StrEnum

from indexer.readers.script import Line


class Taken(StrEnum):
    """What a piece of a line can be taken for; the values are told to people."""

    TITLE = "title"
    HEAD = "head matter"
    NARRATION = "narration"
    LABEL = "label"
    SPEECH = "speech"
    NOTHING_SAID = "label without speech"
    HEADING = "heading"
    CAPTION = "caption"
    STAGE = "stage direction"
    PAGE = "page furniture"
    FOOTNOTE = "footnote"
    RULE = "rule"
    TAIL = "tail matter"


SPOKEN = frozenset({Taken.SPEECH, Taken.NARRATION})
"""What becomes the text of a turn; everything else is metadata or left out."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line, from character `start` to before `end`, and what it was taken for.

    The pieces of a script, in order, cover each of its lines without a gap: nothing is lost unseen.
    """

    line: Line
    start: int
    end: int
    taken: Taken
    why: str

    @property
    def text(self) -> str:
        """Return the characters of the piece."""
        return self.line.text[self.start : self.end]
