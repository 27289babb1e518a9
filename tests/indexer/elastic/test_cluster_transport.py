"""Several addresses of a cluster: what one of them does not answer is asked of another."""

import socket
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from elastic_transport import ConnectionTimeout

from indexer.elastic import cluster_transport
from indexer.elastic.cluster_addresses import address_faults, answering
from indexer.elastic.connection import connect, map_errors
from indexer.errors import ElasticError, UnreachableError
from indexer.settings import Settings
from tests.support.cluster import free_ports
from tests.support.loopback import Answer, Loopback, Request

HITS = {"took": 1, "timed_out": False, "_shards": {"total": 1, "successful": 1, "failed": 0}, "hits": {"hits": []}}


class Node(Loopback):
    """An address of a cluster that answers every search, and refuses writes by its `status`."""

    def __init__(self, cluster: str = "one", status: int = 200) -> None:
        super().__init__()
        self.cluster, self.status = cluster, status

    def answer(self, request: Request) -> Answer:
        written = {"result": "created", "_seq_no": 0, "_primary_term": 1}
        info = {"cluster_uuid": self.cluster, "version": {"number": "9.5.3"}}
        body = HITS if "_search" in request.path else written if "_doc" in request.path else info
        return Answer(self.status, body, {"X-Elastic-Product": "Elasticsearch"})


@pytest.fixture
def live() -> Iterator[Loopback]:
    with Node().running() as node:
        yield node


@pytest.fixture
def dead() -> str:
    return f"http://127.0.0.1:{free_ports(1)[0]}"


@pytest.fixture
def frozen() -> Iterator[str]:
    """An address that accepts connections and answers nothing."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_an_address_where_nothing_answers(live: Loopback, dead: str, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(url=dead, more_urls=(live.url,), username="elastic", password="geheim")
    for _ in range(4):  # whichever comes first
        with connect(settings) as client, map_errors(settings):
            for _ in range(3):
                assert client.search(index="a")["hits"]["hits"] == []
            client.index(index="a", document={}, id="1")
    assert len(live.requests) == 16
    assert {request.headers["authorization"] for request in live.requests} == {"Basic ZWxhc3RpYzpnZWhlaW0="}
    assert capsys.readouterr().err == ""


def test_no_address_answers(dead: str) -> None:
    other = f"http://127.0.0.1:{free_ports(1)[0]}"
    settings = Settings(url=dead, more_urls=(other,))
    expected = pytest.raises(UnreachableError, match=f"Nothing answers at {dead} or {other}")
    with expected, connect(settings) as client, map_errors(settings):
        client.search(index="a")


def test_reads_that_are_not_answered_in_time_are_sent_again_and_writes_are_not(live: Loopback, frozen: str) -> None:
    settings = Settings(url=frozen, more_urls=(live.url,))
    for _ in range(4):
        with connect(settings) as client:
            assert client.options(request_timeout=0.1).search(index="a")["hits"]["hits"] == []
    outcomes: set[str] = set()
    while len(outcomes) < 2:  # the first address is a random one
        with connect(settings) as client:
            try:
                outcomes.add(client.options(request_timeout=0.1).index(index="a", document={})["result"])
            except ConnectionTimeout:
                outcomes.add("not in time")
    assert outcomes == {"created", "not in time"}
    with connect(settings) as client:
        again = client.options(request_timeout=0.1, retry_on_timeout=True)  # as bulk requests are sent
        assert [again.index(index="a", document={}, id="1")["result"] for _ in range(3)] == ["created"] * 3


def test_a_machine_that_is_gone_is_left_soon(live: Loopback, dead: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import urllib3.util.connection

    waited = []
    connection = urllib3.util.connection.create_connection

    def create(address: tuple[str, int], timeout: Any = None, *others: Any, **options: Any) -> socket.socket:
        if address[1] == int(dead.rpartition(":")[2]):
            waited.append(timeout)
            raise TimeoutError
        return connection(address, timeout, *others, **options)

    monkeypatch.setattr(urllib3.util.connection, "create_connection", create)
    settings = Settings(url=dead, more_urls=(live.url,))
    for _ in range(8):
        with connect(settings) as client:
            client.index(index="a", document={}, id="1")
    assert set(waited) == {cluster_transport.CONNECT_SECONDS}


def test_an_error_names_the_address_that_sent_it(dead: str) -> None:
    with Node(status=403).running() as refusing:
        settings = Settings(url=dead, more_urls=(refusing.url,))
        expected = pytest.raises(ElasticError, match=f"^{refusing.url} does not allow this")
        with expected, connect(settings) as client, map_errors(settings):
            client.index(index="a", document={})


def test_what_is_wrong_with_each_address(live: Loopback, dead: str) -> None:
    with Node("two").running() as other, Node("one", 403).running() as refusing:
        settings = Settings(url=dead, more_urls=(live.url, other.url, refusing.url))
        assert address_faults(settings) == {
            dead: "does not answer",
            live.url: "",
            other.url: "is of another cluster",
            refusing.url: "",
        }
        assert answering(settings) == live.url
    assert answering(Settings(url=dead)) == dead


@pytest.mark.parametrize(
    ("method", "target", "read"),
    [
        ("GET", "/", True),
        ("HEAD", "/a", True),
        ("POST", "/a/_search?size=0", True),
        ("POST", "/_msearch", True),
        ("POST", "/a/_pit?keep_alive=2m", True),
        ("DELETE", "/_pit", False),
        ("POST", "/_bulk", False),
        ("PUT", "/a/_create/_search", False),
        ("POST", "/a/_update_by_query", False),
    ],
)
def test_what_reads(method: str, target: str, read: bool) -> None:
    assert cluster_transport._is_read(method, target) == read
