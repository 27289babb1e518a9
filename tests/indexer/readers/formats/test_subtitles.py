"""SubRip and WebVTT: a line per cue, with its times and voices."""

import pytest

from indexer.parser.parse import parse
from indexer.readers.script import Line
from tests.support.sources import said, script

SRT = """\ufeff1
00:00:01,000 --> 00:00:03,500
主持人：今天请到了
何苗老师。

2
00:00:03,600 --> 00:00:05,000
- 您好。
- 大家好！

3
00:01:00,000 --> 00:01:01,250
<i>We met</i>
<font color="#fff">in 2019</font>
"""
VTT = """WEBVTT - 访谈

NOTE 字幕：小周

STYLE
::cue { color: red }

intro
00:01.000 --> 00:03.500 align:start position:0%
<v 主持人>今天请到了何苗老师。</v>
<v.loud 何苗>谢谢 &amp; 你好。

01:00:00.000 --> 01:00:02.000
<c.yellow>还有</c><00:01:01.000>一句。
"""


def test_a_cue_of_subrip_is_a_line_with_its_times() -> None:
    assert script(SRT, ".srt").lines == (
        Line(1, "主持人：今天请到了何苗老师。", start=1000, end=3500),
        Line(2, "- 您好。", start=3600, end=5000),
        Line(2, "- 大家好！", start=3600, end=5000),
        Line(3, "We met in 2019", start=60000, end=61250),
    )


def test_a_cue_of_webvtt_gives_its_voices() -> None:
    assert script(VTT, ".vtt").lines == (
        Line(1, "今天请到了何苗老师。", label="主持人", start=1000, end=3500),
        Line(1, "谢谢 & 你好。", label="何苗", start=1000, end=3500),
        Line(2, "还有一句。", start=3_600_000, end=3_602_000),
    )


@pytest.mark.parametrize(("data", "suffix"), [(VTT, ".srt"), (SRT, ".vtt"), (SRT, ".txt")])
def test_the_content_tells_which_of_the_two_it_is(data: str, suffix: str) -> None:
    assert len(script(data, suffix).lines) == len(script(data).lines) > 2


@pytest.mark.parametrize(
    ("cue", "lines"),
    [
        ("记者：好吗？\n何苗：好。", ["记者：好吗？", "何苗：好。"]),
        ("【记者】好吗？\n【何苗】好。", ["【记者】好吗？", "【何苗】好。"]),
        ("我们说\n这件事", ["我们说这件事"]),
        ("{\\an8}好的", ["好的"]),
        ("3 < 5 && 5 > 3", ["3 < 5 && 5 > 3"]),
        ("a&lt;b", ["a<b"]),
        ("", []),
        ("<i></i>", []),
        ("2019\n年", ["2019年"]),
    ],
)
@pytest.mark.parametrize("suffix", [".srt", ".vtt"])
def test_the_lines_of_a_cue_are_one_unless_another_speaks(cue: str, lines: list[str], suffix: str) -> None:
    if suffix == ".srt":
        data = f"1\n00:00:01,000 --> 00:00:02,000\n{cue}\n\n2\n00:00:03,000 --> 00:00:04,000\n完\n"
    else:
        data = f"WEBVTT\n\n00:01.000 --> 00:02.000\n{cue}\n\n00:03.000 --> 00:04.000\n完\n"
    assert [text for _, text in said(data, suffix)] == [*lines, "完"]


def test_speakers_of_cues_become_turns_with_times() -> None:
    cues = [("记者", "您好。"), ("何苗", "您好。"), ("", "我开书店。"), ("记者", "几年了？"), ("何苗", "十年。")]
    data = "\n".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{who + '：' if who else ''}{text}\n"
        for n, (who, text) in enumerate(cues, start=1)
    )
    turns = parse(script(data, ".srt")).turns
    assert [(turn.label, turn.text, turn.start, turn.end) for turn in turns] == [
        ("记者", "您好。", 1000, 1900),
        ("何苗", "您好。我开书店。", 2000, 3900),
        ("记者", "几年了？", 4000, 4900),
        ("何苗", "十年。", 5000, 5900),
    ]


def test_a_blank_line_inside_a_cue_loses_nothing() -> None:
    vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n一\n\n二\n\nNOTE 三\n\n00:03.000 --> 00:04.000\n四\n"
    assert [text for _, text in said(vtt, ".vtt")] == ["一", "二", "四"]
    srt = "1\n00:00:01,000 --> 00:00:02,000\n一\n\n二\n\n2\n00:00:03,000 --> 00:00:04,000\n四\n"
    assert [text for _, text in said(srt, ".srt")] == ["一二", "四"]


def test_a_file_of_cues_in_gbk_is_read() -> None:
    assert said(SRT.removeprefix("\ufeff").encode("gb18030"), ".srt")[0][1] == "主持人：今天请到了何苗老师。"


