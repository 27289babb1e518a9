"""Exceptions of the client as errors with a next step, with small servers that refuse."""

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from socket import socket

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from indexer.elastic.connection import connect, map_errors
from indexer.errors import (
    CertificateError,
    ElasticError,
    IndexMissingError,
    NodeError,
    UnauthorisedError,
    UnreachableError,
    VersionError,
)
from indexer.settings import Settings
from tests.support.bad_servers import ANSWERS
from tests.support.bad_servers import server as bad_server
from tests.support.loopback import Answer, Loopback, Request

SECRET = "schluessel-9f3a"


class Server(Loopback):
    """Answers every request alike, with Elasticsearch's product header."""

    def __init__(self, status: int, body: object, product: str = "Elasticsearch") -> None:
        super().__init__()
        self.status, self.body, self.product = status, body, product

    def answer(self, request: Request) -> Answer:
        return Answer(self.status, self.body, {"X-elastic-product": self.product} if self.product else {})


def caused(kind: str, reason: str, **more: object) -> dict[str, object]:
    """The body of an error of Elasticsearch."""
    cause = {"type": kind, "reason": reason, **more}
    return {"error": {"root_cause": [cause], **cause}}


def error_of(settings: Settings) -> ElasticError:
    """Return the error of a request."""
    with pytest.raises(ElasticError) as caught, map_errors(settings), connect(settings) as client:
        client.options(max_retries=0).search(index="fangtan-turns")
    assert caught.value.next_step
    assert SECRET not in f"{caught.value.message} {caught.value.next_step}"
    assert caught.value.exit_code == 3
    return caught.value


def answered(status: int, body: object, **settings: str) -> ElasticError:
    with Server(status, body).running() as server:
        return error_of(Settings(url=server.url, **settings))  # type: ignore[arg-type]  # text fields only


@pytest.fixture
def closed_port() -> int:
    """A port without a server."""
    with socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def test_a_successful_request_passes() -> None:
    with Server(200, {"took": 1, "hits": {}}).running() as server, map_errors(Settings(url=server.url)):
        with connect(Settings(url=server.url)) as client:
            assert client.search(index="fangtan-turns")["took"] == 1
        assert [request.path for request in server.requests] == [
            "/fangtan-turns/_search?allow_partial_search_results=false"
        ]


def test_other_errors_pass_as_they_are() -> None:
    with pytest.raises(ZeroDivisionError), map_errors(Settings()):
        raise ZeroDivisionError


def test_nothing_there(closed_port: int) -> None:
    error = error_of(Settings(url=f"http://127.0.0.1:{closed_port}", password=SECRET, username="elastic"))
    assert type(error) is UnreachableError
    assert error.message == f"Nothing answers at http://127.0.0.1:{closed_port}."
    assert "ELASTICSEARCH_URL" in error.next_step


def test_no_such_host() -> None:
    assert type(error_of(Settings(url="http://fangtan.invalid:9200"))) is UnreachableError


def test_no_answer_in_time() -> None:
    with socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        settings = Settings(url=f"http://127.0.0.1:{mute.getsockname()[1]}")
        with pytest.raises(UnreachableError, match="did not answer in time"), map_errors(settings):
            connect(settings).options(request_timeout=0.2, max_retries=0).info()


@pytest.mark.parametrize("body", ["<html>502 Bad Gateway</html>", "", {}, []])
def test_what_a_proxy_answers_is_not_shown(body: object) -> None:
    with Server(502, body).running() as server:
        with pytest.raises(ElasticError, match="status 502, and not in the form of Elasticsearch") as caught:
            ask(server.url)
        assert "ELASTICSEARCH_URL" in caught.value.next_step


def test_an_answer_that_breaks_off() -> None:
    told = pytest.raises(UnreachableError, match="broke off in the middle of an answer")
    with bad_server(ANSWERS["an answer cut short"]) as url, told:
        ask(url)


