"""`fangtan embed`: every turn has its vector, whatever is killed, rewritten, rebuilt or made by another model."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from elasticsearch import Elasticsearch

from indexer.dictionary import update
from indexer.embeddings import turn_vectors, vector_cache
from indexer.embeddings.embedding_model import Model
from indexer.embeddings.encoder import Encoder
from indexer.embeddings.turn_vectors import EmbeddingCallbacks, EmbeddingReport
from indexer.enrich import speakers
from indexer.enrich.enrich import load_knowledge
from indexer.errors import IndexMissingError
from indexer.indexing import relabel
from indexer.store import indices, mapping
from search_cli.search import archive_status
from tests.elastic.test_reindex import made
from tests.support import models
from tests.support.archives import Archive, line
from tests.support.crash import EVERY, Dead, dying, moments

TALK = {
    "a": ["房子是租的吗？", "是，租金每年调一次。", "他在村里养了三十年鸡。"],
    "b": ["先做了什么？", "我们先做手机，后来才做电视。", "（笑）"],
}


@pytest.fixture(scope="module")
def place(node_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive for these tests, one after another: to make its indices takes the longest."""
    with made(node_url, tmp_path_factory.mktemp("embed")) as archive:
        yield archive


@pytest.fixture
def talks(place: Archive) -> Iterator[Archive]:
    """The archive with two short interviews, without vectors."""
    for file in place.folder.iterdir():
        file.unlink()
    place.clear()
    place.write(talks_jsonl="".join(line(id_, *texts) for id_, texts in TALK.items()))
    place.index()
    yield place
    turn_vectors.drop(place.client, place.settings)


def embed(archive: Archive, model: Model | None = None, client: Elasticsearch | None = None) -> EmbeddingReport:
    return turn_vectors.embed(client or archive.client, archive.settings, model or models.builtin())


def vectors(archive: Archive, model: Model | None = None) -> dict[str, Any]:
    """The vectors of a model by address, without the turns that have none."""
    field = mapping.vector_field((model or models.builtin()).fingerprint)
    names = mapping.names(archive.settings)
    archive.client.indices.refresh(index=names.turns)
    found = archive.client.search(
        index=names.turns, size=1000, query={"exists": {"field": field}}, source={"exclude_vectors": False}
    )
    return {hit["_id"]: hit["_source"][field] for hit in found["hits"]["hits"]}


def info(archive: Archive) -> mapping.VectorInfo | None:
    meta = indices.meta(archive.client, mapping.names(archive.settings).turns)
    return mapping.vector_info(meta)


def is_complete(archive: Archive) -> bool:
    found = info(archive)
    return found is not None and found.complete == 1


def nearest(archive: Archive, question: str) -> str:
    """The interview of the nearest turn, whose `_source` has no vector."""
    vector = models.encoder().query(question).tolist()
    field = mapping.vector_field(models.builtin().fingerprint)
    knn = {"field": field, "query_vector": vector, "k": 1, "num_candidates": 10}
    hit = archive.client.search(index=mapping.names(archive.settings).turns, knn=knn)["hits"]["hits"][0]
    assert not any(name.startswith("vector") for name in hit["_source"])
    return str(hit["_source"]["interview_id"])


def test_every_turn_gets_a_vector_once(talks: Archive):
    before = talks.contents()
    report = embed(talks)
    assert (report.turns, report.written, report.texts) == (6, 6, 6)
    assert len(vectors(talks)) == 6
    assert talks.contents() == before
    assert nearest(talks, "房东会涨价吗") == "a"
    assert nearest(talks, "公司的产品有哪些") == "b"
    again = embed(talks)
    assert (again.turns, again.written, again.texts, again.embedding) == (6, 0, 0, 0.0)
    stats = archive_status.archive_stats(talks.client, talks.settings, {})
    assert stats is not None
    assert stats.vectors == 6
    assert info(talks) == mapping.VectorInfo(
        "bge-small-zh-v1.5",
        models.builtin().fingerprint,
        mapping.vector_field(models.builtin().fingerprint),
        512,
        complete=1,
    )


def test_a_run_killed_between_requests_is_completed_and_embeds_nothing_twice(talks: Archive):
    embed(talks)
    wanted = vectors(talks)
    deaths = 0
    for number in moments():
        turn_vectors.drop(talks.client, talks.settings)
        assert not vectors(talks)
        kept = 0
        try:
            with dying(talks.settings, number) as client:
                embed(talks, client=client)
        except Dead:
            deaths += 1
            path = vector_cache.cache_path(talks.settings.index, models.builtin().fingerprint)
            if path.exists():
                with vector_cache.VectorCache(path, 512) as cache:
                    kept = len(cache)
        else:
            break
        report = embed(talks)
        assert report.texts == 6 - kept, number
        assert vectors(talks) == wanted, number
        assert is_complete(talks), number
    assert deaths > 15 // EVERY


