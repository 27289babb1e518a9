"""A search's answer, as a screen or for another program."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from indexer.errors import UsageError
from search_cli.commands import context
from search_cli.query.request import Filters, SearchOptions

if TYPE_CHECKING:
    from search_cli.archive import Archive
    from search_cli.models import Hit, SearchResult

LIMIT = 10
_NARROWING = ("speaker", "topic")
"""Counted with every search on a screen, shown where there is more than fits on the page."""


class OutputForm(StrEnum):
    """How hits are printed; the values are the options."""

    SCREEN = "a screen"
    JSON = "--json"
    LINES = "--jsonl"
    CSV = "--csv"
    IDS = "--ids"


@dataclass(frozen=True, slots=True)
class SearchCommand:
    """A search as it was typed: `options` are all, `narrowed` the filters among them, `facets` those asked for."""

    query: str
    options: SearchOptions
    narrowed: Filters
    facets: tuple[str, ...] = ()
    full: bool = False
    hints: bool = True


def show(asked: SearchCommand) -> None:
    """Print the screen of a search."""
    from search_cli.rendering.pages.hits import Layout
    from search_cli.rendering.pages.results import ResultPage, page_lines
    from search_cli.rendering.terminal.console import width, write

    archive = context.archive()
    options = asked.options.copy()
    options["facets"] = tuple(dict.fromkeys((*asked.facets, *_NARROWING)))
    result = archive.search(asked.query, **options)
    if not result.hits:
        _show_nothing(asked, archive, result)
        return
    write(page_lines(result, ResultPage(Layout(width(), asked.full), asked.facets, asked.hints, result.filters)))


def _show_nothing(asked: SearchCommand, archive: "Archive", result: "SearchResult") -> None:
    """Print what was searched and what is near, or that the page is past the last."""
    from search_cli.rendering.pages.no_results import Empty, nothing_lines
    from search_cli.rendering.terminal.console import width, write

    if result.total:
        pages = -(-result.total // result.limit)
        raise UsageError(f"There is no page {result.page}: the last is {pages}.", f"Add --page {pages}.")
    near = archive.near(asked.query, **asked.narrowed)
    without = archive.search(asked.query, limit=1).total if filters_of(asked.narrowed) else 0
    write(nothing_lines(Empty(result, near, filters_of(asked.narrowed), without), width(), asked.hints))


def form_of(*, json: bool = False, jsonl: bool = False, csv: bool = False, ids: bool = False) -> OutputForm:
    """Return the one form that was asked for, the screen if none was."""
    chosen = [
        form
        for form, wanted in (
            (OutputForm.JSON, json),
            (OutputForm.LINES, jsonl),
            (OutputForm.CSV, csv),
            (OutputForm.IDS, ids),
        )
        if wanted
    ]
    if len(chosen) > 1:
        raise UsageError(f"{chosen[0]} and {chosen[1]} are two forms of one answer.", "Take one of them.")
    return chosen[0] if chosen else OutputForm.SCREEN


def filters_of(narrowed: Filters) -> tuple[str, ...]:
    """Return the filters as they can be typed: --speaker 郑志昊 --since 2013."""
    from search_cli.rendering.terminal.humanize import argument

    return tuple(
        f"--{name} {argument(one)}"
        for name, values in narrowed.items()
        for one in (values if isinstance(values, tuple) else (str(values),))
    )


def pour_page(asked: SearchCommand, form: OutputForm) -> None:
    """Print one page of hits for another program."""
    from search_cli.rendering.formats import machine

    result = context.archive().search(asked.query, **asked.options)
    if form is OutputForm.JSON:
        context.pour([machine.json_text(machine.result_object(result)) + "\n"])
    else:
        context.pour(_lines(result.hits, form))


def pour_all(asked: SearchCommand, form: OutputForm) -> None:
    """Print every hit for another program, a line at a time."""
    if form in {OutputForm.SCREEN, OutputForm.JSON}:
        raise UsageError("--all prints every hit, which takes a form of lines.", "Add --jsonl, --csv or --ids.")
    context.pour(_lines(context.archive().export(asked.query, **asked.options), form))


def _lines(hits: "Iterable[Hit]", form: OutputForm) -> Iterator[str]:
    """Yield the lines of some hits in one of the forms that have lines."""
    from search_cli.rendering.formats import machine

    if form is OutputForm.CSV:
        return machine.csv_lines(hits)
    if form is OutputForm.IDS:
        return (machine.address_line(hit.turn) for hit in hits)
    return (machine.json_text(machine.hit_object(hit)) + "\n" for hit in hits)


def show_query(asked: SearchCommand) -> None:
    """Print the requests of a search, for curl."""
    from search_cli.rendering.formats.curl import commands

    settings = context.settings()
    archive = context.archive()
    requests = archive.request_bodies(asked.query, **asked.options)
    context.pour(commands(requests, context.address(settings), settings))
