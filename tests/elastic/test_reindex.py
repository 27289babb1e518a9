"""A word into the dictionary: the archive is then what a rebuild would make, and only what differs was written."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from indexer.dictionary import reindex, update
from indexer.errors import LoadingError, NotFoundError, StaleIndexError
from indexer.indexing import fingerprint
from indexer.settings import Settings, sample_data
from indexer.store import bulk, fetch, indices, lock, mapping
from indexer.text.user_words import STEP
from search_cli.search import archive_status
from tests.elastic.conftest import SAMPLE
from tests.support.archives import Archive, line, transcript
from tests.support.crash import EVERY, Dead, dying
from tests.support.talks import talk

pytestmark = pytest.mark.usefixtures("frequencies_read_once")


@pytest.fixture
def words(node_url: str, tmp_path: Path) -> Iterator[Archive]:
    """An archive of its own, empty, whose dictionary may be edited."""
    with made(node_url, tmp_path) as archive:
        yield archive


@pytest.fixture(scope="module")
def samples(node_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive of the samples to which words are added, test after test."""
    with made(node_url, tmp_path_factory.mktemp("samples")) as archive:
        archive.index(SAMPLE)
        yield archive


@contextmanager
def made(node_url: str, tmp_path: Path) -> Iterator[Archive]:
    """An empty archive with a dictionary of its own in a folder."""
    from indexer.elastic.connection import connect

    data = tmp_path / "data"
    shutil.copytree(sample_data(), data, ignore=shutil.ignore_patterns("interviews", "kibana"))
    settings = Settings(url=node_url, index=f"words-{uuid4().hex[:12]}", data=data)
    folder = tmp_path / "transcripts"
    folder.mkdir()
    with connect(settings) as client:
        archive = Archive(folder, settings, client)
        yield archive
        archive.drop()
        client.options(ignore_status=404).indices.delete_index_template(name=settings.index)


def add(archive: Archive, *typed: str, tag: str = "nz", client: Elasticsearch | None = None) -> Any:
    change = update.add_words(archive.settings, typed, tag)
    return update.carry_out(client or archive.client, archive.settings, change)


def remove(archive: Archive, *typed: str) -> Any:
    return update.carry_out(archive.client, archive.settings, update.remove_words(archive.settings, typed))


def made_by(archive: Archive) -> Any:
    live = indices.live(indices.found(archive.client, archive.settings))
    assert live is not None
    return {name: about for name, about in live.meta.items() if name != "created"}


def assert_as_rebuilt(archive: Archive, *paths: Path) -> None:
    """Every document, field by field, and what the indices say of themselves, is what a rebuild makes of it."""
    said, now = made_by(archive), archive.contents()
    assert not mapping.stale(said, fingerprint.current_meta(archive.settings))
    archive.index(*(paths or (SAMPLE,)), rebuild=True)
    assert made_by(archive) == said
    fresh = archive.contents()
    assert now.keys() == fresh.keys()
    for key, document in fresh.items():
        assert now[key] == document, key


@pytest.mark.parametrize(
    "words",
    [
        [["口袋公园"], ["社交网络平台", "小米手机"], ["问题是"]],
        [["白渡香"], ["杏林中学"], ["的手机", "疫苗接种"]],
    ],
)
def test_after_words_the_archive_is_as_rebuilt(samples: Archive, words: list[list[str]]) -> None:
    now = samples.contents()
    for typed in words:
        before, found = now, add(samples, *typed)
        now = samples.contents()
        differing = {key for key, one in now.items() if key[0] != "interviews" and one != before[key]}
        assert found.documents == len(differing), typed
        own = {key for key in differing if now[key].get("words") != before[key].get("words") and key[0] == "turns"}
        assert found.turns == len(own), typed
    assert_as_rebuilt(samples)


