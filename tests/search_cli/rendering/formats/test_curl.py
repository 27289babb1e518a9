"""Requests as commands that can be pasted into a shell."""

import json
import subprocess

import pytest

from indexer.settings import Settings
from search_cli.models import RequestBody
from search_cli.rendering.formats.curl import commands

BODY: dict[str, object] = {"query": {"match": {"words": "小米 it's `ls` $HOME"}}, "size": 10}
REQUEST = RequestBody("The best passages", "POST", "/fangtan-passages/_search", BODY)


NODE = Settings()


def printed(*requests: RequestBody, settings: Settings = NODE, url: str = "http://127.0.0.1:9200") -> str:
    return "".join(commands(requests, url, settings))


def pasted(text: str) -> list[str]:
    """The arguments a shell gives to curl."""
    script = """curl() { printf '%s\\0' "$@"; }\n""" + text
    given = subprocess.run(["sh", "-c", script], capture_output=True, check=True)
    assert given.stderr == b""
    return given.stdout.decode().split("\0")[:-1]


def test_a_request_is_one_command():
    arguments = pasted(printed(REQUEST))
    assert arguments[:4] == ["-sS", "-X", "POST", "http://127.0.0.1:9200/fangtan-passages/_search"]
    assert arguments[4:7] == ["-H", "Content-Type: application/json", "-d"]
    assert json.loads(arguments[7]) == BODY
    assert len(arguments) == 8


def test_what_it_is_for_stands_above():
    assert printed(REQUEST).startswith("# The best passages\ncurl ")


def test_several_requests_stand_apart():
    second = RequestBody("The turns", "GET", "fangtan-turns/_count?q=小米", {})
    shown = printed(REQUEST, second)
    assert shown.endswith("\n\n# The turns\ncurl -sS -X GET 'http://127.0.0.1:9200/fangtan-turns/_count?q=小米'\n")


@pytest.mark.parametrize(
    ("settings", "options"),
    [
        (
            Settings(url="https://es.example.org:9243/es/", api_key="geheim"),
            ' -H "Authorization: ApiKey $ELASTICSEARCH_API_KEY"',
        ),
        (
            Settings(url="https://es.example.org", username="elastic", password="geheim", ca_certs="ca.pem"),
            ' -u "$ELASTICSEARCH_USERNAME:$ELASTICSEARCH_PASSWORD" --cacert "$ELASTICSEARCH_CA_CERTS"',
        ),
        (Settings(url="https://elastic:geheim@es.example.org"), " -u USER:PASSWORD"),
        (Settings(api_key="geheim"), ""),
    ],
)
def test_secrets_are_named_and_never_printed(settings, options):
    shown = printed(REQUEST, settings=settings, url=settings.url or "http://127.0.0.1:9200")
    assert "geheim" not in shown
    assert f"_search{options} \\\n" in shown


def test_an_address_keeps_its_path():
    shown = printed(REQUEST, url="https://es.example.org:9243/es/")
    assert " https://es.example.org:9243/es/fangtan-passages/_search " in shown


def test_what_was_typed_cannot_leave_its_string():
    body: dict[str, object] = {"q": "'; rm -rf ~; echo '", "e": "\x1b[31m\u202e"}
    shown = printed(RequestBody("x\n; rm -rf ~", "POST", "/t/_search", body))
    assert json.loads(pasted(shown)[-1]) == body
    assert "\x1b" not in shown
    assert shown.splitlines()[0] == "# x ; rm -rf ~"
