"""`fangtan new`: what appeared in saved searches since they were last looked at."""

from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import ElasticError, FangtanError
from indexer.language.messages import gettext as _
from search_cli.commands import command_options as options
from search_cli.commands import completion, context
from search_cli.commands.output import OutputForm, are_hints_on, emit, output_form

if TYPE_CHECKING:
    from search_cli.archive import Archive
    from search_cli.search.new_turns import NewTurns

_FAILED, NEWS = 1, 4
"""Exit codes: a saved search that cannot be searched; something new, with `--exit-code`."""

_LIMIT = 10

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME]...", help="Saved searches, by default all.", autocompletion=completion.saved_searches
    ),
]
Limit = Annotated[
    int,
    typer.Option("--limit", "-n", min=1, max=10_000, metavar="N", help="Show at most N new turns of each search."),
]
Keep = Annotated[bool, typer.Option("--keep", help="Do not mark the turns that are shown as seen.")]
ExitCode = Annotated[bool, typer.Option("--exit-code", help=f"Exit with {NEWS} if anything is new, with 0 if not.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan new`."""
    app.command(rich_help_panel="Search")(new)


def new(
    names: Names = None,
    limit: Limit = _LIMIT,
    keep: Keep = False,
    exit_code: ExitCode = False,
    full: options.Full = False,
    json: options.Json = False,
    hints: options.Hints = True,
) -> None:
    """Show what appeared in saved searches since they were last looked at.

    New are turns of transcripts that came, turns whose words changed, and
    turns that the search finds now and did not before. A rebuild, another
    number or other punctuation makes no turn new. What is shown is seen from
    then on, unless you --keep it; the rest is shown the next time.

    For cron: --exit-code exits with 4 if anything is new, with 1 if one of the
    saved searches cannot be searched.

    Examples:
      fangtan new
      fangtan new 小米合作 --keep
      fangtan new --exit-code --json
    """
    from search_cli.rendering.formats.kept_objects import news_object
    from search_cli.rendering.pages.kept_search_list import no_searches_lines
    from search_cli.rendering.pages.new_turns_page import news_lines

    archive, form = context.archive(), output_form(json=json)
    wanted = names or [one.name for one in archive.saved()]
    if not wanted and form is OutputForm.SCREEN:
        emit(form, screen=no_searches_lines, json=list)
    found, failed = _look(archive, wanted, limit)
    emit(
        form,
        screen=lambda width: news_lines(found, width, full=full, keep=keep, hints=are_hints_on(hints)),
        json=lambda: news_object(found),
    )
    if not keep:
        for one in found:
            archive.mark_seen(one)
    if failed:
        raise typer.Exit(_FAILED)
    if exit_code and any(one.new for one in found):
        raise typer.Exit(NEWS)


def _look(archive: "Archive", names: list[str], limit: int) -> "tuple[list[NewTurns], bool]":
    """Look at saved searches; an error of one of several is printed, and tells that a part failed."""
    from search_cli.rendering.terminal.error_lines import print_note

    found: list[NewTurns] = []
    failed = False
    for name in dict.fromkeys(names):
        try:
            found.append(archive.new(name, limit, keep=True))
        except ElasticError:
            raise
        except FangtanError as error:
            if len(names) == 1:
                raise
            failed = True
            print_note(_("{name}: {message}").format(name=name, message=error.message), error.next_step)
    return found, failed
