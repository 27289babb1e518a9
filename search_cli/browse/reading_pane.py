"""The reading pane: what a view shows of a hit or of the query."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from search_cli.browse.line_view import LineLayout, LineView
from search_cli.browse.reading_views import ReadingView

TO_THE_QUERY: list[BindingType] = [
    Binding("slash", "app.focus_on('query')", show=False, priority=True),
    Binding("escape", "app.step_back", show=False, priority=True),
]
"""The keys that leave a list; with priority, as what is typed right after them is for the query."""


class ReadingPane(LineView):
    """Lines to read, with ▸ at the hit where a view has it."""

    BINDINGS: ClassVar[list[BindingType]] = TO_THE_QUERY

    def show_view(self, view: ReadingView, layout: LineLayout) -> None:
        """Show what was read, from the hit on if it is in it."""
        self.show(layout)
        if view.finds_hit:
            self._see("▸")

    def _see(self, mark: str) -> None:
        """Scroll to the first line that begins with a mark, a third from the top."""
        height = self.size.height
        number = next((i for i, one in enumerate(self.lines) if one and one[0].text.strip() == mark), 0)
        self.jump(number - height // 3 if number > height // 2 else 0)
