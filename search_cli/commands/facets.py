"""`fangtan facets`: how many turns by speaker, topic, outlet, month; by two of them at once."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Literal

import typer

from search_cli.commands import common_options as given
from search_cli.commands import completion, context
from search_cli.commands import filter_options as narrow
from search_cli.commands.query_command import QueryCommand, query_of
from search_cli.commands.search_output import OutputForm, form_of
from search_cli.query.request import Filters

_MANY = 20

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
        help="A second field for a table of both; then words, as in a search.",
        show_default=False,
    ),
]
Size = Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, metavar="N", help="How many values at most.")]
Per = Annotated[
    Literal["10k"] | None,
    typer.Option("--per", help="Turns per 10,000 characters said, so that who says little can be compared."),
]


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is counted: by one field or two, the turns of a query and its filters."""

    fields: tuple[str, ...]
    query: str
    narrowed: Filters
    limit: int


def register(app: typer.Typer) -> None:
    """Add `fangtan facets`."""
    app.command(cls=QueryCommand, rich_help_panel="Ask")(facets)


@narrow.narrowed()
def facets(
    field: Field,
    words: Words = None,
    *,
    narrowed: Filters,
    limit: Size = _MANY,
    per: Per = None,
    json: given.Json = False,
    csv: given.Csv = False,
) -> None:
    """Count turns by speaker, topic, outlet, month: bars and shares.

    All turns, or those that match a query. A filter on a field does not narrow that field's own counts. A turn with
    several topics counts with each. A second field makes a table of both.

    Examples:
      fangtan facets speaker
      fangtan facets topic 小米
      fangtan facets month --speaker 梁叙白
      fangtan facets speaker topic --per 10k
    """
    fields, query = _read(field, words or ())
    counted = _Counted(fields, query, narrowed, limit)
    form = form_of(json=json, csv=csv)
    if len(fields) > 1 or per:
        _print_cross(counted, form, per=bool(per))
    else:
        _print_facet(counted, form)


def _read(field: str, words: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the fields and the query: a second word is a field if it is called like one."""
    first = context.field(field)
    if words and context.is_field(words[0]):
        return tuple(dict.fromkeys((first, context.field(words[0])))), query_of(words[1:])
    return (first,), query_of(words)


def _print_facet(counted: _Counted, form: OutputForm) -> None:
    """Print the values of one field."""
    from search_cli.rendering.formats import machine
    from search_cli.rendering.terminal import bars
    from search_cli.rendering.terminal.console import width, write

    (field,), query = counted.fields, counted.query
    (facet,) = context.archive().facets(field, query=query, size=counted.limit, **counted.narrowed)
    if form is OutputForm.JSON:
        context.pour([machine.json_text({"query": query, **machine.facet_object(facet)}) + "\n"])
    elif form is OutputForm.CSV:
        rows = ((bucket.value, bucket.count, bucket.share) for bucket in facet.buckets)
        context.pour(machine.csv_table((field, "turns", "share"), rows))
    else:
        columns = width()
        write([*bars.heading(field, query, facet.total, columns), (), *bars.facet_lines(facet, columns)])


def _print_cross(counted: _Counted, form: OutputForm, *, per: bool) -> None:
    """Print the table of two fields, or of one with its rate."""
    from search_cli.rendering.formats import machine
    from search_cli.rendering.pages.crosstab_table import cross_lines
    from search_cli.rendering.terminal.console import width, write

    rows, columns = (*counted.fields, "")[:2]
    archive = context.archive()
    crossed = archive.cross(rows, columns, query=counted.query, size=counted.limit, **counted.narrowed)
    if form is OutputForm.JSON:
        context.pour([machine.json_text({"query": counted.query, **asdict(crossed)}) + "\n"])
    elif form is OutputForm.CSV:
        lines = ((row.value, row.turns, row.characters, *row.counts) for row in crossed.lines)
        context.pour(machine.csv_table((rows, "turns", "characters", *crossed.across), lines))
    else:
        write(cross_lines(crossed, width(), per, counted.query))
