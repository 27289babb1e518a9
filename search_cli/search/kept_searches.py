"""Keep searches under names, list them, and look at what is new in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.settings import Settings
from search_cli.client import ArchiveClient
from search_cli.saved import search_edits, searches_file, seen_file
from search_cli.saved.saved_search import Options, SavedSearch, checked_name
from search_cli.saved.seen_file import LastLook
from search_cli.search.new_turns import NewTurns, look, new_turns


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """A saved search: its query and options, all as `typed`, and its turns and interviews when it was looked at.

    `looked_at` (ISO, UTC) is "" if it never was.
    """

    name: str
    query: str
    options: Options
    typed: str
    looked_at: str = ""
    turns: int = 0
    interviews: int = 0


def every(settings: Settings) -> tuple[KeptSearch, ...]:
    """Return the saved searches, in the order of the file."""
    looks = seen_file.load(settings)
    return tuple(_kept(one, looks.get(name)) for name, one in searches_file.load(settings).items())


def _kept(search: SavedSearch, last: LastLook | None) -> KeptSearch:
    looked = (last.looked_at, last.turns, last.interviews) if last else ()
    return KeptSearch(search.name, search.query, search.options, search.typed, *looked)


def save(
    client: ArchiveClient, name: str, query: str, options: Mapping[str, Any], *, can_replace: bool = False
) -> KeptSearch:
    """Keep a search under a name, and see its turns; a search that cannot be made is not kept."""
    search = SavedSearch(checked_name(name), query.strip(), _plain(options))
    if not (search.query or search.options):
        step = _("Write it after the name: fangtan save {name} 小米 合作").format(name=search.name)
        raise UsageError(_("There is no search to save."), step)
    search_edits.check_free(client.settings, search, can_replace=can_replace)
    last = look(client, search)
    old = search_edits.save(client.settings, search, can_replace=can_replace)
    if old and old.name != search.name:
        seen_file.forget(client.settings, [old.name])
    seen_file.mark(client.settings, search.name, last)
    return _kept(search, last)


def _plain(options: Mapping[str, Any]) -> dict[str, str | bool | tuple[str, ...]]:
    """Return options as a file has them: no empty ones, several values as texts."""
    found: dict[str, str | bool | tuple[str, ...]] = {}
    for name, value in options.items():
        if value is None or value in ("", (), []):
            continue
        found[name] = value if isinstance(value, bool) else str(value) if isinstance(value, str) else tuple(value)
    return found


def rename(settings: Settings, old: str, new: str) -> SavedSearch:
    """Give a saved search another name; return it as it was."""
    name = checked_name(new)
    search = search_edits.rename(settings, old, name)
    seen_file.rename(settings, search.name, name)
    return search


def remove(settings: Settings, names: Sequence[str]) -> tuple[SavedSearch, ...]:
    """Remove saved searches, and what was seen of them."""
    removed = search_edits.remove(settings, names)
    seen_file.forget(settings, [one.name for one in removed])
    return removed


def new(client: ArchiveClient, name: str, limit: int, *, keep: bool = False) -> NewTurns:
    """Return what is new in a saved search; its hits are seen, unless they are to keep being new."""
    search = searches_file.get(client.settings, name)
    found = new_turns(client, search, seen_file.load(client.settings).get(search.name), limit)
    if not keep:
        seen_file.mark(client.settings, search.name, found.look)
    return found
