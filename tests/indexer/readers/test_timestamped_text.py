"""Lines that start with time ranges, as speech recognition prints them."""

import pytest

from indexer.parser.parse import parse
from indexer.readers import timestamped_text
from indexer.readers.script import Line
from tests.support.sources import script

WHISPER = """Detecting language using up to the first 30 seconds.
Detected language: Chinese
[00:00.000 --> 00:04.000]  今天请到了何苗老师。
[00:04.000 --> 00:06.500]  谢谢。
"""
LONG = "[00:00:00.000 --> 00:00:04.000]   今天请到了何苗老师。\r\n[01:00:04,000 --> 01:00:06,500]谢谢。\r\n再见。\r\n"
TENCENT = "[0:0.020,0:2.380,0]  今天请到了何苗老师。\n[0:2.380,0:4.1,1]  谢谢。\n\n[61:2.380,61:4.1]  好。\n"
SUBVIEWER = "0:00:01.000,0:00:03.000\n今天请到了\n何苗老师。\n\n0:00:03.000,0:00:05.000\n谢谢。\n"


@pytest.mark.parametrize("suffix", [".txt", "", ".srt", ".sbv", ".md", ".json"])
def test_what_whisper_prints(suffix: str) -> None:
    assert script(WHISPER, suffix).lines == (
        Line(1, "Detecting language using up to the first 30 seconds."),
        Line(2, "Detected language: Chinese"),
        Line(3, "今天请到了何苗老师。", start=0, end=4000),
        Line(4, "谢谢。", start=4000, end=6500),
    )


def test_times_with_hours_and_a_line_without_times() -> None:
    assert script(LONG).lines == (
        Line(1, "今天请到了何苗老师。", start=0, end=4000),
        Line(2, "谢谢。", start=3_604_000, end=3_606_500),
        Line(3, "再见。", start=3_604_000, end=3_606_500),
    )


def test_what_tencent_cloud_answers_has_speakers() -> None:
    assert script(TENCENT).lines == (
        Line(1, "今天请到了何苗老师。", label="说话人0", start=20, end=2380),
        Line(2, "谢谢。", label="说话人1", start=2380, end=4100),
        Line(4, "好。", start=3_662_380, end=3_664_100),
    )
    assert [turn.label for turn in parse(script(TENCENT)).turns] == ["说话人0", "说话人1"]


def test_subviewer_has_the_text_below_its_times() -> None:
    assert (
        script(SUBVIEWER, ".sbv").lines
        == script(SUBVIEWER).lines
        == (
            Line(2, "今天请到了", start=1000, end=3000),
            Line(3, "何苗老师。", start=1000, end=3000),
            Line(6, "谢谢。", start=3000, end=5000),
        )
    )


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", "[00:01.00]王丽：大家好\n", "说话人1 00:42\n好。", "[1] 注", "00:01:02 好", "[0:1,0:2] 好", "[笑]",
        "好。\n" * 8 + "[00:00.000 --> 00:04.000] 好。",
    ],
)  # fmt: skip
def test_other_times_are_not_taken_for_these(text: str) -> None:
    assert not timestamped_text.has_timestamps(text)


def test_a_stamp_without_text_says_nothing() -> None:
    assert script("[00:00.000 --> 00:04.000]\n[00:04.000 --> 00:05.000] 好。").lines == (
        Line(2, "好。", start=4000, end=5000),
    )


TIMED = "[00:00] 今天聊怎么画树。\n\n[00:22] 对。\n\n[00:24] 先画影子，树就在那里了。\n[01:05] 很有意思。\n"


@pytest.mark.parametrize("signs", ["[]", "()", "（）", "【】"])
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_time_in_brackets_before_a_sentence_is_when_it_is_said(signs: str, suffix: str) -> None:
    text = "# 画树\n\n" + TIMED.replace("[", signs[0]).replace("]", signs[1])
    found = script(text, suffix)
    assert [(line.text, line.start) for line in found.lines if line.start is not None] == [
        ("今天聊怎么画树。", 0),
        ("对。", 22_000),
        ("先画影子，树就在那里了。", 24_000),
        ("很有意思。", 65_000),
    ]
    assert [turn.label for turn in parse(found).turns] == [""]


def test_so_is_one_without_brackets_where_most_lines_have_it() -> None:
    text = "00:00 今天聊怎么画树。\n00:22 对。\n1:00:24 先画影子。\n谢谢。\n"
    assert [line.start for line in script(text).lines] == [0, 22_000, 3_624_000, None]


@pytest.mark.parametrize(
    "text",
    [
        "[00:04] 陈可：几点了？\n[00:06] 何苗：三点。\n[00:08] 陈可：走吧。\n",  # names
        "[00:04] 陈可\n几点了？\n[00:06] 何苗\n三点。\n[00:08] 陈可\n走吧。\n",
        "[00:04] 【陈可】几点了？\n[00:06] 【何苗】三点。\n[00:08] 【陈可】走吧。\n",
        "09:00 签到\n09:30 开幕\n10:00 茶歇\n",  # an agenda
        "[09:00] 我到了。\n[08:00] 我出门。\n[07:00] 我起床。\n",  # not in order
        "[00:04] 几点了？\n[00:06] 三点。\n",  # too few
        "问：几点了？\n答：09:00 开会。\n09:30 散会。\n10:00 走了。\n11:00 到家。\n" + "问：好。\n答：好。\n" * 3,
    ],
)
def test_times_beside_names_and_in_the_talk_stay(text: str) -> None:
    assert all(line.start is None for line in script(text).lines)
