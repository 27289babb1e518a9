"""`fangtan dict`: the user's words in jieba's dictionary."""

import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.commands import command_options as options
from search_cli.commands.output import emit, output_form

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from indexer.dictionary.diff import DictionaryDiff
    from indexer.dictionary.update import DictionaryChange
    from indexer.settings import Settings

dictionary = typer.Typer(
    help="Keep words whole: names, brands, terms. No need to index the archive again.",
    no_args_is_help=True,
)

WordsToAdd = Annotated[list[str], typer.Argument(metavar="WORD...", help="Words, each without spaces.")]
WordsToRemove = Annotated[list[str], typer.Argument(metavar="WORD...", help="Words in words.txt.")]
Tag = Annotated[
    str,
    typer.Option(
        "--tag",
        metavar="TAG",
        help="Part of speech: nz brand or term, nr person, ns place, nt organisation, n thing, v, vn, a, t.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan dict add`, `remove` and `list`."""
    app.add_typer(dictionary, name="dict", rich_help_panel="Index")


@dictionary.command()
def add(words: WordsToAdd, tag: Tag = "nz", yes: Yes = False, dry_run: DryRun = False) -> None:
    """Add words to words.txt and update the archive.

    Shows how many turns are segmented differently, asks for confirmation, and
    reindexes only those. Text is found whether or not its words are in the
    dictionary; if they are, it is ranked better, and they can be keywords and
    topics.

    Examples:
      fangtan dict add 红米手机
      fangtan dict add 刘三发 --tag nr
      fangtan dict add 口袋公园 白渡香 --dry-run
    """
    from indexer import settings as environment
    from indexer.dictionary import update

    settings = environment.load()
    _change(settings, update.add_words(settings, words, tag), yes=yes, dry_run=dry_run, adding=True)


@dictionary.command()
def remove(words: WordsToRemove, yes: Yes = False, dry_run: DryRun = False) -> None:
    """Remove words from words.txt and update the archive.

    Example: fangtan dict remove 红米手机
    """
    from indexer import settings as environment
    from indexer.dictionary import update

    settings = environment.load()
    _change(settings, update.remove_words(settings, words), yes=yes, dry_run=dry_run, adding=False)


@dictionary.command(name="list")
def show(json: options.Json = False, csv: options.Csv = False, output: options.Output = None) -> None:
    """List the words in words.txt, in file order.

    Example: fangtan dict list
    """
    from indexer import settings as environment
    from indexer.dictionary import update
    from search_cli.rendering.pages.dictionary_changes import entry_lines

    entries = update.list_words(environment.load())
    emit(
        output_form(json=json, csv=csv, output=output),
        screen=lambda width: entry_lines(entries, width),
        json=lambda: [entry._asdict() for entry in entries],
        rows=lambda: (("word", "frequency", "tag"), entries),
        output=output,
    )


def _change(settings: "Settings", change: "DictionaryChange", *, yes: bool, dry_run: bool, adding: bool) -> None:
    """Show the effect of a change, ask for confirmation, and carry it out."""
    from indexer.dictionary import update
    from indexer.elastic.error_mapping import map_errors
    from search_cli.commands.context import connected
    from search_cli.rendering.pages.dictionary_changes import change_lines, done_lines
    from search_cli.rendering.terminal.console import width, write

    with connected(settings) as client:
        with map_errors(settings):
            reindex = update.plan_reindex(client, settings, change)
            difference = reindex.diff() if reindex is not None else None
        if _is_in_place(change, difference, reindex is not None and reindex.is_pending):
            write(done_lines(change.words, None, 0.0, adding=adding))
            return
        write(change_lines(change.words, difference, width(), adding=adding))
        if dry_run or not (yes or _confirmed(adding=adding)):
            return
        began = time.monotonic()
        _carry_out(client, settings, change, began, adding=adding)


def _is_in_place(change: "DictionaryChange", difference: "DictionaryDiff | None", waiting: bool) -> bool:
    """Check whether nothing has to be done: neither in the file nor in the archive."""
    return change.written and (difference is None or not waiting)


def _carry_out(
    client: "Elasticsearch", settings: "Settings", change: "DictionaryChange", began: float, *, adding: bool
) -> None:
    from indexer.dictionary import update
    from search_cli.rendering.pages.dictionary_changes import done_lines
    from search_cli.rendering.terminal.console import write

    done = update.carry_out(client, settings, change)
    write(done_lines(change.words, done, time.monotonic() - began, adding=adding))


def _confirmed(*, adding: bool) -> bool:
    """Ask for confirmation; raise `UsageError` without a terminal."""
    if not sys.stdin.isatty():
        raise UsageError(
            _("Nothing was changed: there is no terminal for the confirmation."), _("Add --yes to skip it.")
        )
    return typer.confirm(f" {_('Add?') if adding else _('Remove?')}")
