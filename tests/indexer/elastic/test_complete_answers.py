"""Answers of which a part is missing, from a small server that gives them."""

from typing import Any

import pytest
from elasticsearch import Elasticsearch

from indexer.elastic.complete_answers import CompleteElasticsearch
from indexer.elastic.connection import connect, map_errors
from indexer.errors import ClosedIndexWarning, ForeignAnswerError, IncompleteAnswerError, UnauthorisedError
from indexer.settings import Settings
from tests.indexer.elastic.test_error_mapping import Server
from tests.support.loopback import Answer, Loopback, Request

WHOLE = {
    "_shards": {"total": 3, "successful": 3, "skipped": 1, "failed": 0},
    "count": 4,
    "id": "x",
    "hits": {},
    "docs": [],
}
FAILED = {
    **WHOLE,
    "timed_out": False,
    "_shards": {"total": 3, "successful": 2, "failed": 1, "failures": [{"reason": {"reason": "node left"}}]},
}
UNASSIGNED = WHOLE | {"_shards": {"total": 3, "successful": 2, "failed": 0}}
LATE = WHOLE | {"timed_out": True}

REQUESTS: dict[str, Any] = {
    "search": lambda client: client.search(index="x"),
    "count": lambda client: client.count(index="x"),
    "scroll": lambda client: client.scroll(scroll_id="x"),
    "point in time": lambda client: client.open_point_in_time(index="x", keep_alive="1m"),
}


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (FAILED, "1 of 3 shards did not answer: node left"),
        (UNASSIGNED, "1 of 3 shards did not answer."),
        (LATE, "the search ran out of time"),
    ],
)
def test_a_part_is_not_taken_for_the_whole(request_: Any, answer: Any, reason: str) -> None:
    with Server(200, answer).running() as server, connect(settings := Settings(url=server.url)) as client:
        with pytest.raises(IncompleteAnswerError) as caught, map_errors(settings):
            request_(client)
        assert reason in caught.value.message
        assert (caught.value.exit_code, bool(caught.value.next_step)) == (3, True)


@pytest.mark.parametrize("answer", [[], {}, {"hits": [], "count": "3", "_scroll_id": "x", "id": 3}])
@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
def test_what_another_program_answers_is_no_answer(request_: Any, answer: Any) -> None:
    with Server(200, answer).running() as server, connect(Settings(url=server.url)) as client:
        with pytest.raises(ForeignAnswerError, match="is not one of Elasticsearch's") as caught:
            request_(client)
        assert (caught.value.exit_code, bool(caught.value.next_step)) == (3, True)


def test_an_unassigned_replica_is_not_missed() -> None:
    answer = {"_shards": {"total": 2, "successful": 1, "failed": 0}, "_all": {}}
    with Server(200, answer).running() as server, connect(Settings(url=server.url)) as client:
        client.indices.refresh(index="x")
        client.indices.stats(index="x")
        answer["_shards"]["failed"] = 1
        for request in (client.indices.refresh, client.indices.stats):
            with pytest.raises(IncompleteAnswerError, match="1 copies of shards"):
                request(index="x")


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
def test_the_whole_is_answered(request_: Any) -> None:
    with Server(200, WHOLE).running() as server, connect(Settings(url=server.url)) as client:
        assert request_(client).body == WHOLE


def test_one_of_several_searches_and_documents() -> None:
    answer = {"took": 1, "responses": [WHOLE, FAILED], "docs": [{"_id": "a", "error": {"type": "x", "reason": "gone"}}]}
    with Server(200, answer).running() as server, connect(Settings(url=server.url)) as client:
        with pytest.raises(IncompleteAnswerError, match="1 of 3 shards"):
            client.msearch(searches=[{"index": "a"}, {}, {"index": "b"}, {}])
        assert server.requests[0].body.count(b'"allow_partial_search_results":false') == 2
        with pytest.raises(IncompleteAnswerError, match="a document was not read: gone"):
            client.mget(index="a", ids=["a"])


def test_a_client_that_was_given_is_checked_too() -> None:
    with Server(200, FAILED).running() as server, Elasticsearch(server.url, api_key="abc") as given:
        checked = CompleteElasticsearch.of(given)
        with pytest.raises(IncompleteAnswerError):
            checked.search(index="x")
        assert server.requests[0].headers["authorization"] == "ApiKey abc"


def test_shards_without_a_node() -> None:
    body = {"error": {"type": "search_phase_execution_exception", "reason": "all shards failed", "failed_shards": []}}
    with (
        Server(503, body).running() as server,
        connect(settings := Settings(url=server.url)) as client,
        pytest.raises(IncompleteAnswerError, match="cannot answer for the whole archive"),
        map_errors(settings),
    ):
        client.options(max_retries=0).search(index="x")


CLOSED = {"error": {"type": "index_closed_exception", "reason": "closed", "index": "x-1"}, "status": 400}


class Closing(Loopback):
    """Has one closed index, which may be opened or not."""

    def __init__(self, opening: int) -> None:
        super().__init__()
        self.opening, self.open = opening, False

    def answer(self, request: Request) -> Answer:
        headers = {"X-elastic-product": "Elasticsearch"}
        if request.path.startswith("/x-1/_open"):
            self.open = self.opening == 200
            return Answer(self.opening, {"error": {"type": "security_exception", "reason": "no"}}, headers)
        if "_cluster/health" in request.path:
            return Answer(200, {"status": "green"}, headers)
        if self.open:
            return Answer(200, {"took": 1, "responses": [WHOLE], **WHOLE}, headers)
        if "_msearch" in request.path:
            return Answer(200, {"took": 1, "responses": [WHOLE, CLOSED]}, headers)
        return Answer(400, CLOSED, headers)


def test_a_closed_index_is_opened_and_asked_again() -> None:
    for request in (REQUESTS["search"], lambda client: client.msearch(searches=[{"index": "x"}, {}])):
        with Closing(200).running() as server, connect(Settings(url=server.url)) as client:
            with pytest.warns(ClosedIndexWarning, match="The index x-1 was closed: it is opened again"):
                request(client)
            assert len(server.requests) == 4


def test_a_closed_index_that_may_not_be_opened() -> None:
    with (
        Closing(403).running() as server,
        connect(settings := Settings(url=server.url)) as client,
        pytest.raises(UnauthorisedError, match="The index x-1 is closed") as caught,
        map_errors(settings),
    ):
        client.count(index="x")
    assert caught.value.next_step == "Ask its administrator to open it: POST /x-1/_open"
