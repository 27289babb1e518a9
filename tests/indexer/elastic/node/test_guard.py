"""Which requests the embedded node refuses."""

import pytest

from indexer.elastic.node.guard import refusal

TOKEN = "abc"


@pytest.mark.parametrize(
    "host", [None, "localhost", "localhost:9200", "LOCALHOST", "127.0.0.1:9201", "127.1.2.3", "[::1]:9200"]
)
def test_this_machine_is_served(host: str | None) -> None:
    assert refusal(None, host, None, "") is None


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example:9200",
        "localhost:9200@evil",
        "",
        "192.168.1.2:9200",
    ],
)
def test_another_host_is_not(host: str) -> None:
    refused = refusal(None, host, None, "")
    assert refused is not None
    assert refused[0] == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:5601", ""])
def test_no_web_page_is(origin: str) -> None:
    assert (refusal(origin, "localhost", f"ApiKey {TOKEN}", TOKEN) or (0,))[0] == 403


@pytest.mark.parametrize("sent", [None, "", "ApiKey", "ApiKey abx", "Bearer abc", "ApiKey ａｂｃ"])
def test_a_token_is_required(sent: str | None) -> None:
    assert (refusal(None, "localhost", sent, TOKEN) or (0,))[0] == 401
    assert refusal(None, "localhost", f"ApiKey {TOKEN}", TOKEN) is None


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_picture_of_a_web_page_is(site: str) -> None:
    assert (refusal(None, "localhost", None, "", site) or (0,))[0] == 403
    assert refusal(None, "localhost", None, "", "none") is None, "the user typed the address"
