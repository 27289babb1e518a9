"""Commands that take a query: its words need no quotes, and -word is a word, not an option."""

from collections.abc import Mapping, Sequence

import typer
from typer.core import TyperCommand


class QueryCommand(TyperCommand):
    """A command whose arguments are a query: 小米 合作 -广告 --speaker 郑志昊."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]  # Typer hands its own Context
        """Parse the arguments, with all that is a word behind the options."""
        valued = {
            name: not getattr(parameter, "is_flag", False)
            for parameter in self.get_params(ctx)
            if parameter.param_type_name == "option"
            for name in (*parameter.opts, *parameter.secondary_opts)
        }
        return super().parse_args(ctx, arranged(args, valued))


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
