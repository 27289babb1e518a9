"""What the searches have in common that group their turns: options, and the screen without hits.

Also the rows of `fangtan search --per`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.commands import command_options as options
from search_cli.commands import context, search_output
from search_cli.commands.output import OutputForm, emit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search_cli.archive import Archive
    from search_cli.rendering.terminal.styles import StyledLine
    from search_cli.search.best_hits import BestHit, BestHits
    from search_cli.search.turn_groups import GroupCounts

Screen: TypeAlias = "Iterable[StyledLine]"

LIMIT = 5
"""Exchanges per page: they are shown in full."""

Exchanges = Annotated[
    int | None,
    typer.Option(
        "--limit", "-n", min=1, metavar="N", help="Exchanges per page (default 5).", rich_help_panel="Order and size"
    ),
]
AllExchanges = Annotated[
    bool,
    typer.Option("--all", help="Print all exchanges, with --jsonl, --csv or --ids.", rich_help_panel="Output"),
]
FirstTurns = Annotated[
    bool,
    typer.Option(
        "--ids", help="Print only the address of the first turn of each, one per line.", rich_help_panel="Output"
    ),
]
Per = Annotated[
    Literal["speaker", "interview"] | None,
    typer.Option(
        "--per",
        help="Show one row per speaker or interview: the best hit, and how many turns match.",
        rich_help_panel="Order and size",
    ),
]


def facets(fields: Sequence[str] | None) -> tuple[str, ...]:
    """Return the fields of `--facet`, each once."""
    return tuple(dict.fromkeys(map(options.facet_field, fields or ())))


def check_rows(form: OutputForm) -> None:
    """Raise `UsageError` for a form that has not one row or line for each result."""
    if form in {OutputForm.SCREEN, OutputForm.JSON}:
        raise UsageError(_("--all requires a format with one result per line."), _("Add --jsonl, --csv or --ids."))


def nothing(
    command: search_output.SearchCommand, archive: "Archive", counts: "GroupCounts", width: int
) -> "list[StyledLine]":
    """Return the screen of a search that found nothing; raise `UsageError` if the page is past the last."""
    if counts.groups:
        raise search_output.no_page(counts.page, -(-counts.groups // counts.limit))
    return search_output.nothing_found(command, archive, width)


def show_per(command: search_output.SearchCommand, per: str, form: OutputForm, every: bool, show_query: bool) -> None:
    """Print the best hits per speaker or interview: a page, or every one."""
    if show_query:
        raise UsageError(
            _("--per groups the hits of several requests."), _("Leave out --per to see the search itself.")
        )
    archive = context.archive(command.filters, command.query)
    if every:
        check_rows(form)
        _emit(command, form, archive.export_per(per, command.query, **command.options))
    else:
        result = archive.per(per, command.query, **command.options)
        _emit(command, form, result.found, (archive, result))


def _emit(
    command: search_output.SearchCommand,
    form: OutputForm,
    found: "Iterable[BestHit]",
    page: "tuple[Archive, BestHits] | None" = None,
) -> None:
    """Print best hits in a form, or write them to a file; a `page` has a screen and an object."""
    from search_cli.rendering.formats import group_rows
    from search_cli.rendering.pages.best_hit_list import best_hit_lines
    from search_cli.rendering.pages.exchange_list import GroupPage

    def screen(width: int) -> Screen:
        if page is None:
            return ()
        archive, result = page
        if result.found:
            return best_hit_lines(result, GroupPage(width, command.hints, command.full))
        return nothing(command, archive, result.counts, width)

    emit(
        form,
        screen=screen,
        json=lambda: group_rows.best_hits_object(page[1]) if page else (),
        lines=lambda: map(group_rows.best_hit_object, found),
        rows=lambda: (group_rows.BEST_COLUMNS, map(group_rows.best_hit_row, found)),
        turns=lambda: (one.hit.turn for one in found),
        output=command.output,
    )
