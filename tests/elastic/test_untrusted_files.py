"""Folders with what nobody should read: the rest is indexed, and everything is told."""

import os
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from indexer import pipeline
from indexer.pipeline import IndexOptions
from indexer.report import LINK, NO_FILE, IndexReport
from tests.support.archives import Archive, line, transcript

LONG = "我们今天来谈这个问题，因为大家都在问。\n" * 600_000
"""Some 35 MB of text, which take some seconds to read."""


@pytest.fixture
def linked(archive: Archive, tmp_path: Path) -> Path:
    """A file outside of the folder of an archive, and a link to it in the folder."""
    archive.write(foo_txt=transcript(2))
    outside = tmp_path / "outside.txt"
    outside.write_text(transcript(3, "广告"), encoding="utf-8")
    (archive.folder / "bar.txt").symlink_to(outside)
    return outside


def index(archive: Archive, follow_links: bool = False, prune: bool = False, rebuild: bool = False) -> IndexReport:
    options = IndexOptions((archive.folder,), rebuild, prune, follow_links=follow_links)
    return pipeline.index(options, archive.settings, archive.client)


def test_a_link_out_of_the_folder_is_told_and_followed_where_that_is_asked_for(archive: Archive, linked: Path) -> None:
    report = index(archive)
    assert (archive.ids(), report.failed) == (["foo"], ())
    assert [(one.kind, one.count) for one in report.unread] == [(LINK, 1)]
    report = index(archive, follow_links=True)
    assert (archive.ids(), report.unread) == (["bar", "foo"], ())


def test_what_was_read_through_a_link_stays_until_its_file_is_gone(archive: Archive, linked: Path) -> None:
    index(archive, follow_links=True)
    before = archive.contents()
    for prune, rebuild in ((False, False), (True, False), (False, True), (True, True)):
        report = index(archive, prune=prune, rebuild=rebuild)
        assert (report.removed, report.gone, report.failed) == ((), (), ()), (prune, rebuild)
        assert archive.contents() == before
    (archive.folder / "bar.txt").unlink()
    assert (index(archive, prune=True).removed, archive.ids()) == ((), ["bar", "foo"])
    linked.unlink()
    index(archive, prune=True, rebuild=True)
    assert archive.ids() == ["foo"]


def test_pipes_and_bad_sidecars_stop_nothing(archive: Archive, tmp_path: Path) -> None:
    archive.write(foo_txt=transcript(2), deep_txt=transcript(3), piped_txt=transcript(4), many_jsonl=line("甲", "一"))
    archive.write(deep_toml="a=" + "[" * 100_000)
    os.mkfifo(archive.folder / "piped.toml")
    os.mkfifo(archive.folder / "pipe.txt")
    (archive.folder / "zero.md").symlink_to("/dev/zero")
    report = index(archive)
    assert archive.ids() == ["foo", "甲"]
    assert [(Path(one.path).name, one.line, one.reason) for one in report.failed] == [
        ("deep.toml", 1, "its values are nested too deeply"),
        ("piped.toml", 0, "it is a pipe, not a file"),
    ]
    assert [(one.kind, one.count) for one in report.unread] == [(NO_FILE, 2)]


def test_a_file_that_takes_too_long_is_a_failure_at_every_run(archive: Archive) -> None:
    archive.write(a_txt=transcript(2), long_txt=LONG, z_txt=transcript(3))
    archive.settings = replace(archive.settings, file_seconds=1)
    for _ in range(2):
        report = index(archive)
        assert archive.ids() == ["a", "z"]
        (failure,) = report.failed
        assert (Path(failure.path).name, failure.reason) == ("long.txt", "reading took longer than 1 s")
        assert "FANGTAN_FILE_SECONDS=10" in failure.next_step


def is_read_apart() -> bool:
    """Tell whether a process reads a file for this one."""
    return any("reader_process" in " ".join(one.cmdline()) for one in psutil.Process().children())


def test_a_run_ends_while_a_file_takes_long(archive: Archive) -> None:
    archive.write(a_txt=transcript(2), long_txt=LONG, z_txt=transcript(3))
    report = archive.index(stop=is_read_apart)
    assert report.interrupted
    assert not report.failed
    assert archive.ids() == ["a"]
    assert not is_read_apart()
