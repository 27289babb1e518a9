"""The same interview twice, on the real node: one hit, a main version that is replaced, runs that are killed."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from opencc import OpenCC
from typer.testing import CliRunner

from indexer import pipeline
from indexer.elastic.connection import connect
from indexer.pipeline import IndexOptions
from indexer.report import IndexReport
from indexer.settings import Settings, sample_data
from indexer.store import mapping
from search_cli.app import app
from search_cli.archive import Archive as Searched
from tests.support.archives import Archive, line
from tests.support.crash import EVERY, Dead, dying, moments
from tests.support.talks import smoothed, talk

ONE = talk(1)
CUT = ONE[: len(ONE) * 2 // 3]
SHORT = "问：你们今年种了多少亩？\n\n孟秋禾：三百二十亩，都在河东。\n\n问：收成呢？\n\n孟秋禾：比去年好。\n"


def write(archive: Archive) -> None:
    """Write one interview in four versions, and another one."""
    archive.write(full_txt=ONE + talk(5, 1), b_txt=CUT, alone_txt=talk(2))
    archive.path("gbk_txt").write_bytes(ONE.encode("gbk"))
    archive.path("zt_txt").write_text(OpenCC("s2t").convert(ONE[: len(ONE) * 4 // 5]), encoding="utf-8")


def pairs(archive: Archive) -> dict[str, str]:
    return {one.version: one.main for one in Searched(archive.settings, archive.client).versions()}


def spoken(archive: Archive) -> set[str]:
    return {one["interview_id"] for (kind, _), one in archive.contents().items() if kind != "interviews"}


def keep(archive: Archive) -> IndexReport:
    options = IndexOptions((archive.folder,), keep_duplicates=True)
    return pipeline.index(options, archive.settings, archive.client)


def test_an_interview_is_searched_once_however_often_it_is_there(archive: Archive):
    write(archive)
    report = archive.index()
    assert sorted(report.versions) == ["b", "gbk", "zt"]
    assert (report.files, report.indexed) == (5, 2)
    assert spoken(archive) == {"full", "alone"} == set(archive.ids())
    assert report.turns == len(archive.ids("turns"))
    assert report.passages == len(archive.ids("passages"))
    assert pairs(archive) == dict.fromkeys(("b", "gbk", "zt"), "full")
    assert archive.contents()["interviews", "full"]["versions"] == ["b", "gbk", "zt"]
    before = archive.contents()
    report = archive.index()
    assert (report.indexed, report.unchanged, report.versions) == (0, 5, ())
    assert archive.contents() == before


@pytest.mark.parametrize(
    ("name", "once_more"),
    [
        ("a copy", ONE),
        (
            "a reprint",
            "人人网转载\n\n编者按：本文原载县报，略有删节。\n\n" + ONE + "\n（责任编辑：王小明）\n\n来源：县报\n",
        ),
        ("another outlet's", "标题：河东种稻记\n来源：新京报\n日期：2021-03-04\n\n" + ONE),
        ("wrapped", ONE.replace("，", "，\n")),
        ("without some turns", "\n\n".join(ONE.split("\n\n")[:-20]) + "\n"),
        ("in the other script", OpenCC("s2twp").convert(ONE)),
    ],
)
def test_what_is_the_same_interview_once_more(archive: Archive, name: str, once_more: str):
    archive.write(main_txt=ONE, x_txt=once_more)
    assert len(archive.index().versions) == 1, name
    assert len(spoken(archive)) == 1


@pytest.mark.parametrize("seed", range(3))
def test_the_word_for_word_transcript_and_the_edited_one(archive: Archive, seed: int):
    said = talk(seed, fillers=True)
    archive.write(full_txt=said, edited_txt=smoothed(said, seed))
    assert archive.index().versions == ("edited",)
    (pair,) = Searched(archive.settings, archive.client).versions()
    assert (pair.main, pair.exact) == ("full", False)
    assert 0.2 < pair.likeness < 0.9


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("the same opening and closing", *(talk(8, 12) + talk(seed, 36) + talk(9, 12) for seed in (1, 2))),
        ("a short excerpt", ONE, "\n\n".join(ONE.split("\n\n")[20:40]) + "\n"),
        ("a book it is in", ONE, "".join(talk(seed) for seed in (5, 1, 6, 7))),
        ("a short one that says a little more", SHORT, SHORT + "\n问：谢谢。\n"),
    ],
)
def test_what_is_not(archive: Archive, name: str, one: str, other: str):
    archive.write(a_txt=one, b_txt=other)
    assert archive.index().versions == (), name
    assert spoken(archive) == {"a", "b"}


def test_a_copy_of_a_short_one_is_a_version_whatever_its_script_and_encoding(archive: Archive):
    archive.write(a_txt=SHORT, b_txt=SHORT, c_txt=OpenCC("s2t").convert(SHORT).replace("\n\n", "\n"))
    archive.path("d_txt").write_bytes(SHORT.encode("gb18030"))
    assert archive.index().versions == ("b", "c", "d")
    assert spoken(archive) == {"a"}


def test_lines_of_one_file_and_another_file(archive: Archive):
    archive.write(a_jsonl=line("one", SHORT) + line("two", SHORT), b_txt=talk(2))
    report = archive.index()
    assert report.versions == ("two",)
    assert archive.index().unchanged == 3


def test_what_is_to_be_a_version_is_not_even_segmented(archive: Archive, monkeypatch: pytest.MonkeyPatch):
    archive.write(a_txt=ONE)
    archive.index()
    archive.write(b_txt=CUT, c_txt=ONE)
    monkeypatch.setattr("indexer.indexing.workers.prepare", None)
    assert archive.index().versions == ("b", "c")


def test_a_new_archive_writes_no_interview_of_which_a_fuller_version_comes_later(archive: Archive):
    write(archive)
    archive.drop()
    assert archive.index().versions == ("b", "gbk", "zt")
    stats = archive.client.indices.stats(index=f"{archive.settings.index}-*", metric="indexing").body
    assert stats["_all"]["primaries"]["indexing"]["delete_total"] == 0
    assert pairs(archive) == dict.fromkeys(("b", "gbk", "zt"), "full")


def test_the_order_files_come_in_does_not_matter_where_one_is_fuller(archive: Archive):
    write(archive)
    archive.index()
    wanted = archive.contents(), pairs(archive)
    archive.clear()
    for name in ("b_txt", "full_txt", "zt_txt", "alone_txt", "gbk_txt"):
        archive.index(archive.path(name))
    assert (archive.contents(), pairs(archive)) == wanted


def test_the_original_is_the_primary_whenever_its_conversion_comes(archive: Archive):
    written = OpenCC("s2t").convert(ONE).replace("，", "，週佔")  # as people write 周 and 占, and OpenCC does not
    original, conversion = written, OpenCC("t2s").convert(written) + "\n问：还有吗？\n\n孟秋禾：没有了。\n"
    for first, second in (("a_txt", "z_txt"), ("z_txt", "a_txt")):
        archive.write(**{first: conversion})
        archive.index()
        archive.write(**{second: original})
        for rebuild in (False, True):
            archive.index(rebuild=rebuild)
            assert pairs(archive) == {first[0]: second[0]}
            assert spoken(archive) == {second[0]}
        preferring = replace(archive.settings, primaries=(archive.folder.name,))
        pipeline.index(IndexOptions((archive.folder,)), preferring, archive.client)
        assert pairs(archive) == {first[0]: second[0]}, "a folder that has both prefers none"
        archive.delete("a_txt", "z_txt")
        archive.clear()


def test_a_folder_that_is_preferred_has_the_primaries(archive: Archive):
    archive.write(old__x_txt=CUT, new__x_txt=ONE)
    archive.index()
    assert spoken(archive) == {"new/x"}
    pipeline.index(IndexOptions((archive.folder,)), replace(archive.settings, primaries=("old",)), archive.client)
    assert (spoken(archive), pairs(archive)) == ({"old/x"}, {"new/x": "old/x"})


def test_a_copy_that_comes_later_does_not_change_the_addresses(archive: Archive):
    archive.write(m_txt=ONE)
    archive.index()
    archive.write(a_txt=ONE)
    for rebuild in (False, True):
        archive.index(rebuild=rebuild)
        assert pairs(archive) == {"a": "m"}
        assert spoken(archive) == {"m"}


def test_a_version_that_is_edited_to_be_another_interview_is_one(archive: Archive):
    write(archive)
    archive.index()
    archive.write(b_txt=talk(3))
    report = archive.index()
    assert (report.indexed, report.versions) == (1, ())
    assert spoken(archive) == {"full", "alone", "b"}
    assert archive.contents()["interviews", "full"]["versions"] == ["gbk", "zt"]
    archive.write(alone_txt=ONE)
    assert archive.index().versions == ("alone",)
    assert spoken(archive) == {"full", "b"}


def test_when_the_main_version_goes_another_takes_its_place(archive: Archive):
    write(archive)
    archive.index()
    archive.delete("full_txt")
    assert archive.index(prune=True).removed == ("full",)
    assert spoken(archive) == {"gbk", "alone"}
    assert pairs(archive) == dict.fromkeys(("b", "zt"), "gbk")
    archive.write(gbk_txt=talk(3))
    archive.index()
    assert spoken(archive) == {"gbk", "zt", "alone"}
    assert pairs(archive) == {"b": "zt"}


def test_a_main_version_that_says_something_else_now(archive: Archive):
    archive.write(b_txt=CUT, m_txt=ONE)
    archive.index()
    archive.write(a_txt=CUT, m_txt=talk(3))  # a is read before m, and compared with what m was
    archive.index()
    assert spoken(archive) == {"a", "m"}
    assert pairs(archive) == {"b": "a"}


def test_a_version_whose_file_goes_is_no_version_any_more(archive: Archive):
    write(archive)
    archive.index()
    archive.delete("b_txt", "zt_txt")
    archive.index(prune=True)
    assert pairs(archive) == {"gbk": "full"}
    assert archive.contents()["interviews", "full"]["versions"] == ["gbk"]


def test_a_rebuild_finds_the_same_versions(archive: Archive):
    write(archive)
    archive.index()
    wanted = archive.contents(), pairs(archive)
    archive.index(rebuild=True)
    assert (archive.contents(), pairs(archive)) == wanted


def test_duplicates_may_be_kept_and_joined_later(archive: Archive):
    write(archive)
    assert keep(archive).versions == ()
    assert spoken(archive) == {"full", "b", "gbk", "zt", "alone"}
    archive.index()
    assert spoken(archive) == {"full", "alone"}
    keep(archive)
    assert spoken(archive) == {"full", "b", "gbk", "zt", "alone"}
    assert pairs(archive) == {}


def test_a_version_that_cannot_be_read_again_is_passed_over(archive: Archive):
    write(archive)
    archive.index()
    archive.delete("full_txt", "gbk_txt")
    report = archive.index(archive.path("full_txt"), prune=True)
    assert report.failed == ()
    assert spoken(archive) == {"zt", "alone"}
    assert pairs(archive) == dict.fromkeys(("b", "gbk"), "zt")


def test_where_no_version_can_be_read_again_it_is_told(archive: Archive):
    archive.write(a_txt=ONE, b_txt=ONE, alone_txt=talk(2))
    archive.index()
    archive.delete("a_txt", "b_txt")
    report = archive.index(archive.path("a_txt"), prune=True)
    assert [Path(one.path).name for one in report.failed] == ["b.txt"]
    archive.index(prune=True)
    assert spoken(archive) == {"alone"}


@pytest.mark.parametrize("gone", [(), ("full_txt",)], ids=["as files come", "as the main version goes"])
def test_a_run_killed_at_any_request_is_completed_by_the_next(archive: Archive, gone: tuple[str, ...]):
    whole = talk(1, exchanges=8)
    cut = whole[: len(whole) * 2 // 3]
    archive.write(full_txt=whole, b_txt=cut, c_txt=cut)

    def begin() -> None:
        archive.clear()
        if gone:
            archive.write(full_txt=whole)
            archive.index()
            archive.delete(*gone)

    begin()
    archive.index(prune=True)
    wanted, deaths = (archive.contents(), pairs(archive)), 0
    for number in moments():
        begin()
        try:
            with dying(archive.settings, number) as client:
                archive.index(prune=True, client=client)
        except Dead:
            deaths += 1
        else:
            break
        archive.index(prune=True)
        assert (archive.contents(), pairs(archive)) == wanted, f"killed at request {number}"
    assert deaths > 8 // EVERY


def test_the_command_lists_them(archive: Archive, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ELASTICSEARCH_URL", archive.settings.url)
    monkeypatch.setenv("FANGTAN_INDEX", archive.settings.index)
    monkeypatch.setenv("COLUMNS", "200")
    archive.write(a_txt=ONE, b_txt=ONE, c_txt=CUT)
    printed = CliRunner().invoke(app, ["index", str(archive.folder)]).stdout
    assert "2 duplicates of interviews in the archive: " in printed
    assert "(fangtan duplicates)" in printed
    head, first, second = CliRunner().invoke(app, ["duplicates"]).stdout.splitlines()
    assert head.split() == ["primary", "duplicate", "likeness", "file", "primary's", "file"]
    assert first.split()[:3] == ["a", "b", "exact"]
    assert second.split()[:2] == ["a", "c"]
    assert second.split()[2].endswith("%")
    (exact, near) = json.loads(CliRunner().invoke(app, ["duplicates", "--json"]).stdout)
    assert (exact["exact"], exact["likeness"], near["exact"]) == (True, 1.0, False)
    assert 0.5 < near["likeness"] < 0.9
    assert CliRunner().invoke(app, ["index", str(archive.folder), "--keep-duplicates"]).exit_code == 0
    assert CliRunner().invoke(app, ["duplicates"]).stdout == " There are none.\n"
    assert archive.client.count(index=mapping.names(archive.settings).interviews)["count"] == 3


@pytest.fixture(scope="module")
def versions(node_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive of one interview in four versions and another one, to be read."""
    settings = Settings(url=node_url, index=f"versions-{uuid4().hex[:12]}", data=sample_data())
    with connect(settings) as client:
        archive = Archive(tmp_path_factory.mktemp("versions"), settings, client)
        write(archive)
        archive.index()
        yield archive
        archive.drop()
        client.options(ignore_status=404).indices.delete_index_template(name=settings.index)


