"""`fangtan similar`: find turns similar to one."""

from typing import Annotated

import typer

from search_cli.commands import command_options as options
from search_cli.commands import context, search_output
from search_cli.commands.output import are_hints_on, emit, output_form
from search_cli.query.request import Filters

SameInterview = Annotated[
    bool, typer.Option("--same-interview", help="Include turns of the same interview.", rich_help_panel="Filters")
]


def register(app: typer.Typer) -> None:
    """Add `fangtan similar`."""
    app.command(rich_help_panel="Search")(similar)


@options.with_filters(*options.QUERY_FILTERS)
def similar(
    address: options.TurnAddress,
    same_interview: SameInterview = False,
    *,
    filters: Filters,
    limit: options.MaxHits = None,
    full: options.Full = False,
    json: options.Json = False,
    jsonl: options.JsonLines = False,
    csv: options.Csv = False,
    ids: options.Ids = False,
    output: options.Output = None,
    hints: options.Hints = True,
) -> None:
    """Find turns of other interviews that are similar to one, with the words they share.

    A turn is compared together with the question it answers, or its answer; a short one (对。) with its exchange.
    Once fangtan embed was run, by its meaning too.

    Examples:
      fangtan similar qzone-xiaomi#9
      fangtan similar qz#9 --same-interview --role 受访
      fangtan similar qz#9 --since 2014 -o similar.csv
    """
    from search_cli.rendering.formats.csv_rows import HIT_COLUMNS, hit_row
    from search_cli.rendering.formats.json_objects import similar_hit_object, similar_object
    from search_cli.rendering.pages.hits import Layout
    from search_cli.rendering.pages.similar_turns import SimilarPage, similar_lines

    form = output_form(json=json, jsonl=jsonl, csv=csv, ids=ids, output=output)
    turns = context.archive(filters).similar(address, limit or search_output.LIMIT, same_interview, **filters)
    typed = search_output.typed_filters(filters)
    emit(
        form,
        screen=lambda width: similar_lines(turns, SimilarPage(Layout(width, full), typed, are_hints_on(hints))),
        json=lambda: similar_object(turns),
        lines=lambda: map(similar_hit_object, turns.found),
        rows=lambda: ((*HIT_COLUMNS, "shared"), ([*hit_row(one.hit), one.shared] for one in turns.found)),
        turns=lambda: (one.hit.turn for one in turns.found),
        output=output,
    )
