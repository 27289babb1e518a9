"""`fangtan speakers suggest`: merges with their evidence, voices with their lines; what is accepted is applied."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from indexer.enrich import speakers
from indexer.enrich.enrich import load_knowledge
from indexer.settings import sample_data
from tests.support.archives import Archive
from tests.support.cli import CommandLine

TALK = "{asks}：{word}的泊位好找吗？\n\n{says}：{word}的泊位都好找。\n\n{asks}：那就好。\n\n{says}：是的，很好。\n"
MEETING = (
    "发言人1：大家好，我是林晓岚，今天由我来介绍泊位的情况，也请何佳宁老师说说。\n\n发言人2：好的，我先听一下大家怎么说。\n\n"
    "发言人1：城东的泊位已经够用了。\n\n发言人2：明白，那么城西的呢？\n\n发言人1：城西的还要再等一年。\n"
)


@pytest.fixture
def run(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    data = tmp_path / "data"
    shutil.copytree(sample_data(), data, ignore=shutil.ignore_patterns("interviews", "kibana"))
    monkeypatch.setenv("FANGTAN_DATA", str(data))
    archive.write(
        a_txt=TALK.format(asks="周明", says="林晓岚", word="城东社区共享单车"),
        b_txt=TALK.format(asks="周名", says="林晓岚召集人", word="河西大桥旁边电动汽车"),
        d_txt=TALK.format(asks="周明", says="林晓岚办公室代表", word="南站广场地下停车"),
        meeting_txt=MEETING,
    )
    Archive(archive.folder, replace(archive.settings, data=data), archive.client).index()
    return CommandLine(archive.settings, monkeypatch, capsys)


def test_suggestions_are_shown_accepted_and_applied(run: CommandLine, tmp_path: Path) -> None:
    found = json.loads(run("speakers", "suggest", "--json").out)
    merges = {(one["name"], one["canonical"]): (one["evidence"], one["detail"]) for one in found["merges"]}
    assert merges == {
        ("发言人1@meeting", "林晓岚"): ("introduced", "meeting#1"),
        ("发言人2@meeting", "何佳宁"): ("introduced", "meeting#1"),
        ("林晓岚召集人", "林晓岚"): ("title", "召集人"),
    }
    voices = {one["name"]: [line["turn"] for line in one["lines"]] for one in found["voices"]}
    assert voices == {"发言人1@meeting": [1, 3, 5], "发言人2@meeting": [2, 4]}
    shown = run("speakers", "suggest")
    assert max(map(cell_len, shown.lines)) <= 80
    assert "#1  大家好，我是林晓岚" in shown.out
    assert run("speakers", "suggest", "--accept", "何苗").code == 1
    assert run("speakers", "suggest", "--ask").code == 2
    assert run("speakers", "suggest", "--yes").lines[-1].endswith("fangtan speakers apply --dry-run")
    assert run("speakers", "suggest", "--accept", "发言人2@meeting=何佳宁").out == " speakers.toml has that already.\n"
    assert run("speakers", "apply", "--yes").lines[-1].startswith(" Applied: 7 turns of 2 interviews written, in ")
    counted = {one["name"]: one["turns"] for one in json.loads(run("speakers", "--json").out)}
    assert counted == {"林晓岚": 7, "周明": 4, "何佳宁": 2, "周名": 2, "林晓岚办公室代表": 2}
    assert run("speakers", "suggest").out == " Nothing to suggest: no two names look like one person.\n"
    speakers.load.cache_clear()
    load_knowledge.cache_clear()


def test_the_second_word_can_be_searched_for(run: CommandLine) -> None:
    assert "There are none." in run("speakers", "--", "suggest").out
