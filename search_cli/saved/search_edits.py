"""Save, rename and remove searches in `searches.toml`; every other line of it is kept."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from indexer.dictionary.data_file import editable_path, locked, read_text, replace_text
from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.settings import Settings
from indexer.settings.folders import SEARCHES
from indexer.text.shell import argument
from indexer.text.toml_statements import EntryChange, changed, with_changes
from search_cli.saved.expand import check
from search_cli.saved.saved_search import SavedSearch, find, renamed
from search_cli.saved.searches_file import load, named, parse


def check_free(settings: Settings, search: SavedSearch, *, can_replace: bool) -> None:
    """Raise `UsageError` for a search whose name is taken, unless it can replace that one, or that cannot be parsed."""
    _check(search, load(settings), can_replace=can_replace)


def save(settings: Settings, search: SavedSearch, *, can_replace: bool = False) -> SavedSearch | None:
    """Write a search to the file; raise `UsageError` as `check_free` does. Return the one that it replaces."""
    path = editable_path(settings, SEARCHES)
    with locked(path):
        text = read_text(path)
        searches = parse(text, path)
        old = _check(search, searches, can_replace=can_replace)
        _write(path, text, [EntryChange(old.name if old else "", search.name, _entry(search))])
    return old


def _check(search: SavedSearch, searches: Mapping[str, SavedSearch], *, can_replace: bool) -> SavedSearch | None:
    """Return the saved search that another replaces; raise the errors of `check_free`."""
    old = find(searches, search.name)
    if old and not can_replace:
        raise UsageError(
            _("There is a saved search {name}: {search}").format(name=old.name, search=old.typed),
            _("Give another name, or add --replace: fangtan save {name} … --replace").format(name=argument(old.name)),
        )
    kept = {name: one for name, one in searches.items() if not (old and name == old.name)}
    check(search, {**kept, search.name: search})
    return old


def rename(settings: Settings, old: str, new: str) -> SavedSearch:
    """Give a saved search another name, also in the queries of others; return it."""
    path = editable_path(settings, SEARCHES)
    with locked(path):
        text = read_text(path)
        searches = parse(text, path)
        own = named(searches, old)
        taken = find(searches, new)
        if taken and taken.name != own.name:
            told = _("There is a saved search {name} already.").format(name=taken.name)
            raise UsageError(told, _("Write another name."))
        changes = [EntryChange(own.name, new, _entry(own))]
        for one in searches.values():
            query = renamed(one.query, own.name, new)
            if query != one.query and one.name != own.name:
                changes.append(EntryChange(one.name, one.name, {**_entry(one), "query": query}))
        _write(path, text, changes)
    return own


def remove(settings: Settings, names: Sequence[str]) -> tuple[SavedSearch, ...]:
    """Remove saved searches; raise `UsageError` for one that another needs. Return them."""
    path = editable_path(settings, SEARCHES)
    with locked(path):
        text = read_text(path)
        searches = parse(text, path)
        removed = {(one := named(searches, name)).name: one for name in names}
        for other in searches.values():
            needed = next((one for one in _used(other, searches) if one in removed), "")
            if needed and other.name not in removed:
                raise UsageError(
                    _("{name} needs {needed}: {search}").format(name=other.name, needed=needed, search=other.typed),
                    _("Remove both: fangtan saved remove {needed} {name}").format(
                        needed=argument(needed), name=argument(other.name)
                    ),
                )
        _write(path, text, [EntryChange(name, "", {}) for name in removed])
    return tuple(removed.values())


def _used(search: SavedSearch, searches: Mapping[str, SavedSearch]) -> list[str]:
    """Return the saved searches in the query of another that exist."""
    return [found.name for name in search.uses if (found := find(searches, name))]


def _entry(search: SavedSearch) -> dict[str, Any]:
    """Return the entry of a search."""
    values = {key: list(one) if isinstance(one, tuple) else one for key, one in search.options.items()}
    return {"query": search.query, **values} if search.query else values


def _write(path: Path, before: str, changes: list[EntryChange]) -> None:
    """Write changes; raise `UsageError` for a file in which they cannot be made."""
    after = with_changes(before, changes)
    if tomllib.loads(after) != changed(tomllib.loads(before), changes):
        told = _("{path} is written in a way that only you can change.").format(path=path)
        raise UsageError(told, _("Change it in an editor."))
    replace_text(path, before, after)
