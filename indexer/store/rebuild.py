"""Choose the indices that a run writes to: those that are searched, or a new set that replaces them at the end."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.errors import DamagedIndexError, ElasticError, StaleIndexError
from indexer.language.messages import gettext as _
from indexer.language.messages import listed
from indexer.settings import Settings
from indexer.store import indices, mapping
from indexer.store.indices import IndexSet
from indexer.store.manifest import IndexManifest, SettledManifest, read_interviews, read_manifest
from indexer.store.mapping import Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch


@dataclass(frozen=True, slots=True)
class Target:
    """The indices `names` to write to, with their `manifest`; `before` is the manifest of the archive.

    `old` is the set that they replace at the end; `None` if they are searched already.
    """

    names: Names
    manifest: IndexManifest
    before: IndexManifest
    old: IndexSet | None = None

    @property
    def rebuilding(self) -> bool:
        """Tell whether a new set is written."""
        return self.old is not None

    @property
    def is_new(self) -> bool:
        """Tell whether nothing is in the indices."""
        return self.manifest is not self.before


def choose_target(
    client: "Elasticsearch",
    settings: Settings,
    meta: Mapping[str, Any],
    rebuild: bool,
    can_lose: bool = False,
    is_settled: Callable[[Names], bool] = lambda names: False,
) -> Target:
    """Choose the indices to write to; drop sets that interrupted runs left.

    `is_settled` tells whether indices are as a run left them that found every interview complete.

    A rebuild replaces damaged indices too: their interviews are known from the index that lists them, or else
    `can_lose` says that they need not be. Raises `DamagedIndexError`, and `StaleIndexError` if the archive was built
    with another `meta` and is not to be rebuilt: with turns of two dictionaries in one index, neither would be found
    completely.
    """
    sets = indices.found(client, settings)
    live = indices.live(sets)
    for index_set in sets:
        if not index_set.live:
            indices.drop(client, index_set.names)
    if live is None:
        # searched from the start: what an interrupted run has indexed remains
        names = indices.create(client, settings, meta)
        indices.publish(client, settings, names)
        return Target(names, IndexManifest(), IndexManifest())
    changed = mapping.stale(live.meta, meta)
    if changed and not rebuild:
        raise StaleIndexError(
            _("Since this archive was indexed, {what} changed: new turns would not match the old ones.").format(
                what=listed([_(one) for one in changed])
            ),
            "fangtan topics apply" if changed == (mapping.TOPICS_CHANGED,) else "fangtan index --rebuild",
        )
    if not rebuild and is_settled(live.names):
        settled = SettledManifest(client, live.names)
        return Target(live.names, settled, settled)
    before = _before(client, live, rebuild, can_lose)
    if not rebuild:
        return Target(live.names, before, before)
    return Target(indices.create(client, settings, meta), IndexManifest(), before, old=live)


def _before(client: "Elasticsearch", live: IndexSet, rebuild: bool, can_lose: bool) -> IndexManifest:
    """Return the manifest of the archive, as far as a rebuild can read it."""
    try:
        return read_manifest(client, live.names) if live.meta else IndexManifest()
    except DamagedIndexError:
        if not rebuild:
            raise
    try:
        return read_interviews(client, live.names)
    except DamagedIndexError as error:
        if not can_lose:
            raise error.asking_to_go_on() from error
        return IndexManifest()


@contextmanager
def publishing(
    client: "Elasticsearch", settings: Settings, target: Target
) -> Iterator[Callable[["Elasticsearch"], None]]:
    """Yield a function that publishes the written documents by a client; drop a new set that was not published.

    A set that cannot be dropped, because Elasticsearch is unreachable, is dropped by the next run.
    """
    from elasticsearch import ApiError, TransportError

    published = False

    def publish(by: "Elasticsearch") -> None:
        nonlocal published
        _publish(by, settings, target)
        published = True

    try:
        yield publish
    finally:
        if not published:
            with suppress(ApiError, TransportError, ElasticError):
                _abandon(client, target)


def frequent_word(client: "Elasticsearch", settings: Settings) -> str:
    """Return the most frequent keyword of the archive, or "": an example of what to search for."""
    aggs = {"words": {"terms": {"field": "keywords", "size": 1}}}
    answer = client.search(index=mapping.names(settings).turns, size=0, track_total_hits=False, aggs=aggs)
    buckets = answer["aggregations"]["words"]["buckets"]
    return str(buckets[0]["key"]) if buckets else ""


def _publish(client: "Elasticsearch", settings: Settings, target: Target) -> None:
    """Make what was written searchable, in place of the old set if there is one."""
    client.indices.refresh(index=",".join(target.names.each))
    if target.old is not None:
        indices.publish(client, settings, target.names, target.old)
        indices.drop(client, target.old.names)


def _abandon(client: "Elasticsearch", target: Target) -> None:
    """Drop a new set; refresh one that is searched already."""
    if target.old is None:
        client.indices.refresh(index=",".join(target.names.each))
    else:
        indices.drop(client, target.names)
