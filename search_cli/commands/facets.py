"""`fangtan facets`: count turns by one field or two."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.commands import chart_output, completion, context, search_output
from search_cli.commands import command_options as options
from search_cli.commands.output import OutputForm, are_hints_on, emit, output_form
from search_cli.commands.query_command import QueryCommand, join_words
from search_cli.query.request import Filters

if TYPE_CHECKING:
    from search_cli.charts.drawing import Drawing
    from search_cli.models import Facet
    from search_cli.search.crosstab import Crosstab

_VALUES, _ACROSS = 20, 8

Field = Annotated[
    str,
    typer.Argument(
        metavar="FIELD", help=f"{', '.join(completion.FIELDS)}.", autocompletion=completion.fields, show_default=False
    ),
]
Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FIELD] [QUERY]...",
        help="A second field for a crosstab, then a query as in a search.",
        show_default=False,
    ),
]
Size = Annotated[
    int | None,
    typer.Option("--limit", "-n", min=1, metavar="N", help="Maximum number of values (default 20; with --csv, all)."),
]
Per = Annotated[
    Literal["10k"] | None,
    typer.Option("--per", help="Show turns per 10,000 characters, to compare speakers who say little."),
]
Shares = Annotated[
    bool, typer.Option("--shares", help="With two fields, show the shares of each row's turns; files have counts.")
]


def register(app: typer.Typer) -> None:
    """Add `fangtan facets`."""
    app.command(cls=QueryCommand, rich_help_panel="Search")(facets)


@options.with_filters()
def facets(
    field: Field,
    words: Words = None,
    *,
    filters: Filters,
    limit: Size = None,
    per: Per = None,
    shares: Shares = False,
    json: options.Json = False,
    csv: options.Csv = False,
    output: options.Output = None,
    svg: chart_output.Svg = None,
    png: chart_output.Png = None,
    hints: options.Hints = True,
) -> None:
    """Count turns by speaker, topic, outlet or month, with bars and shares.

    Counts all turns, or those that match a query. Values chosen in a field do
    not limit that field itself, a range of dates does. A turn with several
    topics counts for each. A second field makes a crosstab.

    Examples:
      fangtan facets speaker
      fangtan facets topic 小米
      fangtan facets month --speaker 梁叙白
      fangtan facets speaker topic --per 10k
      fangtan facets speaker topic --shares
      fangtan facets speaker topic --svg topics.svg
    """
    fields, query = _parse(field, words or ())
    if shares and (per or len(fields) < 2):
        raise UsageError(_("--shares needs two fields, and no --per."), "fangtan facets speaker topic --shares")
    form = output_form(json=json, csv=csv, output=output)
    chart_output.check_charts(form, svg, png)
    archive = context.archive(filters, query)
    every = form is OutputForm.CSV
    typed = search_output.typed_filters(filters) if are_hints_on(hints) else None
    size = limit or (None if every else _VALUES)
    if len(fields) > 1 or per:
        rows, columns = (*fields, "")[:2]
        table = archive.cross(rows, columns, query, size, None if every else _ACROSS, **filters)
        unit = "share" if shares else "rate" if per else "turns"
        if not (table.turns and chart_output.write_charts(lambda: _crosstab_chart(table, unit, query), svg, png)):
            _emit_crosstab(form, table, query, output, unit, typed)
    else:
        (facet,) = archive.facets(*fields, query=query, size=size, **filters)
        if not (facet.buckets and chart_output.write_charts(lambda: _facet_chart(facet, query), svg, png)):
            _emit_facet(form, facet, query, output, typed)


def _parse(field: str, words: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the fields and the query; the first word is a field if it has the name of one."""
    first = options.facet_field(field)
    if words and options.is_facet_field(words[0]):
        return tuple(dict.fromkeys((first, options.facet_field(words[0])))), join_words(words[1:])
    return (first,), join_words(words)


def _emit_facet(
    form: OutputForm, facet: "Facet", query: str, output: Path | None, filters: Sequence[str] | None
) -> None:
    """Print the values of a field; a CSV table has no place for what else there is to say.

    `filters` are those of the next step, as typed; None for no next step.
    """
    from search_cli.rendering.pages.value_search import facet_search
    from search_cli.rendering.terminal import bars

    if form is OutputForm.CSV:
        _note_chosen([(facet.field, facet.chosen)])
    emit(
        form,
        screen=lambda width: [
            *bars.heading(facet, query, width),
            (),
            *bars.facet_lines(facet, width),
            *(facet_search(facet, query, filters, width) if filters is not None else ()),
        ],
        json=lambda: {"query": query, **asdict(facet)},
        rows=lambda: ((facet.field, "turns", "share"), ((one.value, one.count, one.share) for one in facet.buckets)),
        output=output,
    )


def _emit_crosstab(
    form: OutputForm, table: "Crosstab", query: str, output: Path | None, unit: str, filters: Sequence[str] | None
) -> None:
    """Print the crosstab of two fields, or the rates of one; `unit` is turns, rate or share.

    `filters` are those of the next step, as typed; None for no next step.
    """
    from search_cli.rendering.pages.crosstab_table import Unit, cross_lines
    from search_cli.rendering.pages.value_search import crosstab_search

    if form is OutputForm.CSV:
        _note_chosen([(table.rows, table.chosen_rows), (table.columns, table.chosen_columns)])
        _note_columns_left_out(table)
    emit(
        form,
        screen=lambda width: [
            *cross_lines(table, width, Unit[unit.upper()], query),
            *(crosstab_search(table, query, filters, width) if filters is not None else ()),
        ],
        json=lambda: {"query": query, **asdict(table)},
        rows=lambda: (
            (table.rows, "turns", "characters", *table.across),
            ((row.value, row.turns, row.characters, *row.counts) for row in table.lines),
        ),
        output=output,
    )


def _facet_chart(facet: "Facet", query: str) -> "Drawing":
    from search_cli.charts.bar_chart import bar_chart

    return bar_chart(facet, query)


def _crosstab_chart(table: "Crosstab", unit: str, query: str) -> "Drawing":
    """Return the chart of a crosstab: a heat map, or of one field bars of rates."""
    from search_cli.charts.bar_chart import rate_chart
    from search_cli.charts.heat_map import crosstab_map
    from search_cli.rendering.pages.crosstab_table import Unit

    return crosstab_map(table, Unit[unit.upper()], query) if table.columns else rate_chart(table, query)


def _note_chosen(fields: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Say on standard error that all values of a field are counted, not only those chosen."""
    from search_cli.rendering.terminal import humanize
    from search_cli.rendering.terminal.error_lines import print_note

    for field, chosen in fields:
        if chosen:
            every = _("All values of {field} are counted, not only {values}.")
            print_note(
                every.format(field=humanize.field(field), values=_(", ").join(chosen)),
                _("Keep the rows that you need, or count by another field."),
            )


def _note_columns_left_out(table: "Crosstab") -> None:
    """Say on standard error how many columns a table leaves out."""
    from search_cli.rendering.terminal.error_lines import print_note

    if table.more_columns:
        columns = _("The table has the {number} most frequent columns of {all}.")
        shown = len(table.across)
        print_note(
            columns.format(number=f"{shown:,}", all=f"{shown + table.more_columns:,}"),
            _("Write {field} first: all rows are written.").format(field=table.columns),
        )
