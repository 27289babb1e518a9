"""The full-screen program: the query, facets, hits and the reading pane, and what happens between them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Footer, Input

from indexer.errors import ElasticError, FangtanError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from search_cli.browse.actions import Action
from search_cli.browse.dialogs import HelpDialog
from search_cli.browse.facet_panel import FacetPanel
from search_cli.browse.help_keys import help_keys
from search_cli.browse.hit_list import HitList
from search_cli.browse.line_view import LineLayout
from search_cli.browse.linked_app import LinkedApp
from search_cli.browse.message_bar import MessageBar
from search_cli.browse.message_lines import command_lines, counts_lines, next_query, nothing_lines, trouble_lines
from search_cli.browse.query_bar import QueryBar
from search_cli.browse.reading_pane import ReadingPane
from search_cli.browse.reading_views import EXCHANGE, VIEWS, Subject
from search_cli.browse.row_list import RowList
from search_cli.browse.searches import PAGE, FoundPage
from search_cli.browse.shown_query import command_line, toggled
from search_cli.browse.style_sheet import CSS, NARROW, WIDE
from search_cli.models import Hit, SearchResult
from search_cli.query.request import SearchOptions, Sort

if TYPE_CHECKING:
    from search_cli.archive import Archive

_DEBOUNCE = 0.005
"""Seconds without a key after which is searched: what an input method commits comes at once. An answer takes .06 s of
46,553 turns; of what is asked meanwhile, only the last is kept (`Lookups`)."""
_SLOW = 0.4
"""Seconds between looks at whether an answer is waited for."""
_ORDERS = (Sort.RELEVANCE, Sort.DATE, Sort.OLDEST, Sort.POSITION)
_PLACEHOLDER = gettext_noop('words, "phrases", -without, speaker:name')


class Browser(LinkedApp):
    """Search and read an archive; `open_archive` opens it again after Elasticsearch was away."""

    TITLE = "fangtan"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (NARROW, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012  as Textual declares it
    CSS = CSS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "help", gettext_noop("help"), key_display="F1"),
        Binding("q", "leave", gettext_noop("leave")),
        Binding("f", "focus_on('facets')", "facets", show=False),
        Binding("n", "step(1)", "next", show=False),
        Binding("p", "step(-1)", "previous", show=False),
        Binding("o", "order", "order", show=False),
        Binding("z", "zoom", "zoom", show=False),
        Binding("f5", "ask_again", "ask again", show=False),
        Binding("escape", "step_back", "back", show=False),
        Binding("ctrl+q,ctrl+c", "leave", "leave", show=False, priority=True),
    ]

    def __init__(
        self,
        archive: "Archive",
        query: str = "",
        options: SearchOptions | None = None,
        actions: Sequence[Action] = (),
        open_archive: "Callable[[], Archive] | None" = None,
    ) -> None:
        super().__init__(archive, actions, open_archive)
        self.query_text = query
        self.search_options: SearchOptions = options or {}
        self._waiting: Timer | None = None
        self._is_asked = self._waits = False
        self._view = EXCHANGE
        self._found: FoundPage | None = None
        for index, view in enumerate(VIEWS):
            self.bind(view.key, f"view({index})", description=view.name, show=view.is_in_footer)
        self.bind_actions()

    @property
    def command(self) -> str:
        """Return the command that finds the same."""
        return command_line(self.query_text, self.search_options)

    def compose(self) -> ComposeResult:
        """Build the widgets."""
        yield QueryBar(self.query_text, id="query", compact=True, select_on_focus=False, placeholder=_(_PLACEHOLDER))
        yield MessageBar("counts")
        yield MessageBar("message")
        with Horizontal(id="body"):
            yield FacetPanel("facets")
            with Container(id="main"):
                yield HitList("hits")
                yield ReadingPane("pane")
        yield MessageBar("command")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Find the widgets, and search."""
        self._bar = self.query_one(QueryBar)
        self._hits = self.query_one(HitList)
        self._facets = self.query_one(FacetPanel)
        self._pane = self.query_one(ReadingPane)
        self._counts = self.query_one("#counts", MessageBar)
        self._message = self.query_one("#message", MessageBar)
        self.query_one("#command", MessageBar).say(
            lambda width: command_lines(self.query_text, self.search_options, width)
        )
        self.tell(None)
        self._show_counts()
        self._go_to(self._bar)
        self.set_interval(_SLOW, self._watch_waiting)
        self.call_after_refresh(self._search)
        self.end_on_signals()

    # searching

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search once nothing more is typed."""
        if event.input is not self._bar:
            return
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(_DEBOUNCE, self._search)

    def _search(self) -> None:
        query = self._bar.value.strip()
        self.query_text = query
        self.query_one("#command", MessageBar).say(lambda width: command_lines(query, self.search_options, width))
        subject = Subject(query, self.search_options)
        self.link.search(subject, self._facets.opened, self._show_found, self._show_trouble)

    def _show_found(self, found: FoundPage) -> None:
        """Show hits and facets, or what to try."""
        if self._found is None and not found.result.words:
            self.link.warm_up()
        self._found = found
        self.tell(None)
        self._facets.show_facets(found.facets)
        if (nothing := found.nothing) is not None:
            self._hits.show_nothing(lambda width: nothing_lines(nothing, width))
            self.link.read_nothing()
            self._pane.show(lambda width: ())
        else:
            self._hits.show_result(found.result)
            self._read()
        self._show_counts()

    def _show_trouble(self, error: FangtanError) -> None:
        """Show what went wrong; what was found before stays, faded."""
        self.tell(lambda width: trouble_lines(error, width))
        for view in (self._hits, self._facets, self._pane):
            view.fade()
        self._show_counts()

    def tell(self, layout: LineLayout | None) -> None:
        """Show a message above the hits, or none."""
        self._message.say(layout)

    def show_changed(self, hit: Hit) -> None:
        """List a hit as it is now, and read it again."""
        self._hits.replace_hit(hit)
        if self._view.is_of_hit:
            self._read()

    def _show_counts(self) -> None:
        result = self._found.result if self._found else None
        listed, waits = len(self._hits.hits), self._waits
        self._counts.say(lambda width: counts_lines(result, listed, width, waits=waits))

    def _watch_waiting(self) -> None:
        """Tell that an answer takes a while: one that was waited for at the last look, too."""
        waits = self._is_asked and self.link.is_busy
        self._is_asked = self.link.is_busy
        if waits != self._waits:
            self._waits = waits
            self._show_counts()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Read the hit under the cursor."""
        if event.rows is self._hits and self._view.is_of_hit:
            self._read()

    def on_hit_list_ended(self) -> None:
        """Read the next page of hits."""
        page = len(self._hits.hits) // PAGE + 1
        self.link.more(self.subject, page, self._add_page, self._show_trouble)

    def _add_page(self, page: SearchResult) -> None:
        self._hits.add_page(page)
        self._show_counts()

    # reading

    def _read(self) -> None:
        """Ask for what the reading pane shows."""
        view, subject = self._view, self.subject
        self._pane.border_title = _(view.about)
        self.link.read(view, subject, partial(self._pane.show_view, view), self._show_unread)

    @property
    def subject(self) -> Subject:
        """Return the query, and the hit under the cursor."""
        return Subject(self.query_text, self.search_options, self._hits.current)

    def _show_unread(self, error: FangtanError) -> None:
        """Show in the pane why it cannot show anything else."""
        if isinstance(error, ElasticError):
            self._show_trouble(error)
        else:
            self._pane.show(lambda width: trouble_lines(error, width))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Read a hit, or turn a facet on or off."""
        if event.rows is self._hits:
            if not event.clicked:
                self._go_to(self._pane)
            return
        row = self._facets.current
        if row is None:
            return
        if row.more:
            self._facets.toggle_opened(row.field)
            self._search()
            return
        chosen = self._facets.chosen(row.field)
        try:
            self._bar.replace_query(toggled(self._bar.value, row.field, row.value, chosen))
        except FangtanError as error:
            self._show_trouble(error)

    # keys

    def _go_to(self, widget: Widget) -> None:
        """Focus a widget at once: the next key, typed ahead, is for it."""
        self.screen.set_focus(widget)

    def action_focus_on(self, name: str) -> None:
        """Go to a part of the screen."""
        self.screen.remove_class("-reading")
        self._go_to(self.query_one(f"#{name}"))

    def action_to_hits(self) -> None:
        """Go to the hits, or take the query that is suggested where there are none."""
        nothing = self._found.nothing if self._found else None
        if nothing is not None and (query := next_query(nothing)):
            self._bar.replace_query(query)
        else:
            self._go_to(self._hits)

    def action_step(self, step: int) -> None:
        """Go to another hit."""
        self._hits.action_move(step)

    def action_view(self, index: int) -> None:
        """Show something else in the reading pane."""
        self._view = VIEWS[index]
        self._read()

    def action_order(self) -> None:
        """Search in the next order."""
        now = Sort(self.search_options.get("sort", Sort.RELEVANCE))
        order = _ORDERS[(_ORDERS.index(now) + 1) % len(_ORDERS)] if now in _ORDERS else _ORDERS[0]
        self.search_options = {**self.search_options, "sort": str(order)}
        self._search()

    def action_zoom(self) -> None:
        """Show the reading pane alone, or everything again."""
        self.screen.toggle_class("-reading")
        self._go_to(self._pane)

    def action_ask_again(self) -> None:
        """Search again."""
        self._search()

    def action_step_back(self) -> None:
        """Go one step back."""
        if self.screen.has_class("-reading"):
            self.screen.remove_class("-reading")
        elif self.focused is self._pane and self._view is not EXCHANGE:
            self.action_view(VIEWS.index(EXCHANGE))
        elif self.focused is self._pane:
            self._go_to(self._hits)
        else:
            self._go_to(self._bar)

    def action_help(self) -> None:
        """Show the keys."""
        self.push_screen(HelpDialog(help_keys(self.actions)))

    def action_leave(self) -> None:
        """Leave."""
        self.exit()
