"""A transcript as its file gives it, before anyone is said to speak: readers return it, the parser takes it.

What a reader may say of a line, and nothing more, so that one parser serves every format:

    **姚明：**你好        Markdown, HTML, Word    Line(1, "姚明：你好", strong=3)
    ### 唐鳳：            a heading               Line(1, "唐鳳：", kind="heading")
    沈佳 00:07            an ASR export           Line(1, "沈佳 00:07")            plain text: the parser knows the form
    SRT cue, JSON segment                         Line(1, "人都到了", label="沈佳", start=7000, end=9000)
"""

import re
from dataclasses import dataclass

from indexer.model import Metadata

# not str.splitlines: that also breaks at form feeds and the separators \x1c-\x1e, and line numbers would drift
_BREAK = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or line of a file; its text is free of mark-up, entities are decoded, pictures are gone.

    `number` counts the file's lines (paragraphs, cues) from 1, for messages. `label`, `start` and `end` (milliseconds)
    hold what the format itself says of the speaker and the time (a subtitle cue, an ASR block); `None` where it says
    nothing. `label` "" says that the format knows the line has no speaker of its own.
    `kind` is what the mark-up calls the line: "" (a paragraph), "heading", "caption", "item", "quote", "note", "rule",
    "link" (nothing but a link), "code".
    `strong` counts the characters at its beginning that are set in bold: all of them in a bold line.
    """

    number: int
    text: str
    label: str | None = None
    start: int | None = None
    end: int | None = None
    kind: str = ""
    strong: int = 0


@dataclass(frozen=True, slots=True)
class Script:
    """The lines of one transcript, and what is known of it besides.

    `meta` is what its format says (an HTML title, YAML front matter): keys `title`, `date`, `outlet`, `author`, `url`,
    `guest` (name, a tab, affiliation), `language`; as printed, a key may come twice; the parser weighs it against the
    head of the text. `given` has the same keys and is what a person says, in a sidecar or by `--meta`: it overrides
    everything. `name` is the place inside the file where that holds several transcripts and names them: a zip's member
    without its suffix, a book's chapter; "" where it is known by its number alone.
    """

    lines: tuple[Line, ...]
    meta: Metadata = ()
    given: Metadata = ()
    name: str = ""


def split_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a text that are not blank; a gap in their numbers is where the blank ones were."""
    return tuple(
        Line(number, line) for number, line in enumerate(_BREAK.split(text), start=1) if not line.isspace() and line
    )
