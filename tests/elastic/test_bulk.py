"""Requests to the real node: order, refusals, retries, sizes."""

import threading
import time
from collections.abc import Iterator

import pytest
from elasticsearch import ApiError, Elasticsearch

from indexer.store import bulk, mapping
from indexer.store.bulk import BulkAction, InterviewActions, LoadResult, delete, load, put, update
from tests.support.archives import Archive, line, transcript


@pytest.fixture
def index(settings, client: Elasticsearch) -> str:
    """An index of turns."""
    name = f"{settings.index}-turns"
    client.indices.create(index=name, mappings=mapping.mappings("turns", {}))
    return name


def interview(index: str, name: str, turns: int = 3, text: str = "话") -> InterviewActions:
    lines = [put(index, f"{name}#{turn}", {"interview_id": name, "turn": turn, "text": text}) for turn in range(turns)]
    return InterviewActions(name, lines, put(index, name, {"interview_id": name}))


def ids(client: Elasticsearch, index: str) -> set[str]:
    client.indices.refresh(index=index)
    return {hit["_id"] for hit in client.search(index=index, size=10_000)["hits"]["hits"]}


def test_interviews_are_in_once_they_are_yielded(client, index):
    for loaded in load(client, (interview(index, name) for name in "abc")):
        assert loaded == LoadResult(loaded.interview_id)
        there = ids(client, index)
        assert {loaded.interview_id, *(f"{loaded.interview_id}#{turn}" for turn in range(3))} <= there


@pytest.mark.parametrize("size", [200, 1000, 10_000])
def test_an_interviews_own_document_is_sent_after_its_turns_were_acknowledged(client, index, monkeypatch, size):
    monkeypatch.setattr(bulk, "REQUEST_BYTES", size)
    seen: list[tuple[set[str], set[str]]] = []
    original = bulk._bulk

    def spy(client, lines, retries):
        before = {name for names in seen for name in names[1]}
        answer = original(client, lines, retries)
        seen.append((before, {one.split(b'"_id":"')[1].split(b'"')[0].decode() for one, _ in lines}))
        return answer

    monkeypatch.setattr(bulk, "_bulk", spy)
    names = [f"i{n}" for n in range(20)]
    assert sorted(one.interview_id for one in load(client, (interview(index, name, 5) for name in names))) == sorted(
        names
    )
    for before, sent in seen:
        for name in sent & set(names):
            assert {f"{name}#{turn}" for turn in range(5)} <= before


def test_nothing_to_load_is_nothing_sent(client):
    assert list(load(client, ())) == []


def test_an_interview_without_lines_is_only_committed(client, index):
    assert list(load(client, [InterviewActions("a", (), put(index, "a", {"turn": 1}))])) == [LoadResult("a")]
    assert list(load(client, [InterviewActions("a", (), update(index, "a", {"label": "问"}))])) == [LoadResult("a")]
    assert client.get(index=index, id="a")["_source"] == {"turn": 1, "label": "问"}


def test_a_removal_deletes_and_minds_nothing_that_is_gone(client, index):
    list(load(client, [interview(index, "a")]))
    lines = [delete(index, name) for name in ("a", "a#0", "a#1", "a#2", "a#99")]
    assert list(load(client, [InterviewActions("a", lines, None)])) == [LoadResult("a")]
    assert ids(client, index) == set()


def test_a_refused_document_keeps_its_interview_out_and_no_other(client, index):
    bad = InterviewActions(
        "bad", [put(index, "bad#1", {"turn": 1}), put(index, "bad#2", {"turn": "二"})], put(index, "bad", {})
    )
    loaded = {
        one.interview_id: one.refused for one in load(client, [interview(index, "a"), bad, interview(index, "c")])
    }
    assert loaded["a"] == loaded["c"] == ""
    assert loaded["bad"].startswith("Elasticsearch refused bad#2: ")
    assert "二" in loaded["bad"]
    assert "bad" not in ids(client, index)


def test_an_interviews_own_document_may_be_refused(client, index):
    (loaded,) = load(client, [InterviewActions("a", [put(index, "a#1", {})], put(index, "a", {"unknown": 1}))])
    assert "unknown" in loaded.refused


def test_an_index_that_is_not_there_refuses(client, index):
    client.indices.put_settings(index=index, settings={"index.blocks.write": True})
    (loaded,) = load(client, [interview(index, "a")])
    assert "blocked" in loaded.refused


def test_a_document_is_sent_again_while_elasticsearch_is_too_busy(client, index, monkeypatch):
    """A full disk is the same answer (429) as a full queue, and can be made: the block is lifted after a second."""
    monkeypatch.setattr(bulk, "_FIRST_WAIT", 0.2)
    client.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": True})

    def lift() -> None:
        time.sleep(1)
        client.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": None})

    lifting = threading.Thread(target=lift)
    lifting.start()
    assert list(load(client, [interview(index, "a"), interview(index, "b")])) == [LoadResult("a"), LoadResult("b")]
    lifting.join()
    assert len(ids(client, index)) == 8


