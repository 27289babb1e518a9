"""Indexing end to end on the real node: what gets in, what is skipped, what is replaced, what fails and is named."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import search_cli
from indexer import pipeline
from indexer.errors import ReadingError, StaleIndexError, UsageError
from indexer.indexing import fingerprint
from indexer.pipeline import Callbacks, IndexOptions
from indexer.report import Progress
from indexer.store import mapping
from tests.support.archives import Archive, line, transcript


def test_a_folder_becomes_turns_passages_and_interviews(archive: Archive):
    archive.write(foo_txt=transcript(7), y2019__bar_txt=transcript(2))
    report = archive.index()
    assert (report.files, report.indexed, report.turns, report.failed) == (2, 2, 15 + 5, ())
    assert archive.ids() == ["foo", "y2019/bar"]
    assert len(archive.ids("turns")) == report.turns
    assert len(archive.ids("passages")) == report.passages == 5
    assert report.bytes == sum(path.stat().st_size for path in archive.folder.rglob("*.txt"))


def test_the_addresses_count_from_1_in_reading_order(archive: Archive):
    archive.write(foo_txt=transcript(2))
    archive.index()
    contents = archive.contents()
    turns = {id_: one for (kind, id_), one in contents.items() if kind == "turns"}
    assert sorted(turns) == [f"foo#{n}" for n in range(1, 6)]
    assert turns["foo#1"]["role"] == "narration"
    assert turns["foo#3"]["text"] == "第0个回答，合作很好。"
    assert turns["foo#3"]["reply_to"] == 2
    assert all(("passages", id_) in contents for turn in turns.values() for id_ in turn["passage"])


def test_what_is_indexed_is_found_at_once(archive: Archive):
    archive.write(foo_txt=transcript(2, "广点通"))
    archive.index()
    for query in (
        {"match_phrase": {"text": "广点通"}},
        {"match": {"bigrams": "点通"}},
        {"match_phrase": {"chars": "广 点"}},
    ):
        hits = archive.client.search(index=mapping.names(archive.settings).turns, query=query)["hits"]["hits"]
        assert len(hits) == 4


def test_an_unchanged_file_is_skipped(archive: Archive):
    archive.write(foo_txt=transcript(7), bar_txt=transcript(2))
    archive.index()
    before = archive.contents()
    report = archive.index()
    assert (report.files, report.indexed, report.unchanged, report.turns) == (2, 0, 2, 0)
    assert archive.contents() == before


def test_an_unchanged_file_is_not_even_read(archive: Archive, monkeypatch):
    archive.write(foo_txt=transcript(7))
    archive.index()
    monkeypatch.setattr("indexer.indexing.transcript.read_items", None)
    assert archive.index().unchanged == 1


def test_a_touched_file_is_unchanged(archive: Archive):
    archive.write(foo_txt=transcript(2))
    archive.index()
    archive.path("foo_txt").touch()
    assert archive.index().unchanged == 1


def test_a_changed_sidecar_changes_its_file(archive: Archive):
    archive.write(foo_txt=transcript(2))
    archive.index()
    archive.write(foo_toml='title = "访谈录"\n')
    assert archive.index().indexed == 1
    assert archive.contents()["turns", "foo#1"]["title"] == "访谈录"


@pytest.mark.parametrize(("before", "after"), [(30, 2), (2, 30), (7, 7)])
def test_a_changed_file_replaces_all_its_turns(archive: Archive, before: int, after: int):
    archive.write(foo_txt=transcript(before), bar_txt=transcript(3))
    archive.index()
    archive.write(foo_txt=transcript(after, "广告"))
    report = archive.index()
    assert (report.indexed, report.unchanged, report.turns) == (1, 1, 2 * after + 1)
    changed = archive.contents()
    assert len(archive.texts("foo")) == 2 * after + 1
    assert not any("合作" in text for text in archive.texts("foo")[1:])
    archive.clear()
    archive.index()
    assert archive.contents() == changed


def test_turns_that_are_taken_as_they_are_may_have_gaps_in_their_numbers(archive: Archive):
    one = '{"id":"a","turns":[{"turn":2,"speaker":"甲","text":"一"},{"turn":9,"speaker":"乙","text":"二"}]}\n'
    archive.write(all_jsonl=one)
    archive.index()
    assert archive.ids("turns") == ["a#2", "a#9"]
    archive.write(all_jsonl=one.replace('"turn":9', '"turn":5'))
    archive.index()
    assert archive.ids("turns") == ["a#2", "a#5"]


def test_each_line_of_a_json_lines_file_is_an_interview_with_its_own_id(archive: Archive):
    archive.write(all_jsonl=line("vcsum_000.txt", "一", "二", date="2020-01-02") + line(None, "三") + line("c", "四"))
    report = archive.index()
    assert (report.files, report.indexed, report.turns) == (1, 3, 4)
    assert archive.ids() == ["all/2", "c", "vcsum_000.txt"]
    assert archive.contents()["turns", "vcsum_000.txt#2"]["date"] == str(date(2020, 1, 2))
    assert archive.index().unchanged == 3


def test_a_line_more_loads_one_interview(archive: Archive):
    lines = [line(name, f"{name}说的话") for name in "abc"]
    archive.write(all_jsonl="".join(lines))
    archive.index()
    before = archive.contents()
    archive.write(all_jsonl="".join([*lines, line("d", "新的话")]))
    report = archive.index()
    assert (report.indexed, report.unchanged, report.turns) == (1, 3, 1)
    after = archive.contents()
    assert {key: one for key, one in after.items() if key[0] != "interviews"}.items() >= {
        key: one for key, one in before.items() if key[0] != "interviews"
    }.items()
    assert archive.index().unchanged == 4


def test_a_line_less_takes_its_interview_out(archive: Archive):
    archive.write(all_jsonl="".join(line(name, f"{name}说的话") for name in "abc"))
    archive.index()
    archive.write(all_jsonl=line("a", "a说的话") + line("c", "c说的话"))
    report = archive.index()
    assert (report.indexed, report.unchanged, report.removed) == (0, 2, ("b",))
    assert archive.ids() == ["a", "c"]
    assert archive.ids("turns") == ["a#1", "c#1"]
    assert archive.index().unchanged == 2


def test_a_bad_line_is_named_each_time_and_the_others_are_in(archive: Archive):
    archive.write(all_jsonl=line("a", "一") + "{\n" + line("c", "三"))
    for turns in (2, 0):
        report = archive.index()
        assert report.turns == turns
        assert [(Path(one.path).name, one.line) for one in report.failed] == [("all.jsonl", 2)]
    assert archive.ids() == ["a", "c"]
    archive.write(all_jsonl=line("a", "一") + line("b", "二") + line("c", "三"))
    assert archive.index().failed == ()
    assert archive.ids() == ["a", "b", "c"]


def test_a_line_that_became_bad_keeps_what_was_in(archive: Archive):
    archive.write(all_jsonl=line("a", "一") + line("b", "二"))
    archive.index()
    archive.write(all_jsonl=line("a", "一") + "{\n")
    assert len(archive.index().failed) == 1
    assert archive.ids() == ["a", "b"]


def test_one_id_twice_is_named_and_the_first_is_in(archive: Archive):
    archive.write(all_jsonl=line("a", "一") + line("a", "二"), zwei_jsonl=line("a", "三"))
    report = archive.index()
    assert ["also that of another transcript" in one.reason for one in report.failed] == [True, True]
    assert archive.texts("a") == ["一"]


def test_a_file_that_is_no_transcript_is_named_and_the_others_are_in(archive: Archive):
    archive.write(foo_txt=transcript(2), empty_txt="", blank_txt=" \n\n")
    (archive.folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    report = archive.index()
    assert archive.ids() == ["foo"]
    assert sorted(Path(one.path).name for one in report.failed) == ["binary.txt", "blank.txt", "empty.txt"]
    assert all(one.reason for one in report.failed)


def test_a_file_that_can_no_longer_be_read_keeps_what_was_in(archive: Archive):
    archive.write(foo_txt=transcript(2))
    archive.index()
    archive.path("foo_txt").write_bytes(bytes(range(256)) * 40)
    assert len(archive.index().failed) == 1
    assert archive.ids() == ["foo"]
    assert len(archive.texts("foo")) == 5


def test_a_deleted_file_stays_until_it_is_pruned(archive: Archive):
    archive.write(foo_txt=transcript(2), bar_txt=transcript(2))
    archive.index()
    archive.delete("foo_txt")
    report = archive.index()
    assert (report.removed, report.gone) == ((), ("foo",))
    assert archive.ids() == ["bar", "foo"]
    report = archive.index(prune=True)
    assert (report.removed, report.gone, report.unchanged) == (("foo",), (), 1)
    assert {id_.split("#")[0].split("/")[0] for _, id_ in archive.contents()} == {"bar"}


def test_pruning_stays_below_the_paths_given(archive: Archive):
    archive.write(a__x_txt=transcript(2), b__y_txt=transcript(2), b__z_txt=transcript(2))
    archive.index()
    archive.delete("a__x_txt", "b__y_txt")
    assert archive.index(archive.folder / "b").gone == ("b/y",)
    assert archive.index(archive.folder / "b", prune=True).removed == ("b/y",)
    assert archive.ids() == ["a/x", "b/z"]


def test_a_folder_that_is_gone_can_be_pruned(archive: Archive):
    archive.write(a__x_txt=transcript(2), b__y_txt=transcript(2))
    archive.index()
    archive.delete("a__x_txt")
    (archive.folder / "a").rmdir()
    assert archive.index(archive.folder / "a", prune=True).removed == ("a/x",)
    assert archive.ids() == ["b/y"]


def test_a_moved_folder_keeps_its_ids(archive: Archive):
    archive.write(foo_txt=transcript(2), bar_txt=transcript(3), all_jsonl=line("own", "一") + line(None, "二"))
    archive.index()
    moved = archive.folder.rename(archive.folder.parent / "moved")
    archive.index(moved)
    assert archive.ids() == ["all/2", "bar", "foo", "own"]
    assert {Path(one["path"]).parent for (kind, _), one in archive.contents().items() if kind == "interviews"} == {
        moved
    }
    assert archive.index(moved).unchanged == 4


def test_a_copy_of_a_folder_is_the_same_transcripts(archive: Archive):
    archive.write(foo_txt=transcript(2), y__bar_txt=transcript(3), all_jsonl=line("own", "一") + line(None, "二"))
    archive.index()
    before = archive.contents()
    copy = archive.folder.parent / "copy"
    shutil.copytree(archive.folder, copy)
    for paths in ((copy,), (archive.folder,), (copy, archive.folder), (copy / "y",)):
        report = archive.index(*paths)
        assert (report.indexed, report.versions, report.failed) == (0, (), ()), paths
    assert archive.contents() == before
    # one that changes is another transcript
    (copy / "foo.txt").write_text(transcript(9, "社交营销"), "utf-8")
    assert archive.index(copy).indexed == 1
    assert len([id_ for id_ in archive.ids() if id_.startswith("foo")]) == 2
    # the copy alone is left: the transcripts are where it is
    shutil.rmtree(archive.folder)
    report = archive.index(copy, prune=True)
    assert report.removed == ()
    places = {id_: one["path"] for (kind, id_), one in archive.contents().items() if kind == "interviews"}
    assert places["own"] == str(copy / "all.jsonl")
    assert places["y/bar"] == str(copy / "y/bar.txt")


def test_a_copy_and_its_original_in_one_run_and_in_a_rebuild(archive: Archive):
    archive.write(a__foo_txt=transcript(2), a__all_jsonl=line("own", "一"))
    shutil.copytree(archive.folder / "a", archive.folder / "b")
    for names, rebuild in (("ab", False), ("b", True), ("a", True), ("", True)):
        options = IndexOptions(tuple(archive.folder / name for name in names), rebuild)
        report = pipeline.index(options, archive.settings, archive.client)
        assert (report.versions, report.failed, archive.ids()) == ((), (), ["foo", "own"]), names


def test_the_same_own_id_in_files_of_other_names(archive: Archive):
    archive.write(all_jsonl=line("own", "一") + line("b", "二"), one_jsonl=line("own", "一"))
    report = archive.index()
    assert (report.indexed, report.unchanged, report.failed) == (2, 1, ())
    archive.write(one_jsonl=line("own", "另外的话"))
    (failure,) = archive.index().failed
    assert "its id own is also that of another transcript" in failure.reason


def test_what_a_person_said_of_a_file_stays_when_its_copy_is_indexed(archive: Archive):
    archive.write(foo_txt=transcript(2))
    options = IndexOptions((archive.folder,), overrides=(("date", "2020-01-02"),))
    pipeline.index(options, archive.settings, archive.client)
    copy = archive.folder.parent / "copy"
    shutil.copytree(archive.folder, copy)
    assert archive.index(copy).unchanged == 1
    assert archive.contents()["interviews", "foo"]["date"] == "2020-01-02"


def test_a_file_keeps_its_id_whatever_folder_is_named(archive: Archive):
    archive.write(y2019__foo_txt=transcript(2))
    archive.index(archive.folder / "y2019")
    assert archive.ids() == ["foo"]
    assert archive.index().unchanged == 1
    archive.write(y2019__foo_txt=transcript(3))
    archive.index()
    assert archive.ids() == ["foo"]


def test_a_renamed_file_whose_transcripts_have_ids_is_in_after_one_run_that_prunes(archive: Archive):
    archive.write(a_jsonl=line("own", "一") + line("other", "二"))
    archive.index()
    for rebuild, (old, new) in {False: ("a", "b"), True: ("b", "c")}.items():
        (archive.folder / f"{old}.jsonl").rename(archive.folder / f"{new}.jsonl")
        report = archive.index(prune=True, rebuild=rebuild)
        assert (report.indexed, report.removed) == (2, ())
        assert archive.ids() == ["other", "own"]
        assert archive.ids("turns") == ["other#1", "own#1"]


def test_two_files_of_one_name_are_two_interviews(archive: Archive):
    archive.write(foo_txt=transcript(2, "小米"), foo_md=transcript(3, "华为"))
    assert archive.index().indexed == 2
    assert len(archive.ids()) == 2
    assert archive.index().unchanged == 2


def test_a_transcript_in_which_nobody_speaks_is_pointed_out(archive: Archive):
    archive.write(foo_txt=transcript(2), meeting_txt="通知\n\n今天不开会，大家休息。\n\n明天上午开会，请准时到场。\n")
    report = archive.index()
    assert [Path(one).name for one in report.unsure] == ["meeting.txt"]
    assert report.indexed == 2


def test_a_word_to_search_for_occurs(archive: Archive):
    archive.write(foo_txt=transcript(7, "社交营销"))
    word = archive.index().word
    assert word
    assert any(word in turn["words"].split() for (kind, _), turn in archive.contents().items() if kind == "turns")


def test_progress_ends_at_everything(archive: Archive):
    archive.write(foo_txt=transcript(7), bar_txt=transcript(2))
    heard: list[Progress] = []
    pipeline.index(
        IndexOptions((archive.folder,)), archive.settings, archive.client, Callbacks(on_progress=heard.append)
    )
    assert heard[-1].files == heard[-1].of_files == 2
    assert heard[-1].bytes == heard[-1].of_bytes > 0
    assert heard[-1].turns == 20
    assert [one.files for one in heard] == sorted(one.files for one in heard)


@pytest.mark.parametrize(
    ("paths", "rebuild", "said"), [((), False, "Name the folder"), (("nix",), False, "nix"), (("nix",), True, "nix")]
)
def test_an_order_that_cannot_be_carried_out_is_told_before_anything_is_started(paths, rebuild, said):
    with pytest.raises(UsageError, match=said) as error:
        pipeline.check(IndexOptions(tuple(map(Path, paths)), rebuild=rebuild))
    assert error.value.next_step


def test_other_knowledge_is_told_and_nothing_is_loaded(archive: Archive, tmp_path: Path):
    archive.write(foo_txt=transcript(2))
    archive.index()
    before = archive.contents()
    for name in ("words.txt", "topics.toml", "speakers.toml"):
        (tmp_path / name).write_bytes((archive.settings.data / name).read_bytes())
    (tmp_path / "words.txt").write_text("红米手机 100 n\n", encoding="utf-8")
    other = replace(archive.settings, data=tmp_path)
    archive.write(bar_txt=transcript(2))
    with pytest.raises(StaleIndexError, match=r"the dictionary \(words\.txt\) changed") as error:
        archive.index(settings=other)
    assert error.value.next_step == "fangtan index --rebuild"
    assert archive.contents() == before
    assert archive.index(rebuild=True, settings=other).indexed == 2
    assert archive.index(settings=other).unchanged == 2


def test_an_archive_of_another_schema_version_is_told(archive: Archive, monkeypatch):
    archive.write(foo_txt=transcript(2))
    archive.index()
    monkeypatch.setattr(mapping, "VERSION", mapping.VERSION + 1)
    with pytest.raises(StaleIndexError, match="the fields of the index changed"):
        archive.index()
    searched = search_cli.Archive(archive.settings)
    assert searched.search("合作").total == 4
    with pytest.raises(StaleIndexError, match="Another version of fangtan indexed this archive"):
        searched.search("蜂箱")  # nothing is found, perhaps for want of a field
    archive.index(rebuild=True)
    assert archive.index().unchanged == 1


def test_a_file_that_reads_differently_now_is_told(archive: Archive, monkeypatch):
    archive.write(foo_txt=transcript(2))
    archive.index()
    monkeypatch.setattr(fingerprint, "READING", fingerprint.READING + 1)
    with pytest.raises(StaleIndexError, match="how transcripts are read changed"):
        archive.index()


def test_a_rebuild_needs_no_paths_and_takes_in_the_whole_archive(archive: Archive):
    archive.write(a__x_txt=transcript(2), b__y_txt=transcript(3), c__z_txt=transcript(1))
    archive.index(archive.folder / "a")
    archive.index(archive.folder / "b")
    before = archive.contents()
    report = pipeline.index(IndexOptions((), rebuild=True), archive.settings, archive.client)
    assert (report.files, report.indexed, report.rebuilt) == (2, 2, True)
    assert archive.contents() == before
    archive.index(archive.folder / "c", rebuild=True)
    assert archive.ids() == ["x", "y", "z"]


def test_a_rebuild_loses_no_interview_whose_file_is_gone_unless_told_to(archive: Archive):
    archive.write(foo_txt=transcript(2), bar_txt=transcript(2))
    archive.index()
    archive.delete("foo_txt")
    before, indices = archive.contents(), archive.indices()
    with pytest.raises(UsageError, match=r"foo\.txt is gone"):
        archive.index(rebuild=True)
    assert archive.contents() == before
    assert archive.indices() == indices
    assert archive.index(rebuild=True, prune=True).removed == ("foo",)
    assert archive.ids() == ["bar"]


def test_a_rebuild_loses_no_interview_whose_file_is_broken(archive: Archive):
    archive.write(foo_txt=transcript(2), bar_txt=transcript(2))
    archive.index()
    archive.path("foo_txt").write_bytes(bytes(range(256)) * 40)
    before, indices = archive.contents(), archive.indices()
    with pytest.raises(ReadingError, match="nothing was changed"):
        archive.index(rebuild=True)
    assert archive.contents() == before
    assert archive.indices() == indices


def test_the_first_rebuild_is_a_first_run(archive: Archive):
    archive.drop()
    archive.write(foo_txt=transcript(2))
    report = archive.index(rebuild=True)
    assert (report.indexed, report.rebuilt) == (1, False)
    assert archive.ids() == ["foo"]


def about(archive: Archive, id_: str, field: str) -> object:
    return archive.contents()["interviews", id_].get(field)


def told(archive: Archive, *given: tuple[str, str], paths: tuple[Path, ...] = (), rebuild: bool = False):
    options = IndexOptions(paths or (archive.folder,), rebuild=rebuild, overrides=given)
    return pipeline.index(options, archive.settings, archive.client)


def test_what_a_person_says_is_in_every_document(archive: Archive):
    archive.write(foo_txt=transcript(2), all_jsonl=line("bar", "你好", outlet="别处"))
    told(archive, ("outlet", "新京报"), ("author", "甲"), ("author", "乙"))
    assert {one["outlet"] for one in archive.contents().values()} == {"新京报"}
    assert about(archive, "bar", "authors") == ["甲", "乙"]


def test_what_a_person_said_outlives_changes_and_rebuilds(archive: Archive):
    archive.write(foo_txt=transcript(2), bar_txt=transcript(2, "小米"))
    told(archive, ("outlet", "新京报"), paths=(archive.path("foo_txt"),))
    assert archive.index().unchanged == 1
    assert (about(archive, "foo", "outlet"), about(archive, "bar", "outlet")) == ("新京报", "搜狐IT")
    archive.write(foo_txt=transcript(3))
    assert archive.index().indexed == 1
    assert about(archive, "foo", "outlet") == "新京报"
    told(archive, ("outlet", "别处"), paths=(archive.path("bar_txt"),), rebuild=True)
    assert (about(archive, "foo", "outlet"), about(archive, "bar", "outlet")) == ("新京报", "别处")


def test_something_else_said_of_an_unchanged_file_is_taken_in(archive: Archive):
    archive.write(foo_txt=transcript(2))
    archive.index()
    before = archive.contents()
    assert told(archive, ("title", "题"), ("outlet", "新京报")).indexed == 1
    assert told(archive, ("outlet", "新京报")).unchanged == 1
    assert told(archive, ("outlet", "")).indexed == 1
    assert (about(archive, "foo", "title"), about(archive, "foo", "outlet")) == ("题", "搜狐IT")
    told(archive, ("title", ""))
    assert archive.contents() == before


def test_a_forced_encoding_is_kept_until_another_is_forced(archive: Archive):
    said = "".join(f"Q: 第{n}個問題怎麼樣?\n\nA: 第{n}個回答很好.\n\n" for n in "一二三")
    archive.path("foo_txt").write_bytes(said.encode("big5hkscs"))
    told(archive, ("encoding", "gb18030"))
    wrong = archive.texts("foo")
    assert about(archive, "foo", "given") == ["encoding=gb18030"]
    assert archive.index().unchanged == 1  # without the option: as it was
    assert archive.index(rebuild=True).indexed == 1
    assert archive.texts("foo") == wrong
    assert told(archive, ("encoding", "big5hkscs")).indexed == 1
    right = archive.texts("foo")
    assert right != wrong
    report = told(archive, ("encoding", "ascii"))
    assert [failure.reason for failure in report.failed] == ["not ascii text"]
    assert archive.texts("foo") == right
    assert told(archive, ("encoding", "")).unchanged == 1  # detection reads the same
    assert (about(archive, "foo", "given"), archive.texts("foo")) == ([], right)


def test_notes_are_found_as_printed_in_the_other_script_and_never_across_two(archive: Archive):
    archive.write(foo_txt="（示例開場）\n甲：一。\n（皆無意見）\n（開票：A1 案）\n乙：二。\n甲：三。\n乙：四。")
    archive.index()

    def found(query: dict[str, object]) -> list[str]:
        hits = archive.client.search(index=mapping.names(archive.settings).turns, query=query)["hits"]["hits"]
        return [hit["_id"] for hit in hits]

    noted = archive.contents()["turns", "foo#1"]
    assert (noted["note_offsets"], noted["length"]) == ([0, 2, 2], 2)
    assert about(archive, "foo", "characters") == 8
    assert found({"match_phrase": {"notes": "皆無意見"}}) == ["foo#1"]
    assert found({"match_phrase": {"note_chars": "无 意 见"}}) == ["foo#1"]
    assert found({"term": {"note_bigrams": "a1"}}) == ["foo#1"]
    assert found({"match_phrase": {"note_chars": "见 ) ( 开"}}) == []
    assert found({"match_phrase": {"chars": "意 见"}}) == []
