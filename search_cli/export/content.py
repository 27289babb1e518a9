"""What is exported: the hits as they come, and how they are to be written."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from search_cli.catalog import WholeInterview
from search_cli.citation import CitationStyle
from search_cli.export.whole_file import OpenFile
from search_cli.models import Hit, SpokenTurn, TurnTags

ALL_TURNS = gettext_noop("All turns")
"""The title of an export without a query."""


def _untagged(turns: Iterable[SpokenTurn]) -> Mapping[str, TurnTags]:
    """Return no tags."""
    return {}


def _silent(message: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class ExportContent:
    """The hits of a search, or the turns of an interview as hits; `total` is the number of them that is expected.

    `title` is the query as typed, "" for all turns, or the interview. `fields` are the columns of a table, () for its
    own. `code` names the code of the hits in a project of qualitative analysis, "" for none. `read_interview` reads one
    by its id, `tags_of` the tags of turns by their addresses, and `tell` is called with what the user has to know of
    the file.
    """

    title: str
    hits: Iterable[Hit]
    total: int
    read_interview: Callable[[str], WholeInterview]
    fields: tuple[str, ...] = ()
    style: CitationStyle = CitationStyle.PLAIN
    code: str = ""
    tags_of: Callable[[Iterable[SpokenTurn]], Mapping[str, TurnTags]] = _untagged
    tell: Callable[[str], None] = _silent

    @property
    def heading(self) -> str:
        """Return the title as a document shows it."""
        return self.title or _(ALL_TURNS)


class Writer(Protocol):
    """The module of a format."""

    def write(self, content: ExportContent, target: OpenFile) -> None:
        """Write all hits."""
