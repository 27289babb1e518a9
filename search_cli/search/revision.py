"""Tell whether an archive has changed, and what it was made by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from search_cli.client import ArchiveClient
from search_cli.query import bodies

_MADE_BY = ("dictionary", "topics", "speakers")


@dataclass(frozen=True, slots=True)
class ArchiveRevision:
    """An archive as it is now: two that are equal have the same turns, written at the same time.

    `fingerprints` are those of what it was made by: dictionary, topics, speakers. `server` is Elasticsearch's version.
    `writes` adds up the sequence numbers of its turns: each write of a turn has one of its own.
    """

    index: str
    turns: int
    interviews: int
    server: str
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    indices: tuple[str, ...] = ()
    writes: float = 0.0


def revision(client: ArchiveClient) -> ArchiveRevision:
    """Return the revision of an archive as it is now; raise `IndexMissingError` if nothing is indexed."""
    aggs = {"writes": {"sum": {"field": "_seq_no"}}, "indices": {"terms": {"field": "_index"}}}
    searches = [(client.names.turns, bodies.count(aggs=aggs)), (client.names.interviews, bodies.count())]
    turns, interviews = client.searches(searches).responses
    return ArchiveRevision(
        index=client.settings.index,
        turns=int(turns["hits"]["total"]["value"]),
        interviews=int(interviews["hits"]["total"]["value"]),
        server=client.server_version(),
        fingerprints=_fingerprints(client.meta()),
        indices=tuple(sorted(bucket["key"] for bucket in turns["aggregations"]["indices"]["buckets"])),
        writes=float(turns["aggregations"]["writes"]["value"] or 0),
    )


def _fingerprints(meta: Mapping[str, Any]) -> dict[str, str]:
    """Return the first digits of each fingerprint, as `fangtan status` shows them."""
    return {name: str(meta[name])[:4] for name in _MADE_BY if meta.get(name)}
