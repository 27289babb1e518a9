"""`fangtan facets`: how many turns by speaker, topic, outlet, month."""

from typing import Annotated

import typer

from indexer.errors import UsageError
from search_cli.commands import completion, opening
from search_cli.commands import narrowing as narrow
from search_cli.commands import search_options as given
from search_cli.commands.typed_query import QueryCommand, query_of
from search_cli.request import Narrowing

_MANY = 20

Field = Annotated[
    str,
    typer.Argument(
        metavar="FIELD", help=f"{', '.join(completion.FIELDS)}.", autocompletion=completion.fields, show_default=False
    ),
]
Size = Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, metavar="N", help="How many values at most.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan facets`."""
    app.command(cls=QueryCommand, rich_help_panel="Ask")(facets)


def facets(
    field: Field,
    words: narrow.Words = None,
    speaker: narrow.Speaker = None,
    role: narrow.Role = None,
    topic: narrow.Topic = None,
    outlet: narrow.Outlet = None,
    interview: narrow.Interview = None,
    since: narrow.Since = "",
    until: narrow.Until = "",
    match: narrow.MatchOption = None,
    limit: Size = _MANY,
    json: given.Json = False,
    csv: given.Csv = False,
) -> None:
    """Count turns by speaker, topic, outlet, month: bars and shares.

    All turns, or those that match a query. A filter on a field does not narrow that field's own counts. A turn with
    several topics counts with each.

    Examples:
      fangtan facets speaker
      fangtan facets topic 小米
      fangtan facets month --speaker 梁叙白
      fangtan facets keyword 公园 -n 50 --csv
    """
    narrowed = narrow.narrowing(speaker, role, topic, outlet, interview, since, until, match)
    _print(opening.field(field), query_of(words), narrowed, limit, json=json, csv=csv)


def _print(field: str, query: str, narrowed: Narrowing, limit: int, *, json: bool, csv: bool) -> None:
    """Print the facet in the form that was asked for."""
    from search_cli.rendering import bars, machine
    from search_cli.rendering.console import width, write

    if json and csv:
        raise UsageError("--json and --csv are two forms of one answer.", "Take one of them.")
    (facet,) = opening.archive().facets(field, query=query, size=limit, **narrowed)
    if json:
        opening.pour([machine.json_text({"query": query, **machine.facet_object(facet)}) + "\n"])
    elif csv:
        rows = ((bucket.value, bucket.count, bucket.share) for bucket in facet.buckets)
        opening.pour(machine.csv_table((field, "turns", "share"), rows))
    else:
        columns = width()
        write([*bars.heading(field, query, facet.total, columns), (), *bars.facet_lines(facet, columns)])
