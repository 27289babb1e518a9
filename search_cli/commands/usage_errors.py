"""What Typer finds wrong with a command line, as one of our errors: the same look, the nearest option, a next step."""

from collections.abc import Sequence
from difflib import SequenceMatcher

import typer

from indexer.errors import UsageError

Mistake: type[Exception] = typer.BadParameter.__mro__[1]
"""What Typer raises for anything mistyped; of its kinds it exports BadParameter alone by name."""

_LIKE = 0.7
"""How alike two options must be: --speker is .93 like --speaker, --version .59 like --json."""


def understood(mistake: Exception) -> UsageError:
    """Return a mistake of Typer's as an error that says what to try."""
    context = getattr(mistake, "ctx", None)
    help_step = f"{context.command_path} --help" if context is not None else "fangtan --help"
    option = getattr(mistake, "option_name", "")
    near = getattr(mistake, "possibilities", None)
    if option and hasattr(mistake, "possibilities"):
        return UsageError(f"There is no option {option}.{_did_you_mean(option, near or ())}", help_step)
    message: str = mistake.format_message() if hasattr(mistake, "format_message") else str(mistake)
    return UsageError(message.replace("valid int range", "whole number"), help_step)


def _did_you_mean(option: str, near: Sequence[str]) -> str:
    """Return the question whether another option was meant, if there is one much like it."""
    likeness = {one: SequenceMatcher(None, option, one).ratio() for one in near}
    close = sorted((one for one in near if likeness[one] >= _LIKE), key=lambda one: -likeness[one])
    return f" Did you mean {' or '.join(close[:2])}?" if close else ""
