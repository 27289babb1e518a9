"""A label that is no name (记者) is a person of its interview, and found by the label in every interview."""

import json

import pytest

from tests.support.archives import Archive
from tests.support.cli import CommandLine

TALK = "{label}：{word}的泊位好找吗？\n\n何苗：{word}的泊位都好找。\n\n{label}：那就好。\n\n何苗：是的，很好。\n"


def test_the_same_label_of_two_interviews_is_two_people(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    archive.write(
        a_txt=TALK.format(label="记者", word="城东社区共享单车"),
        b_txt=TALK.format(label="記者", word="河西大桥旁边电动汽车"),
    )
    archive.index()
    run = CommandLine(archive.settings, monkeypatch, capsys)
    speakers = {one["name"]: one["turns"] for one in json.loads(run("speakers", "--json").out)}
    assert speakers == {"何苗": 4, "记者@a": 2, "記者@b": 2}
    for typed, turns in (("记者", 4), ("記者", 4), ("記者@b", 2), ("何苗", 4)):
        assert json.loads(run("search", "--speaker", typed, "--json").out)["total"] == turns, typed
    hit = json.loads(run("search", "好找", "--speaker", "记者@a", "--json").out)["hits"][0]
    assert (hit["speaker"], hit["label"]) == ("记者@a", "记者")
    assert "@" not in run("search", "好找", "--no-hints").out.partition("\n speaker ")[0]
    assert "  1  记者  " in run("show", "a").out
    assert "@" not in run("kwic", "泊位").out
    assert " Cite: 记者，" in run("show", "a#1").out
