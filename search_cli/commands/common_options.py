"""The options of `fangtan search` besides the filters: order and amount, output, many queries at once."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from search_cli.commands import completion
from search_cli.query.request import Sort

_ORDER, _OUTPUT, _BATCH = "Order and amount", "Output", "Many queries"

SortOption = Annotated[
    Sort,
    typer.Option("--sort", help="Best first, latest first, or as they stand in the archive.", rich_help_panel=_ORDER),
]
Limit = Annotated[
    int | None,
    typer.Option("--limit", "-n", min=1, metavar="N", help="Hits on a page; 10 if not said.", rich_help_panel=_ORDER),
]
PageNumber = Annotated[int, typer.Option("--page", min=1, metavar="N", help="Which page.", rich_help_panel=_ORDER)]
FacetFields = Annotated[
    list[str] | None,
    typer.Option(
        "--facet",
        metavar="FIELD",
        help=f"Count the turns by {', '.join(completion.FIELDS)}. Repeatable.",
        rich_help_panel=_ORDER,
        autocompletion=completion.fields,
    ),
]
Context = Annotated[
    int, typer.Option("--context", min=0, metavar="N", help="With N turns before and after.", rich_help_panel=_ORDER)
]
Full = Annotated[bool, typer.Option("--full", help="Show turns whole, not their best lines.", rich_help_panel=_ORDER)]
Json = Annotated[bool, typer.Option("--json", help="One JSON object.", rich_help_panel=_OUTPUT)]
JsonLines = Annotated[bool, typer.Option("--jsonl", help="A JSON object a line.", rich_help_panel=_OUTPUT)]
Csv = Annotated[bool, typer.Option("--csv", help="CSV in UTF-8, with a header.", rich_help_panel=_OUTPUT)]
Ids = Annotated[bool, typer.Option("--ids", help="Addresses alone, one a line.", rich_help_panel=_OUTPUT)]
Everything = Annotated[
    bool, typer.Option("--all", help="Every hit, with --jsonl, --csv or --ids.", rich_help_panel=_OUTPUT)
]
ShowQuery = Annotated[
    bool,
    typer.Option("--show-query", help="Print the requests to Elasticsearch, for curl.", rich_help_panel=_OUTPUT),
]
Hints = Annotated[
    bool, typer.Option("--hints/--no-hints", help="Suggest a next step, or FANGTAN_HINTS=0.", rich_help_panel=_OUTPUT)
]
Queries = Annotated[
    Path | None,
    typer.Option(
        "--queries", metavar="FILE", help="Lines of id, tab, query; - is standard input.", rich_help_panel=_BATCH
    ),
]
Format = Annotated[
    Literal["trec"],
    typer.Option("--format", help="A TREC run: qid Q0 interview#turn rank score fangtan.", rich_help_panel=_BATCH),
]
