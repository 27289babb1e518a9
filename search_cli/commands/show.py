"""`fangtan show`: show a turn in its exchange, or an interview."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import UsageError
from search_cli.citation import CitationStyle
from search_cli.commands import command_options as options
from search_cli.commands import completion, context, show_version
from search_cli.commands.output import OutputForm, emit, output_form, paged

if TYPE_CHECKING:
    from search_cli.archive import Archive
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
Version = Annotated[bool, typer.Option("--version", help="Show a duplicate itself, read again from its file.")]
Diff = Annotated[bool, typer.Option("--diff", help="Show how a duplicate differs from its primary, turn by turn.")]
Pager = Annotated[bool, typer.Option("--pager/--no-pager", help="Show an interview in a pager.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan show`."""
    app.command(rich_help_panel="Search")(show)


def show(
    address: Address,
    style: StyleOption = CitationStyle.PLAIN,
    json: options.Json = False,
    version: Version = False,
    diff: Diff = False,
    pager: Pager = True,
) -> None:
    """Show a turn in its exchange, or a whole interview.

    A turn is shown with the question and the answers around it, and its citation.
    Notes of the transcript that nobody speaks (（與會者皆無意見）) are dimmed.

    Instead of a duplicate, its primary is shown: --version shows the duplicate
    itself, --diff what differs, whatever the script.

    Examples:
      fangtan show qzone-xiaomi#3
      fangtan show qz#3 --style gb7714
      fangtan show qzone-xiaomi
      fangtan show reprint --diff
    """
    if version and diff:
        raise UsageError("--version and --diff cannot be combined.", "Choose one of them.")
    archive, form = context.archive(), output_form(json=json)
    if diff:
        show_version.print_diff(archive, address, form, pager=pager)
    elif version:
        show_version.print_version(archive, address, style, form, pager=pager)
    elif "#" in address or "＃" in address:
        _show_turn(archive, address, style, form)
    else:
        _show_interview(archive, address, form, pager=pager)


def _show_turn(archive: "Archive", address: str, style: CitationStyle, form: OutputForm) -> None:
    """Print a turn with its exchange."""
    from search_cli.rendering.formats.json_objects import turn_objects
    from search_cli.rendering.pages.transcript_page import exchange_lines

    turn, exchange = archive.turn_with_exchange(address)
    duplicate = _duplicate(address.strip().replace("＃", "#").rpartition("#")[0], turn.interview_id)
    emit(
        form,
        screen=lambda width: [
            *_note(duplicate, turn.interview_id, width),
            *exchange_lines(exchange, turn, width, style),
        ],
        json=lambda: {**_instead_of(duplicate), **turn_objects([turn])[0], "exchange_turns": turn_objects(exchange)},
    )


def _show_interview(archive: "Archive", prefix: str, form: OutputForm, *, pager: bool) -> None:
    """Print an interview, in a pager on a terminal."""
    from search_cli.rendering.formats.json_objects import turn_objects
    from search_cli.rendering.pages.transcript_page import interview_lines

    interview = archive.interview(prefix)
    about = interview.about
    duplicate = _duplicate(prefix, about.id)

    def screen(width: int) -> "list[StyledLine]":
        return paged([*_note(duplicate, about.id, width), *interview_lines(interview, width)], pager=pager)

    emit(
        form,
        screen=screen,
        json=lambda: {**_instead_of(duplicate), **asdict(about), "turns": turn_objects(interview.turns)},
    )


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
    note = f"{humanize.duplicate_note(duplicate, primary)} Its turns may have other numbers: --version, --diff."
    return [*indented(line(Segment(note, Style.DIM)), width, line(" "), 1), ()]
