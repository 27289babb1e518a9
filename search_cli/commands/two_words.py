"""Commands with names of two words, beside one of the first word: `fangtan topics learn`, and `fangtan topics 公园`."""

from typing import TYPE_CHECKING

from typer.core import TyperGroup

if TYPE_CHECKING:
    from typer._click import Command, Context  # Typer hands its own, and exports neither


class TwoWordCommands(TyperGroup):
    """A group whose commands may have names of two words."""

    def resolve_command(self, ctx: "Context", args: list[str]) -> tuple[str | None, "Command | None", list[str]]:
        """Return the command that the first two words name, or else the first, and the arguments after its name."""
        name = " ".join(args[:2])
        if name in self.commands:
            return name, self.commands[name], args[2:]
        return super().resolve_command(ctx, args)
