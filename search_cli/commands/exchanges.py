"""`fangtan exchanges`: find questions with their answers."""

from typing import TYPE_CHECKING, cast

import typer

from search_cli.commands import command_options as options
from search_cli.commands import context, group_output, search_output
from search_cli.commands.output import OutputForm, are_hints_on, emit, output_form
from search_cli.commands.query_command import QueryCommand, join_words
from search_cli.query.request import Filters, SearchOptions, Sort

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search_cli.archive import Archive
    from search_cli.search.exchange_search import ExchangeHit, ExchangeResult


def register(app: typer.Typer) -> None:
    """Add `fangtan exchanges`."""
    app.command(cls=QueryCommand, rich_help_panel="Search")(exchanges)


@options.with_filters()
def exchanges(
    words: options.Words = None,
    *,
    filters: Filters,
    sort: options.SortOption = Sort.RELEVANCE,
    seed: options.Seed = None,
    limit: group_output.Exchanges = None,
    page: options.PageNumber = 1,
    facet: options.FacetFields = None,
    json: options.Json = False,
    jsonl: options.JsonLines = False,
    csv: options.Csv = False,
    ids: group_output.FirstTurns = False,
    output: options.Output = None,
    all_hits: group_output.AllExchanges = False,
    hints: options.Hints = True,
) -> None:
    """Find questions with their answers, each in full.

    An exchange is found by its turns, those with every word, or if there are none
    with most, or with some; ▸ is beside them. The one with the best turn is first.
    Turns outside any exchange are counted, but not shown.

    Examples:
      fangtan exchanges 小米 合作
      fangtan exchanges asked:隐私 --role 受访
      fangtan exchanges 手机 --volunteered 手机 --sort date
      fangtan exchanges 公园 --all -o 公园.csv
    """
    form = output_form(json=json, jsonl=jsonl, csv=csv, ids=ids, output=output)
    query = join_words(words)
    page_options = SearchOptions(
        sort=sort, seed=seed, limit=limit or group_output.LIMIT, page=page, facets=group_output.facets(facet)
    )
    every_option = cast("SearchOptions", {**filters, **page_options})
    command = search_output.SearchCommand(query, filters, every_option, True, are_hints_on(hints), output)
    archive = context.archive(filters, query)
    if all_hits:
        group_output.check_rows(form)
        _emit(command, form, archive.export_exchanges(query, **every_option))
    else:
        result = archive.exchanges(query, **every_option)
        _emit(command, form, result.found, (archive, result))


def _emit(
    command: search_output.SearchCommand,
    form: OutputForm,
    found: "Iterable[ExchangeHit]",
    page: "tuple[Archive, ExchangeResult] | None" = None,
) -> None:
    """Print exchanges in a form, or write them to a file; a `page` has a screen and an object."""
    from search_cli.rendering.formats import group_rows
    from search_cli.rendering.pages.exchange_list import GroupPage, exchange_lines, nothing_lines

    def screen(width: int) -> "group_output.Screen":
        if page is None:
            return ()
        archive, result = page
        if result.found:
            return exchange_lines(result, GroupPage(width, command.hints))
        if result.counts.outside and not result.counts.groups:
            return nothing_lines(result, width, command.hints, search_output.typed_filters(command.filters))
        return group_output.nothing(command, archive, result.counts, width)

    emit(
        form,
        screen=screen,
        json=lambda: group_rows.exchanges_object(page[1]) if page else (),
        lines=lambda: map(group_rows.exchange_object, found),
        rows=lambda: (group_rows.EXCHANGE_COLUMNS, group_rows.exchange_rows(found)),
        turns=lambda: (one.turns[0].turn for one in found),
        output=command.output,
    )
