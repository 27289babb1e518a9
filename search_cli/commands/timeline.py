"""`fangtan timeline`: count turns by year, quarter, month or week."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from search_cli.commands import chart_output, completion, context, search_output
from search_cli.commands import command_options as options
from search_cli.commands.output import OutputForm, are_hints_on, emit, output_form
from search_cli.commands.query_command import QueryCommand, join_words
from search_cli.query.request import Filters

if TYPE_CHECKING:
    from search_cli.charts.drawing import Drawing
    from search_cli.search.timeline import Timeline

_ACROSS, _ALL = 8, 1000

By = Annotated[
    Literal["year", "quarter", "month", "week"],
    typer.Option("--by", help="Length of a period; weeks begin on Monday (ISO 8601)."),
]
Split = Annotated[
    str,
    typer.Option(
        "--split",
        metavar="FIELD",
        help="Count each period by speaker, topic, outlet or another field too.",
        autocompletion=completion.fields,
        show_default=False,
    ),
]
Across = Annotated[
    int | None,
    typer.Option("--limit", "-n", min=1, metavar="N", help=f"Maximum number of values of --split (default {_ACROSS})."),
]
Per = Annotated[
    Literal["10k"] | None,
    typer.Option("--per", help="Show turns per 10,000 characters, to compare periods of which there is little."),
]


def register(app: typer.Typer) -> None:
    """Add `fangtan timeline`."""
    app.command(cls=QueryCommand, rich_help_panel="Browse")(timeline)


@options.with_filters()
def timeline(
    words: options.Words = None,
    *,
    filters: Filters,
    by: By = "year",
    split: Split = "",
    limit: Across = None,
    per: Per = None,
    json: options.Json = False,
    jsonl: options.JsonLines = False,
    csv: options.Csv = False,
    output: options.Output = None,
    svg: chart_output.Svg = None,
    png: chart_output.Png = None,
    hints: options.Hints = True,
) -> None:
    """Count turns by year, quarter, month or week, with bars.

    Counts all turns, or those that match a query, as facets do. Turns of
    interviews without a date are counted apart.

    Examples:
      fangtan timeline 手机
      fangtan timeline 手机 --by month --since 2018
      fangtan timeline 手机 --split speaker --limit 3
      fangtan timeline --by quarter --split topic -o topics.csv
      fangtan timeline 手机 --svg phones.svg
    """
    from search_cli.rendering.formats.count_rows import timeline_table
    from search_cli.rendering.pages.timeline_chart import TimelinePage, timeline_lines

    form = output_form(json=json, jsonl=jsonl, csv=csv, output=output)
    chart_output.check_charts(form, svg, png)
    query = join_words(words)
    field = options.facet_field(split) if split else ""
    across = limit or (_ALL if form is OutputForm.CSV else _ACROSS)
    found = context.archive(filters, query).timeline(query, by, field, across, **filters)
    if found.turns and chart_output.write_charts(lambda: _chart(found, bool(per)), svg, png):
        return
    kept = [one for one in search_output.typed_filters(filters) if not one.startswith(("--since ", "--until "))]
    emit(
        form,
        screen=lambda width: timeline_lines(found, TimelinePage(width, bool(per), are_hints_on(hints), kept)),
        json=lambda: asdict(found),
        lines=lambda: map(asdict, found.periods),
        rows=lambda: timeline_table(found),
        output=output,
    )


def _chart(found: "Timeline", per: bool) -> "Drawing":
    """Return the chart of a timeline: columns, or of a split one a heat map."""
    from search_cli.charts.column_chart import column_chart
    from search_cli.charts.heat_map import timeline_map

    return timeline_map(found, per=per) if found.split else column_chart(found, per=per)
