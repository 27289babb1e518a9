"""Every address on a screen is one that `fangtan show` takes, for that very turn."""

import json
import re

import pytest

from tests.support.archives import Archive, line, transcript
from tests.support.cli import CommandLine

LONG = "2019-12-25-开放政府联系人与各部会协作会议暨工作坊第{}次会议逐字稿"
ADDRESS = re.compile(r"[^\s，《》(–]+#\d+")


@pytest.fixture
def run(archive: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    said = "甲方与乙方都认为共享单车要停放在固定的泊位"
    archive.write(
        **{f"simplified__{LONG.format(n)}_txt": transcript(3, f"养老院{n}") for n in ("一", "二", "三")},
        traditional__公园_jsonl=line(None, f"{said}，而且要有人管理。", "好的。"),
        mixed__公园_jsonl=line(None, f"不{said}，又不要人来管理。", "行吧。"),
        mixed__2019_txt=transcript(2, "合作社"),
    )
    archive.index()
    return CommandLine(archive.settings, monkeypatch, capsys)


def shown(run: CommandLine, address: str) -> str:
    printed = run("show", address, "--json")
    assert printed.code == 0, printed.err
    return str(json.loads(printed.out)["address"])


def test_an_address_on_a_screen_is_found(run):
    seen = set[str]()
    for typed, columns in (("养老院", "80"), ("养老院", "120"), ("泊位", "80"), ("合作社", "60")):
        lines = json.loads(run("kwic", typed, "--json", COLUMNS=columns).out)["lines"]
        printed = [row.split()[-1] for row in run("kwic", typed).lines[2:-2]]
        assert len(printed) == len(lines)
        if not printed[0].startswith("#"):  # all of one interview, which is in the head
            assert [shown(run, one) for one in printed] == [one["address"] for one in lines]
        for arguments in (("search", typed), ("similar", lines[0]["address"]), ("quote", "要停放在固定的泊位")):
            for one in set(ADDRESS.findall(run(*arguments).out)) - seen:
                seen.add(one)
                assert shown(run, one).endswith(one.rpartition("#")[2])


def test_what_is_typed_of_an_address(run):
    *_, label, step = run("kwic", "养老院", COLUMNS="24").lines
    assert label == " Read on:"  # the step is longer than the line, and copied
    assert run(*step.split()[1:]).code == 0

    mistyped = run("show", "2019-12-25-开放政府联络人与各部会协作会议#3")
    assert mistyped.code == 1
    assert f"Try: fangtan show simplified/{LONG.format('一')[:20]}" in mistyped.err
    assert f"simplified/{LONG.format('二')}#3" in mistyped.err  # the turn that was typed
    assert f"simplified/{LONG.format('一')}#3" in run("show", "2019-12#3").err

    assert shown(run, "2019#2") == "mixed/2019#2"  # as it is, though others begin so
    assert shown(run, "mixed/公#1") == "mixed/公园#1"
    assert "2 interviews begin with 公园" in run("show", "公园#1").err
    assert shown(run, "2019…第二#2") == f"simplified/{LONG.format('二')}#2"
    assert "1 of 6" in run("search", "养老院", "--interview", "2019…第二").out
