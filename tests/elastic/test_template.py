"""The index template on a real node."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from elasticsearch import Elasticsearch

from indexer.loading import schema
from indexer.loading.template import ensure
from indexer.settings import Settings


@pytest.fixture
def laid_out(settings: Settings, client: Elasticsearch) -> Iterator[Settings]:
    """Settings of a cluster; the templates are deleted afterwards."""
    yield replace(settings, shards=3, replicas="0", refresh="30s")
    client.options(ignore_status=404).indices.delete_index_template(name=f"{settings.index}*")
    client.options(ignore_status=404).cluster.delete_component_template(name=f"{settings.index}@custom")


def made(client: Elasticsearch, settings: Settings, name: str, **more: object) -> dict[str, object]:
    """Make an index and return its settings."""
    client.indices.create(index=name, mappings=schema.mappings("turns", {}), settings=more)
    answer = client.indices.get_settings(index=name, flat_settings=True).body[name]["settings"]
    return dict(answer)


def test_an_index_made_under_the_prefix_is_laid_out_so(client: Elasticsearch, laid_out: Settings) -> None:
    assert ensure(client, laid_out) == {}
    found = made(client, laid_out, schema.dated(laid_out, "20261124-093000").turns)
    assert found["index.number_of_shards"] == "3"
    assert found["index.number_of_replicas"] == "0"
    assert found["index.refresh_interval"] == "30s"


def test_what_was_set_may_be_changed(client: Elasticsearch, laid_out: Settings) -> None:
    ensure(client, laid_out)
    ensure(client, replace(laid_out, shards=2, replicas="0-1", refresh=""))
    found = made(client, laid_out, schema.dated(laid_out, "20261124-093001").turns)
    assert found["index.number_of_shards"] == "2"
    assert found["index.auto_expand_replicas"] == "0-1"
    assert "index.refresh_interval" not in found


def test_a_single_node_is_green_by_default(client: Elasticsearch, settings: Settings, laid_out: Settings) -> None:
    ensure(client, settings)
    name = schema.dated(settings, "20261124-093002").turns
    made(client, settings, name)
    health = client.cluster.health(index=name, wait_for_status="green", timeout="10s")
    assert health["status"] == "green"


def test_a_component_template_of_ones_own_is_taken_in(client: Elasticsearch, laid_out: Settings) -> None:
    own = {"settings": {"index.search.slowlog.threshold.query.warn": "5s", "index.number_of_shards": 7}}
    client.cluster.put_component_template(name=f"{laid_out.index}@custom", template=own)
    ensure(client, laid_out)
    found = made(client, laid_out, schema.dated(laid_out, "20261124-093003").turns)
    assert found["index.search.slowlog.threshold.query.warn"] == "5s"
    assert found["index.number_of_shards"] == "3", "the environment has the last word on what it sets"


def test_other_indices_are_left_alone(client: Elasticsearch, laid_out: Settings) -> None:
    ensure(client, laid_out)
    found = made(client, laid_out, f"{laid_out.index}-notes")
    assert found["index.number_of_shards"] == "1"


def test_prefixes_that_meet_do_not_hinder_each_other(client: Elasticsearch, laid_out: Settings) -> None:
    longer = replace(laid_out, index=f"{laid_out.index}-turns-x", shards=2)
    ensure(client, laid_out)
    ensure(client, longer)
    found = made(client, longer, schema.dated(longer, "20261124-093004").turns)
    assert found["index.number_of_shards"] == "2"
