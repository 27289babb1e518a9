"""`fangtan topic NAME`: one topic on one page."""

from typing import Annotated

import typer

from search_cli.commands import command_options as options
from search_cli.commands import completion, context
from search_cli.commands.output import are_hints_on, emit, output_form
from search_cli.commands.search_output import typed_filters
from search_cli.query.request import Filters

Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="A topic, a part of its name, or one of its words.",
        autocompletion=completion.topics,
        show_default=False,
    ),
]
Best = Annotated[int, typer.Option("--turns", metavar="N", min=0, max=100, help="Show this many of its best turns.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan topic`."""
    app.command(rich_help_panel="Browse")(topic)


@options.with_filters("topic", *options.QUERY_FILTERS)
def topic(
    name: Name,
    turns: Best = 3,
    *,
    filters: Filters,
    json: options.Json = False,
    jsonl: options.JsonLines = False,
    csv: options.Csv = False,
    output: options.Output = None,
    hints: options.Hints = True,
) -> None:
    """Show a topic: its words, who speaks of it, when, its best turns.

    Words have their weights, and the turns of the topic that have them;
    speakers the share of their own turns. A turn may have several topics.
    Filters limit all of it.

    Examples:
      fangtan topic 城市更新
      fangtan topic 口袋公园 --since 2016 --turns 5
      fangtan topic 城市更新 -o topic.csv
    """
    from dataclasses import asdict

    from search_cli.rendering.formats.topic_rows import TOPIC_COLUMNS, topic_objects, topic_rows
    from search_cli.rendering.pages.topic_page import profile_lines

    form = output_form(json=json, jsonl=jsonl, csv=csv, output=output)
    profile = context.archive(filters).topic(name, turns, **filters)
    emit(
        form,
        screen=lambda width: profile_lines(profile, width, typed_filters(filters), are_hints_on(hints)),
        json=lambda: asdict(profile),
        lines=lambda: topic_objects(profile),
        rows=lambda: (TOPIC_COLUMNS, topic_rows(profile)),
        output=output,
    )
