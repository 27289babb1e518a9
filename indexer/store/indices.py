"""The sets of three indices: found, made, put behind the aliases in one step, dropped."""

import datetime
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.errors import LoadingError, StaleIndexError
from indexer.settings import Settings
from indexer.store import index_template, mapping
from indexer.store.mapping import Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch


@dataclass(frozen=True, slots=True)
class IndexSet:
    """The indices of one stamp, of which those `present` exist; `live`: some alias points here.

    `meta` is what was written when they were made, empty where some are missing: such a set is only good for dropping.
    """

    stamp: str
    names: Names
    present: frozenset[str]
    live: bool
    meta: Mapping[str, Any]


def found(client: "Elasticsearch", settings: Settings) -> tuple[IndexSet, ...]:
    """Return the sets that exist under this prefix, whole or half made; one request."""
    aliases = mapping.names(settings).each
    pattern = ",".join((*aliases, *(f"{alias}-*" for alias in aliases)))
    answer = client.indices.get(index=pattern, ignore_unavailable=True, filter_path="*.aliases,*.mappings._meta")
    stamps: dict[str, dict[str, Any]] = {}
    for index, about in answer.body.items():
        if index in aliases:
            raise LoadingError(
                f"An index is called {index}, where fangtan wants an alias of this name.",
                f"Delete that index if nobody needs it, or set FANGTAN_INDEX to another name than {settings.index}.",
            )
        if stamp := mapping.stamp_of(settings, index):
            stamps.setdefault(stamp, {})[index] = about
    return tuple(_set(settings, stamp, stamps[stamp]) for stamp in sorted(stamps))


def _set(settings: Settings, stamp: str, about: Mapping[str, Any]) -> IndexSet:
    """Return one set from what Elasticsearch says of its indices."""
    names = mapping.dated(settings, stamp)
    of_each = [about.get(name, {}) for name in names.each]
    return IndexSet(
        stamp,
        names,
        frozenset(about),
        live=any(one.get("aliases") for one in of_each),
        meta=of_each[0].get("mappings", {}).get("_meta", {}) if all(name in about for name in names.each) else {},
    )


def live(sets: Iterable[IndexSet]) -> IndexSet | None:
    """Return the set that answers searches; `None` before anything was indexed."""
    answering = [one for one in sets if one.live]
    if len(answering) > 1:
        stamps = ", ".join(one.stamp for one in answering)
        raise StaleIndexError(
            f"The aliases point to several sets of indices ({stamps}).", "Delete all but one set of them."
        )
    return answering[0] if answering else None


def create(client: "Elasticsearch", settings: Settings, meta: Mapping[str, Any]) -> Names:
    """Make a new set, behind no alias yet, and return its names.

    It is refreshed while it is filled, as usual: switching that off made loading no faster (measured on 9.5.3).
    """
    taken = {one.stamp for one in found(client, settings)}
    names = mapping.dated(settings, _fresh_stamp(taken))
    layout = index_template.ensure(client, settings)

    def one(kind: str, name: str) -> None:
        client.indices.create(index=name, mappings=mapping.mappings(kind, meta), settings=layout)

    # at once: Elasticsearch takes requests that wait together as one change of the cluster, half the time of three
    with ThreadPoolExecutor(len(mapping.KINDS)) as pool:
        list(pool.map(one, mapping.KINDS, names.each))
    return names


def publish(client: "Elasticsearch", settings: Settings, new: Names, old: IndexSet | None = None) -> None:
    """Put a set behind the aliases, in the same step taking the old one from there: no search falls between them."""
    actions: list[dict[str, Any]] = []
    for place, alias in enumerate(mapping.names(settings).each):
        if old is not None and old.names.each[place] in old.present:
            actions.append({"remove": {"index": old.names.each[place], "alias": alias, "must_exist": False}})
        actions.append({"add": {"index": new.each[place], "alias": alias}})
    once_more = {"exists": {"field": "version_of"}}
    actions[-1]["add"]["filter"] = {"bool": {"must_not": once_more}}
    alias = mapping.versions(settings)
    if old is not None and old.names.interviews in old.present:
        actions.append({"remove": {"index": old.names.interviews, "alias": alias, "must_exist": False}})
    actions.append({"add": {"index": new.interviews, "alias": alias, "filter": once_more}})
    client.indices.update_aliases(actions=actions)


def drop(client: "Elasticsearch", names: Names) -> None:
    """Delete a set, whatever of it exists."""
    client.indices.delete(index=",".join(names.each), ignore_unavailable=True)


def _fresh_stamp(taken: Iterable[str]) -> str:
    """Return this second as a stamp, numbered if it is taken."""
    now = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S")
    stamp, number = now, 1
    while stamp in taken:
        stamp, number = f"{now}-{number + 1}", number + 1
    return stamp
