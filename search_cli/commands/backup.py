"""`fangtan backup` and `fangtan restore`: an archive in a folder, on another disk for example."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from search_cli.commands.command_options import file_path

if TYPE_CHECKING:
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
    from search_cli.rendering.terminal.humanize import count, size

    settings = environment.load()
    archive_backup.check(settings, folder, "backup")
    with connected(settings) as client:
        made = archive_backup.backup(client, settings, folder)
    documents = f"{count(made.documents['interviews'], 'interview')}, {count(made.documents['turns'], 'turn')}"
    with_files = f", {', '.join(made.knowledge)}" if made.knowledge else ""
    new = "" if made.new_size == made.size else f", {size(made.new_size)} of it new"
    typer.echo(f"Backed up {documents}{with_files} to {folder}: {size(made.size)}{new}")


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
    from search_cli.rendering.terminal.humanize import count

    def agree(loss: "Loss") -> bool:
        if yes:
            return True
        for text in _loss_lines(loss):
            typer.echo(text)
        return confirmed("Restore the backup?")

    settings = environment.load()
    archive_backup.check(settings, folder, "restore")
    with connected(settings) as client:
        done = archive_backup.restore(client, settings, folder, agree)
    if done is None:
        return
    documents = f"{count(done.documents['interviews'], 'interview')}, {count(done.documents['turns'], 'turn')}"
    with_files = f", {', '.join(done.knowledge)}" if done.knowledge else ""
    typer.echo(f"Restored {documents}{with_files}, as of {done.created[:16].replace('T', ' ')}")
    for path in done.aside:
        typer.echo(f"Kept what was there: {path}")


def _loss_lines(loss: "Loss") -> list[str]:
    """Say what a restore takes away."""
    from indexer.text.printable import plain
    from search_cli.rendering.terminal.humanize import count

    lines = []
    if loss.unreadable:
        lines.append("The archive is damaged: it cannot be told which of its interviews the backup has not.")
    if loss.lost:
        more = f" and {len(loss.lost) - _LISTED} more" if len(loss.lost) > _LISTED else ""
        named = plain(", ".join(loss.lost[:_LISTED]))
        lines.append(f"{count(len(loss.lost), 'interview')} of the archive are not in the backup: {named}{more}")
    if loss.changed:
        lines.append(f"{count(len(loss.changed), 'interview')} were indexed from other files since the backup.")
    lines += [f"Replaced, and kept beside the new one: {path}" for path in loss.files]
    return lines
