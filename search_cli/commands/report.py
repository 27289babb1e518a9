"""`fangtan report`: a search with its charts and its concordance on one page of HTML."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from indexer.language.messages import gettext as _
from indexer.language.messages import ngettext, pgettext
from search_cli.commands import command_options as options
from search_cli.commands import context, search_output
from search_cli.commands.output import are_hints_on, write_file, write_text
from search_cli.commands.query_command import QueryCommand, join_words
from search_cli.query.request import Filters, SearchOptions, Sort

if TYPE_CHECKING:
    from search_cli.report.collection import Report

_HITS, _LINES, _MOST = 100, 50, 10_000

ToFile = Annotated[
    Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write; - is standard output.")
]
Hits = Annotated[int, typer.Option("--hits", min=1, max=_MOST, metavar="N", help="Maximum number of hits.")]
Lines = Annotated[
    int, typer.Option("--lines", min=0, max=_MOST, metavar="N", help="Maximum number of lines of the concordance.")
]
Facets = Annotated[
    list[str] | None,
    typer.Option(
        "--facet",
        metavar="FIELD",
        help="Count turns by this field; by default speaker, topic, outlet and role. Repeatable.",
        autocompletion=options.completion.fields,
        show_default=False,
    ),
]
PeriodOption = Annotated[
    Literal["year", "quarter", "month", "week"], typer.Option("--period", help="Length of a period of the timeline.")
]


def register(app: typer.Typer) -> None:
    """Add `fangtan report`."""
    app.command(cls=QueryCommand, rich_help_panel="Search")(report)


@options.with_filters()
def report(
    words: options.Words = None,
    *,
    filters: Filters,
    output: ToFile,
    hits: Hits = _HITS,
    lines: Lines = _LINES,
    sort: options.SortOption = Sort.RELEVANCE,
    facet: Facets = None,
    period: PeriodOption = "year",
    hints: options.Hints = True,
) -> None:
    """Write a search to one page of HTML: hits, facets, timeline, concordance.

    The page stands alone: it opens in any browser without a network, has no
    script, and can be printed. Every turn on it has an address to link to.

    Examples:
      fangtan report 小米 合作 -o report.html
      fangtan report 公园 --speaker 梁叙白 --hits 20 -o 公园.html
      fangtan report 手机 --facet speaker --facet year --period month -o phones.html
    """
    from importlib.metadata import version

    from search_cli.report.collection import FACETS, ReportOptions, collect

    query = join_words(words)
    chosen = tuple(dict.fromkeys(map(options.facet_field, facet or FACETS)))
    typed = search_output.typed_filters(filters)
    archive = context.archive(filters, query)
    asked = ReportOptions(hits, lines, str(sort), chosen, period, typed, version("fangtan"))
    found = collect(archive, query, filters, asked)
    if found.result.hits:
        _write(output, found)
        return
    from search_cli.rendering.terminal.console import width, write

    search = search_output.SearchCommand(query, filters, SearchOptions(), hints=are_hints_on(hints))
    write(search_output.nothing_found(search, archive, width()))


def _write(output: Path, found: "Report") -> None:
    """Write the page, and tell what it has."""
    from search_cli.report.page import page

    if str(output) == "-":
        write_text(page(found))
        return
    write_file(output, page(found), marked=False)
    from search_cli.rendering.terminal.console import width, write
    from search_cli.rendering.terminal.styles import Segment, Style, line
    from search_cli.rendering.terminal.wrapping import wrap

    write(wrap(line(" ", Segment(_told(output, found), Style.DIM)), width()))


def _told(output: Path, found: "Report") -> str:
    """Return what was written: report.html: 12 of 12 hits, 9 of 9 occurrences, 48 KB."""
    from indexer.text.printable import plain
    from search_cli.rendering.terminal import humanize

    shown, hits = len(found.result.hits), found.result.pageable
    told = ngettext("{shown} of {number} hit", "{shown} of {number} hits", hits)
    parts = [told.format(shown=f"{shown:,}", number=f"{hits:,}"), *_told_lines(found)]
    if output.is_file():
        parts.append(humanize.size(output.stat().st_size))
    return _("{path}: {parts}").format(path=plain(str(output)), parts=pgettext("clauses", ", ").join(parts))


def _told_lines(found: "Report") -> list[str]:
    """Return how many lines the concordance has, of how many occurrences, if there is one."""
    if found.concordance is None:
        return []
    shown, occurrences = len(found.concordance.lines), found.concordance.occurrences
    if occurrences is None:
        return [_("{shown} of many occurrences").format(shown=f"{shown:,}")]
    told = ngettext("{shown} of {number} occurrence", "{shown} of {number} occurrences", occurrences)
    return [told.format(shown=f"{shown:,}", number=f"{occurrences:,}")]
