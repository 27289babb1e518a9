"""`fangtan show --version` and `--diff`: a duplicate itself, read again from its file, and how it differs.

Its turns are not indexed; it is parsed as it was when it was indexed, if its file has not changed.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import NotFoundError, ReadingError
from indexer.language.messages import gettext as _
from search_cli.citation import CitationStyle
from search_cli.commands.output import OutputForm, emit, paged

if TYPE_CHECKING:
    from search_cli.archive import Archive
    from search_cli.models import SpokenTurn
    from search_cli.rendering.terminal.styles import StyledLine
    from search_cli.search.versions import VersionFile


def print_version(archive: "Archive", address: str, style: CitationStyle, form: OutputForm, *, pager: bool) -> None:
    """Print a duplicate, or a turn of it, read from its file."""
    from search_cli.rendering.formats.json_objects import turn_objects
    from search_cli.rendering.pages.transcript_page import exchange_lines, head, turn_lines

    prefix, number = _split(address)
    file = archive.version_file(prefix)
    turns = _read_version(file)
    if number:
        chosen = next((turn for turn in turns if str(turn.turn) == number), None)
        if chosen is None:
            last = turns[-1].turn
            has = _("{interview} has turns 1 to {last}, not {number}.")
            raise NotFoundError(
                has.format(interview=file.version, last=last, number=number),
                (),
                f"fangtan show {file.version}#{last} --version",
            )
        exchange = [turn for turn in turns if chosen.exchange and turn.exchange == chosen.exchange] or [chosen]
        emit(
            form,
            screen=lambda width: [*_version_note(file, width), *exchange_lines(exchange, chosen, width, style)],
            json=lambda: {
                "version_of": file.main,
                **turn_objects([chosen])[0],
                "exchange_turns": turn_objects(exchange),
            },
        )
        return

    def screen(width: int) -> "list[StyledLine]":
        lines = [*_version_note(file, width), *head(turns[0], width), (), *turn_lines(turns, width)]
        return paged(lines, pager=pager)

    emit(
        form,
        screen=screen,
        json=lambda: {"id": file.version, "version_of": file.main, "source": file.source, "turns": turn_objects(turns)},
    )


def print_diff(archive: "Archive", address: str, form: OutputForm, *, pager: bool) -> None:
    """Print the differences between a primary and its duplicate, of all turns or of one."""
    from search_cli.quotations.version_diff import diff
    from search_cli.rendering.pages.version_page import diff_lines, diff_object

    prefix, number = _split(address)
    file = archive.version_file(prefix)
    diffs = tuple(diff(archive.interview(file.main).turns, _read_version(file)))
    if number:
        diffs = tuple(one for one in diffs if number in {str(turn.turn) for turn in (one.before, one.after) if turn})
    emit(
        form,
        screen=lambda width: paged(diff_lines(file.main, file.version, diffs, width), pager=pager),
        json=lambda: diff_object(file.main, file.version, diffs),
    )


def _split(address: str) -> tuple[str, str]:
    """Return the interview and the number of an address, "" if it names no turn."""
    prefix, mark, number = address.strip().replace("＃", "#").rpartition("#")
    return (prefix, number) if mark else (number, "")


def _read_version(file: "VersionFile") -> "tuple[SpokenTurn, ...]":
    """Read the turns of a duplicate from its file; raise `ReadingError` if it is gone or has changed."""
    from indexer import settings
    from indexer.indexing import transcript
    from search_cli.rendering.pages.parse_report import spoken_turns

    if not Path(file.path).is_file():
        reason, step = _("the file of this duplicate is gone; its primary can be shown"), f"fangtan show {file.main}"
        raise ReadingError(file.source, reason, next_step=step)
    interview = transcript.read_again(
        Path(file.path), file.source, file.part, file.hash, file.given, settings=settings.load()
    )
    return spoken_turns(interview, file.version, file.source)


def _version_note(file: "VersionFile", width: int) -> "list[StyledLine]":
    """Return the note that a duplicate is shown, and how to cite and compare it."""
    from search_cli.rendering.terminal.styles import Segment, Style, line
    from search_cli.rendering.terminal.wrapping import indented

    told = _("{duplicate} is a duplicate of {primary}; its turns are not searched, and may have other numbers.")
    note = told.format(duplicate=file.version, primary=file.main)
    return [*indented(line(Segment(note, Style.DIM)), width, line(" "), 1), ()]
