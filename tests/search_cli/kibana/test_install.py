"""`fangtan kibana install` and `export`, against a server that takes a file as strictly as Kibana does."""

import base64
import json
import os
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from typer.testing import CliRunner

from indexer.errors import (
    CertificateError,
    FangtanError,
    KibanaError,
    NotFoundError,
    UnauthorisedError,
    UnreachableError,
    UsageError,
)
from indexer.settings import Settings
from search_cli.app import app
from search_cli.kibana import server
from search_cli.kibana.install import _id_in_kibana, install, ndjson
from search_cli.tools.kibana import generate, saved_objects
from tests.support import kibana_server
from tests.support.kibana_server import Kibana
from tests.support.loopback import Answer, Loopback, Request

ROOT = Path(__file__).parents[3]
FILE = ndjson("fangtan")
OBJECTS = tuple(json.loads(line) for line in FILE.splitlines())
SIGNED_IN = Settings(username="elastic", password="secret")


@pytest.fixture
def kibana() -> Iterator[Kibana]:
    with Kibana(spaces=("research", "研究 室")).running() as running:
        assert isinstance(running, Kibana)
        yield running


def signed_in(kibana: Loopback, **given: str) -> server.KibanaServer:
    return server.server(SIGNED_IN, kibana.url, **given)


# --- what is sent


def test_everything_arrives_in_the_default_space(kibana: Kibana) -> None:
    installed = install(signed_in(kibana), FILE)
    assert list(kibana.objects) == [("default", one["type"], one["id"]) for one in OBJECTS]
    assert installed.version == "9.5.3"
    assert installed.objects == OBJECTS
    assert installed.dashboard == f"{kibana.url}/app/dashboards#/view/fangtan-turns-dashboard"


def test_what_arrives_is_the_committed_file(kibana: Kibana) -> None:
    install(signed_in(kibana), FILE)
    lines = (ROOT / "data/kibana/fangtan.ndjson").read_text("utf-8").splitlines()
    assert list(kibana.objects.values()) == [json.loads(line) for line in lines]


def test_the_request_is_the_documented_one(kibana: Kibana) -> None:
    install(signed_in(kibana), FILE)
    (sent,) = [one for one in kibana.requests if one.method == "POST"]
    assert sent.path == "/api/saved_objects/_import?overwrite=true"
    assert sent.headers["kbn-xsrf"] == "true"
    assert sent.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'filename="fangtan.ndjson"' in sent.body
    assert sent.headers["authorization"] == f"Basic {base64.b64encode(b'elastic:secret').decode()}"


def test_again_overwrites(kibana: Kibana) -> None:
    install(signed_in(kibana), FILE)
    kibana.objects["default", "lens", "fangtan-turns-speakers"] = {"attributes": {"title": "changed by hand"}}
    install(signed_in(kibana), FILE)
    assert kibana.objects["default", "lens", "fangtan-turns-speakers"]["attributes"]["title"] == "谁在说"
    assert len(kibana.objects) == len(OBJECTS)


def test_a_space_of_its_own(kibana: Kibana) -> None:
    installed = install(signed_in(kibana, space="research"), FILE)
    assert {key[0] for key in kibana.objects} == {"research"}
    assert installed.dashboard == f"{kibana.url}/s/research/app/dashboards#/view/fangtan-turns-dashboard"


def test_the_default_space_may_be_named(kibana: Kibana) -> None:
    assert "/s/" not in install(signed_in(kibana, space="default"), FILE).dashboard


def test_a_space_that_is_not_there_is_told_before_anything_is_sent(kibana: Kibana) -> None:
    with pytest.raises(NotFoundError, match="no space reserch"):
        install(signed_in(kibana, space="reserch"), FILE)
    assert not kibana.objects


def test_a_space_cannot_lead_elsewhere(kibana: Kibana) -> None:
    with pytest.raises(NotFoundError):
        install(signed_in(kibana, space="../api/status?"), FILE)
    assert not any(request.method == "POST" for request in kibana.requests)


