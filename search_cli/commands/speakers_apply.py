"""`fangtan speakers apply`: give the indexed turns the speakers of speakers.toml."""

import sys
import time
from typing import TYPE_CHECKING

import typer

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.commands import command_options as options
from search_cli.commands.dictionary import DryRun, Yes
from search_cli.commands.output import emit, output_form

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from indexer.indexing.speaker_diff import SpeakerDiff
    from indexer.settings import Settings


def register(app: typer.Typer) -> None:
    """Add `fangtan speakers apply`."""
    app.command(name="speakers apply", rich_help_panel="Index")(apply)


def apply(yes: Yes = False, dry_run: DryRun = False, json: options.Json = False) -> None:
    """Apply speakers.toml: aliases, affiliations, roles, labels, turns, mentions.

    Shows how many turns change their speaker, affiliation or role, and how many
    whom they mention, asks for confirmation, and writes only those. No
    transcript is read. fangtan index does the same at its end.

    Examples:
      fangtan speakers apply --dry-run
      fangtan speakers apply --yes
    """
    from indexer import settings as environment
    from search_cli.commands.context import connected
    from search_cli.rendering.pages.speaker_changes import change_lines
    from search_cli.rendering.terminal.console import width, write

    if json and not (yes or dry_run):
        raise UsageError(_("--json asks for no confirmation."), _("Add --dry-run, or --yes to apply the changes."))
    settings = environment.load()
    with connected(settings) as client:
        if json:
            _print(_diff(client, settings) if dry_run else _applied(client, settings))
            return
        diff = _diff(client, settings)
        write(change_lines(diff, width()))
        if dry_run or diff is None or not (not diff.interviews or yes or _confirmed()):
            return
        _carry_out(client, settings)


def _diff(client: "Elasticsearch", settings: "Settings") -> "SpeakerDiff | None":
    """Return what would change; None if nothing is indexed."""
    from indexer.elastic.error_mapping import map_errors
    from indexer.indexing.relabel import find_relabel

    with map_errors(settings):
        relabel = find_relabel(client, settings)
        return relabel.diff() if relabel is not None else None


def _applied(client: "Elasticsearch", settings: "Settings") -> "SpeakerDiff | None":
    """Apply the file; return what was written."""
    from indexer.indexing import relabel

    return relabel.apply(client, settings)


def _carry_out(client: "Elasticsearch", settings: "Settings") -> None:
    """Apply the file, and print how many turns were written."""
    from search_cli.rendering.pages.speaker_changes import done_lines
    from search_cli.rendering.terminal.console import write

    began = time.monotonic()
    if (done := _applied(client, settings)) is not None and done.interviews:
        write(done_lines(done, time.monotonic() - began))


def _print(diff: "SpeakerDiff | None") -> None:
    """Print the changes as JSON; null if nothing is indexed."""
    from dataclasses import asdict

    emit(output_form(json=True), screen=lambda _: [], json=lambda: asdict(diff) if diff is not None else None)


def _confirmed() -> bool:
    """Ask for confirmation; raise `UsageError` without a terminal."""
    if not sys.stdin.isatty():
        raise UsageError(
            _("Nothing was changed: there is no terminal for the confirmation."), _("Add --yes to skip it.")
        )
    return typer.confirm(f" {_('Apply?')}")
