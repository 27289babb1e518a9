"""The commands of `fangtan`, each imported when it is asked for; names of two words, beside one of the first word.

`fangtan topics learn` is a command, and so is `fangtan topics 公园`.
"""

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from typer import Context as TyperContext
from typer import Typer
from typer.core import TyperGroup
from typer.main import get_group

from indexer.language import messages
from indexer.language.languages import Language
from search_cli.commands.command_table import MODULES

if TYPE_CHECKING:
    from typer._click import Command, Context, Parameter  # Typer hands its own, and exports neither


class LazyCommands(MutableMapping[str, "Command"]):
    """The commands by name, in the order of the table; the module of one is imported when it is read."""

    def __init__(self) -> None:
        self._modules = {name: module for module, names in MODULES.items() for name in names}
        self._commands: dict[str, Command] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._modules

    def __getitem__(self, name: str) -> "Command":
        if name not in self._commands:
            self._commands.update(_defined_in(self._modules[name]))
        return self._commands[name]

    def __setitem__(self, name: str, command: "Command") -> None:
        self._modules.setdefault(name, "")
        self._commands[name] = command

    def __delitem__(self, name: str) -> None:
        del self._modules[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


class HelpContext(TyperContext):
    """The context of a command, which shows its help in the language of the reader."""

    def get_help(self) -> str:
        """Print the help as Typer does, and return what is left to print."""
        from search_cli.commands.translated_help import note_unknown_language, translated_help

        note_unknown_language()
        if messages.language() is Language.ENGLISH:
            return super().get_help()
        return translated_help(self, messages.catalogue())


class LazyGroup(TyperGroup):
    """The group of all commands."""

    context_class = HelpContext

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401  Typer's own, handed on
        super().__init__(**attributes)
        self.commands = LazyCommands()

    def list_commands(self, ctx: "Context") -> list[str]:
        """Return the names of all commands, without importing one."""
        return list(self.commands)

    def resolve_command(self, ctx: "Context", args: list[str]) -> tuple[str | None, "Command | None", list[str]]:
        """Return the command that the first two words name, or else the first, and the arguments after its name."""
        name = " ".join(args[:2])
        if name in self.commands:
            return name, self.get_command(ctx, name), args[2:]
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":
        """Return a command; while a shell completes a line, with what it tells of it in the language of the reader."""
        command = super().get_command(ctx, cmd_name)
        if command is None or not _is_told_in_chinese(ctx):
            return command
        from search_cli.commands.completion_texts import offered_command

        return offered_command(command, ctx, messages.catalogue())

    def get_params(self, ctx: "Context") -> "list[Parameter]":
        """Return the options of `fangtan` itself, for a shell as commands are."""
        parameters = super().get_params(ctx)
        if not _is_told_in_chinese(ctx):
            return parameters
        from search_cli.commands.translated_help import translated_parameter

        return [translated_parameter(one, messages.catalogue()) for one in parameters]


def _is_told_in_chinese(context: "Context") -> bool:
    """Tell whether a shell completes a line for a reader of Chinese."""
    return context.resilient_parsing and messages.language() is not Language.ENGLISH


def _defined_in(module: str) -> MutableMapping[str, "Command"]:
    """Return the commands that a module of this package defines."""
    app = Typer()
    import_module(f"search_cli.commands.{module}").register(app)
    group = get_group(app)
    _give_context(group)
    return group.commands


def _give_context(group: TyperGroup) -> None:
    """Have the commands of a group, and of those below it, show their help in the language of the reader."""
    for command in group.commands.values():
        command.context_class = HelpContext
        if isinstance(command, TyperGroup):
            _give_context(command)
