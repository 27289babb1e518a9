"""A search that is kept under a name: what was typed of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.text.normalize import fold
from indexer.text.shell import argument
from search_cli.query.lexer import tokens
from search_cli.query.request import Filters, SearchOptions, SearchRequest, request

LONGEST_NAME = 60
_SWITCHES = ("synonyms", "regional")
_ORDER = ("sort",)
_FIELDS = frozenset({"date", "keyword", "label"})
"""Filters of Python that are fields of a query alone."""

_FORBIDDEN = frozenset('()（）"＂“”„‟「」『』@＠')

Options = Mapping[str, str | bool | tuple[str, ...]]
"""The filters of a search, its order, and how it is searched, by the names of the options."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search by its name: the query and the options as they were typed."""

    name: str
    query: str
    options: Options

    def request(self) -> SearchRequest:
        """Parse it; raise `QueryError` or `UsageError` as a search does."""
        return request(self.query, **cast("SearchOptions", dict(self.options)))

    @property
    def uses(self) -> tuple[str, ...]:
        """Return the names of the saved searches that its query has."""
        return tuple(dict.fromkeys(token.text for token in tokens(self.query) if token.kind == "saved"))

    @property
    def typed(self) -> str:
        """Return the query and the options as they are typed, fields that have no option as such."""
        return " ".join(filter(None, (self.query, *self._typed_options())))

    def _typed_options(self) -> list[str]:
        found: list[str] = []
        for name, value in self.options.items():
            if isinstance(value, bool):
                found.append(f"--{'' if value else 'no-'}{name}")
            else:
                several = (value,) if isinstance(value, str) else value
                found += [f"{name}:{one}" if name in _FIELDS else f"--{name} {argument(one)}" for one in several]
        return found


@cache
def option_names() -> tuple[str, ...]:
    """Return the options that are kept with a search."""
    return (*Filters.__annotations__, *_ORDER)


def is_option(name: str, value: object) -> bool:
    """Tell whether a search can be kept with a value of an option."""
    if name not in option_names():
        return False
    if name in _SWITCHES:
        return isinstance(value, bool)
    if isinstance(value, list | tuple) and name not in {"since", "until", "match", *_ORDER}:
        return all(isinstance(one, str) for one in value)
    return isinstance(value, str)


def checked_name(typed: str) -> str:
    """Return a name without the @ before it; raise `UsageError` for one that a query could not have."""
    name = typed.strip().removeprefix("@").removeprefix("＠")
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or _has_operator(name):
        raise UsageError(
            _("“{typed}” is not a name for a saved search.").format(typed=typed.strip()),
            _("Write up to {number} letters, digits, dots and hyphens: fangtan save 小米 …").format(
                number=LONGEST_NAME
            ),
        )
    return name


def _has_operator(name: str) -> bool:
    return any(one.isspace() or one in _FORBIDDEN for one in name) or name.startswith("-")


def find(searches: Mapping[str, SavedSearch], name: str) -> SavedSearch | None:
    """Return the saved search of a name, in any script, case and width; None if there is none."""
    if name in searches:
        return searches[name]
    folded = fold(name)
    return next((one for own, one in searches.items() if fold(own) == folded), None)


def near_names(searches: Mapping[str, SavedSearch], name: str) -> tuple[str, ...]:
    """Return the names most like one that there is not."""
    from difflib import get_close_matches

    holding = [one for one in searches if name and (fold(name) in fold(one) or fold(one) in fold(name))]
    return tuple(dict.fromkeys((*holding[:3], *get_close_matches(name, searches, 3, 0.4))))[:3]


def renamed(query: str, old: str, new: str) -> str:
    """Return a query with another name for one of the saved searches in it."""
    places = [token for token in tokens(query) if token.kind == "saved" and fold(token.text) == fold(old)]
    for token in reversed(places):
        start = token.at + 1
        query = f"{query[:start]}{new}{query[start + len(token.text) :]}"
    return query
