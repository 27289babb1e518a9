"""LRC: lines with times."""

import pytest

from indexer.parser.parse import parse
from indexer.readers.script import Line
from tests.support.sources import fault, script

LRC = "[ti:慢车第九期]\n[ar:阿橘]\n[00:01.00]主持人：为什么走夜路？\n[00:03.5]宋诺：名字好听。\n[01:00.250]\n"
LINES = (
    Line(2, "[ar:阿橘]", kind="annotation"),
    Line(3, "主持人：为什么走夜路？", start=1000, end=3500),
    Line(4, "宋诺：名字好听。", start=3500, end=60_250),
)


@pytest.mark.parametrize("suffix", [".lrc", ".txt", ""])
def test_lines_have_times_and_a_title(suffix: str) -> None:
    read = script(LRC.replace("\n", "\r\n"), suffix)
    assert (read.lines, read.metadata) == (LINES, (("title", "慢车第九期"),))
    assert [(turn.label, turn.text, turn.start) for turn in parse(read).turns] == [
        ("主持人", "为什么走夜路？", 1000),
        ("宋诺", "名字好听。", 3500),
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("[00:01.00][00:09.00]副歌。\n[00:05.00]一段。", [("副歌。", 1000), ("一段。", 5000), ("副歌。", 9000)]),
        ("[00:05.00]后。\n[00:01.00]先。", [("先。", 1000), ("后。", 5000)]),
        ("[00:01.00]<00:01.00>我<00:01.50>走。", [("我走。", 1000)]),
        ("[offset:500]\n[00:01.00]走。\n[00:00.20]好。", [("好。", 0), ("走。", 500)]),
        ("[offset:-500]\n[00:01.00]走。", [("走。", 1500)]),
        ("[00:01:50]走。", [("走。", 1500)]),
        ("[00:01.00]走。\n接着走。", [("走。", 1000), ("接着走。", 1000)]),
        ("没有时间。\n[00:01.00]走。", [("没有时间。", None), ("走。", 1000)]),
        ("[00:01.00]【旁白】[注] 走。", [("【旁白】[注] 走。", 1000)]),
    ],
)
def test_times_in_every_form(text: str, lines: list[tuple[str, int | None]]) -> None:
    found = script(text, ".lrc").lines
    assert [(line.text, line.start) for line in found] == lines
    assert [line.number for line in found] == sorted(line.number for line in found)


@pytest.mark.parametrize("text", ["", "[ti:慢车]\n", "[00:01.00]\n[00:02.00] \n"])
def test_a_file_without_words_says_so(text: str) -> None:
    assert "there is no text in it" in fault(text, ".lrc")
