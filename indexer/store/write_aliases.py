"""The aliases that a run writes through: once they are removed, Elasticsearch refuses what it still sends.

fangtan-turns-20261124-093000-write-0f3a…    of the run with this token, for one index; hidden, so that no pattern
                                             such as `fangtan-*` has an index twice
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from indexer.settings import Settings
from indexer.store import mapping

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch


def name(index: str, token: str) -> str:
    """Return the alias of an index for a run."""
    return f"{index}-write-{token}"


def write_alias(client: "Elasticsearch", index: str) -> str:
    """Return what to write to instead of an index: the alias of the run, if it is the client of a run."""
    of_run: Callable[[str], str] | None = getattr(client, "write_alias", None)
    return of_run(index) if of_run else index


def add(client: "Elasticsearch", settings: Settings, indices: mapping.Names, token: str) -> None:
    """Add the aliases of a run to the indices of a set, in place of those of all other runs."""
    aliases = ({"index": index, "alias": name(index, token), "is_hidden": True} for index in indices.each)
    added: list[dict[str, Any]] = [{"add": alias} for alias in aliases]
    client.indices.update_aliases(actions=[*_removals(client, settings), *added])


def remove(client: "Elasticsearch", settings: Settings) -> None:
    """Remove the aliases of every run."""
    if actions := _removals(client, settings):
        client.indices.update_aliases(actions=actions)


def _removals(client: "Elasticsearch", settings: Settings) -> list[dict[str, Any]]:
    """Return the actions that remove the aliases which runs have now."""
    found = client.indices.get(
        index=",".join(f"{alias}-*" for alias in mapping.names(settings).each),
        features="aliases",
        expand_wildcards="all",
        filter_path="*.aliases",
    )
    return [{"remove": {**alias, "must_exist": False}} for alias in _of_runs(found.body, settings)]


def _of_runs(found: Mapping[str, Any], settings: Settings) -> Iterator[dict[str, str]]:
    """Yield the aliases of runs among those of indices."""
    for index, about in found.items():
        if mapping.stamp_of(settings, index):
            aliases = about.get("aliases", {})
            yield from ({"index": index, "alias": one} for one in aliases if one.startswith(name(index, "")))
