"""`fangtan speakers`, `topics`, `interviews` and `duplicates`: list what is in the archive."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from search_cli.commands import command_options as options
from search_cli.commands import completion, context
from search_cli.commands.output import emit, output_form
from search_cli.commands.query_command import QueryCommand, join_words
from search_cli.query.request import Filters, InterviewFilters

if TYPE_CHECKING:
    from search_cli.rendering.terminal.styles import StyledLine

PartnersOf = Annotated[
    str,
    typer.Option(
        "--with",
        metavar="NAME",
        help="List who speaks with this person, and who answers whom.",
        autocompletion=completion.speakers,
        show_default=False,
    ),
]
NOTHING = gettext_noop("There are none.")


def register(app: typer.Typer) -> None:
    """Add `fangtan speakers`, `topics`, `interviews` and `duplicates`."""
    app.command(cls=QueryCommand, rich_help_panel="Browse")(speakers)
    app.command(cls=QueryCommand, rich_help_panel="Browse")(topics)
    app.command(cls=QueryCommand, rich_help_panel="Browse")(interviews)
    app.command(rich_help_panel="Browse")(duplicates)


@options.with_filters()
def speakers(
    words: options.Words = None,
    *,
    filters: Filters,
    partners_of: PartnersOf = "",
    json: options.Json = False,
    csv: options.Csv = False,
    output: options.Output = None,
) -> None:
    """List the speakers, or those of the turns that match a query.

    Shows role, turns, characters and their share of those of all speakers listed,
    interviews, years and affiliation; what fits the width. With --with,
    the people somebody speaks with: interviews in common, their answers to
    questions of this person, and this person's answers to theirs.

    Examples:
      fangtan speakers
      fangtan speakers 公园
      fangtan speakers --role 受访 --since 2018
      fangtan speakers --with 梁叙白
    """
    from search_cli.catalog import ArchivedSpeaker
    from search_cli.rendering.pages.list_tables import partner_lines, speaker_lines

    if partners_of:
        _check_partners(words, filters)
        partners = context.archive().partners(partners_of, **cast("InterviewFilters", filters))
        from search_cli.search.partners import Partner

        _emit(partners, Partner, partial(partner_lines, name=partners_of), json=json, csv=csv, output=output)
        return
    query = join_words(words)
    found = context.archive(filters, query).speakers(query, **filters)
    _emit(found, ArchivedSpeaker, speaker_lines, json=json, csv=csv, output=output)


def _check_partners(words: Sequence[str] | None, filters: Filters) -> None:
    """Raise `UsageError` for what `--with`, which counts whole interviews, cannot be combined with."""
    allowed = [name for name in options.INTERVIEW_FILTERS if name != "speaker"]
    unused = [f"--{name}" for name in filters if name not in allowed]
    if words or unused:
        combined = _("--with is not combined with {others}: it counts whole interviews.")
        raise UsageError(
            combined.format(others=_(", ").join(unused) or _("a query")),
            _("Leave it out; it has {options}.").format(options=_(", ").join(f"--{name}" for name in allowed)),
        )


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
    from search_cli.catalog import ArchivedTopic
    from search_cli.rendering.pages.list_tables import topic_lines

    query = join_words(words)
    found = context.archive(filters, query).topics(query, **filters)
    _emit(found, ArchivedTopic, topic_lines, json=json, csv=csv, output=output)


@options.with_filters(*options.FILTERS.keys() - set(options.INTERVIEW_FILTERS))
def interviews(
    words: options.TitleWords = None,
    *,
    filters: Filters,
    json: options.Json = False,
    csv: options.Csv = False,
    output: options.Output = None,
) -> None:
    """List the interviews, or those with words in their titles, latest first.

    Titles match in either script. `fangtan show` takes their ids, or a unique prefix.

    Examples:
      fangtan interviews
      fangtan interviews 公园
      fangtan interviews --speaker 梁叙白 --since 2016
      fangtan interviews -o interviews.csv
    """
    from search_cli.catalog import ArchivedInterview
    from search_cli.rendering.pages.list_tables import interview_lines

    found = context.archive().interviews(join_words(words), **cast("InterviewFilters", filters))
    title = join_words(words)
    nothing = _("No title contains {value}.").format(value=title) if title and not filters else ""
    _emit(found, ArchivedInterview, interview_lines, json=json, csv=csv, output=output, nothing=nothing)


def duplicates(json: options.Json = False, csv: options.Csv = False, output: options.Output = None) -> None:
    """List duplicate transcripts of one interview: copies, reprints, other versions.

    Only the turns of the fullest are searched. When its file is gone, the next
    fangtan index --prune replaces it with the fullest of the others. To index
    the turns of all: fangtan index --keep-duplicates

    Example: fangtan duplicates
    """
    from search_cli.catalog import ArchivedVersion
    from search_cli.rendering.pages.list_tables import duplicate_lines

    _emit(context.archive().versions(), ArchivedVersion, duplicate_lines, json=json, csv=csv, output=output)


def _emit(
    records: Sequence[Any],
    kind: type,
    lines: "Callable[[Sequence[Any], int], list[StyledLine]]",
    *,
    json: bool,
    csv: bool,
    output: Path | None,
    nothing: str = "",
) -> None:
    """Print records of a kind as a table, a JSON list or CSV; where there are none, that, or `nothing`."""
    from indexer.text.printable import plain
    from search_cli.rendering.terminal.styles import Segment, Style, line

    names = tuple(field.name for field in fields(kind))
    said = plain(nothing) or _(NOTHING)
    emit(
        output_form(json=json, csv=csv, output=output),
        screen=lambda width: lines(records, width) if records else [line(Segment(f" {said}", Style.DIM))],
        json=lambda: [{name: getattr(record, name) for name in names} for record in records],
        rows=lambda: (names, (tuple(getattr(record, name) for name in names) for record in records)),
        output=output,
    )