@pytest.fixture
def fangtan(versions: Archive, monkeypatch: pytest.MonkeyPatch):
    """Run a command on them in this process."""
    monkeypatch.setenv("ELASTICSEARCH_URL", versions.settings.url)
    monkeypatch.setenv("FANGTAN_INDEX", versions.settings.index)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(app, list(arguments))
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def test_a_hit_tells_of_its_other_versions(versions: Archive, fangtan):
    words = versions.texts("gbk") or versions.texts("full")
    (hit, *_) = json.loads(fangtan("search", f'"{words[3][:12]}"', "--json"))["hits"]
    assert (hit["interview_id"], hit["versions"]) == ("full", ["b", "gbk", "zt"])
    assert "3 duplicates: b, gbk, zt" in fangtan("search", f'"{words[3][:12]}"')
    other = versions.texts("alone")[3][:12]
    (hit, *_) = json.loads(fangtan("search", f'"{other}"', "--json"))["hits"]
    assert (hit["interview_id"], hit["versions"]) == ("alone", [])
    assert "duplicate" not in fangtan("search", f'"{other}"')


def test_the_interviews_tell_of_their_versions(fangtan):
    listed = {one["id"]: one["versions"] for one in json.loads(fangtan("interviews", "--json"))}
    assert listed == {"full": ["b", "gbk", "zt"], "alone": []}
    head, *lines = fangtan("interviews").splitlines()
    assert "duplicates" in head
    assert [line.rstrip().endswith("+3") for line in sorted(lines)] == [False, True]
    assert "3 duplicates: b, gbk, zt" in fangtan("show", "full")


