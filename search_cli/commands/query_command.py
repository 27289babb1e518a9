"""Commands that take a query: its words need no quotes, and -word is a word, not an option."""

from collections.abc import Mapping, Sequence

import typer
from typer.core import TyperCommand


class QueryCommand(TyperCommand):
    """A command whose arguments are a query: 小米 合作 -广告 --speaker 郑志昊."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]  # Typer hands its own Context
        """Parse the arguments, with the words of the query after the options."""
        takes_value = {
            name: not getattr(parameter, "is_flag", False)
            for parameter in self.get_params(ctx)
            if parameter.param_type_name == "option"
            for name in (*parameter.opts, *parameter.secondary_opts)
        }
        return super().parse_args(ctx, options_first(self.rewrite(args), takes_value))

    def rewrite(self, args: Sequence[str]) -> Sequence[str]:
        """Return the arguments as Typer is to see them."""
        return args


def options_first(args: Sequence[str], takes_value: Mapping[str, bool]) -> list[str]:
    """Return the options, then `--`, then the words of the query, each in the order they were typed.

    `takes_value` has the names of all options. An argument with two dashes is an option, so that a misspelt one is
    reported; with one dash it is an option only if there is one of that letter: -n 5, -n5, -h, but -广告, -QQ and -new
    are words. After `--` everything is a word.
    """
    options: list[str] = []
    words: list[str] = []
    remaining = iter(args)
    for argument in remaining:
        if argument == "--":
            words += remaining
        elif not _is_option(argument, takes_value):
            words.append(argument)
        elif "=" in argument or not takes_value.get(argument):
            options.append(argument)
        else:
            value = next(remaining, None)
            if value is None:
                return [*options, argument]  # the parser reports the missing value
            options += [argument, value]
    return [*options, "--", *words]


def _is_option(argument: str, takes_value: Mapping[str, bool]) -> bool:
    """Check whether an argument is an option rather than a word of the query."""
    if argument.startswith("--") or argument in takes_value:
        return True
    short, value = argument[:2], argument[2:]
    return argument.startswith("-") and takes_value.get(short, False) and value.isascii() and value.isdigit()


def join_words(words: Sequence[str] | None) -> str:
    """Join the arguments to the query."""
    return " ".join(words or ()).strip()
