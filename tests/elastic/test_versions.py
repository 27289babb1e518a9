"""The same interview twice, on the real node: one hit, a main version that is replaced, runs that are killed."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from opencc import OpenCC
from typer.testing import CliRunner

from indexer import pipeline
from indexer.loading import schema
from indexer.pipeline import Order
from search_cli.app import app
from search_cli.archive import Archive as Searched
from tests.elastic.archives import Archive
from tests.elastic.test_index_crash import Dead, dying
from tests.talks import talk

ONE = talk(1)
CUT = ONE[: len(ONE) * 2 // 3]


def write(archive: Archive) -> None:
    """Write one interview in four versions, and another one."""
    archive.write(full_txt=ONE + talk(5, 1), b_txt=CUT, alone_txt=talk(2))
    archive.path("gbk_txt").write_bytes(ONE.encode("gbk"))
    archive.path("zt_txt").write_text(OpenCC("s2t").convert(ONE[: len(ONE) * 4 // 5]), encoding="utf-8")


def pairs(archive: Archive) -> dict[str, str]:
    return {one.version: one.main for one in Searched(archive.settings, archive.client).versions()}


def spoken(archive: Archive) -> set[str]:
    return {one["interview_id"] for (kind, _), one in archive.contents().items() if kind != "interviews"}


def test_an_interview_is_searched_once_however_often_it_is_there(archive: Archive):
    write(archive)
    report = archive.index()
    assert sorted(report.versions) == ["b", "gbk", "zt"]
    assert spoken(archive) == {"full", "alone"} == set(archive.ids())
    assert pairs(archive) == dict.fromkeys(("b", "gbk", "zt"), "full")
    assert archive.contents()["interviews", "full"]["versions"] == ["b", "gbk", "zt"]
    before = archive.contents()
    report = archive.index()
    assert (report.indexed, report.unchanged, report.versions) == (0, 5, ())
    assert archive.contents() == before


def test_the_order_files_come_in_does_not_matter(archive: Archive):
    write(archive)
    archive.index()
    wanted = archive.contents(), pairs(archive)
    archive.clear()
    for name in ("b_txt", "full_txt", "zt_txt", "alone_txt", "gbk_txt"):
        archive.index(archive.path(name))
    assert pairs(archive) == wanted[1]
    found = archive.contents()
    assert found.keys() == wanted[0].keys()
    assert found["interviews", "full"]["versions"] == ["b", "gbk", "zt"]


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
    order = Order((archive.folder,), keep_duplicates=True)
    assert pipeline.index(order, archive.settings, archive.client).versions == ()
    assert spoken(archive) == {"full", "b", "gbk", "zt", "alone"}
    archive.index()
    assert spoken(archive) == {"full", "alone"}
    pipeline.index(order, archive.settings, archive.client)
    assert spoken(archive) == {"full", "b", "gbk", "zt", "alone"}
    assert pairs(archive) == {}


def test_a_version_that_cannot_be_read_again_is_told(archive: Archive):
    write(archive)
    archive.index()
    archive.delete("full_txt", "gbk_txt")
    report = archive.index(archive.path("full_txt"), prune=True)
    assert [Path(one.path).name for one in report.failed] == ["gbk.txt"]
    archive.index(prune=True)
    assert spoken(archive) == {"zt", "alone"}


@pytest.mark.parametrize("gone", [(), ("full_txt",)], ids=["as files come", "as the main version goes"])
def test_a_run_killed_at_any_request_is_completed_by_the_next(archive: Archive, gone: tuple[str, ...]):
    archive.write(full_txt=ONE, b_txt=CUT, c_txt=CUT)

    def begin() -> None:
        archive.clear()
        if gone:
            archive.write(full_txt=ONE)
            archive.index()
            archive.delete(*gone)

    begin()
    archive.index(prune=True)
    wanted, deaths = (archive.contents(), pairs(archive)), 0
    for number in range(1, 100):
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
    assert deaths > 8


def test_the_command_lists_them(archive: Archive, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ELASTICSEARCH_URL", archive.settings.url)
    monkeypatch.setenv("FANGTAN_INDEX", archive.settings.index)
    monkeypatch.setenv("COLUMNS", "200")
    archive.write(a_txt=ONE, b_txt=ONE, c_txt=CUT)
    printed = CliRunner().invoke(app, ["index", str(archive.folder)]).stdout
    assert "2 transcripts of an interview that is in already: " in printed
    assert "(fangtan duplicates)" in printed
    head, first, second = CliRunner().invoke(app, ["duplicates"]).stdout.splitlines()
    assert head.split() == ["main", "version", "version", "alike", "its", "file", "main", "file"]
    assert first.split()[:3] == ["a", "b", "exact"]
    assert second.split()[:2] == ["a", "c"]
    assert second.split()[2].endswith("%")
    (exact, near) = json.loads(CliRunner().invoke(app, ["duplicates", "--json"]).stdout)
    assert (exact["exact"], exact["likeness"], near["exact"]) == (True, 1.0, False)
    assert 0.5 < near["likeness"] < 0.9
    assert CliRunner().invoke(app, ["index", str(archive.folder), "--keep-duplicates"]).exit_code == 0
    assert CliRunner().invoke(app, ["duplicates"]).stdout == " There are none.\n"
    names = schema.names(replace(archive.settings))
    assert archive.client.count(index=names.interviews)["count"] == 3
