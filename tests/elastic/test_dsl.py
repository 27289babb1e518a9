"""`TurnDocument` against a real node."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from elasticsearch import Elasticsearch
from elasticsearch.dsl import A

from indexer.elastic.connection import connect
from indexer.settings import Settings
from search_cli.dsl import TurnDocument


@pytest.fixture(scope="module")
def archive(sample: Settings) -> Iterator[Elasticsearch]:
    with connect(sample) as client:
        yield client


def test_the_turns_of_one_speaker(archive: Elasticsearch, sample: Settings) -> None:
    index = f"{sample.index}-turns"
    turns = list(TurnDocument.search(using=archive, index=index).filter("term", speaker="郑志昊").sort("turn"))
    assert [turn.address for turn in turns] == [f"qzone-xiaomi#{number}" for number in (3, 5, 7, 9, 11, 13, 15)]
    assert all(isinstance(turn, TurnDocument) for turn in turns)
    first = turns[0]
    assert first.meta.id == "qzone-xiaomi#3"
    assert (first.turn, first.reply_to, first.role) == (3, 2, "interviewee")
    assert first.date == datetime(2013, 8, 2)
    assert "社交营销" in first.text
    assert list(first.topics)


def test_a_phrase_and_an_aggregation(archive: Elasticsearch, sample: Settings) -> None:
    search = TurnDocument.search(using=archive, index=f"{sample.index}-turns").query("match_phrase", text="红米手机")
    search.aggs.bucket("speakers", A("terms", field="speaker"))
    answer = search.execute()
    assert answer.hits.total.value >= 2  # type: ignore[attr-defined]  # the client types hits as a plain list
    assert "郑志昊" in {bucket.key for bucket in answer.aggregations.speakers.buckets}
    assert all("红米手机" in turn.text for turn in answer)


def test_one_turn_by_its_address(archive: Elasticsearch, sample: Settings) -> None:
    turn = TurnDocument.get(id="qzone-xiaomi#1", using=archive, index=f"{sample.index}-turns")
    assert turn is not None
    assert (turn.role, turn.speaker, turn.reply_to) == ("narration", None, None)


def test_what_it_would_make_is_what_the_index_has(archive: Elasticsearch, sample: Settings) -> None:
    (live,) = archive.indices.get_mapping(index=f"{sample.index}-turns").body.values()
    ours = TurnDocument._doc_type.mapping.to_dict()["properties"]
    for field in ours.values():
        if field.get("index_options") == "positions":  # Elasticsearch does not repeat what is its default
            del field["index_options"]
    assert live["mappings"]["properties"] == ours
    assert live["mappings"]["dynamic"] == "strict"
