"""`fangtan tag` and `fangtan tags`: tags and notes of turns."""

import re
from collections.abc import Sequence
from typing import Annotated

import typer

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import ngettext
from search_cli.commands import command_options as options
from search_cli.commands import completion, context
from search_cli.commands.output import emit, output_form
from search_cli.commands.topics import Yes, confirmed

_ADDRESS = re.compile(r".+[#＃]\d.*")

Typed = Annotated[
    list[str],
    typer.Argument(
        metavar="ADDRESS... [TAG]...",
        help="Turns (interview#3, interview#3-5), and tags for all of them.",
        autocompletion=completion.tags_and_interviews,
        show_default=False,
    ),
]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="A note for them; '' takes it away.")]
Remove = Annotated[bool, typer.Option("--remove", help="Take the tags away; without tags, all and the note.")]


Accept = Annotated[bool, typer.Option("--accept", help="Give tags of changed turns to those that begin as they did.")]
DropLost = Annotated[bool, typer.Option("--drop-lost", help="Remove the tags and notes of turns that are not found.")]
Old = Annotated[str, typer.Argument(metavar="TAG", help="A tag.", autocompletion=completion.tags)]
New = Annotated[str, typer.Argument(metavar="NEW", help="The new name; that of another tag makes one of both.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan tag` and `fangtan tags`."""
    app.command(rich_help_panel="Search")(tag)
    app.command(rich_help_panel="Browse")(tags)
    app.command(name="tags rename", rich_help_panel="Browse")(rename)


def tag(typed: Typed, note: Note = None, remove: Remove = False, json: options.Json = False) -> None:
    """Give turns tags and a note, or take them away.

    Tags are found with --tag and tag:信任, counted by fangtan facets tag, and
    shown with hits; the words of a note are not searched. They lie in
    tags.txt, which you may edit, and stay with the words of their turns when
    transcripts are read again.

    Examples:
      fangtan tag qzone-xiaomi#3 合作
      fangtan tag qzone-xiaomi#3-5 合作 重要 --note "与第9轮对照"
      fangtan tag qzone-xiaomi#3 重要 --remove
    """
    from search_cli.rendering.formats.kept_objects import tagged_object
    from search_cli.rendering.pages.tag_table import tagged_lines

    addresses, names = _parted(typed)
    found = context.archive().tag(addresses, names, note, remove)
    emit(
        output_form(json=json),
        screen=lambda width: tagged_lines(found, width),
        json=lambda: [tagged_object(one) for one in found],
    )


def _parted(typed: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the addresses and the tags among arguments."""
    addresses = [one for one in typed if _ADDRESS.fullmatch(one)]
    if not addresses:
        raise UsageError(
            _("{typed} is not the address of a turn.").format(typed=typed[0]),
            _("Write it as in fangtan tag qzone-xiaomi#3 信任"),
        )
    return addresses, [one for one in typed if one not in addresses]


def tags(accept: Accept = False, drop_lost: DropLost = False, yes: Yes = False, json: options.Json = False) -> None:
    """List the tags, and the tagged turns whose words were changed or that are gone.

    A turn with another number is found again by its words. Tags of turns whose
    words were changed count for no turn until you --accept the turn that begins
    as it did, or tag it again.

    Examples:
      fangtan tags
      fangtan tags --accept
      fangtan tags --drop-lost
    """
    from search_cli.rendering.formats.kept_objects import tag_list_object
    from search_cli.rendering.pages.tag_table import accepted_lines, dropped_lines, list_lines
    from search_cli.rendering.terminal.console import width, write

    archive = context.archive()
    if accept:
        moved = archive.accept_tags()
        write([] if json else accepted_lines(moved, width()))
    if drop_lost:
        lost = archive.tags().lost
        if lost and not yes and not confirmed(f" {_drop_question(len(lost))}"):
            return
        write([] if json else dropped_lines(archive.drop_lost_tags(), width()))
    found = archive.tags()
    emit(
        output_form(json=json),
        screen=lambda width: list_lines(found, width),
        json=lambda: tag_list_object(found),
    )


def _drop_question(turns: int) -> str:
    asked = ngettext(
        "Remove the tags and notes of {number} turn?", "Remove the tags and notes of {number} turns?", turns
    )
    return asked.format(number=f"{turns:,}")


def rename(old: Old, new: New) -> None:
    """Give a tag another name; that of another tag makes one of both.

    Examples:
      fangtan tags rename 信赖 信任
      fangtan tags rename 便宜 价格/便宜
    """
    from search_cli.rendering.pages.tag_table import renamed_lines
    from search_cli.rendering.terminal.console import width, write

    write(renamed_lines(old, new, context.archive().rename_tag(old, new), width()))
