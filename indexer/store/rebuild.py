"""Where a run writes: into the indices that answer searches, or into a new set that takes their place at the end."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.errors import StaleIndexError
from indexer.settings import Settings
from indexer.store import indices, mapping
from indexer.store.indices import IndexSet
from indexer.store.manifest import Inside, look
from indexer.store.mapping import Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch


@dataclass(frozen=True, slots=True)
class Target:
    """`names` is written to and holds what `inside` says; `before` is what the archive held when the run began.

    `old` is the set that `names` replaces at the end, `None` where the set written to answers searches already.
    """

    names: Names
    inside: Inside
    before: Inside
    old: IndexSet | None = None

    @property
    def rebuilding(self) -> bool:
        """Tell whether a new set is written, to take the old one's place."""
        return self.old is not None


def choose(client: "Elasticsearch", settings: Settings, meta: Mapping[str, Any], rebuild: bool) -> Target:
    """Return where to write; sets that a killed run left unfinished are dropped.

    Raises `StaleIndexError` where the archive was made by other means than `meta` says, and is not to be rebuilt: turns
    segmented by two dictionaries in one index would be found by neither.
    """
    sets = indices.found(client, settings)
    live = indices.live(sets)
    for one in sets:
        if not one.live:
            indices.drop(client, one.names)
    if live is None:
        # It answers from the start: what a run that is cut short has loaded stays.
        names = indices.create(client, settings, meta)
        indices.publish(client, settings, names)
        return Target(names, Inside(), Inside())
    changed = mapping.stale(live.meta, meta)
    if changed and not rebuild:
        raise StaleIndexError(
            f"Since this archive was indexed, {_listed(changed)} changed: new turns would not match those that are in.",
            "fangtan index --rebuild",
        )
    before = look(client, live.names) if live.meta else Inside()
    if not rebuild:
        return Target(live.names, before, before)
    return Target(indices.create(client, settings, meta), Inside(), before, old=live)


@contextmanager
def finishing(client: "Elasticsearch", settings: Settings, target: Target) -> Iterator[Callable[[], None]]:
    """Yield what shows the written documents to searches; a new set that was not published by then is dropped.

    One that cannot be dropped, because Elasticsearch is gone, is dropped by the next run.
    """
    from elasticsearch import ApiError, TransportError

    published = False

    def publish() -> None:
        nonlocal published
        _publish(client, settings, target)
        published = True

    try:
        yield publish
    finally:
        if not published:
            with suppress(ApiError, TransportError):
                _leave(client, target)


def frequent_word(client: "Elasticsearch", settings: Settings) -> str:
    """Return the word that most turns have among their keywords, "" where there are none: something to search for."""
    aggs = {"words": {"terms": {"field": "keywords", "size": 1}}}
    answer = client.search(index=mapping.names(settings).turns, size=0, track_total_hits=False, aggs=aggs)
    buckets = answer["aggregations"]["words"]["buckets"]
    return str(buckets[0]["key"]) if buckets else ""


def _publish(client: "Elasticsearch", settings: Settings, target: Target) -> None:
    """Show what was written: at once, and in place of the old set where there is one."""
    client.indices.refresh(index=",".join(target.names.each))
    if target.old is not None:
        indices.publish(client, settings, target.names, target.old)
        indices.drop(client, target.old.names)


def _leave(client: "Elasticsearch", target: Target) -> None:
    """Drop a new set; refresh one that answers already, so that what is in it is seen."""
    if target.old is None:
        client.indices.refresh(index=",".join(target.names.each))
    else:
        indices.drop(client, target.names)


def _listed(texts: tuple[str, ...]) -> str:
    """Return "a, b and c"."""
    return " and ".join(filter(None, (", ".join(texts[:-1]), texts[-1])))