def test_a_version_is_shown_as_its_main_version_and_that_is_told(fangtan):
    told = "zt is a duplicate of full, which is shown instead."
    for address in ("zt", "zt#3", "zt＃3", "z"):
        shown = " ".join(fangtan("show", address).split())
        assert told.replace("zt", address[:1] + "t" * (len(address) > 1)) in shown
    assert json.loads(fangtan("show", "zt#3", "--json")).items() >= {"instead_of": "zt", "address": "full#3"}.items()
    assert json.loads(fangtan("show", "zt", "--json")).items() >= {"instead_of": "zt", "id": "full"}.items()
    assert "instead_of" not in json.loads(fangtan("show", "full#3", "--json"))
    assert "a duplicate of" not in fangtan("show", "fu#3")


def test_a_version_itself_is_read_from_its_file(versions: Archive, fangtan):
    shown = " ".join(fangtan("show", "zt", "--version", "--no-pager").split())
    assert "zt is a duplicate of full; its turns are not searched" in shown
    first = json.loads(fangtan("show", "zt", "--version", "--json"))
    assert (first["id"], first["version_of"]) == ("zt", "full")
    second = json.loads(fangtan("show", "zt#2", "--version", "--json"))
    assert (second["address"], second["text"]) == ("zt#2", first["turns"][1]["text"])
    assert second["text"] in versions.path("zt_txt").read_text("utf-8")
    assert second["reply_to"] == 1
    failed = CliRunner().invoke(app, ["show", "full", "--version"])
    assert (failed.exit_code, failed.stdout) == (1, "")
    versions.delete("zt_txt")
    failed = CliRunner().invoke(app, ["show", "zt", "--version"])
    assert (failed.exit_code, failed.stdout) == (1, "")
    versions.path("b_txt").write_text("问：改了吗？\n答：改了。\n", encoding="utf-8")
    assert CliRunner().invoke(app, ["show", "b", "--diff"]).exit_code == 1
    write(versions)


def test_versions_are_compared_whatever_their_script(versions: Archive, fangtan):
    found = json.loads(fangtan("show", "zt", "--diff", "--json"))
    turns = json.loads(fangtan("show", "full", "--json"))["turns"]
    assert (found["primary"], found["version"]) == ("full", "zt")
    assert len(found["turns"]) + found["same"] == len(turns)
    assert found["same"] > len(turns) * 3 // 4 - 4
    assert all(turn["after"] is None for turn in found["turns"][2:])
    assert "turns alike" in fangtan("show", "zt", "--diff", "--no-pager")


def test_a_search_in_a_version_is_one_in_its_main_version_and_that_is_told(versions: Archive, fangtan):
    for words in (["interview:zt"], ["--interview", "zt"]):
        assert {one.partition("#")[0] for one in fangtan("search", *words, "--ids").split()} == {"full"}
        assert "zt is a duplicate of full" in fangtan("search", *words)
    assert "a duplicate of" not in fangtan("search", "interview:full")
    result = Searched(versions.settings, versions.client).search("interview:b interview:gbk")
    assert dict(result.duplicates) == {"b": "full", "gbk": "full"}
