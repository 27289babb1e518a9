"""How things stand: where Elasticsearch is, what the archive holds, what changed since it was indexed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.settings import Settings
from indexer.store import mapping

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """An Elasticsearch that answers; sizes in bytes, `uptime` in seconds, both 0 where it is not fangtan's own."""

    url: str
    version: str
    cluster: str
    embedded: bool
    heap_used: int = 0
    heap_size: int = 0
    uptime: float = 0


@dataclass(frozen=True, slots=True)
class ArchiveStats:
    """What the archive holds; `size` in bytes. `made_by` is its indices' `_meta`, `changed` what is not so now.

    `behind` are the interviews that a `fangtan dict` which was stopped did not reach.
    """

    interviews: int
    turns: int
    passages: int
    size: int
    indices: tuple[str, ...]
    made_by: Mapping[str, Any]
    changed: tuple[str, ...] = ()
    behind: int = 0


@dataclass(frozen=True, slots=True)
class Status:
    """All that `fangtan status` shows; `server` is None where none runs, `holdings` where nothing is indexed."""

    index: str
    source: str
    cluster_set: bool
    server: ServerInfo | None = None
    holdings: ArchiveStats | None = None


def server_info(client: "Elasticsearch", url: str, embedded: bool) -> ServerInfo:
    """Ask Elasticsearch who it is; the client's errors are the caller's to translate."""
    info = client.info()
    about = (url, str(info["version"]["number"]), str(info["cluster_name"]), embedded)
    if not embedded:
        return ServerInfo(*about)  # a user of a shared cluster may search, not look into its nodes
    node = next(iter(client.nodes.stats(metric=["jvm"])["nodes"].values()))["jvm"]
    heap = node["mem"]
    return ServerInfo(*about, heap["heap_used_in_bytes"], heap["heap_max_in_bytes"], node["uptime_in_millis"] / 1000)


def archive_stats(client: "Elasticsearch", settings: Settings, now: Mapping[str, Any]) -> ArchiveStats | None:
    """Ask what the archive holds, None where nothing is indexed; `now` is the `_meta` that would be written today."""
    names = mapping.names(settings)
    found = client.indices.get(index=names.each, ignore_unavailable=True, allow_no_indices=True).body
    if not found:
        return None
    counts = {
        kind: int(client.count(index=alias)["count"]) for kind, alias in zip(mapping.KINDS, names.each, strict=True)
    }
    stats = client.indices.stats(index=names.each, metric=["store"])["_all"]["primaries"]["store"]
    made_by = next(about["mappings"].get("_meta", {}) for name, about in found.items() if "turns" in name)
    return ArchiveStats(
        **counts,
        size=int(stats["size_in_bytes"]),
        indices=tuple(sorted(found)),
        made_by=made_by,
        changed=mapping.stale(made_by, now),
        behind=_behind(client, names.interviews, made_by),
    )


def _behind(client: "Elasticsearch", interviews: str, made_by: Mapping[str, Any]) -> int:
    """Return how many interviews are of another dictionary than the indices say."""
    current = {"term": {"fingerprint": made_by.get("fingerprint", "")}}
    return int(client.count(index=interviews, query={"bool": {"must_not": [current]}})["count"])
