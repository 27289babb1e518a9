"""`/` answers as Elasticsearch itself does."""

import json
import urllib.request

from elasticsearch import Elasticsearch


def get(url: str, accept: str = "*/*", method: str = "GET") -> tuple[int, dict[str, str], str]:
    request = urllib.request.Request(url, headers={"Accept": accept}, method=method)
    with urllib.request.urlopen(request, timeout=10) as response:
        headers = {name.lower(): value for name, value in response.headers.items()}
        return response.status, headers, response.read().decode()


def test_the_client_knows_it(client: Elasticsearch) -> None:
    info = client.info()
    assert info["version"]["number"] == "9.5.3"
    assert client.ping()


def test_every_field(node_url: str, client: Elasticsearch) -> None:
    answer = json.loads(get(node_url)[2])
    assert list(answer) == ["name", "cluster_name", "cluster_uuid", "version", "tagline"]
    assert answer["tagline"] == "You Know, for Search"
    assert answer["cluster_uuid"] == client.cluster.state(metric="metadata")["metadata"]["cluster_uuid"]
    assert len(answer["cluster_uuid"]) == 22
    version = answer["version"]
    assert list(version) == [
        "number",
        "build_flavor",
        "build_type",
        "build_hash",
        "build_date",
        "build_snapshot",
        "lucene_version",
        "minimum_wire_compatibility_version",
        "minimum_index_compatibility_version",
    ]
    assert version["build_snapshot"] is False
    assert len(version["build_hash"]) == 40
    assert version["build_date"].startswith("20")
    assert version["lucene_version"].startswith("10.")
    assert version["minimum_wire_compatibility_version"].startswith("8.")


def test_names_and_versions_are_those_of_the_node(node_url: str, client: Elasticsearch) -> None:
    answer = json.loads(get(node_url)[2])
    (node,) = client.nodes.info()["nodes"].values()
    assert (answer["name"], answer["version"]["number"]) == (node["name"], node["version"])
    assert answer["version"]["build_hash"] == node["build_hash"]
    assert answer["cluster_name"] == client.cluster.health()["cluster_name"]


def test_it_is_printed_for_people_unless_told_otherwise(node_url: str) -> None:
    assert get(node_url)[2].startswith('{\n  "name" : "fangtan",\n')
    assert get(node_url)[2].endswith("}\n")
    assert get(f"{node_url}/?pretty=false")[2].startswith('{"name":"fangtan",')


def test_only_what_is_asked_for(node_url: str) -> None:
    assert json.loads(get(f"{node_url}/?filter_path=version.number")[2]) == {"version": {"number": "9.5.3"}}


def test_head_has_no_body(node_url: str) -> None:
    status, headers, body = get(node_url, method="HEAD")
    assert (status, body) == (200, "")
    assert headers["x-elastic-product"] == "Elasticsearch"


def test_the_content_type_asked_for(node_url: str) -> None:
    assert get(node_url)[1]["content-type"] == "application/json"
    asked = "application/vnd.elasticsearch+json;compatible-with=9"
    assert get(node_url, accept=asked)[1]["content-type"] == asked
    assert get(node_url, accept="application/yaml")[2].startswith('---\nname: "fangtan"\n')
