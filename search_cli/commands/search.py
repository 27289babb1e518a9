"""`fangtan search`: find turns."""

from pathlib import Path
from typing import Annotated, Literal, cast

import typer

from search_cli.commands import command_options as options
from search_cli.commands import group_output, search_output
from search_cli.commands.output import are_hints_on, output_form
from search_cli.commands.query_command import QueryCommand, join_words
from search_cli.query.request import By, Filters, SearchOptions, Sort

ByOption = Annotated[
    By | None,
    typer.Option(
        "--by",
        help="Find turns by their words, by meaning, or by both: the default once fangtan embed was run.",
        rich_help_panel="Order and size",
    ),
]

Queries = Annotated[
    Path | None,
    typer.Option(
        "--queries",
        metavar="FILE",
        help="File of queries, one per line: id, tab, query; - is standard input.",
        rich_help_panel="Many queries",
    ),
]
Format = Annotated[
    Literal["trec"],
    typer.Option(
        "--format", help="Print a TREC run: qid Q0 interview#turn rank score fangtan.", rich_help_panel="Many queries"
    ),
]


def register(app: typer.Typer) -> None:
    """Add `fangtan search`."""
    app.command(cls=QueryCommand, rich_help_panel="Search")(search)


@options.with_filters()
def search(
    words: options.Words = None,
    *,
    filters: Filters,
    by: ByOption = None,
    sort: options.SortOption = Sort.RELEVANCE,
    seed: options.Seed = None,
    limit: options.Limit = None,
    page: options.PageNumber = 1,
    per: group_output.Per = None,
    facet: options.FacetFields = None,
    context: options.Context = 0,
    full: options.Full = False,
    json: options.Json = False,
    jsonl: options.JsonLines = False,
    csv: options.Csv = False,
    ids: options.Ids = False,
    output: options.Output = None,
    all_hits: options.AllHits = False,
    show_query: options.ShowQuery = False,
    hints: options.Hints = True,
    queries: Queries = None,
    trec_format: Format = "trec",
) -> None:
    """Find turns by their words, with speaker, date and source.

    Words need no quotes. Use "..." for an exact phrase, -word to exclude a word, and OR for alternatives.

    Fields, as in title:椅子 or year:2019: speaker, role, topic, keyword, outlet,
    interview, title, author, affiliation, label, language, date, year, number,
    mentions, asked, answered, volunteered and tag.

    Examples:
      fangtan search 小米 合作
      fangtan search '"红米手机"' --role 受访
      fangtan search 用户 -广告 --speaker 郑志昊 --since 2013
      fangtan search 公园 --facet speaker --facet year
      fangtan search 公园 --sort random --seed 1 -n 50
      fangtan search 公园 --per speaker
      fangtan search 涨房租的事怎么说 --by meaning
      fangtan search 公园 --all -o 公园.csv
    """
    form = output_form(json=json, jsonl=jsonl, csv=csv, ids=ids, output=output)
    if queries is not None:
        from search_cli.commands import trec

        trec.run(queries, join_words(words), bool(search_output.typed_filters(filters)), limit, by)
        return
    facets = tuple(dict.fromkeys(map(options.facet_field, facet or ())))
    page_options = SearchOptions(
        by=by, sort=sort, seed=seed, limit=limit or search_output.LIMIT, page=page, context=context, facets=facets
    )
    every_option = cast("SearchOptions", {**filters, **page_options})
    command = search_output.SearchCommand(join_words(words), filters, every_option, full, are_hints_on(hints), output)
    if per is not None:
        group_output.show_per(command, per, form, all_hits, show_query)
    elif show_query:
        search_output.show_requests(command)
    elif all_hits:
        search_output.export_all(command, form)
    else:
        search_output.show_page(command, form)