def test_a_run_that_is_stopped_is_not_complete(talks: Archive):
    callbacks = EmbeddingCallbacks(should_stop=lambda: True)
    report = turn_vectors.embed(talks.client, talks.settings, models.builtin(), callbacks)
    assert (report.interrupted, report.written) == (True, 0)
    assert not is_complete(talks)
    talks.write(more_jsonl=line("c", "今天天气很好。"))
    assert talks.index().embedded == 0  # what was begun is left to `fangtan embed`
    assert embed(talks).written == 7


def test_turns_that_are_written_anew_get_their_vectors_from_what_is_kept(talks: Archive):
    embed(talks)
    before = vectors(talks)
    talks.write(
        talks_jsonl=line("a", *TALK["a"], date="2020-01-02") + line("b", *TALK["b"]), new_jsonl=line("c", "下雨了。")
    )
    assert talks.index().embedded == 4
    after = vectors(talks)
    assert {address: after[address] for address in before} == before
    assert len(after) == 7
    assert talks.index().embedded == 0


def test_vectors_outlast_other_words_and_other_speakers(talks: Archive):
    talks.write(names_jsonl=line("c", "下雨了。", "比赛改到了礼拜天。").replace("甲", "沈一白"))
    talks.index()
    embed(talks)
    before = vectors(talks)
    change = update.add_words(talks.settings, ["调一次"], "nz")
    done = update.carry_out(talks.client, talks.settings, change)
    assert done is not None
    assert done.turns
    assert vectors(talks) == before
    talks.settings.data_file("speakers.toml").write_text('["沈知秋"]\naliases = ["沈一白"]\n', encoding="utf-8")
    for cached in (speakers.load, load_knowledge):
        cached.cache_clear()  # as in another process
    applied = relabel.apply(talks.client, talks.settings)
    assert applied is not None
    assert applied.renamed == 2
    assert vectors(talks) == before
    assert info(talks) is not None


def test_a_rebuilt_archive_has_its_vectors_before_it_is_searched(talks: Archive, monkeypatch: pytest.MonkeyPatch):
    embed(talks)
    before = vectors(talks)
    monkeypatch.setattr(Encoder, "documents", None)  # all of them are kept
    report = talks.index(rebuild=True)
    assert (report.rebuilt, report.embedded) == (True, 6)
    assert vectors(talks) == before
    assert is_complete(talks)


def test_vectors_of_another_model_are_told_and_made_anew(talks: Archive, tmp_path: Path):
    other = models.other_model(tmp_path / "model")
    embed(talks)
    settings = replace(talks.settings, model=other.folder)
    talks.write(new_jsonl=line("c", "下雨了。"))
    report = talks.index(settings=settings)
    assert report.embedded == 0
    assert report.unembedded == "The vectors are of bge-small-zh-v1.5, not of 示例: fangtan embed makes them anew."
    report_of_other = embed(talks, other)
    assert (report_of_other.replaced, report_of_other.written) == ("bge-small-zh-v1.5", 7)
    assert len(vectors(talks, other)) == 7
    assert not vectors(talks)
    assert talks.index(settings=settings).unembedded == ""


def test_vectors_that_are_combined_in_another_way_are_made_anew_from_what_is_kept(
    talks: Archive, monkeypatch: pytest.MonkeyPatch
):
    embed(talks)
    assert vectors(talks)
    monkeypatch.setattr(mapping, "VECTOR_VERSION", 2)
    report = embed(talks)
    assert (report.written, report.texts) == (6, 0)
    assert len(vectors(talks)) == 6
    monkeypatch.undo()
    assert not vectors(talks)


def test_dropped_vectors_are_gone(talks: Archive):
    before = talks.contents()
    embed(talks)
    assert turn_vectors.drop(talks.client, talks.settings) == 6
    assert talks.contents() == before
    assert not vectors(talks)
    assert info(talks) is None
    assert turn_vectors.drop(talks.client, talks.settings) == 0
    talks.write(new_jsonl=line("c", "下雨了。"))
    assert talks.index().embedded == 0


def test_a_long_interview_is_embedded_in_windows(talks: Archive):
    texts = [f"第{number}个问题：{'租' * (number % 3)}" for number in range(520)]
    talks.write(long_jsonl=line("long", *texts))
    talks.index()
    assert embed(talks).written == 526
    found = vectors(talks)
    around = models.encoder().documents(texts[494:505])
    assert len(found) == 526
    assert np.dot(found["long#500"], around[5]) > 0.7  # the last turn of a window


def test_nothing_to_embed_is_told(node_url: str, tmp_path: Path):
    with made(node_url, tmp_path) as archive, pytest.raises(IndexMissingError, match="Nothing is indexed"):
        embed(archive)
