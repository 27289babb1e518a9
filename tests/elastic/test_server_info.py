"""Version, memory, disk and indices of a running node."""

from elasticsearch import Elasticsearch

from indexer.elastic.server_info import disk_usage, server_info
from indexer.settings import Settings


def test_a_node(client: Elasticsearch, settings: Settings) -> None:
    for number in range(3):
        client.index(index=f"{settings.index}-b", document={"text": f"与小米的合作 {number}"})
    client.indices.create(index=f"{settings.index}-a")
    client.indices.refresh(index=f"{settings.index}-*")
    info, disk = server_info(client, settings.url, embedded=True), disk_usage(client)
    assert (info.url, info.version, info.cluster) == (settings.url, "9.5.3", "fangtan")
    assert info.uptime > 0
    assert 0 < info.heap_used <= info.heap_size <= 512 * 1024**2
    assert disk.free > 0
    ours = [index for index in disk.indices if index.name.startswith(settings.index)]
    assert [(index.name.removeprefix(settings.index), index.documents) for index in ours] == [("-a", 0), ("-b", 3)]
    assert all(index.size > 0 for index in ours)
    assert disk.used >= sum(index.size for index in ours)


def test_a_cluster_is_not_asked_for_its_nodes(client: Elasticsearch, settings: Settings) -> None:
    info = server_info(client, settings.url, embedded=False)
    assert (info.version, info.heap_size, info.uptime) == ("9.5.3", 0, 0)
