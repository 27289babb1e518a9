"""A transcript as its file gives it, before anyone is said to speak: readers return it, the parser takes it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or line of a file.

    `number` counts the file's lines from 1 (for messages). `label`, `start` and `end` (milliseconds) hold what the
    format itself says of the speaker and the time (a subtitle cue, an ASR block); `None` where it says nothing.
    `label` "" says that the format knows the line has no speaker of its own.
    """

    number: int
    text: str
    label: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """The lines of one transcript, and what its format says of it (`title`, `date`, `outlet`, `url`, as printed)."""

    lines: tuple[Line, ...]
    meta: tuple[tuple[str, str], ...] = ()
