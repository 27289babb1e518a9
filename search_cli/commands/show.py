"""`fangtan show`: show a turn in its exchange, or an interview."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import sentences
from search_cli.citation import CitationStyle
from search_cli.commands import command_options as options
from search_cli.commands import completion, export_file, show_version
from search_cli.commands.context import archive as open_archive
from search_cli.commands.output import OutputForm, emit, output_form, paged, write_text
from search_cli.search.addresses import split_address

if TYPE_CHECKING:
    from search_cli.archive import Archive
    from search_cli.rendering.terminal.styles import StyledLine

Addresses = Annotated[
    list[str],
    typer.Argument(
        metavar="ADDRESS...",
        help="interview#turn, interview#79-85, or an interview; a unique prefix of its id is enough.",
        autocompletion=completion.interviews,
        show_default=False,
    ),
]
StyleOption = Annotated[CitationStyle, typer.Option("--style", help="Citation style.")]
Context = Annotated[
    int | None,
    typer.Option("--context", min=0, metavar="N", help="Show N turns before and after, instead of the exchange."),
]
Version = Annotated[bool, typer.Option("--version", help="Show a duplicate itself, read again from its file.")]
Diff = Annotated[bool, typer.Option("--diff", help="Show how a duplicate differs from its primary, turn by turn.")]
Pager = Annotated[bool, typer.Option("--pager/--no-pager", help="Show an interview in a pager.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan show`."""
    app.command(rich_help_panel="Search")(show)


def show(
    addresses: Addresses,
    style: StyleOption = CitationStyle.PLAIN,
    context: Context = None,
    json: options.Json = False,
    version: Version = False,
    diff: Diff = False,
    pager: Pager = True,
    file_format: export_file.FormatOption = None,
    output: export_file.Output = None,
) -> None:
    """Show a turn in its exchange, several turns, or a whole interview.

    A turn is shown with the question and the answers around it, and its citation.
    Several addresses are shown one after another.
    Notes of the transcript that nobody speaks (（與會者皆無意見）) are dimmed.

    Instead of a duplicate, its primary is shown: --version shows the duplicate
    itself, --diff what differs, whatever the script.

    Examples:
      fangtan show qzone-xiaomi#3
      fangtan show qzone-xiaomi#3-7
      fangtan show qzone-xiaomi#3 --context 5
      fangtan show qz#3 --style gb7714
      fangtan show qzone-xiaomi
      fangtan show reprint --diff
      fangtan show qzone-xiaomi -o 访谈.docx
    """
    if version and diff:
        raise UsageError(_("--version and --diff cannot be combined."), _("Choose one of them."))
    if context is not None and (version or diff):
        raise UsageError(_("--context has no --version or --diff."), _("Leave out one of them."))
    if file_format is not None or output is not None:
        if len(addresses) > 1 or version or diff or json:
            step = _("Leave out the other addresses, --version, --diff and --json.")
            raise UsageError(_("A file is written of one address of the archive."), step)
        from search_cli.commands import show_file

        show_file.write(open_archive(), addresses[0], style, context, export_file.export_target(output, file_format))
        return
    archive, form = open_archive(), output_form(json=json)
    if form is OutputForm.JSON and len(addresses) > 1:
        step = _("Give one, or a range of turns as in qzone-xiaomi#3-7.")
        raise UsageError(_("--json shows one address."), step)
    pager = pager and len(addresses) == 1
    for index, address in enumerate(addresses):
        if index:
            write_text(["\n"])
        if diff:
            show_version.print_diff(archive, address, form, pager=pager)
        elif version:
            show_version.print_version(archive, address, style, form, pager=pager)
        else:
            _show(archive, address, style, form, context, pager=pager)


def _show(
    archive: "Archive", address: str, style: CitationStyle, form: OutputForm, context: int | None, *, pager: bool
) -> None:
    """Print what is at one address."""
    if "#" not in address and "＃" not in address:
        if context is not None:
            from search_cli.commands.show_file import needs_turn

            raise needs_turn(address)
        _show_interview(archive, address, form, pager=pager)
    elif context is not None or split_address(address)[2] is not None:
        _show_range(archive, address, style, form, context or 0)
    else:
        _show_turn(archive, address, style, form)