def ask(url: str) -> None:
    settings = Settings(url=url)
    with map_errors(settings):
        connect(settings).options(max_retries=0).search(index="x")


def test_the_embedded_node_gone(tmp_path: Path, closed_port: int) -> None:
    """The reason is in the output of its process."""
    from elasticsearch import Elasticsearch

    settings = Settings(node_data=tmp_path)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "console.log").write_text("Terminating due to java.lang.OutOfMemoryError: Java heap space\n")
    client = Elasticsearch(f"http://127.0.0.1:{closed_port}", max_retries=0)
    with pytest.raises(NodeError, match="ran out of memory") as caught, map_errors(settings):
        client.info()
    assert "FANGTAN_NODE_HEAP" in caught.value.next_step


class TestCredentials:
    BODY = caused("security_exception", "unable to authenticate user [elastic] for REST request")

    def test_none(self) -> None:
        error = answered(401, caused("security_exception", "missing authentication credentials for REST request"))
        assert type(error) is UnauthorisedError
        assert "requires credentials" in error.message
        assert "ELASTICSEARCH_API_KEY" in error.next_step

    def test_password(self) -> None:
        error = answered(401, self.BODY, username="elastic", password=SECRET)
        assert type(error) is UnauthorisedError
        assert "the password of elastic" in error.message
        assert "ELASTICSEARCH_PASSWORD" in error.next_step

    def test_api_key(self) -> None:
        error = answered(401, self.BODY, api_key=SECRET)
        assert type(error) is UnauthorisedError
        assert "API key" in error.message

    def test_not_allowed(self) -> None:
        reason = "action [indices:data/read/search] is unauthorized for user [leser]"
        error = answered(403, caused("security_exception", reason), username="leser", password=SECRET, index="archiv")
        assert type(error) is UnauthorisedError
        assert reason in error.message
        assert "archiv-*" in error.next_step

    def test_the_credentials_sent(self) -> None:
        with Server(200, {"version": {}}).running() as server:
            for settings in (
                Settings(url=server.url, api_key="key", username="elastic", password="p"),
                Settings(url=server.url, username="elastic", password="p"),
                Settings(url=server.url),
            ):
                with connect(settings) as client:
                    client.info()
            sent = [request.headers.get("authorization") for request in server.requests]
        assert sent == ["ApiKey key", "Basic ZWxhc3RpYzpw", None]


class TestVersions:
    def test_8(self) -> None:
        """As 8.x answers the client of version 9."""
        body = caused(
            "media_type_header_exception",
            "Invalid media-type value on headers [Content-Type, Accept]",
            caused_by={"type": "status_exception", "reason": "Accept version must be either version 8 or 7"},
        )
        error = answered(400, body)
        assert type(error) is VersionError
        assert "older than 9.0" in error.message
        assert "must be either version 8 or 7" in error.message

    @pytest.mark.parametrize("product", ["", "Opensearch"])
    def test_another_product(self, product: str) -> None:
        with Server(200, {"tagline": "hello"}, product).running() as server:
            error = error_of(Settings(url=server.url))
        assert type(error) is VersionError
        assert "not as Elasticsearch does" in error.message

    def test_no_json(self) -> None:
        class Page(Loopback):
            def answer(self, request: Request) -> Answer:
                return Answer(200, "{", {"X-elastic-product": "Elasticsearch", "Content-Type": "application/json"})

        with Page().running() as server:
            error = error_of(Settings(url=server.url))
        assert type(error) is ElasticError
        assert "not JSON" in error.message


def test_index_missing() -> None:
    body = caused("index_not_found_exception", "no such index [fangtan-turns]", index="fangtan-turns")
    error = answered(404, body)
    assert type(error) is IndexMissingError
    assert "fangtan-turns" in error.message
    assert "fangtan index PATH" in error.next_step


def test_too_much_to_do() -> None:
    error = answered(429, caused("circuit_breaking_exception", "[parent] Data too large"))
    assert type(error) is ElasticError
    assert "Data too large" in error.message
    assert "FANGTAN_NODE_HEAP" not in error.next_step  # of another's cluster


