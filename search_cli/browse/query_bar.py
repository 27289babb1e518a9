"""Where the query is typed: that of the command line, with its fields."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from indexer.language.messages import gettext_noop


class QueryBar(Input):
    """The query. What an input method has composed comes as characters, like what is typed.

    The key that leaves it has priority: what is typed right after it is for the list.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,enter", "app.to_hits", gettext_noop("hits"), key_display="↓", priority=True),
    ]

    def replace_query(self, query: str) -> None:
        """Set the query, with the cursor at its end."""
        self.value = query
        self.cursor_position = len(query)
