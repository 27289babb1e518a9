"""Drawings: shapes with what a screen reader is told of them, and the table of what they show."""

from collections.abc import Sequence
from dataclasses import dataclass

from search_cli.rendering.terminal.styles import columns_of
from search_cli.rendering.terminal.wrapping import clip

Length = float | str
"""Pixels, or a share of the drawing's width: "12.5%"."""

COLUMN = 6.8
"""Pixels of a column of text of 13 pixels, two of which a Chinese character takes."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle; `kind` names its class in the style sheet, `tip` is shown when a mouse rests on it."""

    x: Length
    y: float
    width: Length
    height: float
    kind: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text on the baseline `y`; `anchor` is start, middle or end of it at `x`."""

    x: Length
    y: float
    text: str
    kind: str = "label"
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1: Length
    y1: float
    x2: Length
    y2: float
    kind: str = "grid"


Shape = Rect | Text | Rule


@dataclass(frozen=True, slots=True)
class Table:
    """What a drawing shows, as text: the first cell of each row is its heading."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart of `width` by `height` pixels; a `fluid` one may have any width, as its shapes have shares of it.

    `title` and `description` are read to those who do not see it; `notes` tell what it leaves out.
    """

    title: str
    description: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    table: Table
    notes: tuple[str, ...] = ()
    fluid: bool = False


def kind_of(shape: Shape) -> str:
    """Return the element that a shape is drawn as: rect, text or line."""
    return {Rect: "rect", Text: "text", Rule: "line"}[type(shape)]


def percent(part: float) -> str:
    """Return a share (0 to 1) of the width: 12.5%."""
    return f"{100 * part:.3f}".rstrip("0").rstrip(".") + "%"


def width_of(text: str) -> float:
    """Return about how many pixels wide a text is drawn."""
    return COLUMN * columns_of(text)


def widest(texts: Sequence[str], most: int) -> int:
    """Return the columns of the widest text, `most` at most."""
    return min(max(map(columns_of, texts), default=0), most)


def broken(text: str, columns: int) -> tuple[str, ...]:
    """Break a heading into one line or two of `columns`; what is longer is cut."""
    first = clip(text, columns + 1).removesuffix("…") if columns_of(text) > columns else text
    rest = text[len(first) :].strip()
    return (first, clip(rest, columns)) if rest else (first,)
