"""Text with styles, before it is known whether they will be seen: pieces, lines of pieces, and how they are painted."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto


class Style(Enum):
    """What a stretch of text is; how that looks is decided by `paint`."""

    PLAIN = auto()
    NAME = auto()
    """Who speaks, what a table's row is called: bold."""
    MARK = auto()
    """What matched."""
    DIM = auto()
    """What is read second: the question, topics, times."""
    DIM_MARK = auto()
    """What matched in the question."""
    ADDRESS = auto()
    """What is cited: qzone-xiaomi#3."""
    BAR = auto()
    ERROR = auto()
    DROPPED = auto()
    """What is only quoted, and nobody said."""
    ADDED = auto()
    """What was said, and is not quoted."""
    COMMAND = auto()
    """What can be typed."""


class ColorMode(Enum):
    """How much a stream shows: nothing, bold and dim, or colour as well."""

    NONE = auto()
    SHADES = auto()
    COLOUR = auto()


# SGR parameters: shades, then colour. Red marks are grep's: they can be read on a dark ground and on a white one.
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
_COLOURS = {
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
    """A stretch of text of one style. The text is safe to print: it has been through `plain`."""

    text: str
    style: Style = Style.PLAIN


StyledLine = tuple[Segment, ...]


def line(*parts: str | Segment) -> StyledLine:
    """Return a line of pieces and plain strings, without the empty ones."""
    pieces = (part if isinstance(part, Segment) else Segment(part) for part in parts)
    return tuple(piece for piece in pieces if piece.text)


def words(pieces: Iterable[Segment]) -> str:
    """Return the text alone."""
    return "".join(piece.text for piece in pieces)


def cells(pieces: Iterable[Segment]) -> int:
    """Return the columns a line takes: two for a Chinese character."""
    from rich.cells import cell_len

    return cell_len(words(pieces))


def paint(pieces: Iterable[Segment], ink: ColorMode) -> str:
    """Return the line as a terminal takes it, each style switched off at the end of its piece."""
    if ink is ColorMode.NONE:
        return words(pieces)
    codes = _COLOURS if ink is ColorMode.COLOUR else _SHADES
    return "".join(
        f"\x1b[{codes[style]}m{text}\x1b[0m" if style in codes and not text.isspace() else text
        for text, style in ((piece.text, piece.style) for piece in pieces)
    )
