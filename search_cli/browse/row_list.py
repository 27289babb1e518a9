"""A list with a cursor, whose rows are lines or blocks of lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import ClassVar

from rich.style import Style as DrawnStyle
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.message import Message

from search_cli.browse.line_view import LineView
from search_cli.browse.reading_pane import TO_THE_QUERY
from search_cli.rendering.terminal.styles import StyledLine

Rows = Callable[[int], Sequence[Sequence[StyledLine]]]
"""Returns the lines of each row for a width in columns."""


class RowList(LineView):
    """Rows, one of which is current; the arrow keys, the mouse, Enter and Space choose."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move_page(-1)", show=False),
        Binding("pagedown", "move_page(1)", show=False),
        Binding("home", "move_to(0)", show=False),
        Binding("end", "move_to(-1)", show=False),
        Binding("enter,space", "choose", show=False),
        *TO_THE_QUERY,
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--cursor"}

    @dataclass
    class Moved(Message):
        """The cursor is on another row."""

        rows: "RowList"
        index: int

        @property
        def control(self) -> "RowList":
            """Return the list."""
            return self.rows

    @dataclass
    class Chosen(Message):
        """A row was chosen: Enter, Space or a click."""

        rows: "RowList"
        index: int
        clicked: bool = False

        @property
        def control(self) -> "RowList":
            """Return the list."""
            return self.rows

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = 0
        self._starts: list[int] = [0]

    @property
    def count(self) -> int:
        """Return the number of rows."""
        return len(self._starts) - 1

    def show_rows(self, rows: Rows, cursor: int = 0, *, keep: bool = False) -> None:
        """Show other rows, with the cursor on one; `keep` what is visible where it is."""
        top = self.scroll_offset.y

        def layout(width: int) -> list[StyledLine]:
            blocks = rows(width)
            self._starts = [0, *accumulate(map(len, blocks))]
            return [line for block in blocks for line in block]

        self.show(layout, top if keep else 0)
        self.cursor = max(min(cursor, self.count - 1), 0)
        self._see_cursor()

    def can_hold_cursor(self, index: int) -> bool:
        """Tell whether the cursor may be on a row."""
        return True

    def line_style(self, number: int) -> DrawnStyle:
        """Return the background of a line: that of the cursor, stronger where the list has the focus."""
        if not self.count or not self._starts[self.cursor] <= number < self._starts[self.cursor + 1]:
            return DrawnStyle.null()
        if self.app.no_color:
            return DrawnStyle(reverse=True) if self.has_focus else DrawnStyle(underline=True)
        style = self.get_component_rich_style("row-list--cursor")
        return DrawnStyle(bgcolor=style.bgcolor)

    def on_focus(self) -> None:
        """Draw the cursor stronger."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the cursor weaker."""
        self.refresh()

    def on_click(self, event: Click) -> None:
        """Move to the row under the mouse, and choose it."""
        index = self.row_at(event.y + self.scroll_offset.y)
        if index is not None and self.can_hold_cursor(index):
            self._set(index)
            self.post_message(self.Chosen(self, index, clicked=True))

    def row_at(self, number: int) -> int | None:
        """Return the row of a line."""
        return next((i for i in range(self.count) if self._starts[i] <= number < self._starts[i + 1]), None)

    def action_move(self, step: int) -> None:
        """Move the cursor to the next row that may hold it."""
        index = self.cursor + step
        while 0 <= index < self.count and not self.can_hold_cursor(index):
            index += step
        if 0 <= index < self.count:
            self._set(index)
        elif step < 0:
            self.scroll_home(animate=False)

    def action_move_page(self, pages: int) -> None:
        """Move the cursor by what is visible."""
        if not self.count:
            return
        line = self._starts[self.cursor] + pages * max(self.size.height - 1, 1)
        index = self.row_at(max(min(line, len(self.lines) - 1), 0))
        self.action_move_to(index if index is not None else self.cursor)

    def action_move_to(self, index: int) -> None:
        """Move the cursor to a row, -1 for the last, or to the next one that may hold it."""
        if not self.count:
            return
        index %= self.count
        order = [*range(index, self.count), *range(index - 1, -1, -1)]
        found = next((one for one in order if self.can_hold_cursor(one)), None)
        if found is not None:
            self._set(found)

    def action_choose(self) -> None:
        """Choose the current row."""
        if self.count:
            self.post_message(self.Chosen(self, self.cursor))

    def _set(self, index: int) -> None:
        if index != self.cursor:
            self.cursor = index
            self.refresh()
            self.post_message(self.Moved(self, index))
        self._see_cursor()

    def _see_cursor(self) -> None:
        """Scroll so that the current row is visible."""
        if not self.count:
            return
        first, end = self._starts[self.cursor], self._starts[self.cursor + 1]
        top, height = self.scroll_offset.y, max(self.size.height, 1)
        if first < top:
            self.jump(first)
        elif end > top + height:
            self.jump(min(end - height, first))
