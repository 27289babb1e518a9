"""What the client of an archive asks for again, and what it leaves alone, with a small server."""

import json
from typing import Any

from indexer.settings import Settings
from search_cli.client import ArchiveClient
from tests.support.loopback import Answer, Loopback, Request

SHARDS = {"total": 3, "successful": 3, "failed": 0}
PRODUCT = {"X-elastic-product": "Elasticsearch"}


class Shards(Loopback):
    """Answers searches with a count that may be too low, until every value is asked for; closes no point in time."""

    def answer(self, request: Request) -> Answer:
        if "_msearch" in request.path:
            doubtful = b"shard_size" not in request.body
            below: dict[str, Any] = {"doc_count_error_upper_bound": 2 if doubtful else 0, "buckets": []}
            counted = {"buckets": [{"key": "甲", "doc_count": 3 if doubtful else 5, "roles": below}]}
            one = {"_shards": SHARDS, "status": 200, "hits": {"hits": []}, "aggregations": {"speakers": counted}}
            searches = request.body.count(b"\n") // 2
            return Answer(200, {"took": 1, "responses": [one] * searches}, PRODUCT)
        if "_pit" in request.path and request.method == "POST":
            return Answer(200, {"id": "x", "_shards": SHARDS}, PRODUCT)
        if "_search" in request.path:
            return Answer(200, {"pit_id": "x", "_shards": SHARDS, "hits": {"hits": []}}, PRODUCT)
        return Answer(404, {"succeeded": True, "num_freed": 0}, PRODUCT)


def test_counts_that_may_be_too_low_are_asked_for_again() -> None:
    aggs = {"speakers": {"terms": {"field": "speaker", "size": 2}, "aggs": {"roles": {"terms": {"field": "role"}}}}}
    with Shards().running() as server:
        client = ArchiveClient(Settings(url=server.url))
        found = client.search("a", {"size": 0, "aggs": aggs})
        assert found["aggregations"]["speakers"]["buckets"][0]["doc_count"] == 5
        first, second = (json.loads(request.body.split(b"\n")[1]) for request in server.requests)
    assert first["aggs"] == aggs
    assert second["aggs"]["speakers"]["terms"] == {"field": "speaker", "size": 2, "shard_size": 10_000}
    assert second["aggs"]["speakers"]["aggs"]["roles"]["terms"] == {"field": "role", "shard_size": 10_000}


def test_a_point_in_time_that_cannot_be_closed_is_no_fault() -> None:
    """The connection broke while it was closed: the client asks again, and it is gone."""
    with Shards().running() as server:
        assert not list(ArchiveClient(Settings(url=server.url)).pages("a", {"sort": ["date"]}))
    assert [request.method for request in server.requests] == ["POST", "POST", "DELETE"]
