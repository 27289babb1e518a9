"""Check the values of options: a number within its limits, one of several choices."""

from enum import StrEnum
from typing import TypeVar

from indexer.errors import UsageError
from indexer.language.messages import gettext as _

E = TypeVar("E", bound=StrEnum)

WINDOW = 10_000
"""Hits that can be paged to: Elasticsearch's `index.max_result_window`, left at its default."""


def parse_choice(option: str, value: str, choices: type[E]) -> E:
    """Parse the value of an option that has choices, in any case; raise `UsageError` for another value."""
    found = next((choice for choice in choices if choice == value.strip().lower()), None)
    if found is None:
        wrong = _("{value} is not a valid {option}.").format(value=value, option=option)
        raise UsageError(wrong, _("Choose one of {values}.").format(values=_(", ").join(choices)))
    return found


def check_size(option: str, value: int | None) -> int | None:
    """Return a number of values, None for all; raise `UsageError` if it is not positive.

    More than Elasticsearch returns at once are all.
    """
    if value is None or check_minimum(option, value) > WINDOW:
        return None
    return value


def check_minimum(option: str, value: int, minimum: int = 1) -> int:
    """Return the value of an option; raise `UsageError` if it is less than `minimum`."""
    if value < minimum:
        small = _("--{option} {value} is too small.").format(option=option, value=value)
        raise UsageError(small, _("Give {number} or more.").format(number=minimum))
    return value


def check_depth(depth: int) -> None:
    """Check the number of hits of a TREC run; raise `UsageError` if it is too small or too large."""
    check_minimum("depth", depth)
    if depth > WINDOW:
        many = _("A run has at most {number} hits per query.").format(number=f"{WINDOW:,}")
        raise UsageError(many, _("Choose a smaller depth."))
