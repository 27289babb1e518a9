"""Query a running Elasticsearch for its version, memory, disk and indices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """An Elasticsearch server; heap in bytes and `uptime` in seconds, 0 unless it is the embedded node.

    `addresses` are those of a cluster that has several, with what is wrong with each (`cluster_addresses`).
    """

    url: str
    version: str
    cluster: str
    embedded: bool
    heap_used: int = 0
    heap_size: int = 0
    uptime: float = 0
    addresses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexSize:
    """An index; `size` in bytes."""

    name: str
    documents: int
    size: int


@dataclass(frozen=True, slots=True)
class DiskUsage:
    """Disk space of the embedded node, in bytes."""

    free: int
    indices: tuple[IndexSize, ...]

    @property
    def used(self) -> int:
        """The size of all indices."""
        return sum(index.size for index in self.indices)


def server_info(client: "Elasticsearch", url: str, *, embedded: bool) -> ServerInfo:
    """Query version and cluster, and the memory of the embedded node; errors of the client are not mapped."""
    info = client.info()
    version, cluster = str(info["version"]["number"]), str(info["cluster_name"])
    if not embedded:
        return ServerInfo(url, version, cluster, embedded)  # users of a shared cluster may lack the node privilege
    jvm = _node_stats(client, "jvm")
    heap = jvm["mem"]
    return ServerInfo(
        url,
        version,
        cluster,
        embedded,
        heap_used=heap["heap_used_in_bytes"],
        heap_size=heap["heap_max_in_bytes"],
        uptime=jvm["uptime_in_millis"] / 1000,
    )


def disk_usage(client: "Elasticsearch") -> DiskUsage:
    """Query the free space of the embedded node and the sizes of its indices; errors of the client are not mapped."""
    indices = client.indices.stats(metric=["docs", "store"])["indices"]
    sizes = (
        IndexSize(name, one["primaries"]["docs"]["count"], one["total"]["store"]["size_in_bytes"])
        for name, one in sorted(indices.items())
    )
    return DiskUsage(_node_stats(client, "fs")["total"]["available_in_bytes"], tuple(sizes))


def _node_stats(client: "Elasticsearch", metric: str) -> dict[str, Any]:
    """Return one metric of the only node."""
    nodes: dict[str, dict[str, Any]] = client.nodes.stats(metric=[metric])["nodes"]
    stats: dict[str, Any] = next(iter(nodes.values()))[metric]
    return stats
