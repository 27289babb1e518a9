"""A widget that shows lines as the screens of fangtan lay them out, and scrolls; only what is visible is drawn.

What it draws are segments of plain text in a style of ours: nothing in a transcript is taken for markup.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment as DrawnSegment
from rich.style import Style as DrawnStyle
from textual.events import Resize
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from search_cli.rendering.terminal.styles import Style, StyledLine

LineLayout = Callable[[int], Sequence[StyledLine]]
"""Returns the lines for a width in columns."""

STYLES = {
    Style.NAME: DrawnStyle(bold=True),
    Style.MARK: DrawnStyle(bold=True, color="#e5534b"),
    Style.DIM: DrawnStyle(dim=True),
    Style.DIM_MARK: DrawnStyle(color="#e5534b"),
    Style.ADDRESS: DrawnStyle(color="#39a0b5"),
    Style.BAR: DrawnStyle(color="#4c8dd6"),
    Style.ERROR: DrawnStyle(bold=True, color="#e5534b"),
    Style.DROPPED: DrawnStyle(color="#e5534b", bold=True),
    Style.ADDED: DrawnStyle(color="#3fa45b", bold=True),
    Style.COMMAND: DrawnStyle(bold=True),
}
"""How each style is drawn: colors that are legible on dark and on light backgrounds."""
_FADED = DrawnStyle(dim=True)


def drawn(line: StyledLine, *, faded: bool = False) -> list[DrawnSegment]:
    """Return a line as segments of Rich, `faded` if it is out of date."""
    styles = [STYLES.get(one.style, DrawnStyle.null()) for one in line]
    return [DrawnSegment(one.text, style + _FADED if faded else style) for one, style in zip(line, styles, strict=True)]


class LineView(ScrollView, can_focus=True):
    """Lines, laid out again for each width."""

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: Sequence[StyledLine] = ()
        self.faded = False
        self._line_layout: LineLayout = lambda width: ()
        self._laid_out = 0

    @property
    def columns(self) -> int:
        """Return the columns of a line: the width but for the scroll bar."""
        return max(self.scrollable_content_region.width, 1)

    def show(self, layout: LineLayout, top: int = 0) -> None:
        """Show other lines, from the line `top`."""
        self._line_layout = layout
        self.faded = False
        self._lay_out()
        self.jump(top)

    def jump(self, top: int) -> None:
        """Scroll to a line, at once: the scroll bar may not be there yet."""
        self.scroll_to(y=max(top, 0), animate=False, force=True, immediate=True)

    def fade(self, faded: bool = True) -> None:
        """Show the lines as out of date, or not."""
        if faded != self.faded:
            self.faded = faded
            self.refresh()

    def on_resize(self, event: Resize) -> None:
        """Lay the lines out for another width."""
        if self.columns != self._laid_out:
            self._lay_out()

    def render_line(self, y: int) -> Strip:
        """Draw the line at `y` of what is visible."""
        number = y + self.scroll_offset.y
        line = self.lines[number] if number < len(self.lines) else ()
        base = self.rich_style + self.line_style(number)
        strip = Strip(drawn(line, faded=self.faded)).crop_extend(0, self.columns, base)
        return strip.apply_style(base)

    def line_style(self, number: int) -> DrawnStyle:
        """Return the style below that of the segments of a line, for its background."""
        return DrawnStyle.null()

    def _lay_out(self) -> None:
        self._laid_out = self.columns
        self.lines = self._line_layout(self.columns)
        self.virtual_size = Size(self.columns, len(self.lines))
        self.refresh()
