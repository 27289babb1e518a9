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


def add(client: "Elasticsearch", indices: mapping.Names, token: str) -> None:
    """Add the aliases of a run to the indices of a set."""
    aliases = ({"index": index, "alias": name(index, token), "is_hidden": True} for index in indices.each)
    client.indices.update_aliases(actions=[{"add": alias} for alias in aliases])


def remove(client: "Elasticsearch", settings: Settings) -> None:
    """Remove the aliases of every run; one request if there are none."""
    found = client.indices.get(
        index=",".join(f"{alias}-*" for alias in mapping.names(settings).each),
        features="aliases",
        expand_wildcards="all",
        filter_path="*.aliases",
    )
    actions = [{"remove": {**alias, "must_exist": False}} for alias in _of_runs(found.body, settings)]
    if actions:
        client.indices.update_aliases(actions=actions)


def _of_runs(found: Mapping[str, Any], settings: Settings) -> Iterator[dict[str, str]]:
    """Yield the aliases of runs among those of indices."""
    for index, about in found.items():
        if mapping.stamp_of(settings, index):
            aliases = about.get("aliases", {})
            yield from ({"index": index, "alias": one} for one in aliases if one.startswith(name(index, "")))
