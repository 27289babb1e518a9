"""A transcript as lines: the result of a reader and the input of the parser.

The same few properties of a line describe every format, so that one parser serves all of them:

    **姚明：**你好        Markdown, HTML, Word    Line(1, "姚明：你好", bold_prefix_length=3)
    ### 唐鳳：            a heading               Line(1, "唐鳳：", kind="heading")
    沈佳 00:07            an ASR export           Line(1, "沈佳 00:07")            plain text: the parser knows the form
    SRT cue, JSON segment                         Line(1, "人都到了", label="沈佳", start=7000, end=9000)
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from indexer.model import Metadata

# not str.splitlines: that also breaks at form feeds and the separators \x1c-\x1e, and line numbers would drift
_BREAK = re.compile(r"\r\n|\n|\r")
_LETTERS = re.compile(r"\w+")
_MAX_DIRECTION = 70  # characters; the parser takes longer lines in brackets for speech
_BRACKETS = frozenset("()（）")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or line of a file, without mark-up: entities are decoded, pictures removed.

    `number` counts the lines (paragraphs, cues) of the file from 1, for messages. `label`, `start` and `end`
    (milliseconds) are the speaker and the times if the format has them (a subtitle cue, an ASR segment), else `None`;
    `label` is "" if the format marks the line as having no speaker.
    `kind` is the kind of mark-up: "" (a paragraph), "heading", "caption", "item", "quote", "note", "rule",
    "link" (only a link), "code", "annotation" (sounds, glosses, codes of speech), "translation" (of the line above),
    "message" (of a chat: its line breaks are its own); a correction makes it "left out" or "kept" (see
    `readers.correction_syntax`).
    `bold_prefix_length` is the number of characters in bold at the start: the whole length for a bold line.
    """

    number: int
    text: str
    label: str | None = None
    start: int | None = None
    end: int | None = None
    kind: str = ""
    bold_prefix_length: int = 0

    @property
    def letters(self) -> str:
        """Return the letters and digits of the line, by which a correction finds it again."""
        return letters(self.text)


class CorrectionKind(StrEnum):
    """What a correction says of lines, or of a label."""

    SPEAKER = "speaker"
    CONTINUES = "continues"
    LEFT_OUT = "left out"
    KEPT = "kept"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction of the user, `text` as written.

    `first` to `last` are numbers of lines, 0 for a `NAME`, which says that the speaker printed as `label` is `value`;
    `value` of a `SPEAKER` is the speaker. `anchor` is the beginning of the first line, only its letters; "" if it is
    not known. `written_at` is the line of the sidecar file.
    """

    kind: CorrectionKind
    text: str
    first: int = 0
    last: int = 0
    label: str = ""
    value: str = ""
    anchor: str = ""
    written_at: int = 0


@dataclass(frozen=True, slots=True)
class Script:
    """The lines of one transcript, and its metadata.

    `metadata` comes from the format (an HTML title, YAML front matter): keys `title` (of a page, which may name its
    site), `headline` (the title that an author gave the text), `date`, `outlet`, `author`, `url`, `guest` (name, a tab,
    affiliation), `interviewer` (a label), `language`, `media` (its recording), values as printed; a key may occur
    twice. The parser weighs it against the header of the text. `overrides` has the same keys; it comes from the user,
    in a sidecar file or by `--meta`, and takes precedence. `name` identifies a transcript within a file of several: a
    member of a zip file without its suffix, a chapter of a book; "" if it is identified by its number. `corrections`
    come from the sidecar file, too.
    """

    lines: tuple[Line, ...]
    metadata: Metadata = ()
    overrides: Metadata = ()
    name: str = ""
    corrections: tuple[Correction, ...] = ()


def split_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a text that are not blank; gaps in their numbers are blank lines."""
    return tuple(
        Line(number, line) for number, line in enumerate(_BREAK.split(text), start=1) if not line.isspace() and line
    )


def letters(text: str) -> str:
    """Return the letters and digits of a text."""
    return "".join(_LETTERS.findall(text))


def join_words(words: Iterable[str]) -> str:
    """Join words or parts of a text, with a space only between Latin letters or digits."""
    joined: list[str] = []
    last = ""
    for word in words:
        needs_space = last.isascii() and last.strip() and word[:1].isascii() and word[:1].isalnum()
        joined.append(f" {word}" if needs_space else word)
        last = word[-1:] or last
    return "".join(joined)


def stage_direction(text: str) -> Line:
    """Return a line for what happens meanwhile, as transcripts print it: （有人敲门）; a long one is a note."""
    text = text.strip()
    bare = text[1:-1] if text[:1] in ("(", "（") and text[-1:] in (")", "）") else text
    fits = len(bare) <= _MAX_DIRECTION and _BRACKETS.isdisjoint(bare)
    return Line(1, f"（{bare}）", label="") if fits and bare.strip() else Line(1, text, kind="note")
