"""`fangtan saved`, `saved rename` and `saved remove`: the saved searches."""

from typing import TYPE_CHECKING, Annotated

import typer

from search_cli.commands import command_options as options
from search_cli.commands import completion
from search_cli.commands.output import emit, output_form

if TYPE_CHECKING:
    from search_cli.archive import Archive

_NAME = typer.Argument(metavar="NAME", help="A saved search.", autocompletion=completion.saved_searches)
Old = Annotated[str, _NAME]
New = Annotated[str, typer.Argument(metavar="NEW", help="The new name, without spaces.")]
Names = Annotated[
    list[str],
    typer.Argument(metavar="NAME...", help="Saved searches.", autocompletion=completion.saved_searches),
]


def register(app: typer.Typer) -> None:
    """Add `fangtan saved` and its single steps."""
    app.command(rich_help_panel="Browse")(saved)
    for command in (rename, remove):
        app.command(name=f"saved {command.__name__}", rich_help_panel="Browse")(command)


def saved(json: options.Json = False) -> None:
    """List the saved searches, each with what it had when it was last looked at.

    They lie in searches.toml, which you may edit.

    Example: fangtan saved
    """
    from search_cli.rendering.formats.kept_objects import search_object
    from search_cli.rendering.pages.kept_search_list import list_lines

    found = _archive().saved()
    emit(
        output_form(json=json),
        screen=lambda width: list_lines(found, width),
        json=lambda: [search_object(one) for one in found],
    )


def rename(old: Old, new: New) -> None:
    """Give a saved search another name, also in the queries of others that have it.

    Example: fangtan saved rename 小米 小米合作
    """
    from search_cli.rendering.pages.kept_search_list import renamed_lines
    from search_cli.rendering.terminal.console import width, write

    found = _archive().rename_saved(old, new)
    write(renamed_lines(found.name, new, width()))


def remove(names: Names) -> None:
    """Remove saved searches, and what was seen of them; one that another needs stays.

    Example: fangtan saved remove 小米合作
    """
    from search_cli.rendering.pages.kept_search_list import removed_lines
    from search_cli.rendering.terminal.console import width, write

    write(removed_lines(_archive().remove_saved(*names), width()))


def _archive() -> "Archive":
    """Open the archive, whose files alone are read."""
    from indexer import settings
    from search_cli.archive import Archive

    return Archive(settings.load())
