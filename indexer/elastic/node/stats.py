"""What a running Elasticsearch says of itself: version, memory, disk, indices."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch


@dataclass(frozen=True, slots=True)
class Index:
    """One index; `size` in bytes."""

    name: str
    documents: int
    size: int


@dataclass(frozen=True, slots=True)
class Report:
    """One node; sizes in bytes, `uptime` in seconds."""

    version: str
    uptime: float
    heap_used: int
    heap_size: int
    disk_free: int
    indices: tuple[Index, ...]

    @property
    def disk_used(self) -> int:
        """What all indices take."""
        return sum(index.size for index in self.indices)


def report(client: "Elasticsearch") -> Report:
    """Ask the node behind `client`; the client's errors are the caller's to translate."""
    version = client.info()["version"]["number"]
    stats = client.nodes.stats(metric=["jvm", "fs"])["nodes"]
    node = next(iter(stats.values()))
    jvm, total = node["jvm"], node["fs"]["total"]
    indices = client.indices.stats(metric=["docs", "store"])["indices"]
    return Report(
        version=version,
        uptime=jvm["uptime_in_millis"] / 1000,
        heap_used=jvm["mem"]["heap_used_in_bytes"],
        heap_size=jvm["mem"]["heap_max_in_bytes"],
        disk_free=total["available_in_bytes"],
        indices=tuple(
            Index(name, one["primaries"]["docs"]["count"], one["total"]["store"]["size_in_bytes"])
            for name, one in sorted(indices.items())
        ),
    )
