"""The names of the indices, their mappings, and what tells that two were made by different means."""

import pytest

from indexer.settings import Settings
from indexer.store import mapping

META = {"schema": 1, "reading": 1, "dictionary": "3f2a", "topics": "91bc", "speakers": "07d1"}


def test_the_aliases_and_the_indices_behind_them():
    settings = Settings(index="archive-2024")
    assert mapping.names(settings).each == ("archive-2024-turns", "archive-2024-passages", "archive-2024-interviews")
    assert mapping.dated(settings, "20261124-093000").passages == "archive-2024-passages-20261124-093000"


@pytest.mark.parametrize("kind", mapping.KINDS)
@pytest.mark.parametrize("stamp", ["20261124-093000", "20261124-093000-2"])
def test_a_stamp_is_read_back(kind, stamp):
    settings = Settings(index="f.t-a")
    assert mapping.stamp_of(settings, getattr(mapping.dated(settings, stamp), kind)) == stamp


@pytest.mark.parametrize(
    "index",
    [
        "fangtan-turns",
        "fangtan-turns-old",
        "fangtan-lock",
        "fangtan-words-20261124-093000",
        "fangtan2-turns-20261124-093000",
        "fangtan-turns-turns-20261124-093000",
        "fangtan-turns-20261124-093000-copy",
        "my-fangtan-turns-20261124-093000",
    ],
)
def test_an_index_of_somebody_else_has_no_stamp(index):
    assert mapping.stamp_of(Settings(), index) == ""


def test_a_prefix_is_no_pattern():
    assert mapping.stamp_of(Settings(index="f.t"), "fat-turns-20261124-093000") == ""


@pytest.mark.parametrize("kind", mapping.KINDS)
def test_mappings_are_strict_and_say_how_they_were_made(kind):
    mappings = mapping.mappings(kind, META)
    assert mappings["dynamic"] == "strict"
    assert mappings["_meta"] == META
    assert mappings["properties"].keys() == mapping.FIELDS[kind].keys()


def test_mappings_are_each_ones_own():
    mapping.mappings("turns", {})["properties"]["speaker"]["type"] = "text"
    assert mapping.TURN["speaker"]["type"] == "keyword"


def test_tokens_are_kept_as_ranking_and_phrases_need_them():
    for field in (mapping.TURN["words"], mapping.TURN["bigrams"], mapping.PASSAGE["bigrams"]):
        assert field == {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
    for field in (mapping.TURN["chars"], mapping.TURN["asked"]):
        assert field == {"type": "text", "analyzer": "whitespace", "index_options": "positions"}
    assert mapping.TURN["text"] == {"type": "text", "analyzer": "standard"}


def test_only_analyzers_and_types_that_every_elasticsearch_has():
    fields = [field for kind in mapping.KINDS for field in mapping.FIELDS[kind].values()]
    assert {field["type"] for field in fields} == {"keyword", "text", "integer", "double", "date"}
    assert {field["analyzer"] for field in fields if "analyzer" in field} == {"standard", "whitespace"}


def test_a_filter_for_turns_holds_for_passages():
    for name in ("interview_id", "speaker", "role", "affiliation", "topics", "outlet", "date", "authors", "language"):
        assert mapping.TURN[name] == mapping.PASSAGE[name]


def test_what_changed_between_two_archives_is_told():
    assert mapping.stale(META, dict(META)) == ()
    assert mapping.stale(META, {**META, "topics": "aaaa"}) == ("the topics (topics.toml)",)
    assert mapping.stale({}, META) == tuple(mapping.stale({}, dict.fromkeys(META, "x")))
    assert mapping.stale(META, {**META, "speakers": "aaaa"}) == ()
    assert len(mapping.stale({}, META)) == 4


def test_a_newer_fangtan_alone_changes_nothing():
    assert mapping.stale({**META, "fangtan": "0.1.0", "created": "2026"}, {**META, "fangtan": "0.2.0"}) == ()
