"""What the benchmarks ask of a server, and tell the processes that use it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
from elasticsearch import Elasticsearch

from indexer.elastic.node import manager
from indexer.settings import Settings, sample_data


@contextmanager
def own_node(heap: str = "512m") -> Iterator[Settings]:
    """Start a node in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(node_data=Path(folder), node_heap=heap, data=sample_data())
        try:
            yield replace(settings, url=manager.start(settings).url)
        finally:
            manager.stop(settings)


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
