"""The index template on a real node."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from elasticsearch import Elasticsearch

from indexer import pipeline
from indexer.settings import Settings
from indexer.store import mapping
from indexer.store.index_template import DEFAULT_FIELDS, REFRESH, ensure
from search_cli import Archive
from tests.elastic.conftest import SAMPLE


@pytest.fixture
def laid_out(settings: Settings, client: Elasticsearch) -> Iterator[Settings]:
    """Settings of a cluster; the templates are deleted afterwards."""
    yield replace(settings, shards=3, replicas="0", refresh="5s")
    client.options(ignore_status=404).indices.delete_index_template(name=f"{settings.index}*")
    client.options(ignore_status=404).cluster.delete_component_template(name=f"{settings.index}@custom")


def made(client: Elasticsearch, settings: Settings, name: str, **more: object) -> dict[str, object]:
    """Make an index and return its settings."""
    client.indices.create(index=name, mappings=mapping.mappings("turns", {}), settings=more)
    answer = client.indices.get_settings(index=name, flat_settings=True).body[name]["settings"]
    return dict(answer)


def test_an_index_made_under_the_prefix_is_laid_out_so(client: Elasticsearch, laid_out: Settings) -> None:
    assert ensure(client, laid_out) == {}
    found = made(client, laid_out, mapping.dated(laid_out, "20261124-093000").turns)
    assert found["index.number_of_shards"] == "3"
    assert found["index.number_of_replicas"] == "0"
    assert found["index.refresh_interval"] == "5s"


def test_what_was_set_may_be_changed(client: Elasticsearch, laid_out: Settings) -> None:
    ensure(client, laid_out)
    ensure(client, replace(laid_out, shards=2, replicas="0-1", refresh=""))
    found = made(client, laid_out, mapping.dated(laid_out, "20261124-093001").turns)
    assert found["index.number_of_shards"] == "2"
    assert found["index.auto_expand_replicas"] == "0-1"
    assert found["index.refresh_interval"] == REFRESH


def test_a_single_node_is_green_by_default(client: Elasticsearch, settings: Settings, laid_out: Settings) -> None:
    ensure(client, settings)
    name = mapping.dated(settings, "20261124-093002").turns
    made(client, settings, name)
    health = client.cluster.health(index=name, wait_for_status="green", timeout="10s")
    assert health["status"] == "green"


def test_a_component_template_of_ones_own_is_taken_in(client: Elasticsearch, laid_out: Settings) -> None:
    own = {"settings": {"index.search.slowlog.threshold.query.warn": "5s", "index.number_of_shards": 7}}
    client.cluster.put_component_template(name=f"{laid_out.index}@custom", template=own)
    ensure(client, laid_out)
    found = made(client, laid_out, mapping.dated(laid_out, "20261124-093003").turns)
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
    found = made(client, longer, mapping.dated(longer, "20261124-093004").turns)
    assert found["index.number_of_shards"] == "2"


def test_an_archive_on_several_shards_has_the_same_turns(
    client: Elasticsearch, laid_out: Settings, sample: Settings
) -> None:
    pipeline.index(pipeline.IndexOptions((SAMPLE,)), laid_out, client)
    count = {one.index: client.count(index=mapping.names(one).turns)["count"] for one in (laid_out, sample)}
    assert count[laid_out.index] == count[sample.index] > 100
    (made,) = client.indices.get_settings(index=mapping.names(laid_out).turns, flat_settings=True).body.values()
    assert made["settings"]["index.number_of_shards"] == "3"


def test_an_archive_on_several_shards_scores_as_one_on_one_shard(
    client: Elasticsearch, laid_out: Settings, sample: Settings
) -> None:
    pipeline.index(pipeline.IndexOptions((SAMPLE,)), laid_out, client)
    several, one = Archive(laid_out, client), Archive(sample, client)
    for query in ("小米 合作", "工厂 租金", "隐私", "孩子们为什么不用手机"):
        expected, found = one.search(query, limit=50).hits, several.search(query, limit=50).hits
        addresses = [hit.turn.address for hit in expected]
        assert len(addresses) > 5
        assert [hit.turn.address for hit in found] == addresses
        assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected], rel=1e-5)
        assert [hit.turn.address for hit in several.export(query)][:50] == addresses


def test_a_query_without_a_field_is_about_the_text(client: Elasticsearch, sample: Settings) -> None:
    found = client.search(index=mapping.names(sample).turns, q='"红米手机"', size=100)["hits"]["hits"]
    assert found
    assert all("红米手机" in hit["_source"]["text"] for hit in found)
    (mapped,) = client.indices.get_settings(index=mapping.names(sample).turns, flat_settings=True).body.values()
    assert mapped["settings"]["index.query.default_field"] == list(DEFAULT_FIELDS)