def test_the_dashboards_address_follows_the_id_kibana_gave_it(kibana: Kibana) -> None:
    class Renaming(Kibana):
        def _load(self, given: list[dict[str, Any]], space: str, overwrite: bool) -> dict[str, Any]:
            answer = super()._load(given, space, overwrite)
            answer["successResults"][-1]["destinationId"] = "0b1c"
            return answer

    with Renaming().running() as renaming:
        assert install(signed_in(renaming), FILE).dashboard == f"{renaming.url}/app/dashboards#/view/0b1c"


# --- the file for another prefix


@pytest.mark.parametrize(
    "prefix", ["fangtan", "meetings", "a", "0", "2024-1", "fangtan-interviews", "my-fangtan-turns", "x_1", "g" * 200]
)
def test_the_file_with_its_prefix_replaced_is_what_the_generator_makes(prefix: str) -> None:
    assert ndjson(prefix) == saved_objects.ndjson(generate.objects(prefix))


# --- who asks


def test_an_api_key_is_preferred(kibana: Kibana) -> None:
    install(signed_in(kibana, api_key="a2V5OmtleQ=="), FILE)
    assert {one.headers["authorization"] for one in kibana.requests} == {"ApiKey a2V5OmtleQ=="}


def test_which_credentials_come_first() -> None:
    everything = Settings(username="elastic", password="secret", api_key="elastic-key", kibana_api_key="kibana-key")
    assert server.server(everything, api_key="given").api_key == "given"
    assert server.server(everything).api_key == "kibana-key"
    assert server.server(Settings(api_key="elastic-key")).api_key == "elastic-key"
    named = server.server(everything, "http://me:mine@127.0.0.1:5601")
    assert (named.api_key, named.username, named.password) == ("", "me", "mine")


def test_credentials_in_the_address_are_used_and_not_shown(kibana: Kibana) -> None:
    where = server.server(Settings(), kibana.url.replace("//", "//elastic:secret@"))
    assert where.url == kibana.url
    assert install(where, FILE).dashboard.startswith(kibana.url)
    assert "secret" not in repr(where)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(), "--api-key KEY"),
        (Settings(username="elastic", password="no-secret"), "password of elastic"),
        (Settings(api_key="bm8="), "API key"),
    ],
)
def test_unknown_credentials(kibana: Kibana, settings: Settings, told: str) -> None:
    with pytest.raises(UnauthorisedError, match="does not accept the credentials") as raised:
        install(server.server(settings, kibana.url), FILE)
    assert told in raised.value.next_step
    said = raised.value.message + raised.value.next_step
    assert "no-secret" not in said
    assert "bm8=" not in said


class Answering(Loopback):
    """Answers every request alike, or the imports alike behind a good status."""

    def __init__(self, answer: Answer, only_imports: bool = False) -> None:
        super().__init__()
        self.given, self.only_imports = answer, only_imports

    def answer(self, request: Request) -> Answer:
        if self.only_imports and request.path == "/api/status":
            return Answer(200, {"status": {"overall": {"level": "available"}}, "version": {"number": "8.15.0"}})
        return self.given


def boom(status: int, message: str) -> Answer:
    return Answer(status, {"statusCode": status, "error": "Error", "message": message})


def test_too_few_privileges() -> None:
    with (
        Answering(boom(403, "Unable to bulk_create dashboard,lens"), only_imports=True).running() as kibana,
        pytest.raises(UnauthorisedError, match="does not allow this: Unable to bulk_create") as raised,
    ):
        install(signed_in(kibana), FILE)
    assert "Saved Objects Management" in raised.value.next_step


# --- what Kibana does not take


def test_one_object_refused_is_a_failure_though_the_status_is_200(kibana: Kibana) -> None:
    kibana.refused["fangtan-turns-topics"] = "[attributes.state]: unknown"
    with pytest.raises(KibanaError, match=r"lens 说什么: \[attributes.state\]: unknown"):
        install(signed_in(kibana), FILE)
    assert not kibana.objects


