"""`fangtan speakers`, `topics`, `interviews`: what there is to search; `fangtan duplicates`: what is in twice."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from search_cli.commands import common_options as given
from search_cli.commands import context
from search_cli.commands import filter_options as narrow
from search_cli.commands.query_command import QueryCommand, query_of
from search_cli.commands.search_output import OutputForm, form_of
from search_cli.query.request import Filters

if TYPE_CHECKING:
    from search_cli.rendering.terminal.styles import StyledLine


def register(app: typer.Typer) -> None:
    """Add `fangtan speakers`, `topics`, `interviews` and `duplicates`."""
    app.command(cls=QueryCommand, rich_help_panel="Look around")(speakers)
    app.command(cls=QueryCommand, rich_help_panel="Look around")(topics)
    app.command(rich_help_panel="Look around")(interviews)
    app.command(rich_help_panel="Look around")(duplicates)


@narrow.narrowed()
def speakers(
    words: narrow.Words = None,
    *,
    narrowed: Filters,
    json: given.Json = False,
    csv: given.Csv = False,
) -> None:
    """List who speaks, or who speaks of something.

    With role, turns, characters, interviews, years and affiliation.

    Examples:
      fangtan speakers
      fangtan speakers 公园
      fangtan speakers --role 受访 --since 2018
    """
    from search_cli.rendering.pages.lists import speaker_lines

    _print(context.archive().speakers(query_of(words), **narrowed), speaker_lines, json=json, csv=csv)


@narrow.narrowed()
def topics(
    words: narrow.Words = None,
    *,
    narrowed: Filters,
    json: given.Json = False,
    csv: given.Csv = False,
) -> None:
    """List what is spoken of, and by whom most.

    With a query, in the turns that match it.

    Examples:
      fangtan topics
      fangtan topics --speaker 梁叙白
    """
    from search_cli.rendering.pages.lists import topic_lines

    _print(context.archive().topics(query_of(words), **narrowed), topic_lines, json=json, csv=csv)


def interviews(json: given.Json = False, csv: given.Csv = False) -> None:
    """List the interviews, the latest first.

    Their ids, or the beginnings of them, are what `fangtan show` takes.

    Examples:
      fangtan interviews
      fangtan interviews --csv > interviews.csv
    """
    from search_cli.rendering.pages.lists import interview_lines

    _print(context.archive().interviews(), interview_lines, json=json, csv=csv)


def duplicates(json: given.Json = False, csv: given.Csv = False) -> None:
    """List the transcripts of interviews that are in already: copies, reprints, other versions.

    The fullest is the main version, whose turns are searched. When its file is gone, the next fangtan index --prune
    puts the fullest of the others in its place; fangtan index --keep-duplicates keeps the turns of all.

    Example: fangtan duplicates
    """
    from search_cli.rendering.pages.lists import version_lines

    _print(context.archive().versions(), version_lines, json=json, csv=csv)


def _print(
    records: Sequence[Any], lines: "Callable[[Sequence[Any], int], list[StyledLine]]", *, json: bool, csv: bool
) -> None:
    """Print records as a table, as a JSON list or as CSV."""
    from search_cli.rendering.formats import machine
    from search_cli.rendering.terminal.console import width, write
    from search_cli.rendering.terminal.styles import Segment, Style, line

    form = form_of(json=json, csv=csv)
    objects = [asdict(record) for record in records]
    if form is OutputForm.JSON:
        context.pour([machine.json_text(objects) + "\n"])
    elif form is OutputForm.CSV:
        context.pour(machine.csv_table(tuple(objects[0]) if objects else (), (tuple(one.values()) for one in objects)))
    elif records:
        write(lines(records, width()))
    else:
        write([line(Segment(" There are none.", Style.DIM))])
