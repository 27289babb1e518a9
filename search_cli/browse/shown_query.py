"""The query that the screen shows: that of the command line, with filters as fields. Pure."""

import re
from collections.abc import Sequence
from typing import cast

from indexer.text.normalize import fold
from search_cli.query.parser import All, Field, Node, parse
from search_cli.query.request import Filters, SearchOptions, request
from search_cli.query.unparse import retyped
from search_cli.query.values import Value, value_of
from search_cli.rendering.terminal.humanize import argument, query_arguments

_SWITCHES = ("match", "synonyms", "regional")
"""Filters that are not fields of the query language: they stay options."""
_DATES = ("since", "until")
_OPTION = re.compile(r"--.*|-[a-zA-Z]\d*")
"""A word that the command line would take for an option."""


def with_fields(query: str, filters: Filters) -> tuple[str, Filters]:
    """Return the query with filters as its fields, and the filters that stay options.

    `--since` and `--until` beside a `date:` stay: they are two conditions, two `date:` would be alternatives.
    """
    kept = {name: value for name, value in filters.items() if name in _SWITCHES}
    fields = {name: value for name, value in filters.items() if name not in _SWITCHES}
    if not fields:
        return query.strip(), cast("Filters", kept)
    found = request(query, **cast("Filters", fields))
    if sum(one.name == "date" for one in found.filters) > 1:
        dates = {name: fields.pop(name) for name in _DATES if name in fields}
        return with_fields(query, cast("Filters", fields))[0], cast("Filters", kept | dates)
    return retyped(All((*found.node.nodes, *found.filters))), cast("Filters", kept)


def toggled(query: str, field: str, value: str, chosen: Sequence[str]) -> str:
    """Return the query with a value of a field added, or removed if it is among the `chosen` ones.

    Raises `QueryError` for a query that does not parse.
    """
    nodes = parse(query).nodes
    typed = values_in(query, field)
    wanted = value_of(field, value)
    if value not in chosen:
        return _with_values(nodes, field, (*typed, wanted))
    kept = tuple(one for one in typed if not _is_same(one, wanted))
    if len(kept) == len(typed):  # 记者 was typed, and stands for 记者@a and 记者@b
        kept = tuple(value_of(field, one) for one in chosen if one != value)
    return _with_values(nodes, field, kept)


def _with_values(nodes: Sequence[Node], field: str, values: tuple[Value, ...]) -> str:
    """Return the query with these values of a field, in its place or at the end."""
    rest: list[Node] = []
    changed = (Field(field, tuple(dict.fromkeys(values))),) if values else ()
    for node in nodes:
        if isinstance(node, Field) and node.name == field:
            rest += changed
            changed = ()
        else:
            rest.append(node)
    return retyped(All((*rest, *changed)))


def _is_same(one: Value, other: Value) -> bool:
    """Tell whether two values mean the same name, in whatever script."""
    return one == other or (isinstance(one, str) and isinstance(other, str) and fold(one) == fold(other))


def without_field(query: str, field: str) -> str:
    """Return the query without a field."""
    return _with_values(parse(query).nodes, field, ())


def words_and_fields(query: str) -> tuple[str, tuple[str, ...]]:
    """Return the query without its fields, and the fields as typed."""
    nodes = parse(query).nodes
    words = All(tuple(node for node in nodes if not isinstance(node, Field)))
    return retyped(words), tuple(retyped(node) for node in nodes if isinstance(node, Field))


def values_in(query: str, field: str) -> tuple[Value, ...]:
    """Return the values of a field in the query."""
    return tuple(
        one for node in parse(query).nodes if isinstance(node, Field) and node.name == field for one in node.values
    )


def command_line(query: str, options: SearchOptions) -> str:
    """Return the command that searches for the same: fangtan search 小米 speaker:郑志昊 --sort date."""
    words = query_arguments(query)
    typed = " ".join(_option(name, value) for name, value in options.items() if value is not None)
    if any(_OPTION.fullmatch(word) for word in words.split()):
        return " ".join(filter(None, ("fangtan search", typed, "--", words)))
    return " ".join(filter(None, ("fangtan search", words, typed)))


def _option(name: str, value: object) -> str:
    if isinstance(value, bool):
        return f"--{name}" if value else f"--no-{name}"
    return f"--{name} {argument(str(value))}"
