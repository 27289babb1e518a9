"""`fangtan why`: explain the rank of a turn in a search."""

import typer

from search_cli.commands import command_options as options
from search_cli.commands import context
from search_cli.commands.output import are_hints_on, emit, output_form
from search_cli.commands.query_command import QueryCommand, join_words
from search_cli.query.request import Filters, Sort


def register(app: typer.Typer) -> None:
    """Add `fangtan why`."""
    app.command(cls=QueryCommand, rich_help_panel="Search")(why)


@options.with_filters()
def why(
    address: options.TurnAddress,
    words: options.Words = None,
    *,
    filters: Filters,
    sort: options.SortOption = Sort.RELEVANCE,
    json: options.Json = False,
    hints: options.Hints = True,
) -> None:
    """Explain the rank of a turn in a search, or why it is not found.

    Give the address of the turn, then the query and options of the search. The numbers add up to the score.

    Examples:
      fangtan why qzone-xiaomi#9 用户 年轻
      fangtan why qz#9 用户 -广告 --speaker 搜狐IT
      fangtan why qz#9 用户 年轻 --json
    """
    from search_cli.rendering.formats.json_objects import explanation_object
    from search_cli.rendering.pages.score_report import why_lines

    query = join_words(words)
    explanation = context.archive(filters, query).why(address, query, sort=sort, **filters)
    emit(
        output_form(json=json),
        screen=lambda width: why_lines(explanation, width, are_hints_on(hints)),
        json=lambda: explanation_object(explanation),
    )
