"""One line above the lists, or several while there is something to say: counts, errors, what to do next."""

from textual.events import Resize

from search_cli.browse.line_view import LineLayout, LineView


class MessageBar(LineView, can_focus=False):
    """Lines that take as much room as they need, at most `MOST`; hidden without any."""

    MOST = 6

    def say(self, layout: LineLayout | None) -> None:
        """Show a message, or nothing."""
        self.display = layout is not None
        if layout is not None:
            self.show(layout)
            self._fit()

    def on_resize(self, event: Resize) -> None:
        """Lay the lines out for another width, in the room that they need there."""
        super().on_resize(event)
        self._fit()

    def _fit(self) -> None:
        height = max(min(len(self.lines), self.MOST), 1)
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
