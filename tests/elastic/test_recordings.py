"""The recordings of transcripts end to end: found, linked, cited, moved, gone."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from search_cli.archive import Archive as SearchArchive
from tests.support.archives import Archive
from tests.support.cli import CommandLine

SUBTITLES = """1
00:00:05,000 --> 00:00:09,500
问：渡船一天开几趟？

2
00:01:03,000 --> 00:01:20,000
何苗：只开两趟，赶集的日子开四趟。
"""
FRONT_MATTER = "---\ntitle: 晒场\nmedia: audio/named.wav\n---\n\n**问：**晒场几点开门？\n\n**罗阿水：**天一亮就开。\n"


@pytest.fixture
def run(archive: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(archive.settings, monkeypatch, capsys)


def record(archive: Archive, *names: str) -> None:
    for name in names:
        path = archive.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")


def media(archive: Archive) -> dict[str, str]:
    """The recording of each turn that has one, by its address, relative to the folder."""
    contents = archive.contents().items()
    found = {id_: one["media"] for (kind, id_), one in contents if kind == "turns" and "media" in one}
    return {id_: path.removeprefix(f"{archive.folder}/") for id_, path in found.items()}


def test_each_turn_has_its_recording_and_interviews_name_it(archive: Archive) -> None:
    archive.write(talk_srt=SUBTITLES, yard_md=FRONT_MATTER, bare_txt="问：好吗？\n\n何苗：好。\n")
    archive.write(video_srt=SUBTITLES.replace("四趟", "五趟，一早就满"), video_toml='media = "https://youtu.be/x1"\n')
    record(archive, "talk.mp3", "audio/named.wav", "audio/lone.wav")
    report = archive.index()
    assert media(archive) == {
        **dict.fromkeys(("talk#1", "talk#2"), "talk.mp3"),
        **dict.fromkeys(("yard#1", "yard#2"), "audio/named.wav"),
        **dict.fromkeys(("video#1", "video#2"), "https://youtu.be/x1"),
    }
    (unread,) = report.unread
    assert unread.paths == (f"{archive.folder}/audio/lone.wav",)
    links = {hit.turn.address: hit.turn.media_link for hit in SearchArchive(archive.settings).export("渡船 晒场")}
    assert links == {
        "talk#1": f"file://{archive.folder}/talk.mp3#t=5",
        "yard#1": f"file://{archive.folder}/audio/named.wav",
        "video#1": "https://youtu.be/x1?t=5",
    }


def test_screens_and_programs_get_time_and_link(archive: Archive, run: CommandLine) -> None:
    archive.write(talk_srt=SUBTITLES)
    record(archive, "talk.mp3")
    archive.index()
    link = f"file://{archive.folder}/talk.mp3#t=63"
    found = run("search", "赶集").lines
    assert found[2].endswith("1:03  talk#2")
    assert "    talk.mp3#t=63" in found
    shown = run("show", "talk#2").out
    assert " Cite: 何苗，00:01:03–00:01:20，talk#2\n" in shown
    assert shown.split()[-2:] == ["Listen:", link]
    (hit,) = json.loads(run("search", "赶集", "--json").out)["hits"]
    (row,) = csv.DictReader(io.StringIO(run("search", "赶集", "--csv").out))
    for one in (hit, row, json.loads(run("show", "talk#2", "--json").out)):
        assert (one["media"], one["media_link"]) == (str(archive.folder / "talk.mp3"), link)
    (place,) = json.loads(run("quote", "赶集的日子开四趟", "--json").out)["quotations"][0]["places"]
    assert (place["media_link"], place["citation"]) == (link, "何苗，00:01:03–00:01:20，talk#2")


def test_one_that_is_gone_is_told_by_show(archive: Archive, run: CommandLine) -> None:
    archive.write(talk_srt=SUBTITLES)
    record(archive, "talk.mp3")
    archive.index()
    assert "not there" not in run("show", "talk#2").out + run("show", "talk").out
    (archive.folder / "talk.mp3").unlink()
    for address in ("talk#2", "talk#1-2", "talk"):
        shown = " ".join(run("show", address).out.split())
        assert "The recording is not there: " in shown


def test_one_that_comes_goes_or_moves_with_its_transcript_is_noticed(archive: Archive) -> None:
    archive.write(old__talk_srt=SUBTITLES)
    archive.index()
    assert media(archive) == {}
    record(archive, "old/talk.m4a")
    archive.index()
    assert set(media(archive).values()) == {"old/talk.m4a"}
    report = archive.index()
    assert (report.unchanged, report.indexed) == (1, 0)
    shutil.move(archive.folder / "old", archive.folder / "new")
    archive.index(prune=True)
    assert set(media(archive).values()) == {"new/talk.m4a"}
    (archive.folder / "new/talk.m4a").unlink()
    archive.index()
    assert media(archive) == {}


def test_one_is_named_for_all_files_of_a_run(archive: Archive, run: CommandLine) -> None:
    archive.write(talk_srt=SUBTITLES)
    assert run("index", str(archive.folder), "--meta", "media=../sound/talk.mp3").code == 0
    assert set(media(archive).values()) == {str(archive.folder.parent / "sound/talk.mp3")}
    refused = run("index", str(archive.folder), "--meta", "media=/bin/sh")
    assert refused.code == 2
    assert "media=/bin/sh is not a recording" in refused.err
    sidecar = Path(archive.folder / "talk.toml")
    sidecar.write_text('media = "talk.exe"\n', encoding="utf-8")
    failed = run("index", str(archive.folder))
    assert "is not a recording" in failed.err + failed.out
