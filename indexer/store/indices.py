"""Find, create, publish and drop the sets of three indices."""

import datetime
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.errors import ElasticError, LoadingError, StaleIndexError
from indexer.language.messages import gettext as _
from indexer.settings import Settings
from indexer.store import index_template, mapping
from indexer.store.mapping import Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_EXISTS = "resource_already_exists_exception"


@dataclass(frozen=True, slots=True)
class IndexSet:
    """The indices of one stamp; those `present` exist, and an alias points to a `live` one.

    `meta` is the `_meta` of their mappings; empty if an index is missing: such a set can only be dropped.
    """

    stamp: str
    names: Names
    present: frozenset[str]
    live: bool
    meta: Mapping[str, Any]


def found(client: "Elasticsearch", settings: Settings) -> tuple[IndexSet, ...]:
    """Return the sets under the prefix, incomplete ones too, in one request."""
    aliases = mapping.names(settings).each
    pattern = ",".join((*aliases, *(f"{alias}-*" for alias in aliases)))
    answer = client.indices.get(
        index=pattern,
        ignore_unavailable=True,
        expand_wildcards="open,closed",  # one that somebody closed is opened when it is read
        filter_path="*.aliases,*.mappings._meta",
    )
    stamps: dict[str, dict[str, Any]] = {}
    for index, about in answer.body.items():
        if index in aliases:
            raise LoadingError(
                _("There is an index named {index}, where fangtan needs an alias of this name.").format(index=index),
                _("Delete the index if nobody needs it, or set FANGTAN_INDEX to another name than {prefix}.").format(
                    prefix=settings.index
                ),
            )
        if stamp := mapping.stamp_of(settings, index):
            stamps.setdefault(stamp, {})[index] = about
    return tuple(_set(settings, stamp, stamps[stamp]) for stamp in sorted(stamps))


def _set(settings: Settings, stamp: str, found: Mapping[str, Any]) -> IndexSet:
    """Return a set from the response for its indices."""
    names = mapping.dated(settings, stamp)
    of_each = [found.get(name, {}) for name in names.each]
    return IndexSet(
        stamp,
        names,
        frozenset(found),
        live=any(
            alias in one.get("aliases", {}) for alias, one in zip(mapping.names(settings).each, of_each, strict=True)
        ),
        meta=of_each[0].get("mappings", {}).get("_meta", {}) if all(name in found for name in names.each) else {},
    )


def live(sets: Iterable[IndexSet]) -> IndexSet | None:
    """Return the set that is searched; `None` before anything is indexed."""
    live_sets = [one for one in sets if one.live]
    if len(live_sets) > 1:
        stamps = _(", ").join(one.stamp for one in live_sets)
        raise StaleIndexError(
            _("The aliases point to several sets of indices ({stamps}).").format(stamps=stamps),
            _("Delete all sets but one."),
        )
    return live_sets[0] if live_sets else None


def meta(client: "Elasticsearch", index: str) -> Mapping[str, Any]:
    """Return the `_meta` of the mapping of an index, by its name or its alias."""
    found: Mapping[str, Any] = next(iter(client.indices.get_mapping(index=index).body.values()))["mappings"]
    about: Mapping[str, Any] = found.get("_meta", {})
    return about


def create(client: "Elasticsearch", settings: Settings, meta: Mapping[str, Any]) -> Names:
    """Create a new set without aliases, and return its names."""
    from elasticsearch import ApiError, BadRequestError, TransportError

    taken = {one.stamp for one in found(client, settings)}
    names = mapping.dated(settings, fresh_stamp(taken))
    index_settings = index_template.ensure(client, settings)

    def create_index(kind: str, name: str) -> None:
        try:
            client.indices.create(index=name, mappings=mapping.mappings(kind, meta), settings=index_settings)
        except BadRequestError as error:
            if error.message != _EXISTS:  # made by this request, whose answer was lost: the name is nobody else's
                raise

    try:
        # concurrently: Elasticsearch treats waiting requests as one change of the cluster, which takes half the time
        with ThreadPoolExecutor(len(mapping.KINDS)) as pool:
            list(pool.map(create_index, mapping.KINDS, names.each))
    except BaseException:  # Ctrl-C too
        with suppress(ApiError, TransportError, ElasticError):
            drop(client, names)
        raise
    return names


def publish(client: "Elasticsearch", settings: Settings, new: Names, old: IndexSet | None = None) -> None:
    """Point the aliases to a set instead of the old one, in one step: every search sees one or the other."""
    actions: list[dict[str, Any]] = []
    for position, alias in enumerate(mapping.names(settings).each):
        if old is not None and old.names.each[position] in old.present:
            actions.append({"remove": {"index": old.names.each[position], "alias": alias, "must_exist": False}})
        actions.append({"add": {"index": new.each[position], "alias": alias}})
    is_duplicate = {"exists": {"field": "version_of"}}
    actions[-1]["add"]["filter"] = {"bool": {"must_not": is_duplicate}}
    alias = mapping.versions(settings)
    if old is not None and old.names.interviews in old.present:
        actions.append({"remove": {"index": old.names.interviews, "alias": alias, "must_exist": False}})
    actions.append({"add": {"index": new.interviews, "alias": alias, "filter": is_duplicate}})
    client.indices.update_aliases(actions=actions)


def drop(client: "Elasticsearch", names: Names) -> None:
    """Delete the indices of a set that exist."""
    client.indices.delete(index=",".join(names.each), ignore_unavailable=True)


def fresh_stamp(taken: Iterable[str]) -> str:
    """Return a stamp of the current second, with a number if it is taken."""
    now = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S")
    stamp, number = now, 1
    while stamp in taken:
        stamp, number = f"{now}-{number + 1}", number + 1
    return stamp
