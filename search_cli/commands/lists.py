"""`fangtan speakers`, `topics`, `interviews` and `duplicates`: list what is in the archive."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from search_cli.commands import command_options as options
from search_cli.commands import context
from search_cli.commands.output import emit, output_form
from search_cli.commands.query_command import QueryCommand, join_words
from search_cli.query.request import Filters

if TYPE_CHECKING:
    from search_cli.rendering.terminal.styles import StyledLine


def register(app: typer.Typer) -> None:
    """Add `fangtan speakers`, `topics`, `interviews` and `duplicates`."""
    app.command(cls=QueryCommand, rich_help_panel="Browse")(speakers)
    app.command(cls=QueryCommand, rich_help_panel="Browse")(topics)
    app.command(rich_help_panel="Browse")(interviews)
    app.command(rich_help_panel="Browse")(duplicates)


@options.with_filters()
def speakers(
    words: options.Words = None,
    *,
    filters: Filters,
    json: options.Json = False,
    csv: options.Csv = False,
    output: options.Output = None,
) -> None:
    """List the speakers, or those of the turns that match a query.

    Shows role, turns, characters, interviews, years and affiliation.

    Examples:
      fangtan speakers
      fangtan speakers 公园
      fangtan speakers --role 受访 --since 2018
    """
    from search_cli.rendering.pages.list_tables import speaker_lines

    query = join_words(words)
    found = context.archive(filters, query).speakers(query, **filters)
    _emit(found, speaker_lines, json=json, csv=csv, output=output)


@options.with_filters()
def topics(
    words: options.Words = None,
    *,
    filters: Filters,
    json: options.Json = False,
    csv: options.Csv = False,
    output: options.Output = None,
) -> None:
    """List the topics, each with its most frequent speakers.

    With a query, counts only the turns that match it.

    Examples:
      fangtan topics
      fangtan topics --speaker 梁叙白
    """
    from search_cli.rendering.pages.list_tables import topic_lines

    query = join_words(words)
    found = context.archive(filters, query).topics(query, **filters)
    _emit(found, topic_lines, json=json, csv=csv, output=output)


def interviews(json: options.Json = False, csv: options.Csv = False, output: options.Output = None) -> None:
    """List the interviews, latest first.

    `fangtan show` takes their ids, or a unique prefix.

    Examples:
      fangtan interviews
      fangtan interviews -o interviews.csv
    """
    from search_cli.rendering.pages.list_tables import interview_lines

    _emit(context.archive().interviews(), interview_lines, json=json, csv=csv, output=output)


def duplicates(json: options.Json = False, csv: options.Csv = False, output: options.Output = None) -> None:
    """List duplicate transcripts of one interview: copies, reprints, other versions.

    Only the turns of the fullest are searched. When its file is gone, the next
    fangtan index --prune replaces it with the fullest of the others. To index
    the turns of all: fangtan index --keep-duplicates

    Example: fangtan duplicates
    """
    from search_cli.rendering.pages.list_tables import duplicate_lines

    _emit(context.archive().versions(), duplicate_lines, json=json, csv=csv, output=output)


def _emit(
    records: Sequence[Any],
    lines: "Callable[[Sequence[Any], int], list[StyledLine]]",
    *,
    json: bool,
    csv: bool,
    output: Path | None,
) -> None:
    """Print records as a table, a JSON list or CSV."""
    from search_cli.rendering.terminal.styles import Segment, Style, line

    objects = [asdict(record) for record in records]
    emit(
        output_form(json=json, csv=csv, output=output),
        screen=lambda width: lines(records, width) if records else [line(Segment(" There are none.", Style.DIM))],
        json=lambda: objects,
        rows=lambda: (tuple(objects[0]) if objects else (), (tuple(one.values()) for one in objects)),
        output=output,
    )
