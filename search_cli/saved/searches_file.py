"""Read `searches.toml`, the saved searches of an archive."""

from collections.abc import Mapping
from pathlib import Path

from indexer.dictionary.data_file import editable_path, read_text
from indexer.errors import NotFoundError, SettingsError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.safe_file import parse_toml, told_as_settings
from indexer.settings import Settings
from indexer.settings.folders import SEARCHES
from search_cli.saved.saved_search import SavedSearch, find, is_option, near_names, option_names

_LIST = gettext_noop("fangtan saved lists them.")


def load(settings: Settings) -> dict[str, SavedSearch]:
    """Return the saved searches by name, in the order of the file; raise `SettingsError` for an invalid one."""
    path = editable_path(settings, SEARCHES)
    return parse(read_text(path), path) if path.exists() else {}


def parse(text: str, path: Path) -> dict[str, SavedSearch]:
    """Return the saved searches of a text."""
    with told_as_settings(path, _("Correct it.")):
        content = parse_toml(text, path)
    return {name: _search(name, entry, path) for name, entry in content.items()}


def _search(name: str, entry: object, path: Path) -> SavedSearch:
    """Return the saved search of an entry."""
    if not isinstance(entry, Mapping):
        told = _("{path}: {name} is not a saved search.").format(path=path, name=name)
        raise SettingsError(told, _('Write ["{name}"], and query = "…" below it.').format(name=name))
    options = {key: value for key, value in entry.items() if key != "query"}
    for key, value in options.items():
        if not is_option(str(key), value):
            raise SettingsError(
                _("{path}: {key} = {value} of {name} is not an option of a search.").format(
                    path=path, key=key, value=value, name=name
                ),
                _("Options: {names}.").format(names=_(", ").join(option_names())),
            )
    query = entry.get("query", "")
    if not isinstance(query, str) or not (query.strip() or options):
        told = _("{path}: {name} has no query.").format(path=path, name=name)
        raise SettingsError(told, _('Write it below the name: query = "小米 合作"'))
    values = {key: tuple(one) if isinstance(one, list) else one for key, one in options.items()}
    return SavedSearch(name, query, values)


def get(settings: Settings, name: str) -> SavedSearch:
    """Return the saved search of a name; raise `NotFoundError`, with the nearest names, if there is none."""
    return named(load(settings), name)


def named(searches: Mapping[str, SavedSearch], typed: str) -> SavedSearch:
    """Return the saved search that is meant by a name; raise `NotFoundError` as `get` does."""
    name = typed.strip().lstrip("@＠")
    found = find(searches, name)
    if found is None:
        told = _("There is no saved search {name}.").format(name=name)
        raise NotFoundError(told, near_names(searches, name), _(_LIST))
    return found
