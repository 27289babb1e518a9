"""`fangtan show --format`: write an interview, or some of its turns, to a file."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.citation import CitationStyle
from search_cli.commands.export_file import ExportTarget, write_export
from search_cli.export.content import ExportContent
from search_cli.models import Hit, SpokenTurn, TurnTags
from search_cli.search.addresses import split_address

if TYPE_CHECKING:
    from search_cli.archive import Archive


def write(archive: "Archive", address: str, style: CitationStyle, context: int | None, target: ExportTarget) -> None:
    """Write what is at an address: an interview, several turns, or a turn in its exchange."""
    title, code, turns = _found(archive, address, context)
    _print_duplicate(address, turns[0].interview_id)
    tags = archive.tags_of(turns)
    content = ExportContent(
        title=title,
        hits=(_hit(rank, turn, tags) for rank, turn in enumerate(turns, start=1)),
        total=len(turns),
        read_interview=archive.interview,
        tags_of=archive.tags_of,
        style=style,
        code=code,
    )
    write_export(content, target)


def needs_turn(address: str) -> UsageError:
    """Return the error for the turns around an interview as a whole."""
    step = _("Write it after the interview: fangtan show {address}#3").format(address=address)
    return UsageError(_("--context needs a turn."), step)


def _hit(rank: int, turn: SpokenTurn, tags: Mapping[str, TurnTags]) -> Hit:
    """Return a turn as a hit, with its tags."""
    own = tags.get(turn.address, TurnTags())
    return Hit(rank, 0.0, turn, (), tags=own.tags, note=own.note)


def _found(archive: "Archive", address: str, context: int | None) -> tuple[str, str, tuple[SpokenTurn, ...]]:
    """Return the title of what is at an address, the code of its turns ("" for all), and the turns."""
    if "#" not in address and "＃" not in address:
        if context is not None:
            raise needs_turn(address)
        interview = archive.interview(address)
        return interview.about.title or interview.about.id, "", interview.turns
    if context is not None or split_address(address)[2] is not None:
        found = archive.turns(address, context or 0)
        return _title(found.turns), found.address, found.turns
    turn, exchange = archive.turn_with_exchange(address)
    return _title(exchange), turn.address, exchange


def _title(turns: Iterable[SpokenTurn]) -> str:
    turn = next(iter(turns))
    return turn.title or turn.interview_id


def _print_duplicate(address: str, shown: str) -> None:
    """Print that the primary is written, if the address is of its duplicate."""
    from search_cli.rendering.terminal.error_lines import print_note
    from search_cli.rendering.terminal.humanize import duplicate_note
    from search_cli.search.short_ids import is_found_by

    typed = address.replace("＃", "#").partition("#")[0]
    if not is_found_by(shown, typed):
        print_note(duplicate_note(typed, shown), "")
