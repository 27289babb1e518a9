"""`fangtan export`: write every hit of a search to a file."""

from dataclasses import replace
from itertools import islice
from typing import Annotated, cast

import typer

from search_cli.citation import CitationStyle
from search_cli.commands import command_options as options
from search_cli.commands import context, export_file, search_output
from search_cli.commands.query_command import QueryCommand, join_words
from search_cli.commands.search import ByOption
from search_cli.query.request import Filters, SearchOptions, Sort

_PANEL = "Output"

Limit = Annotated[
    int | None,
    typer.Option("--limit", "-n", min=1, metavar="N", help="Only the first N hits.", rich_help_panel="Order and size"),
]
Fields = Annotated[
    str,
    typer.Option(
        "--fields",
        metavar="NAME,NAME…",
        help="Columns of csv, jsonl and xlsx: speaker,date,text,citation…",
        show_default=False,
        rich_help_panel=_PANEL,
    ),
]
Citation = Annotated[
    CitationStyle,
    typer.Option("--citation", help="Citation style of markdown, docx and --fields.", rich_help_panel=_PANEL),
]
Code = Annotated[
    str,
    typer.Option(
        "--code",
        metavar="NAME",
        help="Name of the code of the hits in a qdpx; the query, by default.",
        show_default=False,
        rich_help_panel=_PANEL,
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No progress, and no line at the end.", rich_help_panel=_PANEL)
]


def register(app: typer.Typer) -> None:
    """Add `fangtan export`."""
    app.command(cls=QueryCommand, rich_help_panel="Search")(export)


@options.with_filters()
def export(
    words: options.Words = None,
    *,
    output: export_file.Output = None,
    file_format: export_file.FormatOption = None,
    fields: Fields = "",
    citation: Citation = CitationStyle.PLAIN,
    code: Code = "",
    quiet: Quiet = False,
    filters: Filters,
    by: ByOption = None,
    sort: options.SortOption = Sort.RELEVANCE,
    seed: options.Seed = None,
    limit: Limit = None,
) -> None:
    """Write every hit of a search to a file.

    For spreadsheets and programs: csv, xlsx and jsonl. For reading: markdown
    and docx, each turn with its citation. For QualCoder, MAXQDA, NVivo and
    ATLAS.ti: a REFI-QDA project (qdpx) of the interviews, their turns coded
    with speakers, topics, your tags and the search.

    The file appears, or replaces another, only when it is complete.

    Examples:
      fangtan export 公园 -o 公园.xlsx
      fangtan export 公园 --role 受访 -o 公园.docx --citation gb7714
      fangtan export 公园 -o 公园.csv --fields speaker,date,text,citation
      fangtan export 公园 --code 城市公园 -o 公园.qdpx
      fangtan export --speaker 郑志昊 --sort position --format markdown
    """
    target = export_file.export_target(output, file_format, quiet=quiet)
    chosen = export_file.export_fields(fields, target.format)
    query = join_words(words)
    title = " ".join(part for part in (query, *search_output.typed_filters(filters)) if part)
    archive = context.archive(filters, query)
    ordered = SearchOptions(by=by, sort=sort, seed=seed)
    content = export_file.search_content(archive, query, cast("SearchOptions", {**filters, **ordered}), title)
    export_file.write_export(
        replace(
            content,
            hits=islice(content.hits, limit),
            total=content.total if limit is None else min(content.total, limit),
            fields=chosen,
            style=citation,
            code=code or content.code,
        ),
        target,
    )