def test_what_a_transcript_gives_stays(words: Archive) -> None:
    turns = [
        {"text": "骑楼茶社里的骑楼茶社，骑楼茶社外的骑楼茶社。" * 4, "topics": ["给定"], "keywords": ["给定词"]},
        {"text": "骑楼茶社里的骑楼茶社，骑楼茶社外的骑楼茶社。" * 4},
    ]
    words.write(a_jsonl=line("a", "骑楼茶社。", turns=turns))
    words.index()
    add(words, "骑楼茶社", tag="n")
    first, second = (words.contents()["turns", f"a#{n}"] for n in (1, 2))
    assert (first["topics"], first["keywords"]) == (["给定"], ["给定词"])
    assert (second["topics"], second["keywords"]) == (["骑楼茶社"], ["骑楼茶社"])
    assert words.contents()["interviews", "a"]["topics"] == ["给定", "骑楼茶社"]
    assert_as_rebuilt(words, words.folder)


def test_the_answers_to_a_question_follow_it(words: Archive) -> None:
    words.write(a_txt=transcript(30, about="口袋公园"), b_txt=transcript(3, about="手机"))
    words.index()
    before = words.contents()
    found = add(words, "口袋公园")
    now = words.contents()
    assert (found.turns, found.interviews) == (60, 1)
    assert "口袋公园" in now["turns", "a#3"]["asked"].split()
    assert {key for key in now if now[key] != before[key] and "b" in key[1]} == {("interviews", "b")}
    assert_as_rebuilt(words, words.folder)


def test_a_removal_that_is_killed_is_completed_by_the_same_command(words: Archive) -> None:
    words.write(a_txt=transcript(5, about="口袋公园"), b_txt=transcript(3, about="手机"))
    words.index()
    without = words.contents()
    deaths = 0
    for number in range(2, 60, 2 * EVERY):
        add(words, "口袋公园")
        change = update.remove_words(words.settings, ["口袋公园"])
        try:
            with dying(words.settings, number) as client:
                update.carry_out(client, words.settings, change)
        except Dead:
            deaths += 1
            with suppress(NotFoundError):  # it was done but for the lock
                remove(words, "口袋公园")
        assert words.contents() == without, f"killed at request {number}"
        if change.path.with_name(".words.txt.before").exists():
            pytest.fail("what is kept for a run that is cut short remains")
        if deaths and number > 2 * EVERY * (deaths + 1):
            break
    assert deaths > 2 // EVERY


def test_every_text_is_looked_at_where_the_total_makes_a_step(words: Archive) -> None:
    """谢谢谢处长 is cut by the last bit of the total, and holds no word that is added."""
    words.write(a_txt=transcript(2, about="谢谢谢处长"), b_txt=transcript(2, about="口袋公园"))
    dictionary = words.settings.data / "words.txt"
    dictionary.write_text("红米 9 nz\n", encoding="utf-8")
    words.index()
    read: list[str] = []
    whole = fetch.fetch

    def reading(client: Any, names: Any, interview_id: str) -> Any:
        read.append(interview_id)
        return whole(client, names, interview_id)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fetch, "fetch", reading)
        add(words, "口袋公园")
        assert read == ["b"]
        text = dictionary.read_text(encoding="utf-8")
        change = update.DictionaryChange(dictionary, ("龘龘",), text, f"{text}龘龘 {STEP} nz\n")
        read.clear()
        update.carry_out(words.client, words.settings, change)
        assert sorted(read) == ["a", "b"]
    assert_as_rebuilt(words, words.folder)


class StoppedError(Exception):
    """What ends a run in the middle."""


