"""`fangtan dispersion`: where in each interview a word falls."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from search_cli.commands import chart_output, context, search_output
from search_cli.commands import command_options as options
from search_cli.commands.output import OutputForm, are_hints_on, emit, output_form
from search_cli.commands.query_command import QueryCommand, join_words
from search_cli.query.request import Filters

if TYPE_CHECKING:
    from search_cli.archive import Archive
    from search_cli.charts.drawing import Drawing
    from search_cli.kwic.dispersion import Dispersion
    from search_cli.rendering.terminal.styles import StyledLine

_LINES = 20

SortOption = Annotated[
    Literal["count", "rate", "date"],
    typer.Option("--sort", help="Most occurrences first, most per 10,000 characters (rate), or oldest (date)."),
]
LimitOption = Annotated[
    int | None,
    typer.Option(
        "--limit",
        "-n",
        min=1,
        metavar="N",
        help=f"Maximum number of interviews (default {_LINES}; all in --json, --jsonl, --csv).",
    ),
]


def register(app: typer.Typer) -> None:
    """Add `fangtan dispersion`."""
    app.command(cls=QueryCommand, rich_help_panel="Browse")(dispersion)


@options.with_filters()
def dispersion(
    words: options.Words = None,
    *,
    filters: Filters,
    sort: SortOption = "count",
    limit: LimitOption = None,
    json: options.Json = False,
    jsonl: options.JsonLines = False,
    csv: options.Csv = False,
    output: options.Output = None,
    svg: chart_output.Svg = None,
    png: chart_output.Png = None,
    hints: options.Hints = True,
) -> None:
    """Show where in each interview a word falls, a line per interview.

    Counts occurrences, as kwic does. DP, the deviation of proportions (Gries
    2008), is 0 if interviews share a word as they share the text, and near 1
    if one has it all.

    Examples:
      fangtan dispersion 手机
      fangtan dispersion 手机 --sort date --role 受访
      fangtan dispersion 小米 OR 华为 -o places.csv
      fangtan dispersion 手机 --svg places.svg
    """
    from search_cli.rendering.formats import count_rows

    form = output_form(json=json, jsonl=jsonl, csv=csv, output=output)
    chart_output.check_charts(form, svg, png)
    query = join_words(words)
    archive = context.archive(filters, query)
    most = limit or (_LINES if form is OutputForm.SCREEN else None)
    found = archive.dispersion(query, sort, most, **filters)
    if found.lines and chart_output.write_charts(lambda: _chart(found), svg, png):
        return
    emit(
        form,
        screen=lambda width: _screen(archive, found, filters, width, hints=are_hints_on(hints)),
        json=lambda: count_rows.dispersion_object(found),
        lines=lambda: map(count_rows.dispersion_line_object, found.lines),
        rows=lambda: (count_rows.DISPERSION_COLUMNS, map(count_rows.dispersion_row, found.lines)),
        output=output,
    )


def _chart(found: "Dispersion") -> "Drawing":
    from search_cli.charts.rug_plot import rug_plot

    return rug_plot(found)


def _screen(
    archive: "Archive", found: "Dispersion", filters: Filters, width: int, *, hints: bool
) -> "list[StyledLine]":
    """Return the screen of a dispersion, or that of a concordance without lines."""
    from search_cli.rendering.pages.dispersion_lines import dispersion_lines
    from search_cli.rendering.pages.no_results import no_results_lines

    typed = search_output.typed_filters(filters)
    if found.occurrences:
        return dispersion_lines(found, width, typed, hints)
    nothing = search_output.no_results(
        archive, found, filters, lambda other: archive.kwic(found.query, limit=1, **other).turns, "dispersion"
    )
    return no_results_lines(nothing, width, hints)
