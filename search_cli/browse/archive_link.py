"""The screen's way to the archive: each kind of question on its own thread, and a new connection after a loss."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from indexer.errors import ElasticError, FangtanError
from search_cli.browse.actions import Action, Outcome
from search_cli.browse.line_view import LineLayout
from search_cli.browse.lookups import Deliver, Lookups
from search_cli.browse.reading_views import ReadingView, Subject
from search_cli.browse.searches import FoundPage, find, next_page
from search_cli.models import SearchResult

if TYPE_CHECKING:
    from search_cli.archive import Archive

T = TypeVar("T")
Failed = Callable[[FangtanError], None]

_SEARCH, _MORE, _READ, _ASIDE = "search", "more", "read", "aside"


class ArchiveLink:
    """Asks an archive; `open_archive` opens it again once Elasticsearch was away. Answers come through `deliver`."""

    def __init__(
        self, archive: "Archive", deliver: Deliver, open_archive: "Callable[[], Archive] | None" = None
    ) -> None:
        self._archive, self._open_archive = archive, open_archive
        self._lookups = Lookups(deliver)
        self.is_lost = False

    @property
    def is_busy(self) -> bool:
        """Tell whether an answer to a search, or to what is done with a hit, is waited for."""
        return self._lookups.is_busy(_SEARCH) or self._lookups.has_tasks

    def search(
        self,
        subject: Subject,
        opened: frozenset[str],
        done: Callable[[FoundPage], None],
        failed: Failed,
    ) -> None:
        """Search; an answer to an earlier query, or to its next page, does not come any more."""
        self._lookups.drop(_MORE)
        self._ask(_SEARCH, lambda archive: find(archive, subject, opened), done, failed)

    def more(self, subject: Subject, page: int, done: Callable[[SearchResult], None], failed: Failed) -> None:
        """Read a later page, unless one is being read."""
        if not self._lookups.is_busy(_MORE):
            self._ask(_MORE, lambda archive: next_page(archive, subject, page), done, failed)

    def read(self, view: ReadingView, subject: Subject, done: Callable[[LineLayout], None], failed: Failed) -> None:
        """Read what a view shows."""
        self._ask(_READ, lambda archive: view.read(archive, subject), done, failed)

    def read_nothing(self) -> None:
        """Forget what was to be read."""
        self._lookups.drop(_READ)

    def act(
        self, action: Action, subject: Subject, answer: str, done: Callable[[Outcome], None], failed: Failed
    ) -> None:
        """Do something with a hit or a query."""
        self._lookups.do(self._work(lambda archive: action.run(archive, subject, answer)), done, failed)

    def warm_up(self) -> None:
        """Load what the first query with a word needs, the dictionary and more, while none is typed."""
        self._ask(_ASIDE, lambda archive: archive.search("访谈", limit=1), lambda _: None, lambda _: None)

    def do(self, work: Callable[[], object]) -> None:
        """Do something that takes a moment, and whose result nobody waits for."""
        self._lookups.ask(_ASIDE, work, lambda _: None, lambda _: None)

    def _ask(self, group: str, work: "Callable[[Archive], T]", done: Callable[[T], None], failed: Failed) -> None:
        self._lookups.ask(group, self._work(work), done, failed)

    def _work(self, work: "Callable[[Archive], T]") -> Callable[[], T]:
        """Return work with the archive, which remembers whether Elasticsearch was away."""

        def do() -> T:
            try:
                result = work(self._opened())
            except ElasticError:
                self.is_lost = True
                raise
            self.is_lost = False
            return result

        return do

    def _opened(self) -> "Archive":
        """Return the archive, opened again if Elasticsearch was away: it may have another address now."""
        if self.is_lost and self._open_archive is not None:
            self._archive = self._open_archive()
            self.is_lost = False
        return self._archive