@pytest.mark.parametrize("at", ["the file", "the meta", "an interview", "the last"])
def test_a_run_that_is_stopped_is_mended(words: Archive, at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words.write(**{f"{name}_txt": transcript(3, about="口袋公园") for name in "abc"})
    words.index()
    loads = bulk.load

    def loading(client: Any, given: Any) -> Any:
        given = list(given)
        for number, one in enumerate(loads(client, given[:1] if at == "an interview" else given), 1):
            if at == "the last" and number == len(given):
                return
            yield one
        raise StoppedError

    def stops(*_: Any, **__: Any) -> Any:
        raise StoppedError

    if at == "the file":
        monkeypatch.setattr(reindex, "meta", stops)
    else:
        monkeypatch.setattr(bulk, "load", stops if at == "the meta" else loading)
    with suppress(StoppedError):
        add(words, "口袋公园")
    monkeypatch.undo()
    if at == "the file":  # told, not guessed
        with pytest.raises(StaleIndexError):
            words.index()
        add(words, "口袋公园")
    else:
        words.index()
    assert_as_rebuilt(words, words.folder)
    assert words.index().unchanged == 3


def test_the_same_word_again_goes_on_where_it_was_stopped(words: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    words.write(**{f"{name}_txt": transcript(3, about="口袋公园") for name in "abc"})
    words.index()
    whole = bulk.load
    monkeypatch.setattr(bulk, "load", lambda client, given: whole(client, list(given)[:1]))
    add(words, "口袋公园")
    monkeypatch.undo()
    change = update.add_words(words.settings, ["口袋公园"], "nz")
    left = update.plan_reindex(words.client, words.settings, change)
    held = archive_status.archive_stats(words.client, words.settings, fingerprint.current_meta(words.settings))
    assert held is not None
    assert (held.changed, held.behind) == ((), 2)
    assert change.written
    assert left is not None
    assert left.is_pending
    assert left.diff().interviews == 2
    assert update.carry_out(words.client, words.settings, change).interviews == 2  # type: ignore[union-attr]
    assert not update.plan_reindex(words.client, words.settings, change).is_pending  # type: ignore[union-attr]
    assert_as_rebuilt(words, words.folder)


def test_versions_of_an_interview_stay_versions(words: Archive) -> None:
    said = f"{talk(1)}\n\n问：口袋公园怎么样？\n\n孟秋禾：口袋公园很好。\n"
    words.write(a_txt=said, b_txt=said)
    assert words.index().versions == ("b",)
    assert add(words, "口袋公园").interviews == 1
    assert words.ids() == ["a"]
    assert words.index().unchanged == 2
    assert_as_rebuilt(words, words.folder)


def test_an_archive_made_otherwise_is_told(words: Archive) -> None:
    words.write(a_txt=transcript(2))
    words.index()
    other = shutil.copytree(words.settings.data, words.settings.data.with_name("other"))
    (other / "topics.toml").write_text("", encoding="utf-8")
    before = (other / "words.txt").read_bytes()
    words.settings = replace(words.settings, data=other)
    with pytest.raises(StaleIndexError, match=r"topics\.toml"):
        add(words, "口袋公园")
    assert (other / "words.txt").read_bytes() == before


def test_without_an_archive_the_file_alone_is_written(words: Archive) -> None:
    assert add(words, "口袋公园") is None
    assert (words.settings.data / "words.txt").read_text(encoding="utf-8").endswith("\n口袋公园 1 nz\n")


def test_two_runs_at_once_are_told(words: Archive) -> None:
    words.write(a_txt=transcript(2))
    words.index()
    before = (words.settings.data / "words.txt").read_bytes()
    with lock.held(words.client, words.settings), pytest.raises(LoadingError, match="Another run"):
        add(words, "口袋公园")
    assert (words.settings.data / "words.txt").read_bytes() == before


def test_words_in_and_out_again(words: Archive) -> None:
    words.index(SAMPLE)
    before = words.contents()
    for typed in ("口袋公园", "白渡香", "手机柜"):
        assert add(words, typed).turns > 0
    assert remove(words, "白渡香").turns > 0
    assert_as_rebuilt(words)
    remove(words, "口袋公园", "手机柜")
    assert words.contents() == before
    assert_as_rebuilt(words)


def test_mentions_follow_the_dictionary(words: Archive) -> None:
    said = "问：上次何佳宁委员来过吗？\n\n孟秋禾：来过两次，都在口袋公园。\n\n问：何佳寧呢？\n\n孟秋禾：也是她。\n"
    words.write(a_txt=said)
    words.index()
    before = {id_: one.get("mentions") for (kind, id_), one in words.contents().items() if kind == "turns"}
    assert before["a#1"] == before["a#3"] == ["何佳寧"]  # of as many turns, the Traditional form
    add(words, "何佳宁", tag="nz")  # a brand, not a person
    assert not any(one.get("mentions") for one in words.contents().values())
    words.index(rebuild=True)
    assert not any(one.get("mentions") for one in words.contents().values())