def test_a_missing_reference_is_named(kibana: Kibana) -> None:
    alone = "".join(line for line in FILE.splitlines(keepends=True) if '"id":"fangtan-interviews",' not in line[:40])
    with pytest.raises(KibanaError, match="访谈目录: refers to index-pattern fangtan-interviews, which does not exist"):
        install(signed_in(kibana), alone)


def test_fewer_taken_than_given_is_a_failure() -> None:
    with (
        Answering(Answer(200, {"success": True, "successCount": 12, "errors": []}), only_imports=True).running() as it,
        pytest.raises(KibanaError, match="12 of 13 objects imported"),
    ):
        install(signed_in(it), FILE)


def test_an_older_kibana_refuses_in_its_own_words(monkeypatch: pytest.MonkeyPatch, kibana: Kibana) -> None:
    monkeypatch.setitem(kibana_server.NEWEST, "dashboard", (10, 1, 0))
    with pytest.raises(KibanaError, match=r"status 422: .*belongs to a more recent version of Kibana"):
        install(signed_in(kibana), FILE)


def test_our_versions_are_the_ones_the_server_was_made_for() -> None:
    assert {kind: tuple(map(int, version.split("."))) for kind, version in saved_objects.VERSIONS.items()} == {
        kind: version for kind, version in kibana_server.NEWEST.items() if kind != "tag"
    }


# --- no Kibana


def test_nobody_answers() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(UnreachableError, match=f"No Kibana answers at {url}") as raised:
            install(server.server(SIGNED_IN, url), FILE)
    assert "docker compose up -d" in raised.value.next_step
    assert "secret" not in str(raised.value)


def test_a_kibana_that_is_still_starting(kibana: Kibana) -> None:
    kibana.ready = False
    with pytest.raises(UnreachableError, match="not ready yet"):
        install(signed_in(kibana), FILE)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, {"name": "node", "tagline": "You Know, for Search"}),
        Answer(200, "<html>a page</html>"),
        Answer(400, {"error": "no handler found for uri [/api/status] and method [GET]"}),
        Answer(302, "", {"Location": "http://127.0.0.1:1/login"}),
        Answer(404, "not found"),
    ],
    ids=["elasticsearch", "page", "elasticsearch-no-handler", "redirect", "other"],
)
def test_somebody_else_answers(answer: Answer) -> None:
    with (
        Answering(answer).running() as other,
        pytest.raises(KibanaError, match="answers, but not as Kibana does") as raised,
    ):
        install(signed_in(other), FILE)
    assert "--url" in raised.value.next_step
    assert len(other.requests) == 1, "credentials go no further"


def test_no_answer_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "ANSWER_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(UnreachableError, match="did not answer in time"):
            install(server.server(SIGNED_IN, url), FILE)


def test_plain_where_tls_is_expected(kibana: Kibana) -> None:
    with pytest.raises(FangtanError) as raised:
        install(signed_in_over_tls(kibana), FILE)
    assert "--ca-certs" in raised.value.next_step


def signed_in_over_tls(kibana: Kibana) -> server.KibanaServer:
    return server.server(SIGNED_IN, kibana.url.replace("http:", "https:"))


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def behind_tls(authority: trustme.CA) -> Iterator[Kibana]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with Kibana().running(context) as running:
        assert isinstance(running, Kibana)
        yield running


def test_an_unknown_certificate_is_not_trusted(behind_tls: Kibana) -> None:
    with pytest.raises(CertificateError, match="not trusted") as raised:
        install(signed_in(behind_tls), FILE)
    assert "--ca-certs FILE" in raised.value.next_step
    assert not behind_tls.requests, "no credentials are sent"


