"""`fangtan browse`: search and read in the terminal, full screen."""

import os
import sys
from typing import TYPE_CHECKING, cast

import typer

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.text.printable import plain
from search_cli.commands import command_options as options
from search_cli.commands import context
from search_cli.commands.query_command import QueryCommand, join_words
from search_cli.commands.search import ByOption
from search_cli.query.request import Filters, SearchOptions, Sort

if TYPE_CHECKING:
    from search_cli.archive import Archive


def register(app: typer.Typer) -> None:
    """Add `fangtan browse`."""
    app.command(cls=QueryCommand, rich_help_panel="Search")(browse)


@options.with_filters()
def browse(
    words: options.Words = None,
    *,
    filters: Filters,
    by: ByOption = None,
    sort: options.SortOption = Sort.RELEVANCE,
) -> None:
    """Search and read, full screen: hits change as you type, facets narrow them, keys show the rest.

    F1 shows the keys, q leaves; the command that finds the same is printed then.

    Examples:
      fangtan browse
      fangtan browse 小米 合作
      fangtan browse 用户 --speaker 郑志昊
    """
    from search_cli.browse.shown_query import command_line, with_fields

    query, kept = with_fields(join_words(words), filters)
    shown = cast("SearchOptions", dict(kept))
    if by is not None:
        shown["by"] = str(by)
    if sort is not Sort.RELEVANCE:
        shown["sort"] = str(sort)
    _check_terminal(_("Without one: {command}").format(command=command_line(query, shown)))
    archive = context.archive(filters)
    from search_cli.browse.browser import Browser
    from search_cli.commands import browse_actions

    browser = Browser(archive, query, shown, browse_actions.actions(), _open_again)
    browser.run()
    if browser.return_code:
        raise typer.Exit(browser.return_code)
    typer.echo(plain(browser.command))


def _check_terminal(instead: str) -> None:
    """Raise `UsageError` where there is no terminal to fill; `instead` is the next step."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(_("fangtan browse fills a terminal, and there is none here."), instead)
    if os.environ.get("TERM") == "dumb":
        raise UsageError(_("This terminal (TERM=dumb) cannot show a full screen."), instead)


def _open_again() -> "Archive":
    """Open the archive without a word: the screen is full."""
    from indexer import settings as environment
    from indexer.elastic.connection import light_reader
    from search_cli.archive import Archive

    settings = environment.load()
    return Archive(settings, reader=light_reader(settings))
