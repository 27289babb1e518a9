"""What lies over the screen for a moment: the help, and a question with a line for its answer."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from indexer.language.messages import gettext as _
from search_cli.browse.line_view import LineView
from search_cli.browse.message_bar import MessageBar
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, columns_of, line
from search_cli.rendering.terminal.wrapping import indented

Keys = Sequence[tuple[str, str]]
"""Keys, and what each does; a pair without a key is a heading."""

_KEY_COLUMNS = 17


class HelpDialog(ModalScreen[None]):
    """The keys, and the query language."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,f1,enter", "dismiss", "Close")]
    DEFAULT_CSS = """
    HelpDialog { align: center middle; }
    HelpDialog LineView {
        width: 90%; max-width: 84; height: 90%; border: round $primary; padding: 0 1; background: $surface;
    }
    """

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Build the widgets."""
        view = LineView("help")
        view.border_title = _("Help")
        view.border_subtitle = _("Esc closes")
        yield view

    def on_mount(self) -> None:
        """Show the keys."""
        self.query_one(LineView).show(lambda width: help_lines(self._keys, width))


def help_lines(keys: Keys, width: int) -> list[StyledLine]:
    """Lay out keys and what they do."""
    lines: list[StyledLine] = []
    for key, about in keys:
        if key:
            first = line(" ", Segment(key, Style.ADDRESS), " " * max(_KEY_COLUMNS - columns_of(key), 1))
            lines += indented(line(about), width, first, _KEY_COLUMNS + 1)
        else:
            lines += [(), line(Segment(f" {about}", Style.NAME))]
    return lines[1:] if lines and not lines[0] else lines


class QuestionDialog(ModalScreen[str]):
    """A question and its answer; "" if it is closed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')", "Cancel")]
    DEFAULT_CSS = """
    QuestionDialog { align: center middle; }
    QuestionDialog Vertical {
        width: 80%; max-width: 72; height: auto; border: round $primary; padding: 0 1; background: $surface;
    }
    """

    def __init__(self, question: str, answer: str = "") -> None:
        super().__init__()
        self._question, self._answer = question, answer

    def compose(self) -> ComposeResult:
        """Build the widgets."""
        with Vertical():
            yield MessageBar("question")
            yield Input(self._answer, compact=True, select_on_focus=False)

    def on_mount(self) -> None:
        """Ask the question."""
        self.query_one(MessageBar).say(lambda width: [line(self._question)])
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand over the answer."""
        event.stop()
        self.dismiss(event.value.strip())