def test_one_that_stays_too_busy_refuses_in_the_end(client, index, monkeypatch):
    monkeypatch.setattr(bulk, "_FIRST_WAIT", 0.01)
    monkeypatch.setattr(bulk, "_RETRIES", 3)
    client.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": True})
    (loaded,) = load(client, [interview(index, "a")])
    assert loaded.refused.startswith("Elasticsearch refused a#0: ")
    client.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": None})


def test_requests_stay_below_their_size_and_huge_lines_go_alone(client, index, monkeypatch):
    monkeypatch.setattr(bulk, "REQUEST_BYTES", 5000)
    sizes: list[list[int]] = []
    original = bulk._bulk

    def spy(client, lines, retries):
        sizes.append([len(head) + len(body or b"") + 2 for head, body in lines])
        return original(client, lines, retries)

    monkeypatch.setattr(bulk, "_bulk", spy)
    loads = [interview(index, "a", 50), interview(index, "huge", 2, "话" * 4000), interview(index, "c", 50)]
    assert len(list(load(client, loads))) == 3
    assert all(sum(one) <= 5000 or len(one) == 1 for one in sizes)
    assert any(len(one) == 1 and one[0] > 5000 for one in sizes)
    assert sum(map(len, sizes)) == 50 + 2 + 50 + 3


def test_a_line_longer_than_elasticsearch_takes_is_not_sent(client, index, monkeypatch):
    monkeypatch.setattr(bulk, "LARGEST_LINE", 10_000)
    long = interview(index, "long", 2, "话" * 5000)
    loaded = {one.interview_id: one.refused for one in load(client, [long, interview(index, "b")])}
    assert loaded == {"long": "a turn is too long for any Elasticsearch, 0 MB as a document", "b": ""}


def test_only_a_few_requests_wait_however_many_there_are(client, index, monkeypatch):
    monkeypatch.setattr(bulk, "REQUEST_BYTES", 500)
    drawn = yielded = 0
    most = 0

    def loads() -> Iterator[InterviewActions]:
        nonlocal drawn
        for number in range(80):
            drawn += 1
            yield interview(index, f"i{number}", 3, "话" * 50)

    for _ in load(client, loads()):
        yielded += 1
        most = max(most, drawn - yielded)
    assert yielded == 80
    assert most <= 12


def test_a_fault_while_reading_ends_the_run_and_what_was_yielded_is_in(client, index, monkeypatch):
    monkeypatch.setattr(bulk, "REQUEST_BYTES", 300)

    def loads() -> Iterator[InterviewActions]:
        for number in range(10):
            yield interview(index, f"i{number}")
        raise ZeroDivisionError

    done: list[LoadResult] = []
    with pytest.raises(ZeroDivisionError):
        done.extend(load(client, loads()))
    assert {one.interview_id for one in done} <= ids(client, index)
    assert done


def test_a_request_that_is_no_good_as_a_whole_raises(client, index):
    with pytest.raises(ApiError):
        list(load(client, [InterviewActions("a", [BulkAction("nothing", index, "a", b"{}")], None)]))


def test_a_monstrous_turn_is_loaded_and_found(archive: Archive):
    text = "开头，" + "合作与社交网络" * 50_000 + "，广点通"
    archive.write(all_jsonl=line("monster", text) + line("small", "话"), foo_txt=transcript(2))
    report = archive.index()
    assert (report.failed, report.indexed) == ((), 3)
    turns = mapping.names(archive.settings).turns
    for query in ({"match_phrase": {"chars": "广 点 通"}}, {"match": {"bigrams": "点通"}}):
        hits = archive.client.search(index=turns, query=query, source=False)["hits"]["hits"]
        assert [hit["_id"] for hit in hits] == ["monster#1"]


def test_a_turn_too_long_for_this_node_is_named_soon_and_the_others_are_in(archive: Archive, monkeypatch):
    """A node takes no document of more than a fortieth of its heap: 13 MB with 512 MB, which is 2 MB of text."""
    monkeypatch.setattr(bulk, "_FIRST_WAIT", 0.05)
    archive.write(all_jsonl=line("monster", "合作与社交网络" * 200_000) + line("small", "话"))
    report = archive.index()
    (failure,) = report.failed
    assert failure.reason.startswith("a turn is too long for this Elasticsearch, 23 MB as a document: ")
    assert archive.ids() == ["small"]


def test_long_tokens_and_long_names_are_no_obstacle(archive: Archive):
    run = "x" * 70_000
    archive.write(all_jsonl=line("a", f"看{run}这个", title="题" * 40_000, outlet=run))
    assert archive.index().failed == ()
    names = mapping.names(archive.settings)
    assert archive.client.get(index=names.turns, id="a#1")["_source"]["title"] == "题" * 40_000
    query = {"match": {"words": {"query": run, "operator": "and"}}}
    assert archive.client.search(index=names.turns, query=query)["hits"]["total"]["value"] == 1
