"""Commands that take a query: its words need no quotes, and -word is a word, not an option."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import typer
from typer.core import TyperCommand, TyperOption

from search_cli.commands import context

_PANEL = "Narrow"


class QueryCommand(TyperCommand):
    """A command whose arguments are a query: 小米 合作 -广告 --speaker 郑志昊.

    Every such command can be told which other words are searched with those typed.
    """

    def __init__(self, name: str | None, *, params: list[Any] | None = None, **more: object) -> None:
        super().__init__(name, params=[*(params or ()), *_widening()], **cast("dict[str, Any]", more))

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]  # Typer hands its own Context
        """Run the command with the settings that its options say."""
        said = {name: ctx.params.pop(name, None) for name in context.CHOICES}
        with context.chosen({name: choice for name, choice in said.items() if choice is not None}):
            return super().invoke(ctx)

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]  # Typer hands its own Context
        """Parse the arguments, with all that is a word behind the options."""
        valued = {
            name: not getattr(parameter, "is_flag", False)
            for parameter in self.get_params(ctx)
            if parameter.param_type_name == "option"
            for name in (*parameter.opts, *parameter.secondary_opts)
        }
        return super().parse_args(ctx, arranged(args, valued))


def _widening() -> tuple[TyperOption, ...]:
    """Return the options that say which other words are searched with those typed; each also a setting."""
    return (
        TyperOption(
            param_decls=["synonyms", "--synonyms/--no-synonyms"],
            help="Search synonyms too (synonyms.txt), or FANGTAN_SYNONYMS=0.",
            type=bool,
            is_flag=True,
            default=None,
            rich_help_panel=_PANEL,
        ),
        TyperOption(
            param_decls=["regional", "--regional/--no-regional"],
            help="Search regional words too: 软件, 軟體; or FANGTAN_REGIONAL=1.",
            type=bool,
            is_flag=True,
            default=None,
            rich_help_panel=_PANEL,
        ),
    )


def arranged(args: Sequence[str], options: Mapping[str, bool]) -> list[str]:
    """Return the options, then `--`, then the words of the query, each in the order they were typed.

    `options` tells of each name whether a value follows. What begins with two dashes is an option, so that a mistyped
    one is told; what begins with one is an option only if there is one of that letter: -n 5, -n5, -h, but -广告, -QQ
    and -new are words. After `--` everything is a word.
    """
    given: list[str] = []
    words: list[str] = []
    rest = iter(args)
    for argument in rest:
        if argument == "--":
            words += rest
        elif not _is_option(argument, options):
            words.append(argument)
        elif "=" in argument or not options.get(argument):
            given.append(argument)
        else:
            value = next(rest, None)
            if value is None:
                return [*given, argument]  # its value is missing, and the parser says so
            given += [argument, value]
    return [*given, "--", *words]


def _is_option(argument: str, options: Mapping[str, bool]) -> bool:
    """Tell whether an argument is an option rather than a word of the query."""
    if argument.startswith("--") or argument in options:
        return True
    short, value = argument[:2], argument[2:]
    return argument.startswith("-") and options.get(short, False) and value.isascii() and value.isdigit()


def query_of(words: Sequence[str] | None) -> str:
    """Return the query that was typed: the arguments with spaces between."""
    return " ".join(words or ()).strip()