def test_the_innermost_cause_is_reported() -> None:
    inner = {"type": "parse_exception", "reason": "Encountered EOF at line 1"}
    body = caused("search_phase_execution_exception", "all shards failed", caused_by={"type": "x", "caused_by": inner})
    error = answered(400, body)
    assert type(error) is ElasticError
    assert "status 400: Encountered EOF at line 1" in error.message


def test_the_cause_on_a_shard_is_reported() -> None:
    shard = {"shard": 0, "reason": {"type": "query_shard_exception", "reason": "field [x] is no text"}}
    body = caused("search_phase_execution_exception", "all shards failed", failed_shards=[shard])
    assert "status 400: field [x] is no text" in answered(400, body).message


def test_a_question_of_too_many_words() -> None:
    inner = {"type": "too_many_nested_clauses", "reason": "too many clauses; maxClauseCount is set to 7904"}
    shard = {"shard": 0, "reason": {"type": "query_shard_exception", "reason": "failed", "caused_by": inner}}
    error = answered(400, caused("search_phase_execution_exception", "all shards failed", failed_shards=[shard]))
    assert "so many words in one query" in error.message
    assert "Shorten" in error.next_step


@pytest.mark.parametrize("body", ["<html>502 Bad Gateway</html>", {"error": "plain words"}, {}, []])
def test_whatever_body(body: object) -> None:
    error = answered(502, body)
    assert type(error) in {ElasticError, VersionError}


@given(
    st.integers(400, 599), st.recursive(st.none() | st.text(), lambda x: st.dictionaries(st.text(), x) | st.lists(x))
)
def test_any_error_answer_becomes_one_of_ours(status: int, error: object) -> None:
    from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig
    from elasticsearch import ApiError

    meta = ApiResponseMeta(status, "1.1", HttpHeaders(), 0.1, NodeConfig("http", "127.0.0.1", 9200))
    with pytest.raises(ElasticError) as caught, map_errors(Settings(url="http://127.0.0.1:9200")):
        raise ApiError("something", meta, {"error": error})
    assert caught.value.next_step


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


