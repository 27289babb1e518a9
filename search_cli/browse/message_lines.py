"""The lines of the screen that are about the search: its counts, its command, what went wrong, what to try."""

from dataclasses import replace

from indexer.errors import ElasticError, FangtanError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.text.printable import plain
from search_cli.browse.shown_query import command_line
from search_cli.models import SearchResult
from search_cli.query.request import SearchOptions
from search_cli.rendering.pages.no_results import NoResults, no_results_lines
from search_cli.rendering.pages.results import counts
from search_cli.rendering.terminal.error_lines import error_lines
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import clip, spread, wrap

_WAITING = gettext_noop("waiting for Elasticsearch …")


def counts_lines(result: SearchResult | None, listed: int, width: int, *, waits: bool = False) -> list[StyledLine]:
    """Lay out the counts of a search, and how many hits are listed, or that an answer is waited for."""
    is_part = result is not None and 0 < listed < result.reachable
    part = _("{number} listed").format(number=f"{listed:,}") if is_part else ""
    right = line(Segment(_(_WAITING) if waits else part, Style.DIM))
    if result is None:
        return spread((), right, width - 1)[:1]
    parts = counts(replace(result, page=1, limit=0)).split(" · ")  # of all pages: the list goes on
    while len(parts) > 1 and cells(line(" · ".join(parts))) + cells(right) + 4 > width:
        parts.pop()
    left = line(" ", clip(" · ".join(parts), max(width - cells(right) - 4, 8)))
    return spread(left, right, width - 1)[:1]


def command_lines(query: str, options: SearchOptions, width: int) -> list[StyledLine]:
    """Lay out the command that finds the same."""
    return [line(Segment(" $ ", Style.DIM), Segment(clip(plain(command_line(query, options)), width - 4), Style.DIM))]


def trouble_lines(error: FangtanError, width: int) -> list[StyledLine]:
    """Lay out what went wrong and the next step; the key that asks again, if it is Elasticsearch."""
    lines = error_lines(error, width - 1)
    if isinstance(error, ElasticError):
        lines += wrap(line(_("F5 asks again.")), width - 1)
    return [(Segment(" "), *row) for row in lines]


def nothing_lines(nothing: NoResults, width: int) -> list[StyledLine]:
    """Lay out that nothing was found, and what to try."""
    taken = [line(Segment(f" {_('Enter in the query searches for it.')}", Style.DIM))] if next_query(nothing) else []
    return [(), *no_results_lines(nothing, width), *taken]


def next_query(nothing: NoResults) -> str:
    """Return the query that is suggested where nothing was found, "" if there is none."""
    return nothing.query if nothing.unfiltered else nothing.suggestions.query


def told_lines(told: str, width: int) -> list[StyledLine]:
    """Lay out what came of an action."""
    return [(Segment(" "), *row) for row in wrap(line(plain(told)), width - 1)]