def _show_range(archive: "Archive", address: str, style: CitationStyle, form: OutputForm, context: int) -> None:
    """Print several turns of an interview, or one with those around it."""
    from search_cli.rendering.formats.json_objects import turn_objects
    from search_cli.rendering.pages.transcript_page import range_lines

    found = archive.turns(address, context)
    tags = archive.tags_of(found.turns)
    duplicate = _duplicate(split_address(address)[0], found.interview_id)
    emit(
        form,
        screen=lambda width: [
            *_note(duplicate, found.interview_id, width),
            *range_lines(found, context, width, style, tags),
            *_missing_recording(found.turns[0].media, width),
        ],
        json=lambda: {
            **_instead_of(duplicate),
            "address": found.address,
            **asdict(found),
            "turns": turn_objects(found.turns, tags),
        },
    )


def _show_turn(archive: "Archive", address: str, style: CitationStyle, form: OutputForm) -> None:
    """Print a turn with its exchange."""
    from search_cli.rendering.formats.json_objects import turn_objects
    from search_cli.rendering.pages.transcript_page import exchange_lines

    turn, exchange = archive.turn_with_exchange(address)
    tags = archive.tags_of(exchange)
    duplicate = _duplicate(split_address(address)[0], turn.interview_id)
    emit(
        form,
        screen=lambda width: [
            *_note(duplicate, turn.interview_id, width),
            *exchange_lines(exchange, turn, width, style, tags=tags),
            *_missing_recording(turn.media, width),
        ],
        json=lambda: {
            **_instead_of(duplicate),
            **turn_objects([turn], tags)[0],
            "exchange_turns": turn_objects(exchange, tags),
        },
    )


def _show_interview(archive: "Archive", prefix: str, form: OutputForm, *, pager: bool) -> None:
    """Print an interview, in a pager on a terminal."""
    from search_cli.rendering.formats.json_objects import turn_objects
    from search_cli.rendering.pages.transcript_page import interview_lines

    interview = archive.interview(prefix)
    tags = archive.tags_of(interview.turns)
    about = interview.about
    duplicate = _duplicate(prefix, about.id)

    def screen(width: int) -> "list[StyledLine]":
        notes = [*_note(duplicate, about.id, width), *_missing_recording(about.media, width)]
        return paged([*notes, *interview_lines(interview, width, tags)], pager=pager)

    emit(
        form,
        screen=screen,
        json=lambda: {**_instead_of(duplicate), **asdict(about), "turns": turn_objects(interview.turns, tags)},
    )


def _missing_recording(media: str, width: int) -> "list[StyledLine]":
    """Return the note that the recording is not where it was when the transcript was indexed."""
    from pathlib import Path

    from search_cli.rendering.terminal.styles import Segment, Style, line
    from search_cli.rendering.terminal.wrapping import indented

    if not media:
        return []
    from indexer.media_address import is_web, local_path
    from indexer.text.printable import plain

    if is_web(media) or Path(local_path(media)).is_file():
        return []
    note = sentences(
        _("The recording is not there: {media}.").format(media=plain(media)),
        _("It was moved, or is on another machine; media = … in the sidecar file says where it is."),
    )
    return indented(line(Segment(note, Style.DIM)), width, line(" "), 1)


def _duplicate(typed: str, shown: str) -> str:
    """Return the typed id if it is of a duplicate, whose primary is shown instead; otherwise ""."""
    from search_cli.search.short_ids import is_found_by

    return "" if is_found_by(shown, typed) else typed


def _instead_of(duplicate: str) -> dict[str, str]:
    return {"instead_of": duplicate} if duplicate else {}


def _note(duplicate: str, primary: str, width: int) -> "list[StyledLine]":
    """Return the note that a primary is shown instead of its duplicate; its turns may have other numbers."""
    from search_cli.rendering.terminal import humanize
    from search_cli.rendering.terminal.styles import Segment, Style, line
    from search_cli.rendering.terminal.wrapping import indented

    if not duplicate:
        return []
    numbers = _("Its turns may have other numbers: --version, --diff.")
    note = sentences(humanize.duplicate_note(duplicate, primary), numbers)
    return [*indented(line(Segment(note, Style.DIM)), width, line(" "), 1), ()]