def test_a_subtitle_file_without_cues_is_text() -> None:
    assert said("问：好吗？\n答：好。\n", ".srt") == [(None, "问：好吗？"), (None, "答：好。")]


def test_the_first_cue_opens_a_turn_whatever_it_says() -> None:
    cues = [
        "王丽: 大家好，",
        "王丽: 今天的嘉宾是何苗。",
        "何苗: 谢谢主持人。",
        "王丽: 好，开始吧。",
        "何苗: 第一点：我们。",
    ]
    data = "WEBVTT\n\n" + "".join(f"{n}\n00:{n:02}.000 --> 00:{n:02}.900\n{cue}\n\n" for n, cue in enumerate(cues, 1))
    turns = parse(script(data, ".vtt")).turns
    assert [turn.label for turn in turns] == [cue.partition(":")[0] for cue in cues]


def test_a_cue_that_is_a_number_is_said() -> None:
    cues = "".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{cue}\n\n" for n, cue in enumerate(("在", "2013", "年。"), 1)
    )
    assert [turn.text for turn in parse(script(cues, ".srt")).turns] == ["在2013年。"]


@pytest.mark.parametrize(
    ("vtt", "lines"),
    [
        ("d2b3-0/1-0\n00:01.000 --> 00:02.000\n一\n\nd2b3-0/2-0\n00:03.000 --> 00:04.000\n二\n", ["一", "二"]),
        ("00:01.000 --> 00:02.000\n好<00:01.200>的<00:01.500>吧\n\n00:03.000 --> 00:04.000\n二\n", ["好的吧", "二"]),
        ("00:01.000 --> 00:02.000\n我今年\n30\n\n00:03.000 --> 00:04.000\n2013\n", ["我今年30", "2013"]),
        ("00:01,000 --> 00:02,000\n一\n\n00:03,000 --> 00:04,000\n二\n", ["一", "二"]),
        ("00:01.000 --> 00:02.000\n一\n00:03.000 --> 00:04.000\n二\n", ["一", "二"]),  # no blank line between
        ("00:01.000 --> 00:02.000\n一\n \n00:03.000 --> 00:04.000\n二\n", ["一", "二"]),
    ],
)
def test_a_cue_of_webvtt_is_all_that_is_said_and_only_that(vtt: str, lines: list[str]) -> None:
    assert [(line.text, line.start) for line in script(f"WEBVTT\n\n{vtt}", ".vtt").lines] == [
        (lines[0], 1000),
        (lines[1], 3000),
    ]


def test_a_number_that_ends_a_file_of_subrip_is_said() -> None:
    cue = "1\n00:00:01,000 --> 00:00:02,000\n我今年\n30"
    assert [said(cue + end, ".srt") for end in ("", "\n", "\n\n")] == [[(None, "我今年30")]] * 3


@pytest.mark.parametrize(
    "data",
    [
        "1\n00:01.000 --> 00:03.000\n王丽：大家好。\n\n2\n00:03.000 --> 00:05.000\n何苗：好。\n",  # no hours
        "00:00:01,000 --> 00:00:03,000\n王丽：大家好。\n\n00:00:03,000 --> 00:00:05,000\n何苗：好。\n",  # no numbers
        "\n\n1 \r\n0:00:01.000-->0:00:03.000\r\n王丽：大家好。\r\n\r\n2\r\n0:00:03.0 --> 0:00:05.0\r\n何苗：好。",
    ],
)
@pytest.mark.parametrize("suffix", [".srt", ".txt"])
def test_subtitles_that_are_not_quite_subrip(data: str, suffix: str) -> None:
    lines = script(data, suffix).lines
    assert [(line.text, line.start, line.end) for line in lines] == [
        ("王丽：大家好。", 1000, 3000),
        ("何苗：好。", 3000, 5000),
    ]


ASS = """[Script Info]
Title: 访谈

[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,说明
Dialogue: 0,0:00:01.00,0:00:03.00,Default,王丽,0,0,0,,{\\i1}大家好，\\N欢迎。
Dialogue: 0,0:00:03.00,0:00:05.00,Default,,0,0,0,,{\\p1}m 0 0 l 1 1{\\p0}
Dialogue: 0,0:00:03.00,0:00:05.00,Default,,0,0,0,,何苗：好。
"""


@pytest.mark.parametrize("suffix", [".ass", ".ssa", ".txt", ".srt"])
def test_advanced_substation_gives_names_and_times(suffix: str) -> None:
    assert script("\ufeff" + ASS, suffix).lines == (
        Line(1 + 1, "大家好，欢迎。", label="王丽", start=1000, end=3000),
        Line(3 + 1, "何苗：好。", start=3000, end=5000),
    )


def test_a_file_that_only_begins_as_advanced_substation_is_text() -> None:
    assert said("[Script Info]\n好。\n", ".ass") == [(None, "[Script Info]"), (None, "好。")]
