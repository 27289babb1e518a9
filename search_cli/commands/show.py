"""`fangtan show`: show a turn in its exchange, or an interview."""

import sys
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from search_cli.citation import CitationStyle
from search_cli.commands import command_options as options
from search_cli.commands import completion, context
from search_cli.commands.output import OutputForm, emit, output_form

if TYPE_CHECKING:
    from search_cli.archive import Archive
    from search_cli.models import SpokenTurn
    from search_cli.rendering.terminal.styles import StyledLine

Address = Annotated[
    str,
    typer.Argument(
        metavar="ADDRESS",
        help="interview#turn, or an interview; a unique prefix of its id is enough.",
        autocompletion=completion.interviews,
        show_default=False,
    ),
]
StyleOption = Annotated[CitationStyle, typer.Option("--style", help="Citation style.")]
Pager = Annotated[bool, typer.Option("--pager/--no-pager", help="Show an interview in a pager.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan show`."""
    app.command(rich_help_panel="Search")(show)


def show(
    address: Address, style: StyleOption = CitationStyle.PLAIN, json: options.Json = False, pager: Pager = True
) -> None:
    """Show a turn in its exchange, or a whole interview.

    A turn is shown with the question and the answers around it, and its citation.

    Examples:
      fangtan show qzone-xiaomi#3
      fangtan show qz#3 --style gb7714
      fangtan show qzone-xiaomi
    """
    archive, form = context.archive(), output_form(json=json)
    if "#" in address or "＃" in address:
        _show_turn(archive, address, style, form)
    else:
        _show_interview(archive, address, form, pager=pager)


def _show_turn(archive: "Archive", address: str, style: CitationStyle, form: OutputForm) -> None:
    """Print a turn with its exchange."""
    from search_cli.rendering.pages.transcript_page import exchange_lines

    turn, exchange = archive.turn_with_exchange(address)
    duplicate = _duplicate(address.strip().replace("＃", "#").rpartition("#")[0], turn.interview_id)
    emit(
        form,
        screen=lambda width: [
            *_note(duplicate, turn.interview_id, width),
            *exchange_lines(exchange, turn, width, style),
        ],
        json=lambda: {**_instead_of(duplicate), **_objects([turn])[0], "exchange_turns": _objects(exchange)},
    )


def _show_interview(archive: "Archive", prefix: str, form: OutputForm, *, pager: bool) -> None:
    """Print an interview, in a pager on a terminal."""
    from search_cli.rendering.pages.transcript_page import interview_lines

    interview = archive.interview(prefix)
    about = interview.about
    duplicate = _duplicate(prefix, about.id)

    def screen(width: int) -> "list[StyledLine]":
        lines = [*_note(duplicate, about.id, width), *interview_lines(interview, width)]
        is_paged = pager and sys.stdin.isatty() and sys.stdout.isatty() and _page(lines)
        return [] if is_paged else lines

    emit(
        form,
        screen=screen,
        json=lambda: {**_instead_of(duplicate), **asdict(about), "turns": _objects(interview.turns)},
    )


def _objects(turns: "Iterable[SpokenTurn]") -> list[dict[str, Any]]:
    """Return turns as JSON objects."""
    from search_cli.models import Marked
    from search_cli.rendering.formats.json_objects import turn_object

    return [turn_object(Marked(turn)) for turn in turns]


def _duplicate(typed: str, shown: str) -> str:
    """Return the typed id if it is of a duplicate, whose primary is shown instead; otherwise ""."""
    return "" if shown.startswith(typed) else typed


def _instead_of(duplicate: str) -> dict[str, str]:
    return {"instead_of": duplicate} if duplicate else {}


def _note(duplicate: str, primary: str, width: int) -> "list[StyledLine]":
    """Return the note that a primary is shown instead of its duplicate; its turns may have other numbers."""
    from search_cli.rendering.terminal import humanize
    from search_cli.rendering.terminal.styles import Segment, Style, line
    from search_cli.rendering.terminal.wrapping import indented

    if not duplicate:
        return []
    note = f"{humanize.duplicate_note(duplicate, primary)} Its turns may have other numbers."
    return [*indented(line(Segment(note, Style.DIM)), width, line(" "), 1), ()]


def _page(lines: "list[StyledLine]") -> bool:
    """Show lines in the user's pager; return False if there is none."""
    from search_cli.rendering.terminal.pager import page

    return page(lines)