def test_its_authority_may_be_given(behind_tls: Kibana, authority: trustme.CA, tmp_path: Path) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    installed = install(signed_in(behind_tls, ca_certs=str(tmp_path / "ca.pem")), FILE)
    assert installed.dashboard.startswith("https://127.0.0.1:")
    assert len(behind_tls.objects) == len(OBJECTS)


@pytest.mark.parametrize("url", ["127.0.0.1:5601", "ftp://kibana", "http://", "http://[", "kibana", "http://host:port"])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(UsageError, match="is not valid"):
        server.server(Settings(), url)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("http://127.0.0.1:5601/", "http://127.0.0.1:5601"),
        ("https://example.org/kibana/", "https://example.org/kibana"),
        ("http://[::1]:5601", "http://[::1]:5601"),
    ],
)
def test_an_address_is_kept_without_its_last_slash(typed: str, address: str) -> None:
    assert server.server(Settings(), typed).url == address


def test_the_address_comes_from_the_settings_when_none_is_given() -> None:
    assert server.server(Settings()).url == server.LOCAL
    assert server.server(Settings(kibana_url="http://127.0.0.1:5701")).url == "http://127.0.0.1:5701"
    assert server.server(Settings(kibana_url="http://127.0.0.1:5701"), "http://[::1]").url == "http://[::1]"


# --- the commands


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without a `.env`, and no settings in the environment."""
    for name in list(os.environ):
        if name.startswith(("ELASTIC", "KIBANA", "FANGTAN")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does; colours and width of no terminal."""
    everything = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "PYTHONPATH": str(ROOT),
        **environment,
    }
    command = [sys.executable, "-m", "search_cli", "kibana", *arguments]
    return subprocess.run(command, env=everything, capture_output=True, text=True, timeout=60)


def test_install_says_what_kibana_has_now(alone: Path, kibana: Kibana) -> None:
    done = run("install", "--url", kibana.url, ELASTICSEARCH_USERNAME="elastic", ELASTICSEARCH_PASSWORD="secret")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        f"Kibana 9.5.3 at {kibana.url} has",
        "  2 data views         访谈发言（fangtan-turns），访谈目录（fangtan-interviews）",
        "  2 Discover sessions  访谈发言，访谈目录",
        "  8 panels             发言随时间，谁在说，说什么，问与答的比重，谁说什么，各媒体的访谈，各人的特征词，"
        "最长的回答",
        "  1 dashboard          访谈",
        f"Open {kibana.url}/app/dashboards#/view/fangtan-turns-dashboard",
    ]
    assert "secret" not in done.stdout + done.stderr


def test_install_in_chinese(alone: Path, kibana: Kibana) -> None:
    user = {"ELASTICSEARCH_USERNAME": "elastic", "ELASTICSEARCH_PASSWORD": "secret"}
    done = run("install", "--url", kibana.url, FANGTAN_LANG="zh-Hans", **user)
    lines = done.stdout.splitlines()
    assert lines[:3] == [
        f"Kibana 9.5.3（{kibana.url}）里现有：",
        "  2 个数据视图         访谈发言（fangtan-turns），访谈目录（fangtan-interviews）",
        "  2 个 Discover 会话   访谈发言，访谈目录",
    ]
    assert lines[-1] == f"打开 {kibana.url}/app/dashboards#/view/fangtan-turns-dashboard"
    refused = run("install", "--url", kibana.url, FANGTAN_LANG="zh-Hans")
    assert refused.stderr.splitlines() == [
        f"错误：Kibana（{kibana.url}）不接受这些凭据。",
        "试试：加上 --api-key KEY，或者设置 ELASTICSEARCH_USERNAME 和 ELASTICSEARCH_PASSWORD。",
    ]


