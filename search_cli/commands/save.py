"""`fangtan save`: keep a search under a name."""

from typing import Annotated

import typer

from search_cli.commands import command_options as options
from search_cli.commands import context
from search_cli.commands.output import are_hints_on, emit, output_form
from search_cli.commands.query_command import QueryCommand, join_words
from search_cli.query.request import Filters, Sort

Name = Annotated[str, typer.Argument(metavar="NAME", help="A name without spaces: @NAME stands for it in queries.")]
Replace = Annotated[bool, typer.Option("--replace", help="Replace the saved search of this name.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan save`."""
    app.command(cls=QueryCommand, rich_help_panel="Search")(save)


@options.with_filters()
def save(
    name: Name,
    words: options.Words = None,
    *,
    filters: Filters,
    sort: options.SortOption = Sort.RELEVANCE,
    replace: Replace = False,
    json: options.Json = False,
    hints: options.Hints = True,
) -> None:
    """Keep a search under a name: @NAME stands for it in any query, and fangtan new tells what is new in it.

    In a query, @NAME is the search in brackets, with its filters. The turns
    that it has now are not new. Saved searches lie in searches.toml, which you
    may edit; fangtan saved lists them.

    Examples:
      fangtan save 小米合作 小米 合作 --role 受访
      fangtan search @小米合作 红米
      fangtan new 小米合作
    """
    from search_cli.rendering.formats.kept_objects import search_object
    from search_cli.rendering.pages.kept_search_list import saved_lines

    query = join_words(words)
    order = "" if sort is Sort.RELEVANCE else str(sort)
    kept = context.archive(filters, query).save(name, query, order, replace, **filters)
    emit(
        output_form(json=json),
        screen=lambda width: saved_lines(kept, width, are_hints_on(hints)),
        json=lambda: search_object(kept),
    )
