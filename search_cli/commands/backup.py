"""`fangtan backup` and `fangtan restore`: an archive in a folder, on another disk for example."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.language.messages import gettext as _
from search_cli.commands.command_options import file_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.indexing.archive_backup import Loss

_LISTED = 3
"""Interviews that are named; the others are counted."""

To = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the backup, made if need be.", parser=file_path)]
From = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a backup.", parser=file_path)]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before something is replaced.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan backup` and `fangtan restore`."""
    for command in (backup, restore):
        app.command(rich_help_panel="Manage")(command)


def backup(folder: To) -> None:
    """Back up the archive to a folder: its index, topics, speakers, words and synonyms.

    Run again, it writes only what is new. Transcripts, and the corrections
    beside them, are files of yours: back them up as such.

    Examples:
      fangtan backup /media/disk/fangtan
      FANGTAN_INDEX=meetings fangtan backup /media/disk/meetings
    """
    from indexer import settings as environment
    from indexer.indexing import archive_backup
    from search_cli.commands.context import connected
    from search_cli.rendering.terminal.humanize import size

    settings = environment.load()
    archive_backup.check(settings, folder, "backup")
    with connected(settings) as client:
        made = archive_backup.backup(client, settings, folder)
    told = _("Backed up {what} to {folder}: {size}, {new} of it new")
    if made.new_size == made.size:
        told = _("Backed up {what} to {folder}: {size}")
    what = _contents(made.documents, made.knowledge)
    typer.echo(told.format(what=what, folder=folder, size=size(made.size), new=size(made.new_size)))


def restore(folder: From, yes: Yes = False) -> None:
    """Restore the archive from a folder that fangtan backup wrote.

    The archive that there is stays until the restored one is complete, and as
    it was if anything fails. Asks first where it would replace interviews that
    the backup has not, or files such as topics.toml, which are kept beside it.

    Examples:
      fangtan restore /media/disk/fangtan
      FANGTAN_INDEX=before fangtan restore /media/disk/fangtan
    """
    from indexer import settings as environment
    from indexer.indexing import archive_backup
    from search_cli.commands.context import connected
    from search_cli.commands.topics import confirmed

    def agree(loss: "Loss") -> bool:
        if yes:
            return True
        for text in _loss_lines(loss):
            typer.echo(text)
        return confirmed(_("Restore the backup?"))

    settings = environment.load()
    archive_backup.check(settings, folder, "restore")
    with connected(settings) as client:
        done = archive_backup.restore(client, settings, folder, agree)
    if done is None:
        return
    restored = _("Restored {what}, as of {time}")
    what = _contents(done.documents, done.knowledge)
    typer.echo(restored.format(what=what, time=done.created[:16].replace("T", " ")))
    for path in done.aside:
        typer.echo(_("Kept what was there: {path}").format(path=path))


def _contents(documents: "Mapping[str, int]", knowledge: tuple[str, ...]) -> str:
    """Say what a backup holds: 8 interviews, 96 turns, topics.toml."""
    from search_cli.rendering.terminal.humanize import count

    counts = count(documents["interviews"], "interview"), count(documents["turns"], "turn")
    return _(", ").join((*counts, *knowledge))


def _loss_lines(loss: "Loss") -> list[str]:
    """Say what a restore takes away."""
    from indexer.text.printable import plain
    from search_cli.rendering.terminal.humanize import count

    lines = []
    if loss.unreadable:
        lines.append(_("The archive is damaged: it cannot be told which of its interviews the backup has not."))
    if loss.lost:
        more, named = len(loss.lost) - _LISTED, plain(_(", ").join(loss.lost[:_LISTED]))
        told = _("{interviews} of the archive are not in the backup: {ids}")
        if more > 0:
            told = _("{interviews} of the archive are not in the backup: {ids} and {more} more")
        lines.append(told.format(interviews=count(len(loss.lost), "interview"), ids=named, more=more))
    if loss.changed:
        told = _("{interviews} were indexed from other files since the backup.")
        lines.append(told.format(interviews=count(len(loss.changed), "interview")))
    replaced = _("Replaced, and kept beside the new one: {path}")
    return [*lines, *(replaced.format(path=path) for path in loss.files)]