class TestTls:
    @pytest.fixture
    def certificate(self, authority: trustme.CA, tmp_path: Path) -> str:
        authority.cert_pem.write_to_path(tmp_path / "http_ca.crt")
        return str(tmp_path / "http_ca.crt")

    @pytest.fixture
    def serve(self, authority: trustme.CA) -> Iterator[Callable[..., Server]]:
        """Start servers whose certificates are issued for the names given."""
        from contextlib import ExitStack

        with ExitStack() as stack:

            def start(*names: str, **more: datetime) -> Server:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                authority.issue_cert(*names, **more).configure_cert(context)  # type: ignore[arg-type]  # dates by name
                server = Server(200, {"took": 1, "hits": {}})
                stack.enter_context(server.running(context))
                return server

            yield start

    def fingerprint(self, server: Server) -> str:
        import hashlib

        port = int(server.url.rsplit(":", 1)[1])
        pem = ssl.get_server_certificate(("127.0.0.1", port))
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()

    def test_by_certificate(self, serve: Callable[..., Server], certificate: str) -> None:
        settings = Settings(url=serve("127.0.0.1").url, ca_certs=certificate, username="elastic", password=SECRET)
        with connect(settings) as client, map_errors(settings):
            assert client.search(index="fangtan-turns")["took"] == 1

    def test_by_fingerprint(self, serve: Callable[..., Server]) -> None:
        server = serve("localhost")
        settings = Settings(url=server.url, ca_fingerprint=self.fingerprint(server))
        with connect(settings) as client, map_errors(settings):
            assert client.search(index="fangtan-turns")["took"] == 1

    def test_not_trusted(self, serve: Callable[..., Server]) -> None:
        server = serve("127.0.0.1")
        error = error_of(Settings(url=server.url, username="elastic", password=SECRET))
        assert type(error) is CertificateError
        assert "not trusted" in error.message
        assert "ELASTICSEARCH_CA_CERTS" in error.next_step
        assert not server.requests  # no password went out

    def test_another_fingerprint(self, serve: Callable[..., Server]) -> None:
        server = serve("127.0.0.1")
        error = error_of(Settings(url=server.url, ca_fingerprint="0" * 64, api_key=SECRET))
        assert type(error) is CertificateError
        assert "ELASTICSEARCH_CA_FINGERPRINT" in error.message
        assert not server.requests

    def test_another_name(self, serve: Callable[..., Server], certificate: str) -> None:
        error = error_of(Settings(url=serve("search.example.org").url, ca_certs=certificate))
        assert type(error) is CertificateError
        assert "another name" in error.message

    def test_expired(self, serve: Callable[..., Server], certificate: str) -> None:
        server = serve("127.0.0.1", not_after=datetime(2020, 1, 1, tzinfo=UTC))
        error = error_of(Settings(url=server.url, ca_certs=certificate))
        assert type(error) is CertificateError
        assert "expired" in error.message

    def test_https_asked_of_http(self, certificate: str) -> None:
        with Server(200, {}).running() as server:
            error = error_of(Settings(url=server.url.replace("http:", "https:"), ca_certs=certificate))
        assert type(error) is CertificateError
        assert "http://" in error.next_step

    def test_http_asked_of_https(self, serve: Callable[..., Server]) -> None:
        error = error_of(Settings(url=serve("127.0.0.1").url.replace("https:", "http:"), password=SECRET))
        assert type(error) is UnreachableError
        assert "https://" in error.next_step

    def test_an_invalid_certificate(self, serve: Callable[..., Server], tmp_path: Path) -> None:
        (tmp_path / "http_ca.crt").write_text("no certificate")
        error = error_of(Settings(url=serve("127.0.0.1").url, ca_certs=str(tmp_path / "http_ca.crt")))
        assert type(error) is CertificateError
        assert "ELASTICSEARCH_CA_CERTS" in error.message


def test_a_full_disk() -> None:
    reason = "index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has …];"
    for body, status in (
        (caused("cluster_block_exception", reason), 429),
        (caused("i_o_exception", "No space left on device"), 500),
    ):
        error = answered(status, body)
        assert error.message.startswith("The disk of Elasticsearch is full"), error.message
        assert "is full" in error.message
        assert "Free space" in error.next_step


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("status", "body", "message", "next_step"),
    [
        (401, caused("security_exception", "missing"), "{url} 要求凭据。", "设置 ELASTICSEARCH_API_KEY，或者"),
        (
            403,
            caused("security_exception", "action is unauthorized"),
            "{url} 不允许这一操作：action is unauthorized",
            "给该用户或 API 密钥 fangtan-* 上的 `read`、`write` 和 `manage` 权限。",
        ),
        (
            404,
            caused("index_not_found_exception", "no such index", index="fangtan-turns"),
            "{url} 上没有索引 fangtan-turns。",
            "用 fangtan index PATH 建立；",
        ),
        (429, caused("circuit_breaking_exception", "Data too large"), "{url} 负载过重：Data too large", "请稍后再试。"),
        (502, "", "{url} 返回状态 502，格式不是 Elasticsearch 的：", "检查 ELASTICSEARCH_URL，"),
        (
            503,
            caused("search_phase_execution_exception", "all shards failed"),
            "Elasticsearch 无法就整个档案库作答：有分片没有应答（all shards failed）。",
            "等所有节点都运行后再试一次；",
        ),
    ],
)
def test_in_chinese_what_elasticsearch_says_stays_as_it_is(
    status: int, body: object, message: str, next_step: str
) -> None:
    with Server(status, body).running() as server:
        error = error_of(Settings(url=server.url))
        assert error.message.startswith(message.format(url=server.url))
        assert error.next_step.startswith(next_step)
