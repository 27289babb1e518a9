"""A disk that is too full for a new index: Elasticsearch waits, and explains it only to who asks."""

import pytest

from indexer.elastic.connection import connect, map_errors
from indexer.errors import FullDiskError
from indexer.settings import Settings
from tests.support.loopback import Answer, Loopback, Request

WHY = (
    "the node is above the high watermark cluster setting [cluster.routing.allocation.disk.watermark.high=500mb], "
    "having less than the minimum required [500mb] free space, actual free: [393.5mb], actual used: [6.3%]"
)


class FullDisk(Loopback):
    """Has no room for an index, and says so if it is asked."""

    def answer(self, request: Request) -> Answer:
        product = {"X-elastic-product": "Elasticsearch"}
        if "allocation/explain" in request.path:
            decider = {"decider": "disk_threshold", "decision": "NO", "explanation": WHY}
            return Answer(200, {"node_allocation_decisions": [{"deciders": [decider]}]}, product)
        error = {"type": "unavailable_shards_exception", "reason": "primary shard is not active Timeout: [1m]"}
        return Answer(503, {"error": error, "status": 503}, product)


def test_a_full_disk_is_named() -> None:
    with FullDisk().running() as server:
        settings = Settings(url=server.url)
        told = pytest.raises(FullDiskError, match=r"is full: 393\.5mb are free, 500mb have to be")
        with told as caught, connect(settings) as client, map_errors(settings):
            client.options(max_retries=0).index(index="x", document={})
    assert "Free space" in caught.value.next_step
