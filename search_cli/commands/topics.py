"""`fangtan topics learn` and `apply`: topics that are the archive's own."""

import sys
import time
from typing import Annotated

import typer

from indexer.errors import UsageError
from indexer.language.messages import gettext as _

Number = Annotated[int, typer.Option("--number", metavar="N", min=2, max=1000, help="Learn at most N topics.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan topics learn` and `fangtan topics apply`."""
    app.command(name="topics learn", rich_help_panel="Index")(learn)
    app.command(name="topics apply", rich_help_panel="Index")(apply)


def learn(number: Number = 80, yes: Yes = False, dry_run: DryRun = False) -> None:
    """Learn the topics of the archive and give them to its turns.

    Cuts every interview where its words change, brings like stretches of all
    interviews together, and names each topic by its most characteristic words.
    Shows the topics, asks for confirmation, writes them to topics.toml and
    updates the turns whose topics differ. Transcripts indexed later get the
    topics that are there.

    A topic that is there already keeps its name, also one that you gave it.
    Topics without learned = true are left as they are.

    Examples:
      fangtan topics learn --dry-run
      fangtan topics learn --number 40
    """
    from indexer import settings as environment
    from indexer.topics import archive_topics
    from search_cli.commands.context import connected
    from search_cli.rendering.pages.learned_topics import change_lines, done_lines, edit_lines
    from search_cli.rendering.terminal.console import width, write

    settings = environment.load()
    with connected(settings) as client:
        change = archive_topics.learn_topics(client, settings, number)
        write(change_lines(change, width()))
        is_in_place = change.after == change.before and not archive_topics.plan_reindex(client, settings).is_pending
        if is_in_place or dry_run or not (yes or confirmed(_("Write them and update the turns?"))):
            return
        began = time.monotonic()
        done = archive_topics.carry_out(client, settings, change)
        write(done_lines(done, time.monotonic() - began, width()))
        write(edit_lines(change.path, width()))


def apply(yes: Yes = False, dry_run: DryRun = False) -> None:
    """Give the turns the topics of topics.toml as it is now.

    After you renamed, added or removed topics, or changed their terms. Shows
    how many turns have other topics then, asks for confirmation, and updates
    only those.

    Examples:
      fangtan topics apply --dry-run
      fangtan topics apply
    """
    from indexer import settings as environment
    from indexer.topics import archive_topics
    from search_cli.commands.context import connected
    from search_cli.rendering.pages.learned_topics import done_lines, plan_lines
    from search_cli.rendering.terminal.console import width, write

    settings = environment.load()
    with connected(settings) as client:
        reindex = archive_topics.plan_reindex(client, settings)
        if not reindex.is_pending:
            write(plan_lines(None, width()))
            return
        if dry_run or not yes:  # else every turn would be compared twice
            write(plan_lines(reindex.diff(), width()))
            if dry_run or not confirmed(_("Update them?")):
                return
        began = time.monotonic()
        write(done_lines(archive_topics.apply(client, settings), time.monotonic() - began, width()))


def confirmed(question: str) -> bool:
    """Ask for confirmation; raise `UsageError` without a terminal."""
    if not sys.stdin.isatty():
        raise UsageError(
            _("Nothing was changed: there is no terminal for the confirmation."), _("Add --yes to skip it.")
        )
    return typer.confirm(f" {question}")
