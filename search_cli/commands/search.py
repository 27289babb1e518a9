"""`fangtan search`: who said what about it."""

from typing import cast

import typer

from search_cli.commands import common_options as given
from search_cli.commands import filter_options as narrow
from search_cli.commands import search_output, trec
from search_cli.commands.context import field
from search_cli.commands.context import hints as hints_on
from search_cli.commands.query_command import QueryCommand, query_of
from search_cli.commands.search_output import OutputForm, SearchCommand
from search_cli.query.request import Filters, SearchOptions, Sort


def register(app: typer.Typer) -> None:
    """Add `fangtan search`."""
    app.command(cls=QueryCommand, rich_help_panel="Ask")(search)


@narrow.narrowed()
def search(
    words: narrow.Words = None,
    *,
    narrowed: Filters,
    sort: given.SortOption = Sort.RELEVANCE,
    limit: given.Limit = None,
    page: given.PageNumber = 1,
    facet: given.FacetFields = None,
    context: given.Context = 0,
    full: given.Full = False,
    json: given.Json = False,
    jsonl: given.JsonLines = False,
    csv: given.Csv = False,
    ids: given.Ids = False,
    everything: given.Everything = False,
    show_query: given.ShowQuery = False,
    hints: given.Hints = True,
    queries: given.Queries = None,
    form: given.Format = "trec",
) -> None:
    """Find the turns that say it, with who, when and where.

    Words need no quotes. "Exact text" stands in quotes of its own, -word leaves out, OR stands between two.

    Examples:
      fangtan search 小米 合作
      fangtan search '"红米手机"' --role 受访
      fangtan search 用户 -广告 --speaker 郑志昊 --since 2013
      fangtan search 公园 --facet speaker --facet year
      fangtan search 公园 --csv --all > 公园.csv
    """
    chosen = search_output.form_of(json=json, jsonl=jsonl, csv=csv, ids=ids)
    if queries is not None:
        trec.run(queries, query_of(words), bool(narrowed), limit)
        return
    counted = tuple(dict.fromkeys(field(one) for one in facet or ()))
    order = SearchOptions(sort=sort, limit=limit or search_output.LIMIT, page=page, context=context, facets=counted)
    options = cast("SearchOptions", {**narrowed, **order})
    asked = SearchCommand(query_of(words), options, narrowed, counted, full, hints_on(hints))
    if show_query:
        search_output.show_query(asked)
    elif everything:
        search_output.pour_all(asked, chosen)
    elif chosen is OutputForm.SCREEN:
        search_output.show(asked)
    else:
        search_output.pour_page(asked, chosen)
