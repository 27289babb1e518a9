"""`fangtan show`: a turn in its exchange, or a whole interview."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from search_cli.citation import CitationStyle
from search_cli.commands import common_options as given
from search_cli.commands import completion, context

if TYPE_CHECKING:
    from search_cli.archive import Archive
    from search_cli.rendering.terminal.styles import StyledLine

Address = Annotated[
    str,
    typer.Argument(
        metavar="ADDRESS",
        help="interview#turn, or an interview; the beginning of its id will do.",
        autocompletion=completion.interviews,
        show_default=False,
    ),
]
StyleOption = Annotated[CitationStyle, typer.Option("--style", help="How the turn is cited.")]
Pager = Annotated[bool, typer.Option("--pager/--no-pager", help="Read a whole interview in a pager.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan show`."""
    app.command(rich_help_panel="Ask")(show)


def show(
    address: Address, style: StyleOption = CitationStyle.PLAIN, json: given.Json = False, pager: Pager = True
) -> None:
    """Show a turn in its exchange, or a whole interview.

    A turn stands among the question and the answers around it, with the line that cites it.

    Examples:
      fangtan show qzone-xiaomi#3
      fangtan show qz#3 --style gb7714
      fangtan show qzone-xiaomi
    """
    archive = context.archive()
    if "#" in address or "＃" in address:
        _show_turn(archive, address, style, json=json)
    else:
        _show_interview(archive, address, json=json, pager=pager)


def _show_turn(archive: "Archive", address: str, style: CitationStyle, *, json: bool) -> None:
    """Print a turn with its exchange."""
    from search_cli.models import Marked
    from search_cli.rendering.formats import machine
    from search_cli.rendering.pages.transcript_page import exchange_lines
    from search_cli.rendering.terminal.console import width, write

    turn, exchange = archive.turn_with_exchange(address)
    instead = _instead(address.strip().replace("＃", "#").rpartition("#")[0], turn.interview_id)
    if json:
        shown = {
            **({"instead_of": instead} if instead else {}),
            **machine.turn_object(Marked(turn)),
            "exchange_turns": [machine.turn_object(Marked(one)) for one in exchange],
        }
        context.pour([machine.json_text(shown) + "\n"])
    else:
        write([*_told(instead, turn.interview_id), *exchange_lines(exchange, turn, width(), style)])


def _show_interview(archive: "Archive", prefix: str, *, json: bool, pager: bool) -> None:
    """Print a whole interview, through a pager on a terminal."""
    from dataclasses import asdict

    from search_cli.models import Marked
    from search_cli.rendering.formats import machine
    from search_cli.rendering.pages.transcript_page import interview_lines
    from search_cli.rendering.terminal.console import width, write

    interview = archive.interview(prefix)
    instead = _instead(prefix, interview.about.id)
    if json:
        turns = [machine.turn_object(Marked(turn)) for turn in interview.turns]
        shown = {**({"instead_of": instead} if instead else {}), **asdict(interview.about), "turns": turns}
        context.pour([machine.json_text(shown) + "\n"])
        return
    lines = [*_told(instead, interview.about.id), *interview_lines(interview, width())]
    if not (pager and sys.stdin.isatty() and sys.stdout.isatty() and _paged(lines)):
        write(lines)


def _instead(prefix: str, shown: str) -> str:
    """Return the version that was asked for where its main version is shown, "" where that was asked for."""
    return "" if shown.startswith(prefix) else prefix


def _told(version: str, main: str) -> "list[StyledLine]":
    """Return the lines that tell that a version's main version is shown, whose turns may have other numbers."""
    from search_cli.rendering.terminal import humanize
    from search_cli.rendering.terminal.console import width
    from search_cli.rendering.terminal.styles import Segment, Style, line
    from search_cli.rendering.terminal.wrapping import indented

    if not version:
        return []
    said = f"{humanize.other_version(version, main)} Its turns may be numbered otherwise."
    return [*indented(line(Segment(said, Style.DIM)), width(), line(" "), 1), ()]


def _paged(lines: "list[StyledLine]") -> bool:
    """Show the lines in the user's pager; tell whether there was one to show them."""
    from search_cli.rendering.terminal.pager import page

    return page(lines)
