"""Convert the errors of Typer's parser to `UsageError`, with the nearest option and a next step."""

from collections.abc import Sequence
from difflib import SequenceMatcher

import typer

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import sentences

TyperError: type[Exception] = typer.BadParameter.__mro__[1]
"""The base class of Typer's usage errors, of which it exports only BadParameter."""

_SIMILAR = 0.7
"""Least similarity of a suggested option: --speker and --speaker have .93, --version and --json .59."""

_AS_SIMILAR = 0.05
"""Difference up to which a second option is as similar: --speker and --seed have .86."""


def usage_error(error: Exception) -> UsageError:
    """Convert an error of Typer's to one with a next step."""
    from search_cli.commands.parser_messages import translated

    context = getattr(error, "ctx", None)
    help_step = f"{context.command_path} --help" if context is not None else "fangtan --help"
    option = getattr(error, "option_name", "")
    near = getattr(error, "possibilities", None)
    if option and hasattr(error, "possibilities"):
        unknown = _("There is no option {option}.").format(option=option)
        return UsageError(sentences(unknown, _did_you_mean(option, near or ())), help_step)
    message: str = error.format_message() if hasattr(error, "format_message") else str(error)
    return UsageError(translated(message.replace("valid int range", "whole number")), help_step)


def _did_you_mean(option: str, near: Sequence[str]) -> str:
    """Return a question with the most similar options, "" if none is similar enough."""
    similarity = {one: SequenceMatcher(None, option, one).ratio() for one in near}
    least = max(_SIMILAR, max(similarity.values(), default=0.0) - _AS_SIMILAR)
    close = sorted((one for one in near if similarity[one] >= least), key=lambda one: -similarity[one])
    if len(close) > 1:
        return _("Did you mean {option} or {other}?").format(option=close[0], other=close[1])
    return _("Did you mean {option}?").format(option=close[0]) if close else ""
