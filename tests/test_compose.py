"""docker-compose.yml and its overlay: the schema, every dependency, every promise their comments make."""

import base64
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search_cli.tools import env_file
from tests.support import compose_file
from tests.support.compose_file import CLUSTER, ROOT, SINGLE, UnsetError
from tests.support.kibana_server import Kibana
from tests.support.loopback import Answer, Loopback, Request

EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
MADE = compose_file.settings(EXAMPLE) | {key: env_file.generate(length) for key, length in env_file.SECRETS.items()}
ONE_SHOT = {"kibana-settings", "kibana-import", "certificates"}


@pytest.fixture(params=["single", "cluster"])
def services(request: pytest.FixtureRequest) -> dict[str, dict[str, Any]]:
    return dict(project(request.param)["services"])


def project(kind: str) -> dict[str, Any]:
    document = compose_file.load(SINGLE, MADE)
    if kind == "cluster":
        document = compose_file.lay_over(document, compose_file.load(CLUSTER, MADE))
    return dict(document)


# --- what compose itself checks


@pytest.mark.parametrize("path", [SINGLE, CLUSTER], ids=lambda path: path.name)
def test_the_file_fits_the_compose_schema(path: Path) -> None:
    done = check_schema(path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_schema_check_sees_a_wrong_key(tmp_path: Path) -> None:
    wrong = tmp_path / "docker-compose.yml"
    wrong.write_text(SINGLE.read_text("utf-8").replace("    healthcheck:", "    heathcheck:", 1), "utf-8")
    assert "heathcheck" in check_schema(wrong).stdout


def check_schema(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(path)]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.mark.parametrize("files", [["docker-compose.yml"], ["docker-compose.yml", "docker-compose.cluster.yml"]])
def test_compose_itself_reads_it(files: list[str]) -> None:
    if not shutil.which("docker") or subprocess.run(["docker", "compose", "version"], capture_output=True).returncode:
        pytest.skip("no docker compose on this machine")
    command = ["docker", "compose", *(part for file in files for part in ("-f", file)), "config", "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **MADE}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    ours = project("cluster" if len(files) > 1 else "single")["services"]
    theirs = json.loads(done.stdout)["services"]
    assert {name: one["environment"] for name, one in theirs.items() if "environment" in one} == {
        name: one["environment"] for name, one in ours.items() if "environment" in one
    }


# --- every service


def test_nothing_is_missing(services: dict[str, Any]) -> None:
    assert {"elasticsearch", "kibana", "kibana-settings", "kibana-import"} <= services.keys()


def test_every_dependency_can_be_met(services: dict[str, Any]) -> None:
    for name, service in services.items():
        for needed, how in service.get("depends_on", {}).items():
            assert needed in services, f"{name} waits for {needed}, which is not there"
            if how["condition"] == "service_healthy":
                assert "healthcheck" in services[needed], f"{name} waits for the health of {needed}"
                assert needed not in ONE_SHOT
            else:
                assert how["condition"] == "service_completed_successfully"
                assert services[needed]["restart"] == "no", f"{needed} would never complete"


def test_the_order_of_starting(services: dict[str, Any]) -> None:
    order = list(started(services))
    assert set(order) == services.keys()
    assert (
        order.index("elasticsearch")
        < order.index("kibana-settings")
        < order.index("kibana")
        < order.index("kibana-import")
    )
    if "certificates" in services:
        assert order[0] == "certificates"


def started(services: dict[str, Any]) -> Iterator[str]:
    up: set[str] = set()
    while ready := sorted(
        name for name, one in services.items() if name not in up and one.get("depends_on", {}).keys() <= up
    ):
        up |= set(ready)
        yield from ready


def test_what_serves_restarts_and_has_a_health_check_and_what_runs_once_does_not(services: dict[str, Any]) -> None:
    for name, service in services.items():
        once = name in ONE_SHOT
        assert service["restart"] == ("no" if once else "unless-stopped"), name
        assert ("healthcheck" in service) is not once, name
        if not once:
            check = service["healthcheck"]
            assert check["retries"] * 10 >= 300, f"{name} is given up too early"
            assert check["test"][0] == "CMD-SHELL"
            assert "--max-time" in check["test"][1]


def test_ports_are_on_the_loopback_interface_only(services: dict[str, Any]) -> None:
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}
    more = {f"elasticsearch-{number}": [f"127.0.0.1:{9199 + number}:9200"] for number in (2, 3)}
    one = {"elasticsearch": ["127.0.0.1:9200:9200"], "kibana": ["127.0.0.1:5601:5601"]}
    assert published == one | (more if "elasticsearch-2" in services else {})


def test_every_service_is_unprivileged_and_bounded(services: dict[str, Any]) -> None:
    for name, service in services.items():
        assert service["user"] == "1000:0", name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["mem_limit"][-1] in "mg", name
        assert not service.keys() & {"privileged", "network_mode", "pid", "ipc", "cap_add", "devices"}, name


def test_the_heap_leaves_room_in_the_container(services: dict[str, Any]) -> None:
    for name, service in services.items():
        if heap := service.get("environment", {}).get("ES_JAVA_OPTS"):
            low, high = heap.split()
            assert (low, high) == ("-Xms1g", "-Xmx1g"), name
            assert service["mem_limit"] == "2g", "Elasticsearch wants at least as much outside its heap"
            assert service["ulimits"]["memlock"] == {"soft": -1, "hard": -1}
            assert service["environment"]["bootstrap.memory_lock"] == "true"


def test_images_are_pinned_and_of_one_version(services: dict[str, Any]) -> None:
    images = {service["image"] for service in services.values()}
    assert images == {"elasticsearch:9.5.3", "kibana:9.5.3"}
    assert services["kibana"]["image"] == "kibana:9.5.3"


def test_data_lives_in_named_volumes() -> None:
    for kind in ("single", "cluster"):
        document = project(kind)
        used: list[str] = []
        for name, service in document["services"].items():
            for volume in service.get("volumes", []):
                if compose_file.target(volume) == "/fangtan.ndjson":
                    assert volume["read_only"] is True
                    assert (ROOT / volume["source"]).suffix == ".ndjson"
                    continue
                assert compose_file.source(volume) in document["volumes"], f"{name}: {volume}"
                used.append(compose_file.source(volume))
        kept = [volume for volume in used if volume.startswith(("elasticsearch-data", "cluster-data"))]
        assert len(kept) == len(set(kept)) == (3 if kind == "cluster" else 1), "no two nodes on one folder"
        assert "kibana-data" in used


def test_security_is_on(services: dict[str, Any]) -> None:
    for name, service in services.items():
        if "node.name" in service.get("environment", {}):
            assert service["environment"]["node.name"] == name
            assert service["environment"]["xpack.security.enabled"] == "true"
            assert service["environment"]["ELASTIC_PASSWORD"] == MADE["ELASTIC_PASSWORD"]
    assert services["kibana"]["environment"]["ELASTICSEARCH_USERNAME"] == "kibana_system"


def test_kibana_has_the_password_that_kibana_settings_sets(services: dict[str, Any]) -> None:
    kibana, given = services["kibana"]["environment"], services["kibana-settings"]["environment"]
    assert kibana["ELASTICSEARCH_PASSWORD"] == given["KIBANA_SYSTEM_PASSWORD"] == MADE["KIBANA_SYSTEM_PASSWORD"]
    keys = {value for key, value in kibana.items() if key.endswith("ENCRYPTIONKEY")}
    assert keys == {MADE["KIBANA_ENCRYPTION_KEY"]}
    assert len(keys.pop()) >= 32


def test_no_request_leaves_unasked(services: dict[str, Any]) -> None:
    assert services["kibana"]["environment"]["TELEMETRY_OPTIN"] == "false"
    for service in services.values():
        if "node.name" in service.get("environment", {}):
            assert service["environment"]["ingest.geoip.downloader.enabled"] == "false"


# --- secrets and variables


@pytest.mark.parametrize("path", [SINGLE, CLUSTER], ids=lambda path: path.name)
def test_no_secret_is_in_the_file(path: Path) -> None:
    document = compose_file.load(path, dict.fromkeys(compose_file.mentioned(path.read_text("utf-8")), "from-env"))
    for name, service in document["services"].items():
        for key, value in service.get("environment", {}).items():
            if key.endswith(("PASSWORD", "ENCRYPTIONKEY")):
                assert value == "from-env", f"{name}: {key}"


@pytest.mark.parametrize("path", [SINGLE, CLUSTER], ids=lambda path: path.name)
def test_every_variable_is_documented_and_what_is_needed_is_filled_in(path: Path) -> None:
    text = path.read_text("utf-8")
    assert compose_file.mentioned(text) <= compose_file.settings(EXAMPLE).keys()
    assert compose_file.required(text) <= env_file.REQUIRED
    assert all(MADE[key] for key in env_file.REQUIRED)


def test_the_example_holds_no_secret_and_is_refused_as_it_is() -> None:
    example = compose_file.settings(EXAMPLE)
    assert {example[key] for key in env_file.SECRETS} == {""}
    with pytest.raises(UnsetError):
        compose_file.load(SINGLE, example)


@pytest.mark.parametrize("key", sorted(env_file.REQUIRED))
def test_without_a_needed_variable_nothing_starts(key: str) -> None:
    with pytest.raises(UnsetError, match=key):
        compose_file.load(SINGLE, {**MADE, key: ""})


def test_the_overlay_repeats_the_defaults_of_the_file_it_lies_over() -> None:
    for variable in ("ELASTIC_HEAP", "ELASTIC_MEMORY"):
        defaults = {
            part.split("}")[0]
            for path in (SINGLE, CLUSTER)
            for part in path.read_text("utf-8").split(f"${{{variable}:-")[1:]
        }
        assert defaults == {compose_file.settings(EXAMPLE)[variable]}


# --- three nodes


def test_the_cluster_knows_its_nodes() -> None:
    nodes = cluster_nodes()
    assert len(nodes) == 3
    for node in nodes.values():
        environment = node["environment"]
        for key in ("cluster.initial_master_nodes", "discovery.seed_hosts"):
            assert set(environment[key].split(",")) == nodes.keys()
        assert environment["discovery.type"] == "multi-node"
    assert len({node["environment"]["cluster.name"] for node in nodes.values()}) == 1


def cluster_nodes() -> dict[str, dict[str, Any]]:
    services = project("cluster")["services"]
    return {name: one for name, one in services.items() if "node.name" in one.get("environment", {})}


def test_a_cluster_keeps_away_from_the_single_nodes_data() -> None:
    single = compose_file.load(SINGLE, MADE)["services"]["elasticsearch"]
    assert single["environment"]["cluster.name"] != cluster_nodes()["elasticsearch"]["environment"]["cluster.name"]


def test_every_node_speaks_tls_with_its_own_certificate() -> None:
    for name, node in cluster_nodes().items():
        environment = node["environment"]
        for layer in ("http", "transport"):
            ssl = f"xpack.security.{layer}.ssl"
            assert environment[f"{ssl}.enabled"] == "true"
            assert environment[f"{ssl}.certificate"] == f"certs/{name}/{name}.crt"
            assert environment[f"{ssl}.key"] == f"certs/{name}/{name}.key"
            assert environment[f"{ssl}.certificate_authorities"] == "certs/ca/ca.crt"
        assert "https://localhost:9200" in node["healthcheck"]["test"][1]
        assert "--insecure" not in node["healthcheck"]["test"][1]
        assert "certificates:/usr/share/elasticsearch/config/certs:ro" in node["volumes"]


def test_kibana_trusts_the_cluster_and_knows_every_node() -> None:
    kibana = project("cluster")["services"]["kibana"]
    hosts = json.loads(kibana["environment"]["ELASTICSEARCH_HOSTS"])
    assert hosts == [f"https://{name}:9200" for name in cluster_nodes()]
    authority = kibana["environment"]["ELASTICSEARCH_SSL_CERTIFICATEAUTHORITIES"]
    assert "certificates:/usr/share/kibana/config/certs:ro" in kibana["volumes"]
    assert authority == "/usr/share/kibana/config/certs/ca/ca.crt"


def test_nothing_in_the_cluster_speaks_plain_to_elasticsearch() -> None:
    for name, service in project("cluster")["services"].items():
        for key, value in service.get("environment", {}).items():
            assert "http://elasticsearch" not in str(value), f"{name}: {key}"


# --- the one-shot services, run for real against a server of ours


def run(service: str, variables: dict[str, str], kind: str = "single") -> subprocess.CompletedProcess[str]:
    """Run a one-shot service's own script with the bash of this machine."""
    if not (shutil.which("bash") and shutil.which("curl")):
        pytest.skip("no bash or curl on this machine")
    one = project(kind)["services"][service]
    environment = {key: str(value) for key, value in one.get("environment", {}).items()}
    environment |= {"PATH": os.environ["PATH"], "PAUSE": "0", "NO_PROXY": "*", **variables}
    command = [*one["entrypoint"], *one["command"]]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


class Security(Loopback):
    """Elasticsearch as far as `kibana-settings` sees it; it needs a moment before it answers well."""

    def __init__(self, password: str, moments: int = 2) -> None:
        super().__init__()
        self.password, self.moments = password, moments

    def answer(self, request: Request) -> Answer:
        given = base64.b64decode(request.headers.get("authorization", "").removeprefix("Basic ")).decode()
        if given != f"elastic:{self.password}":
            return Answer(401, {"error": {"type": "security_exception"}, "status": 401})
        if request.method != "POST" or request.path != "/_security/user/kibana_system/_password":
            return Answer(405, {"error": "Incorrect HTTP method", "status": 405})
        if len(self.requests) <= self.moments:
            return Answer(503, {"error": {"type": "unavailable_shards_exception"}, "status": 503})
        return Answer(200, {})


def test_kibana_settings_gives_kibana_system_its_password() -> None:
    with Security(MADE["ELASTIC_PASSWORD"]).running() as elasticsearch:
        done = run("kibana-settings", {"ELASTICSEARCH_URL": elasticsearch.url})
    assert done.returncode == 0, done.stderr
    assert len(elasticsearch.requests) == 3
    assert json.loads(elasticsearch.requests[-1].body) == {"password": MADE["KIBANA_SYSTEM_PASSWORD"]}
    assert elasticsearch.requests[-1].headers["content-type"] == "application/json"


def test_kibana_settings_says_what_is_wrong_when_the_volume_has_another_password() -> None:
    with Security("another", moments=0).running() as elasticsearch:
        done = run("kibana-settings", {"ELASTICSEARCH_URL": elasticsearch.url})
    assert done.returncode == 1
    assert "security_exception" in done.stderr
    assert ".env was changed after the first start" in done.stderr
    assert MADE["ELASTIC_PASSWORD"] not in done.stderr + done.stdout


@pytest.fixture
def saved_objects(tmp_path: Path) -> Path:
    """Two objects, one of which refers to the other."""
    view: dict[str, Any] = {
        "type": "index-pattern",
        "id": "view",
        "attributes": {"title": "fangtan-turns"},
        "references": [],
    }
    search: dict[str, Any] = {"type": "search", "id": "turns", "attributes": {"title": "发言"}}
    search["references"] = [{"name": "index", "type": "index-pattern", "id": "view"}]
    lines = [{**view, "typeMigrationVersion": "8.0.0"}, {**search, "typeMigrationVersion": "10.5.0"}]
    path = tmp_path / "fangtan.ndjson"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return path


def test_kibana_import_loads_the_objects_and_may_be_run_again(saved_objects: Path) -> None:
    with Kibana(MADE["ELASTIC_PASSWORD"]).running() as kibana:
        for _ in range(2):
            done = run("kibana-import", {"KIBANA_URL": kibana.url, "SAVED_OBJECTS": str(saved_objects)})
            assert done.returncode == 0, done.stderr
            assert "2 objects" in done.stdout
    assert isinstance(kibana, Kibana)
    assert {key[2] for key in kibana.objects} == {"view", "turns"}


def test_kibana_import_loads_the_file_that_is_mounted() -> None:
    (mounted,) = project("single")["services"]["kibana-import"]["volumes"]
    with Kibana(MADE["ELASTIC_PASSWORD"]).running() as kibana:
        done = run("kibana-import", {"KIBANA_URL": kibana.url, "SAVED_OBJECTS": str(ROOT / mounted["source"])})
    assert done.returncode == 0, done.stderr
    assert isinstance(kibana, Kibana)
    assert ("default", "dashboard", "fangtan-turns-dashboard") in kibana.objects


def test_kibana_import_fails_when_kibana_takes_a_part_only(saved_objects: Path) -> None:
    kibana = Kibana(MADE["ELASTIC_PASSWORD"])
    kibana.refused["turns"] = "[attributes.grid]: definition for this key is missing"
    with kibana.running():
        done = run("kibana-import", {"KIBANA_URL": kibana.url, "SAVED_OBJECTS": str(saved_objects)})
    assert done.returncode == 1
    assert "definition for this key is missing" in done.stderr
    assert not kibana.objects


CERTUTIL = '''"""Stands for elasticsearch-certutil: takes its options, writes a zip of the same layout."""
import argparse, pathlib, sys, zipfile
parser = argparse.ArgumentParser()
parser.add_argument("mode", choices=["ca", "cert"])
for flag in ("--silent", "--pem"):
    parser.add_argument(flag, action="store_true", required=True)
parser.add_argument("--days", type=int, required=True)
parser.add_argument("--out", required=True)
parser.add_argument("--in", dest="instances")
parser.add_argument("--ca-cert")
parser.add_argument("--ca-key")
given = parser.parse_args()
names = ["ca"]
if given.mode == "cert":
    pathlib.Path(given.ca_key).read_text()
    import yaml
    names = [one["name"] for one in yaml.safe_load(pathlib.Path(given.instances).read_text())["instances"]]
with zipfile.ZipFile(given.out, "x") as archive:
    for name in names:
        archive.writestr(f"{name}/{name}.crt", given.mode)
        archive.writestr(f"{name}/{name}.key", given.mode)
'''


@pytest.fixture
def certificates(tmp_path: Path) -> dict[str, str]:
    if not shutil.which("unzip"):
        pytest.skip("no unzip on this machine")
    tool, program = tmp_path / "certutil", tmp_path / "certutil.py"
    program.write_text(CERTUTIL, "utf-8")
    # a shell between: the first line of a script names no program with a space in its path
    tool.write_text(f'#!/bin/sh\nexec {shlex.join((sys.executable, str(program)))} "$@"\n', "utf-8")
    tool.chmod(0o755)
    (tmp_path / "volume").mkdir()
    return {"CERTUTIL": str(tool), "CERTIFICATES": str(tmp_path / "volume")}


def test_certificates_are_made_once_for_every_node(certificates: dict[str, str], tmp_path: Path) -> None:
    assert run("certificates", certificates, "cluster").returncode == 0
    volume = tmp_path / "volume"
    for name in ("ca", *cluster_nodes()):
        assert (volume / name / f"{name}.crt").exists()
        assert (volume / name / f"{name}.key").stat().st_mode & 0o077 == 0, "a key is for its owner"
    made = (volume / "ca/ca.key").stat().st_mtime_ns
    again = run("certificates", certificates, "cluster")
    assert "are there" in again.stdout
    assert (volume / "ca/ca.key").stat().st_mtime_ns == made


def test_half_made_certificates_are_made_anew(certificates: dict[str, str], tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    (volume / "ca").mkdir()
    (volume / "ca/ca.key").write_text("cut short", "utf-8")
    (volume / "ca.zip").write_text("cut short", "utf-8")
    assert run("certificates", certificates, "cluster").returncode == 0
    assert (volume / "ca/ca.key").read_text("utf-8") == "ca"
