"""What a node says of itself."""

from elasticsearch import Elasticsearch

from indexer.elastic.node.stats import report
from indexer.settings import Settings


def test_a_node(client: Elasticsearch, settings: Settings) -> None:
    for number in range(3):
        client.index(index=f"{settings.index}-b", document={"text": f"与小米的合作 {number}"})
    client.indices.create(index=f"{settings.index}-a")
    client.indices.refresh(index=f"{settings.index}-*")
    said = report(client)
    assert said.version == "9.5.3"
    assert said.uptime > 0
    assert 0 < said.heap_used <= said.heap_size <= 512 * 1024**2
    assert said.disk_free > 0
    ours = [index for index in said.indices if index.name.startswith(settings.index)]
    assert [(index.name.removeprefix(settings.index), index.documents) for index in ours] == [("-a", 0), ("-b", 3)]
    assert all(index.size > 0 for index in ours)
    assert said.disk_used >= sum(index.size for index in ours)