def test_install_reads_the_env_file(alone: Path, kibana: Kibana) -> None:
    (alone / ".env").write_text(
        f"KIBANA_URL={kibana.url}\nELASTIC_PASSWORD=secret\nELASTICSEARCH_URL=http://127.0.0.1:9200\n"
        "ELASTICSEARCH_USERNAME=elastic\nELASTICSEARCH_PASSWORD=${ELASTIC_PASSWORD}\nFANGTAN_INDEX=meetings\n",
        "utf-8",
    )
    done = run("install")
    assert done.returncode == 0, done.stderr
    assert "meetings-turns" in done.stdout
    assert {key[2].partition("-")[0] for key in kibana.objects} == {"meetings"}


def test_install_takes_the_api_key_from_the_env_file(alone: Path, kibana: Kibana) -> None:
    (alone / ".env").write_text("KIBANA_API_KEY=a2V5OmtleQ==\n", "utf-8")
    done = run("install", "--url", kibana.url, "--space", "research")
    assert done.returncode == 0, done.stderr
    assert "/s/research/app/dashboards" in done.stdout
    assert "a2V5OmtleQ==" not in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["KIBANA_API_KEY", "ELASTICSEARCH_API_KEY", "ELASTICSEARCH_PASSWORD"])
def test_the_kibana_of_a_file_gets_nothing_of_the_shell(alone: Path, kibana: Kibana, name: str) -> None:
    (alone / ".env").write_text(f"KIBANA_URL={kibana.url}\n", "utf-8")
    done = run("install", ELASTICSEARCH_USERNAME="elastic", **{name: "secret"})
    assert done.returncode == 2
    assert f"KIBANA_URL comes from {alone / '.env'}, " in " ".join(done.stderr.split())
    assert kibana.objects == {}
    assert "secret" not in done.stdout + done.stderr
    typed = run("install", "--url", kibana.url, ELASTICSEARCH_USERNAME="elastic", **{name: "secret"})
    assert typed.returncode in {0, 3}, "an address that is typed is the user's choice"
    assert "comes from" not in typed.stderr


def test_install_fails_without_a_traceback(alone: Path, kibana: Kibana) -> None:
    done = run("install", "--url", kibana.url, "--api-key", "bm8=")
    assert done.returncode == 3
    assert done.stdout == ""
    assert " ".join(done.stderr.split()) == (
        f"Error: Kibana at {kibana.url} does not accept the credentials. "
        "Try: Check the API key; it must be one of the Elasticsearch behind this Kibana."
    )


def test_export_writes_the_committed_file(alone: Path) -> None:
    done = run("export", "mine.ndjson")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("mine.ndjson: 13 objects.")
    assert (alone / "mine.ndjson").read_bytes() == (ROOT / "data/kibana/fangtan.ndjson").read_bytes()


def test_export_prints(alone: Path) -> None:
    done = run("export", "-", FANGTAN_INDEX="meetings", PYTHONIOENCODING="utf-8")
    assert done.stdout == saved_objects.ndjson(generate.objects("meetings"))


def test_export_refuses_a_name_that_kibana_would_refuse(alone: Path) -> None:
    done = run("export", "mine.json")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "Try: fangtan kibana export mine.ndjson"
    assert not list(alone.iterdir())


def test_export_into_a_folder_that_is_not_there(alone: Path) -> None:
    done = run("export", "nowhere/mine.ndjson")
    assert done.returncode == 2
    assert done.stderr.startswith("Error: nowhere/mine.ndjson cannot be written: No such file or directory.")


def test_help_names_the_commands_and_gives_examples() -> None:
    text = CliRunner().invoke(app, ["kibana", "install", "--help"], env={"COLUMNS": "200"}).output
    assert "Example: fangtan kibana install --url http://127.0.0.1:5601" in text
    assert "default: (KIBANA_API_KEY)" in text
    assert "export" in CliRunner().invoke(app, ["kibana", "--help"]).output


def test_an_object_is_found_by_type_and_id_in_kibanas_answer() -> None:
    one = {"type": "dashboard", "id": "a"}
    answer = {"successResults": [{"type": "lens", "id": "a", "destinationId": "wrong"}]}
    assert _id_in_kibana(answer, one) == "a"
