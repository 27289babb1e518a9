"""Print the hits of a search: a page or all of them, and the screen of a search without hits."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.commands import context
from search_cli.commands.output import OutputForm, Table, emit, write_text
from search_cli.query.request import Filters, SearchOptions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search_cli.archive import Archive
    from search_cli.kwic.collocates import Collocates
    from search_cli.kwic.concordance import Concordance
    from search_cli.kwic.counts import OccurrenceCounts
    from search_cli.kwic.dispersion import Dispersion
    from search_cli.models import Hit, SearchResult
    from search_cli.rendering.pages.no_results import NoResults
    from search_cli.rendering.terminal.styles import StyledLine

LIMIT = 10
_SUGGESTED_FACETS = ("speaker", "topic")
"""Counted with every search on a screen, shown if there are more hits than fit on the page."""
_EXPANSIONS = ("synonyms", "regional")


@dataclass(frozen=True, slots=True)
class SearchCommand:
    """A search as typed: `options` has the filters too; `full` and `hints` are those of the screen.

    `output` is the file to write.
    """

    query: str
    filters: Filters
    options: SearchOptions
    full: bool = False
    hints: bool = True
    output: Path | None = None

    @property
    def facets(self) -> tuple[str, ...]:
        """Return the fields of `--facet`."""
        return tuple(self.options.get("facets", ()))


def show_page(command: SearchCommand, form: OutputForm) -> None:
    """Print a page of hits."""
    archive = context.archive(command.filters, command.query)
    options = command.options.copy()
    if form is OutputForm.SCREEN:
        options["facets"] = tuple(dict.fromkeys((*command.facets, *_SUGGESTED_FACETS)))
    result = archive.search(command.query, **options)
    _emit(
        form,
        command.output,
        result.hits,
        lambda width: _screen(command, archive, result, width),
        lambda: _json(result),
    )


def _json(result: "SearchResult") -> object:
    from search_cli.rendering.formats.json_objects import result_object

    return result_object(result)


def export_all(command: SearchCommand, form: OutputForm) -> None:
    """Print every hit, one per line, for another program."""
    if form in {OutputForm.SCREEN, OutputForm.JSON}:
        raise UsageError(_("--all requires a format with one hit per line."), _("Add --jsonl, --csv or --ids."))
    found = context.archive(command.filters, command.query).export(command.query, **command.options)
    _emit(form, command.output, found)


def _emit(
    form: OutputForm,
    output: Path | None,
    hits: "Iterable[Hit]",
    screen: "Callable[[int], Iterable[StyledLine]]" = lambda width: (),
    json: Callable[[], object] = tuple,
) -> None:
    """Print hits in a form, or write them to a file."""
    emit(
        form,
        screen=screen,
        json=json,
        lines=lambda: _objects(hits),
        rows=lambda: _rows(hits),
        turns=lambda: (hit.turn for hit in hits),
        output=output,
    )


def _objects(hits: "Iterable[Hit]") -> "Iterable[object]":
    from search_cli.rendering.formats.json_objects import hit_object

    return map(hit_object, hits)


def _rows(hits: "Iterable[Hit]") -> Table:
    from search_cli.rendering.formats.csv_rows import HIT_COLUMNS, hit_row

    return HIT_COLUMNS, map(hit_row, hits)


def show_requests(command: SearchCommand) -> None:
    """Print the requests of a search as curl commands."""
    from indexer import settings as environment
    from search_cli.rendering.formats.curl import commands

    settings = environment.load()
    requests = context.archive(command.filters, command.query).request_bodies(command.query, **command.options)
    write_text(commands(requests, context.address(settings), settings))


def no_results(
    archive: "Archive",
    found: "SearchResult | Concordance | Collocates | OccurrenceCounts | Dispersion",
    filters: Filters,
    count: Callable[[Filters], int],
    command: str = "search",
) -> "NoResults":
    """Collect what the screen of a search without hits shows; `count` counts its turns with other filters."""
    from search_cli.rendering.pages.no_results import NoResults

    typed = typed_filters(filters)
    unfiltered = count(_expansions(filters)) if typed else 0
    near = archive.near(found.query, **filters)
    words = near.searched or found.words
    return NoResults(found.query, words, found.archive_interviews, near, typed, unfiltered, command)


def typed_filters(filters: Filters) -> tuple[str, ...]:
    """Return filters as typed: --speaker 郑志昊 --since 2013."""
    from search_cli.rendering.terminal.humanize import argument

    return tuple(
        f"--{name} {argument(value)}"
        for name, values in filters.items()
        if name not in _EXPANSIONS
        for value in (values if isinstance(values, tuple) else (str(values),))
    )


def _expansions(filters: Filters) -> Filters:
    """Return the switches for other words to search, which stay when the filters are removed."""
    return cast("Filters", {name: value for name, value in filters.items() if name in _EXPANSIONS})


def _screen(command: SearchCommand, archive: "Archive", result: "SearchResult", width: int) -> "list[StyledLine]":
    """Return the screen of a page; raise `UsageError` if it is past the last."""
    from search_cli.rendering.pages.hits import Layout
    from search_cli.rendering.pages.results import ResultPage, page_lines

    if result.hits:
        layout = Layout(width, command.full)
        return page_lines(result, ResultPage(layout, command.facets, command.hints, result.filters))
    if result.pageable:
        pages = -(-result.pageable // result.limit)
        raise no_page(result.page, pages)
    return _nothing(command, archive, result, width)


def no_page(page: int, last: int) -> UsageError:
    """Return the error for a page past the last."""
    message = _("There is no page {page}: the last is {last}.").format(page=page, last=last)
    return UsageError(message, _("Add --page {last}.").format(last=last))


def nothing_found(command: SearchCommand, archive: "Archive", width: int) -> "list[StyledLine]":
    """Return the screen of a search that found nothing, as another command made it."""
    return _nothing(command, archive, archive.search(command.query, limit=1, **command.filters), width)


def _nothing(command: SearchCommand, archive: "Archive", result: "SearchResult", width: int) -> "list[StyledLine]":
    from search_cli.rendering.pages.no_results import no_results_lines

    nothing = no_results(archive, result, command.filters, lambda filters: _total(archive, command.query, filters))
    return no_results_lines(nothing, width, command.hints)


def _total(archive: "Archive", query: str, filters: Filters) -> int:
    return archive.search(query, limit=1, **filters).total
