"""Query a running Elasticsearch for its version, memory, disk and indices; several embedded nodes also for each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_OPEN = ("STARTED", "RELOCATING")
"""States in which a copy of a shard answers."""


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """An Elasticsearch server; heap in bytes and `uptime` in seconds, 0 unless it is the embedded node.

    `addresses` are those of a cluster that has several, with what is wrong with each (`cluster_addresses`). Of several
    embedded nodes the heaps are added up, and the time is that of the one that has run for the longest.
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
class NodeInfo:
    """One of several embedded nodes; heap in bytes, `uptime` in seconds, and whether it is the elected master."""

    heap_used: int
    heap_size: int
    uptime: float
    master: bool


@dataclass(frozen=True, slots=True)
class ClusterInfo:
    """Several embedded nodes by name, as far as they are in the cluster.

    `health` is Elasticsearch's: green, yellow (`missing` copies of shards) or red (`lost` shards have no copy).
    `shards` has of each index the nodes of each shard in order, "" for a missing copy, that of the primary first.
    """

    nodes: Mapping[str, NodeInfo]
    health: str
    missing: int
    lost: int
    shards: Mapping[str, tuple[tuple[str, ...], ...]]


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
    nodes = _node_infos(client).values()
    return ServerInfo(
        url,
        version,
        cluster,
        embedded,
        heap_used=sum(one.heap_used for one in nodes),
        heap_size=sum(one.heap_size for one in nodes),
        uptime=max(one.uptime for one in nodes),
    )


def cluster_info(client: "Elasticsearch") -> ClusterInfo:
    """Query several embedded nodes; errors of the client are not mapped."""
    shards = _shards(client)
    primaries = [copies[0] for each in shards.values() for copies in each]
    others = [node for each in shards.values() for copies in each for node in copies[1:]]
    status = client.cluster.health(timeout="1s")["status"]
    return ClusterInfo(_node_infos(client), str(status), others.count(""), primaries.count(""), shards)


def _shards(client: "Elasticsearch") -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the nodes of each shard of each index, that of the primary first, "" where none has opened it."""
    asked = client.cat.shards(format="json", h="index,shard,prirep,state,node", s="index,shard,prirep")
    found: dict[str, dict[int, tuple[str, ...]]] = {}
    for one in cast("list[dict[str, str]]", asked.body):
        shard, copies = int(one["shard"]), found.setdefault(one["index"], {})
        node = one["node"].partition(" ")[0] if one["state"] in _OPEN else ""  # fangtan-1 -> 127.0.0.1 … when it moves
        copies[shard] = (*copies.get(shard, ()), node)
    return {index: tuple(copies[shard] for shard in sorted(copies)) for index, copies in found.items()}


def disk_usage(client: "Elasticsearch") -> DiskUsage:
    """Query the free space of the embedded node and the sizes of its indices; errors of the client are not mapped."""
    indices = client.indices.stats(metric=["docs", "store"])["indices"]
    sizes = (
        IndexSize(name, one["primaries"]["docs"]["count"], one["total"]["store"]["size_in_bytes"])
        for name, one in sorted(indices.items())
    )
    nodes: dict[str, dict[str, Any]] = client.nodes.stats(metric=["fs"])["nodes"]
    return DiskUsage(min(one["fs"]["total"]["available_in_bytes"] for one in nodes.values()), tuple(sizes))


def _node_infos(client: "Elasticsearch") -> dict[str, NodeInfo]:
    """Return the embedded nodes by name."""
    stats: dict[str, dict[str, Any]] = client.nodes.stats(metric=["jvm"])["nodes"]
    master = client.cluster.state(metric="master_node")["master_node"] if len(stats) > 1 else ""
    return {
        one["name"]: NodeInfo(
            one["jvm"]["mem"]["heap_used_in_bytes"],
            one["jvm"]["mem"]["heap_max_in_bytes"],
            one["jvm"]["uptime_in_millis"] / 1000,
            identity == master,
        )
        for identity, one in stats.items()
    }
