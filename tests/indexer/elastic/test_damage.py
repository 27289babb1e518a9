"""What Elasticsearch says of a shard that is not there, in words: from a small server that says it."""

from typing import Any

import pytest
from elasticsearch import Elasticsearch

from indexer.elastic import damage
from indexer.errors import DamagedIndexError, IncompleteAnswerError
from tests.support.loopback import Answer, Loopback, Request

HEADERS = {"X-elastic-product": "Elasticsearch"}
CORRUPT = (
    "failed shard on node [n]: failed recovery, failure o.e.RecoveryFailedException: [x][0]: Recovery failed on {a}\n"
    "\tat org.elasticsearch.index.shard.IndexShard.lambda(IndexShard.java:1)\n"
    "Caused by: org.apache.lucene.index.CorruptIndexException: checksum failed (hardware problem?) : expected=1"
    ' actual=2 (resource=BufferedChecksumIndexInput(NIOFSIndexInput(path="/secret/path")))\n'
    "\t... 21 more\n"
)


class Cluster(Loopback):
    """A cluster with one shard that is not there."""

    def __init__(self, explained: dict[str, Any], alone: bool, copies: int) -> None:
        super().__init__()
        self.explained, self.alone, self.copies = explained, alone, copies

    def answer(self, request: Request) -> Answer:
        if request.path.startswith("/_nodes"):
            kind = "single-node" if self.alone else "multi-node"
            return Answer(200, {"nodes": {"n": {"settings": {"discovery.type": kind}}}}, HEADERS)
        if request.path.startswith("/_cluster/health"):
            shards = {"0": {"primary_active": False}, "1": {"primary_active": True}}
            return Answer(200, {"indices": {"fangtan-turns-1": {"shards": shards}}}, HEADERS)
        if request.path.startswith("/_cluster/state"):
            copies = {"in_sync_allocations": {"0": ["a", "b"][: self.copies]}}
            return Answer(200, {"metadata": {"indices": {"fangtan-turns-1": copies}}}, HEADERS)
        assert request.path.startswith("/_cluster/allocation/explain")
        return Answer(200, self.explained, HEADERS)


def explained(body: dict[str, Any], alone: bool, copies: int = 1) -> Exception | None:
    with Cluster(body, alone, copies).running() as server, Elasticsearch(server.url) as client:
        return damage.explain(client, "fangtan-turns")


NO_COPY = {"can_allocate": "no_valid_shard_copy", "unassigned_info": {"reason": "CLUSTER_RECOVERED"}}


def test_damage() -> None:
    body = {"can_allocate": "no", "unassigned_info": {"reason": "ALLOCATION_FAILED", "details": CORRUPT}}
    for alone in (True, False):
        error = explained(body, alone)
        assert isinstance(error, DamagedIndexError)
        said = "The index fangtan-turns-1 is damaged: checksum failed (hardware problem?)."
        assert (error.message, error.indices) == (said, ("fangtan-turns-1",))
    waiting = explained(body, alone=False, copies=2)
    assert isinstance(waiting, IncompleteAnswerError)
    assert "(hardware problem?); a node that may have a sound copy is away" in waiting.message
    store = {"store": {"store_exception": {"reason": "failed to list file: FileNotFoundException[no segments* file]"}}}
    assert isinstance(explained(NO_COPY | {"node_allocation_decisions": [store]}, False), DamagedIndexError)


def test_a_node_that_is_away_is_no_damage() -> None:
    for body in (NO_COPY, {"can_allocate": "allocation_delayed", "unassigned_info": {"reason": "NODE_LEFT"}}):
        error = explained(body, alone=False)
        assert isinstance(error, IncompleteAnswerError)
        assert "a node that has its files is away (fangtan-turns-1)" in error.message
        assert "nothing to rebuild" in error.next_step
    assert isinstance(explained(NO_COPY, alone=True), DamagedIndexError), "there is no other node that could have them"


def test_what_passes_by_itself_or_after_a_restart() -> None:
    starting = explained({"can_allocate": "throttled", "unassigned_info": {"reason": "CLUSTER_RECOVERED"}}, True)
    assert isinstance(starting, IncompleteAnswerError)
    assert starting.next_step == "Try again in a moment."
    full = {"reason": "ALLOCATION_FAILED", "details": "failure java.io.IOException: Too many open files"}
    for alone, step in ((True, "fangtan node stop"), (False, "retry_failed")):
        failed = explained({"can_allocate": "no", "unassigned_info": full}, alone)
        assert isinstance(failed, IncompleteAnswerError)
        assert "Too many open files" in failed.message
        assert step in failed.next_step


@pytest.mark.parametrize("body", [[], "x", {"nodes": {}}, {"nodes": {"a": {}}}, {"error": "x"}, {"indices": []}])
@pytest.mark.parametrize("status", [200, 403, 500])
def test_a_server_that_answers_otherwise_is_no_error(body: object, status: int) -> None:
    class Other(Loopback):
        def answer(self, request: Request) -> Answer:
            return Answer(status, body, HEADERS)

    with Other().running() as server, Elasticsearch(server.url) as client:
        assert damage.explain(client, "x") is None
