"""Help in the language of the reader: a copy of the command with translated texts, and Typer's own words.

A text to translate is what the code says: a paragraph of a docstring with its lines joined, the help of an option, a
heading. Of examples only the heading is translated; a paragraph with a list in it is one text, lines and all.
"""

import inspect
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from gettext import NullTranslations
from types import ModuleType
from typing import TYPE_CHECKING

from typer.core import TyperArgument, TyperGroup, TyperOption

from indexer.errors import SettingsError
from indexer.settings import setting_values
from search_cli.commands.language_choice import setting

if TYPE_CHECKING:
    from typer._click import Command, Context, Parameter
    from typer._click.formatting import HelpFormatter

METAVAR = "metavar"
"""The context of metavars in the catalogue: FILE is not a word of a sentence."""

_EXAMPLES = re.compile(r"(Examples?:(?: (?=\S))?)(.*)", re.DOTALL)
_USAGE = "Usage: "
_WORDS = (
    *("ARGUMENTS_PANEL_TITLE", "OPTIONS_PANEL_TITLE", "COMMANDS_PANEL_TITLE"),
    *("DEFAULT_STRING", "REQUIRED_LONG_STRING"),
)
"""Typer's own words, by their names in `typer.rich_utils`."""


def note_unknown_language() -> None:
    """Print a note about a value of `FANGTAN_LANG` that is not a language: no mistake in a setting prevents help."""
    try:
        setting_values.language(setting())
    except SettingsError as error:
        from search_cli.rendering.terminal.error_lines import print_note

        print_note(error.message, error.next_step)


def translated_help(context: "Context", messages: NullTranslations) -> str:
    """Print the help of a context's command with the texts of `messages`; return what is left to print."""
    command = translated_command(context.command, context, messages)
    context.formatter_class = _formatter(messages.gettext(_USAGE))
    with _replaced(typer_words(messages)):
        return command.get_help(context)


def translated_command(command: "Command", context: "Context", messages: NullTranslations) -> "Command":
    """Return a copy of a command with all that its help shows, translated."""
    copied = translated_summary(command, messages)
    copied.help = _paragraphs(command.help, messages)
    copied.epilog = _paragraphs(command.epilog, messages)
    copied.options_metavar = messages.pgettext(METAVAR, command.options_metavar or "")
    copied.params = [translated_parameter(parameter, messages) for parameter in command.get_params(context)]
    copied.add_help_option = False  # it is among them
    if isinstance(command, TyperGroup) and isinstance(copied, TyperGroup):
        copied.subcommand_metavar = messages.pgettext(METAVAR, command.subcommand_metavar)
        copied.commands = {name: translated_summary(below, messages) for name, below in command.commands.items()}
    return copied


def translated_summary(command: "Command", messages: NullTranslations) -> "Command":
    """Return a copy of a command with what the list of commands shows of it: its heading and first paragraph."""
    copied = copy(command)
    copied.help = _paragraphs((command.help or "").partition("\n\n")[0], messages)
    _translate_heading(copied, messages)
    return copied


def translated_parameter(parameter: "Parameter", messages: NullTranslations) -> "Parameter":
    """Return a copy of a parameter with its help, metavar, heading and default translated; itself if it is hidden."""
    if not isinstance(parameter, (TyperArgument, TyperOption)) or parameter.hidden:
        return parameter
    copied = copy(parameter)
    if parameter.help:
        copied.help = messages.gettext(parameter.help)
    if parameter.metavar:
        copied.metavar = messages.pgettext(METAVAR, parameter.metavar)
    if isinstance(parameter.show_default, str):
        copied.show_default = messages.gettext(parameter.show_default)
    _translate_heading(copied, messages)
    return copied


def _translate_heading(shown: object, messages: NullTranslations) -> None:
    """Translate the heading below which a command or a parameter is shown, if it has one of its own."""
    heading = getattr(shown, "rich_help_panel", None)
    if isinstance(heading, str):
        setattr(shown, "rich_help_panel", messages.gettext(heading))  # noqa: B010  Typer's commands share no type with it


def _paragraphs(text: str | None, messages: NullTranslations) -> str:
    """Return a docstring with its paragraphs translated."""
    return "\n\n".join(_paragraph(one, messages) for one in inspect.cleandoc(text or "").split("\n\n") if one)


def _paragraph(text: str, messages: NullTranslations) -> str:
    """Return a paragraph in the language of `messages`; examples stay as they are typed."""
    if examples := _EXAMPLES.fullmatch(text):
        heading, lines = examples.groups()
        return messages.gettext(heading) + lines
    has_list = "\n " in text
    return messages.gettext(text if has_list else text.replace("\n", " "))


def typer_words(messages: NullTranslations) -> dict[tuple[ModuleType, str], object]:
    """Return Typer's words in the language of `messages`, and what lays out lines of Chinese, by where they belong."""
    from rich import text
    from typer import rich_utils

    from search_cli.rendering.terminal.wrapping import break_offsets

    usage = messages.gettext(_USAGE)

    class Highlighter(rich_utils.OptionHighlighter):
        highlights = [*rich_utils.OptionHighlighter.highlights, f"(?P<usage>^{re.escape(usage)})"]  # noqa: RUF012  Rich's

    words = {(rich_utils, name): messages.gettext(getattr(rich_utils, name)) for name in _WORDS}
    return {
        **words,
        (rich_utils, "highlighter"): Highlighter(),
        # Rich breaks lines between words; a sentence of Chinese would be one
        (text, "divide_line"): lambda line, width, fold=True: break_offsets(line, width),
    }


def _formatter(usage: str) -> type["HelpFormatter"]:
    """Return a formatter that begins the usage with this word."""
    from typer._click.formatting import HelpFormatter

    class Formatter(HelpFormatter):
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, usage if prefix is None else prefix)

    return Formatter


@contextmanager
def _replaced(values: Mapping[tuple[ModuleType, str], object]) -> Iterator[None]:
    """Replace names of modules while the block runs: neither Typer nor Rich takes them as arguments."""
    before = {(module, name): getattr(module, name) for module, name in values}
    try:
        for (module, name), value in values.items():
            setattr(module, name, value)
        yield
    finally:
        for (module, name), value in before.items():
            setattr(module, name, value)
