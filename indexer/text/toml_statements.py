"""Change entries of topics.toml or searches.toml, and keep every other line: comments, blank lines, the order. Pure.

A statement is what TOML reads as one: a blank line or comment, a header, a key with its value on one or more lines.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.text.toml_string import quoted

Entry = Mapping[str, Any]
"""The fields of a topic (learned, dropped, terms, weights), or of a saved search."""

Content = Mapping[str, Entry]
"""The entries of a file by name, in its order."""

_FIRST = ("learned", "dropped", "terms", "weights")
"""The fields of a topic, in the order they are written; those of other entries keep their own."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_END = re.compile(r"([ \t]+#[^\"'\n]*)?\r?\n?\Z")


@dataclass(frozen=True, slots=True)
class EntryChange:
    """A change of one entry: `old` becomes `new`, with the fields of `entry`.

    `old` is "" for a new entry, which is put behind `behind`, or at the end; `new` is "" for one that is removed.
    """

    old: str
    new: str
    entry: Entry
    behind: str = ""


@dataclass(frozen=True, slots=True)
class _Statement:
    """The text of a statement, its entry and its key; without an entry for comments, without a key for a header."""

    text: str
    entry: str = ""
    key: str = ""


def changed(content: Content, changes: Sequence[EntryChange]) -> dict[str, Entry]:
    """Return the entries of a file after changes."""
    by_old = {change.old: change for change in changes if change.old}
    found: dict[str, Entry] = {}
    for name, entry in content.items():
        change = by_old.get(name)
        if change is None:
            found[name] = entry
        elif change.new:
            found[change.new] = change.entry
    return found | {change.new: change.entry for change in changes if not change.old}


def with_changes(text: str, changes: Sequence[EntryChange]) -> str:
    """Return the text of a valid file after changes."""
    statements = list(_statements(text))
    by_old = {change.old: change for change in changes if change.old}
    last = {statement.entry: place for place, statement in enumerate(statements) if statement.entry}
    lines: list[str] = []
    for place, statement in enumerate(statements):
        change = by_old.get(statement.entry)
        if change is None or not statement.entry:
            lines.append(statement.text)
        elif not change.new:
            if not statement.key:
                _strip_blank(lines)
        elif not statement.key:
            present = {one.key for one in statements if one.entry == statement.entry}
            lines.append(_header(statement, change))
            lines += (_field(key, change.entry[key]) for key in _ordered(change.entry) if key not in present)
        elif statement.key in change.entry:
            lines.append(_changed_field(statement, change.entry[statement.key]))
        for new in changes:
            if not new.old and new.behind and last.get(new.behind) == place:
                _append(lines, new)
    for new in changes:
        if not new.old and new.behind not in last:
            _append(lines, new)
    return "".join(lines)


def _statements(text: str) -> Iterator[_Statement]:
    """Yield the statements of a file; together they are the text."""
    entry = part = ""
    for line in _LINE.findall(text):
        part += line
        try:
            read = tomllib.loads(part)
        except tomllib.TOMLDecodeError:
            continue  # the value goes on in the next line
        if not read:
            yield _Statement(part)
        elif part.lstrip().startswith("["):
            entry = next(iter(read))
            yield _Statement(part, entry)
        else:
            yield _Statement(part, entry, next(iter(read)))
        part = ""
    if part:
        yield _Statement(part)


def _append(lines: list[str], change: EntryChange) -> None:
    """Add a new entry, with a blank line before it."""
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    if lines and lines[-1].strip():
        lines.append("\n")
    lines.append(f"[{quoted(change.new)}]\n")
    lines += (_field(key, change.entry[key]) for key in _ordered(change.entry))


def _ordered(entry: Entry) -> list[str]:
    """Return the fields of an entry in the order they are written."""
    return [*(key for key in _FIRST if key in entry), *(key for key in entry if key not in _FIRST)]


def _strip_blank(lines: list[str]) -> None:
    """Remove the blank lines at the end."""
    while lines and not lines[-1].strip():
        lines.pop()


def _header(statement: _Statement, change: EntryChange) -> str:
    """Return the header with the new name, and the comment at its end."""
    text = statement.text if change.old == change.new else f"[{quoted(change.new)}]{_end(statement.text)}"
    return text if text.endswith("\n") else f"{text}\n"


def _changed_field(statement: _Statement, value: object) -> str:
    """Return a field with its new value, and the comment at its end."""
    if tomllib.loads(statement.text)[statement.key] == value:
        return statement.text
    return f"{_field(statement.key, value).rstrip()}{_end(statement.text)}"


def _end(text: str) -> str:
    """Return the comment and the line break at the end of a statement."""
    found = _END.search(text)
    return found[0] if found else ""


def _field(key: str, value: object) -> str:
    """Return a field as text."""
    match value:
        case bool() | int():
            text = json.dumps(value)
        case str():
            text = quoted(value)
        case Mapping():
            text = "{" + ", ".join(f"{quoted(term)} = {weight}" for term, weight in value.items()) + "}"
        case list():
            text = "[" + ", ".join(map(quoted, value)) + "]"
        case _:
            raise TypeError(value)
    return f"{key} = {text}\n"
