"""Shards, copies and refresh from the environment: what is read, what Elasticsearch is told."""

import pytest
from elasticsearch import Elasticsearch

from indexer.errors import SettingsError
from indexer.settings import Settings, from_variables
from indexer.store import mapping
from indexer.store.index_template import DEFAULT_FIELDS as FIELDS
from indexer.store.index_template import ensure, index_settings, template
from tests.support.loopback import Answer, Loopback, Request

NAMELESS = {"query": {"default_field": ["text", "title", "speaker", "speakers", "guests", "topics", "outlet"]}}


def read(**variables: str) -> Settings:
    return from_variables({f"FANGTAN_{name}": value for name, value in variables.items()})


def test_nothing_set_is_one_shard_and_a_copy_where_there_is_a_second_node() -> None:
    assert index_settings(read()) == {
        "number_of_shards": 1,
        "auto_expand_replicas": "0-1",
        "refresh_interval": "30s",
        "store.stats_refresh_interval": "1s",
        **NAMELESS,
    }
    assert read() == read(SHARDS="", REPLICAS=" ", REFRESH="")


def test_a_cluster_is_configured() -> None:
    assert index_settings(read(SHARDS="3", REPLICAS="1", REFRESH="5s")) == {
        "number_of_shards": 3,
        "number_of_replicas": 1,
        "auto_expand_replicas": False,
        "refresh_interval": "5s",
        "store.stats_refresh_interval": "1s",
        **NAMELESS,
    }


def test_no_copy_is_a_number_too() -> None:
    assert index_settings(read(REPLICAS="0"))["number_of_replicas"] == 0


@pytest.mark.parametrize("given", ["0-all", "1-2", "0-0"])
def test_a_range_of_copies(given: str) -> None:
    assert index_settings(read(REPLICAS=given)) == {**index_settings(read()), "auto_expand_replicas": given}


@pytest.mark.parametrize("given", ["-1", "1s", "500ms", "5m"])
def test_intervals(given: str) -> None:
    assert index_settings(read(REFRESH=given))["refresh_interval"] == given


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHARDS", "0"),
        ("SHARDS", "1025"),
        ("SHARDS", "-1"),
        ("SHARDS", "three"),
        ("SHARDS", "三"),
        ("REPLICAS", "-1"),
        ("REPLICAS", "2-1"),
        ("REPLICAS", "all"),
        ("REPLICAS", "1.5"),
        ("REFRESH", "0"),
        ("REFRESH", "often"),
        ("REFRESH", "1 s"),
        ("REFRESH", "-2"),
    ],
)
def test_what_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"FANGTAN_{name}={value} ") as raised:
        read(**{name: value})
    assert raised.value.next_step.startswith("Set it to")


def test_the_template_covers_every_index_of_its_prefix_and_no_other() -> None:
    body = template(Settings(index="meetings"))
    assert body["index_patterns"] == ["meetings-turns-*", "meetings-passages-*", "meetings-interviews-*"]
    assert body["composed_of"] == body["ignore_missing_component_templates"] == ["meetings@custom"]
    assert body["template"] == {"settings": index_settings(Settings())}
    made = mapping.dated(Settings(index="meetings"), "20261124-093000").each
    assert [name.startswith(pattern[:-1]) for name, pattern in zip(made, body["index_patterns"], strict=True)] == [
        True
    ] * 3


def test_of_two_prefixes_that_meet_the_longer_one_counts() -> None:
    assert template(Settings(index="a-turns"))["priority"] > template(Settings(index="a"))["priority"]


class Refusing(Loopback):
    """An Elasticsearch whose credentials allow indices, and no templates."""

    def answer(self, request: Request) -> Answer:
        refused = {"type": "security_exception", "reason": "action [indices:admin/index_template/put] is unauthorized"}
        return Answer(403, {"error": refused, "status": 403}, {"X-Elastic-Product": "Elasticsearch"})


def test_a_query_without_a_field_is_about_fields_people_know() -> None:
    assert set(FIELDS) <= mapping.TURN.keys() | mapping.INTERVIEW.keys()
    assert not set(FIELDS) & {"words", "bigrams", "chars", "asked"}


def test_without_the_privilege_each_index_is_given_its_settings() -> None:
    settings = read(SHARDS="2")
    with Refusing().running() as refusing, Elasticsearch(refusing.url) as client:
        assert ensure(client, settings) == index_settings(settings)
    (asked,) = refusing.requests
    assert (asked.method, asked.path) == ("PUT", "/_index_template/fangtan")
