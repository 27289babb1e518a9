"""What the benchmarks ask of a server, and tell the processes that use it."""

import psutil
from elasticsearch import Elasticsearch

from indexer.settings import Settings


def variables(settings: Settings) -> dict[str, str]:
    """Return the environment of a process that works on an archive."""
    return {"ELASTICSEARCH_URL": settings.url, "FANGTAN_INDEX": settings.index}


def forget(client: Elasticsearch, prefix: str) -> None:
    """Delete the indices of an archive."""
    for index in client.options(ignore_status=404).indices.get(index=f"{prefix}-*").body:
        client.indices.delete(index=index)


def node_seconds(client: Elasticsearch) -> float:
    """Return the CPU seconds that the node has taken since its start; 0 if it is on another machine."""
    (node,) = client.nodes.info(metric="process")["nodes"].values()
    try:
        used = psutil.Process(node["process"]["id"]).cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(used.user + used.system)
