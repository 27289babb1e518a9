"""Styled text: segments, lines of segments, and their ANSI codes by color mode."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto


class Style(Enum):
    """The role of a segment of text; `paint` decides how it looks."""

    PLAIN = auto()
    NAME = auto()
    """A speaker, the name of a table's row: bold."""
    MARK = auto()
    """A match."""
    DIM = auto()
    """Secondary text: the question, topics, times."""
    DIM_MARK = auto()
    """A match in the question."""
    ADDRESS = auto()
    """An address: qzone-xiaomi#3."""
    BAR = auto()
    ERROR = auto()
    DROPPED = auto()
    """Words only in the quotation."""
    ADDED = auto()
    """Words only in the turn."""
    COMMAND = auto()
    """A command to type."""


class ColorMode(Enum):
    """The styles of a stream: none, bold and dim only, or colors too."""

    NONE = auto()
    SHADES = auto()
    COLOR = auto()


# SGR parameters. Red matches are grep's: they are legible on dark and on white backgrounds.
_SHADES = {
    Style.NAME: "1",
    Style.MARK: "1",
    Style.DIM: "2",
    Style.DIM_MARK: "1",
    Style.ERROR: "1",
    Style.DROPPED: "1",
    Style.ADDED: "1",
    Style.COMMAND: "1",
}
_COLORS = {
    **_SHADES,
    Style.MARK: "1;31",
    Style.DIM_MARK: "31",
    Style.ADDRESS: "36",
    Style.BAR: "34",
    Style.ERROR: "1;31",
    Style.DROPPED: "31",
    Style.ADDED: "32",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """Text of one style. It is safe to print: `plain` has removed its control characters.

    `link` is where it leads on a terminal that shows hyperlinks.
    """

    text: str
    style: Style = Style.PLAIN
    link: str = ""


StyledLine = tuple[Segment, ...]

_NAME = re.compile(r"\{(\w+)\}")
"""A place in a text that is filled."""

_LINK = re.compile(r"(?:https?|file)://[!-~]+", re.ASCII)
"""What may be in a hyperlink (OSC 8): printable ASCII, which cannot end it, and no other scheme."""


def line(*parts: str | Segment) -> StyledLine:
    """Build a line of segments and strings; empty ones are dropped."""
    segments = (part if isinstance(part, Segment) else Segment(part) for part in parts)
    return tuple(segment for segment in segments if segment.text)


def filled(text: str, style: Style = Style.PLAIN, **parts: str | Segment | StyledLine) -> StyledLine:
    """Fill the {names} of a text, which has one style, with parts that may have their own."""
    segments: list[str | Segment] = []
    for index, piece in enumerate(_NAME.split(text)):
        part = parts[piece] if index % 2 else piece
        segments += part if isinstance(part, tuple) else (Segment(part, style) if isinstance(part, str) else part,)
    return line(*segments)


def padded(text: str, columns: int) -> str:
    """Return a label with spaces after it up to its columns."""
    return text + " " * (columns - columns_of(text))


def plain_text(segments: Iterable[Segment]) -> str:
    """Return the text without styles."""
    return "".join(segment.text for segment in segments)


def cells(segments: Iterable[Segment]) -> int:
    """Return the width of a line in columns: two for a Chinese character."""
    return columns_of(plain_text(segments))


def columns_of(text: str) -> int:
    """Return the width of a text in columns; one without controls in ASCII has as many as characters."""
    if text.isascii() and text.isprintable():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def paint(segments: Iterable[Segment], mode: ColorMode, *, links: bool = False) -> str:
    """Return the line with ANSI codes, and with `links` its hyperlinks; each segment resets its style."""
    if mode is ColorMode.NONE:
        return plain_text(segments)
    codes = _COLORS if mode is ColorMode.COLOR else _SHADES
    return "".join(_painted(segment, codes, links=links) for segment in segments)


def _painted(segment: Segment, codes: Mapping[Style, str], *, links: bool) -> str:
    text, style = segment.text, segment.style
    painted = f"\x1b[{codes[style]}m{text}\x1b[0m" if style in codes and not text.isspace() else text
    if links and segment.link and _LINK.fullmatch(segment.link):
        return f"\x1b]8;;{segment.link}\x1b\\{painted}\x1b]8;;\x1b\\"
    return painted
