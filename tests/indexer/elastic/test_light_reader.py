"""What a search reads without Elasticsearch's client: asked as the client asks, and taken only if it is whole."""

import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from indexer.elastic import light_reader
from indexer.elastic.connection import connect
from indexer.elastic.connection import light_reader as reader_of
from indexer.elastic.light_reader import LightReader
from indexer.errors import FangtanError, UnreachableError
from indexer.settings import Settings
from search_cli.client import ArchiveClient
from tests.support.bad_servers import ANSWERS
from tests.support.bad_servers import server as bad_server
from tests.support.loopback import Answer, Loopback, Request

SHARDS = {"total": 1, "successful": 1, "failed": 0}
ONE = {"_shards": SHARDS, "status": 200, "hits": {"total": {"value": 0}, "hits": []}}
WHOLE = {"took": 1, "responses": [ONE, ONE], "docs": [{"_id": "a", "found": False}]}
MAPPING: dict[str, Any] = {"x-1": {"mappings": {"_meta": {}}}}
PRODUCT = {"X-elastic-product": "Elasticsearch"}

READS: dict[str, Callable[[ArchiveClient], Any]] = {
    "search": lambda client: client.searches([("x", {"query": {"term": {"words": "隐私\ud800"}}}), ("y", {})]),
    "named scores": lambda client: client.searches([("x", {}), ("y", {})], named_scores=True),
    "sources": lambda client: client.sources(["a#1", "ü#2"], ["words"]),
    "versions": lambda client: client.sources_and_versions(["a#1"], [], ["a", "a", "b"]),
    "vectors": lambda client: client.vectors(),
    "topics": lambda client: client.topics_source(),
}


class Server(Loopback):
    """Gives one answer to every request, after some seconds if need be."""

    def __init__(self, status: int = 200, body: Any = WHOLE, headers: Any = PRODUCT, seconds: float = 0) -> None:
        super().__init__()
        self.given, self.seconds = Answer(status, body, headers), seconds

    def answer(self, request: Request) -> Answer:
        time.sleep(self.seconds)
        return Answer(200, MAPPING, PRODUCT) if "_mapping" in request.path and self.given.body is WHOLE else self.given


def asked(request: Request) -> tuple[object, ...]:
    """What a request says: its target, its headers but for those of the connection, its body."""
    target = urlsplit(request.path)
    kept = {name: request.headers.get(name) for name in ("accept", "content-type", "authorization")}
    return request.method, unquote(target.path), parse_qs(target.query), kept, request.body


def outcome(read: Callable[[], Any]) -> object:
    try:
        return read()
    except FangtanError as error:
        return type(error), error.message, error.next_step


@pytest.mark.parametrize("credentials", [{}, {"api_key": "a:b"}, {"username": "me", "password": "a:b c"}])
@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_it_asks_as_the_client_does(read: Callable[[ArchiveClient], Any], credentials: Any) -> None:
    with Server().running() as server:
        settings = Settings(url=f"{server.url}/a/proxy", index="x", **credentials)
        light, client = ArchiveClient(settings, reader=reader_of(settings)), ArchiveClient(settings)
        assert read(light) == read(client)
        first, second = server.requests
    assert asked(first) == asked(second)
    assert "elasticsearch" not in vars(light), "the client was not needed"


PARTIAL = {**ONE, "_shards": {"total": 3, "successful": 2, "failed": 1}}
REFUSED = {"error": {"type": "index_not_found_exception", "reason": "no", "index": "x"}, "status": 404}


@pytest.mark.parametrize(
    "server",
    [
        Server(body={**WHOLE, "responses": [PARTIAL]}),
        Server(body={**WHOLE, "responses": [{**ONE, "timed_out": True}]}),
        Server(body={**WHOLE, "responses": [REFUSED]}),
        Server(body={**WHOLE, "responses": [3]}),
        Server(body={**WHOLE, "responses": [{**ONE, "_shards": []}]}),
        Server(body=["responses"]),
        Server(body=b"\xff"),
        Server(headers={}),
        Server(headers={**PRODUCT, "Warning": '299 Elasticsearch "old"'}),
        Server(404, REFUSED),
        Server(201),
    ],
)
def test_what_is_not_whole_is_left_to_the_client(server: Server) -> None:
    with server.running():
        assert LightReader(server.url).msearch([{"index": "x"}, {}], {}) is None


@pytest.mark.parametrize("answer", ANSWERS)
def test_bad_answers_are_told_as_the_client_tells_them(answer: str) -> None:
    with bad_server(ANSWERS[answer]) as url:
        settings = Settings(url=url, index="x")
        for read in READS.values():
            light = ArchiveClient(settings, reader=reader_of(settings))
            assert outcome(lambda: read(light)) == outcome(lambda: read(ArchiveClient(settings)))  # noqa: B023


def test_an_address_where_nothing_answers_and_one_that_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    with Server().running() as gone:
        settings = Settings(url=gone.url, index="x")
    light = ArchiveClient(settings, reader=reader_of(settings))
    assert outcome(lambda: light.search("x", {})) == outcome(lambda: ArchiveClient(settings).search("x", {}))
    monkeypatch.setattr(light_reader, "_SECONDS", 0.2)
    with Server(seconds=0.6).running() as silent:
        settings = Settings(url=silent.url, index="x")
        light = ArchiveClient(settings, reader=reader_of(settings))
        with pytest.raises(UnreachableError, match="did not answer in time"):
            light.search("x", {})
        assert sum("_msearch" in request.path for request in silent.requests) == 1, "it is not waited for twice"


def test_a_connection_that_the_server_closed_is_opened_again() -> None:
    with Server().running() as server:
        reader = LightReader(server.url)
        for _ in range(2):  # the server speaks HTTP/1.0: it closes after each answer
            assert reader.mget([{"_index": "x", "_id": "a"}]) == json.loads(json.dumps(WHOLE))


def test_only_one_address_over_plain_http_is_read_so() -> None:
    assert reader_of(Settings(url="https://a:9200")) is None
    assert reader_of(Settings(url="http://a:9200", more_urls=("http://b:9200",))) is None
    with Server().running() as server:
        client = ArchiveClient(settings := Settings(url=server.url, index="x"), connect(settings))
        assert client.search("x", {}) == ONE
