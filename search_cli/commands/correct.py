"""`fangtan correct`: say who speaks in a transcript, and what of it is not spoken."""

from pathlib import Path
from typing import Annotated

import typer

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from search_cli.commands.command_options import file_path

File = Annotated[Path, typer.Argument(metavar="FILE", help="A transcript.", show_default=False, parser=file_path)]
Corrections = Annotated[
    list[str] | None,
    typer.Argument(metavar="[CORRECTION]...", help="What is right; see above.", show_default=False),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan correct`."""
    app.command(rich_help_panel="Index")(correct)


def correct(file: File, corrections: Corrections = None, dry_run: DryRun = False) -> None:
    """Correct how a transcript is read: who speaks, what is not spoken, title.

    Writes NAME.toml beside NAME.txt, which fangtan index obeys. A correction is
      LABEL = NAME         who a label is, in this transcript
      line 40: NAME        who speaks from this line on
      line 40 continues    this line belongs to the turn above it
      leave out 88-95      these lines are not spoken
      keep 12              this line is spoken after all
      title = TEXT         also date, outlet, url, media, language
    fangtan parse --explain FILE shows the numbers of the lines. Without a
    correction, NAME.toml gets all that can be corrected, to be edited. If the
    transcript changes, a line is found by its first words; a correction that
    no longer fits is reported.

    Examples:
      fangtan correct notes.txt '发言人2 = 王敏' 'leave out 88-95'
      fangtan correct notes.txt
    """
    from indexer import settings
    from indexer.dictionary import correction_file
    from search_cli.rendering.pages.correction_changes import change_lines
    from search_cli.rendering.terminal.console import width, write

    if file.is_dir() or str(file) == "-":
        raise ReadingError(str(file), _("corrections are for a file"), next_step="fangtan correct FILE")
    change = correction_file.plan_corrections(file, corrections or (), settings.load())
    if not dry_run:
        correction_file.write(change)
    write(change_lines(change, str(file), width(), is_written=not dry_run))
