"""What a shell tells of commands and options while it completes a line, in the language of the reader."""

from gettext import NullTranslations
from typing import TYPE_CHECKING

from typer.core import TyperGroup

from search_cli.commands.translated_help import translated_parameter, translated_summary
from search_cli.rendering.terminal.wrapping import clip

if TYPE_CHECKING:
    from typer._click import Command, Context

_COLUMNS = 45
"""Columns of what is told of a command, as many as Typer has for English."""


def offered_command(command: "Command", context: "Context", messages: NullTranslations) -> "Command":
    """Return a copy of a command with what it does, in brief, and the help of its options in another language."""
    copied = translated_summary(command, messages)
    copied.short_help = _in_brief(copied.help or "")
    copied.params = [translated_parameter(one, messages) for one in command.get_params(context)]
    copied.add_help_option = False  # it is among them
    if isinstance(command, TyperGroup) and isinstance(copied, TyperGroup):
        copied.commands = {name: offered_command(one, context, messages) for name, one in command.commands.items()}
    return copied


def _in_brief(text: str) -> str:
    """Return the first sentence of a text, cut where it is long: Typer cuts between words, which have blanks."""
    sentence, stop, _ = text.partition("。")
    return clip(sentence + stop, _COLUMNS)
