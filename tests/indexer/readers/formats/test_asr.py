"""JSON of speech recognition and meeting tools: the format of each tool, units detected, nothing lost."""

import json
from typing import Any

import pytest

from indexer.errors import ReadingError
from indexer.model import Interview
from indexer.parser.parse import parse
from indexer.readers.script import Line, Script
from tests.support.sources import fault, items, said, script

FIRST, SECOND = "今天请到了何苗老师。", "谢谢，大家好。"

WHISPER = {
    "text": FIRST + SECOND,
    "segments": [
        {"id": 0, "seek": 0, "start": 0.0, "end": 2.5, "text": " " + FIRST, "tokens": [1, 2], "temperature": 0.0},
        {"id": 1, "seek": 0, "start": 2.5, "end": 4.0, "text": SECOND, "words": [{"word": "谢谢", "start": 2.5}]},
    ],
    "language": "zh",
}
WHISPERX = {
    "segments": [
        {"start": 0.0, "end": 2.5, "text": FIRST, "words": [], "speaker": "SPEAKER_00"},
        {"start": 2.5, "end": 4.0, "text": SECOND, "words": [], "speaker": "SPEAKER_01"},
    ],
    "word_segments": [{"word": "今", "start": 0.0, "end": 0.1, "speaker": "SPEAKER_00"}],
}
WHISPER_CPP = {
    "systeminfo": "AVX = 1",
    "model": {"type": "medium"},
    "params": {"model": "m", "language": "zh"},
    "result": {"language": "zh"},
    "transcription": [
        {
            "timestamps": {"from": "00:00:00,000", "to": "00:00:02,500"},
            "offsets": {"from": 0, "to": 2500},
            "text": FIRST,
        },
        {
            "timestamps": {"from": "00:00:02,500", "to": "00:00:04,000"},
            "offsets": {"from": 2500, "to": 4000},
            "text": SECOND,
        },
    ],
}
FUNASR = [
    {
        "key": "a",
        "text": FIRST + SECOND,
        "timestamp": [[0, 100]],
        "sentence_info": [
            {"text": FIRST, "start": 0, "end": 2500, "timestamp": [[0, 2500]], "spk": 0},
            {"text": SECOND, "start": 2500, "end": 4000, "timestamp": [[2500, 4000]], "spk": 1},
        ],
    }
]
IFLYTEK_SEGMENTS = [
    {"bg": "0", "ed": "2500", "onebest": FIRST, "speaker": "1"},
    {"bg": "2500", "ed": "4000", "onebest": SECOND, "speaker": "2"},
]
IFLYTEK = {"ok": 0, "err_no": 0, "failed": None, "data": json.dumps(IFLYTEK_SEGMENTS, ensure_ascii=False)}


def lattice(bg: int, ed: int, role: int, words: str) -> dict[str, str]:
    pieces = [{"cw": [{"w": word, "wp": "n"}, {"w": "错", "wp": "n"}]} for word in words]
    best = {"st": {"bg": str(bg), "ed": str(ed), "rl": str(role), "rt": [{"ws": pieces}]}}
    return {"json_1best": json.dumps(best, ensure_ascii=False)}


IFLYTEK_LATTICE = {
    "code": "000000",
    "content": {
        "orderResult": json.dumps({"lattice": [lattice(0, 2500, 1, FIRST), lattice(2500, 4000, 2, SECOND)]}),
    },
}


def tencent(name: str, start: int, end: int, text: str) -> dict[str, Any]:
    words = [{"wid": n, "start_time": start, "end_time": end, "text": one} for n, one in enumerate(text)]
    sentence = {"sid": "0", "start_time": start, "end_time": end, "words": words}
    who = {"userid": "u", "username": name}
    return {"pid": "0", "start_time": start, "end_time": end, "speaker_info": who, "sentences": [sentence]}


TENCENT = {
    "more": False,
    "minutes": {
        "paragraphs": [tencent("主持人", 0, 2500, FIRST), tencent("何苗", 2500, 4000, SECOND)],
        "keywords": ["书店"],
        "audio_detect": 1,
    },
}
FEISHU = {
    "paragraphs": [
        {
            "speaker": {"user_name": who, "user_id": "u"},
            "start_time": str(start),
            "stop_time": str(end),
            "sentences": [{"contents": [{"content": text, "start_time": str(start), "stop_time": str(end)}]}],
        }
        for who, start, end, text in (("主持人", 0, 2500, FIRST), ("何苗", 2500, 4000, SECOND))
    ]
}
TINGWU = {
    "TaskId": "t",
    "Transcription": "x",
    "Paragraphs": [
        {"ParagraphId": "1", "SpeakerId": "1", "Words": [{"Id": 1, "Start": 0, "End": 2500, "Text": FIRST}]},
        {"ParagraphId": "2", "SpeakerId": "2", "Words": [{"Id": 2, "Start": 2500, "End": 4000, "Text": SECOND}]},
    ],
}
PLAIN = [{"speaker": "主持人", "text": FIRST}, {"speaker": "何苗", "text": SECOND}]
CLOCKS = [
    {"speaker": "甲", "time": "x", "start": "00:00:00", "end": "00:00:02.500", "content": FIRST},
    {"speaker": "乙", "start": "00:00:02.500", "end": "00:00:04", "content": SECOND},
]


@pytest.mark.parametrize(
    ("content", "labels", "timed"),
    [
        pytest.param(WHISPER, (None, None), True, id="Whisper"),
        pytest.param(WHISPERX, ("SPEAKER_00", "SPEAKER_01"), True, id="WhisperX"),
        pytest.param(WHISPER_CPP, (None, None), True, id="whisper.cpp"),
        pytest.param(FUNASR, ("说话人0", "说话人1"), True, id="FunASR"),
        pytest.param(FUNASR[0], ("说话人0", "说话人1"), True, id="FunASR, one"),
        pytest.param(IFLYTEK, ("说话人1", "说话人2"), True, id="iFlytek"),
        pytest.param(IFLYTEK_SEGMENTS, ("说话人1", "说话人2"), True, id="iFlytek, data"),
        pytest.param(IFLYTEK_LATTICE, ("说话人1", "说话人2"), True, id="iFlytek, lattice"),
        pytest.param(TENCENT, ("主持人", "何苗"), True, id="Tencent Meeting"),
        pytest.param({"transcripts": TENCENT["minutes"]}, ("主持人", "何苗"), True, id="Tencent Meeting, WeCom"),
        pytest.param(FEISHU, ("主持人", "何苗"), True, id="Feishu"),
        pytest.param(TINGWU, ("说话人1", "说话人2"), True, id="Tingwu"),
        pytest.param(PLAIN, ("主持人", "何苗"), False, id="a list"),
        pytest.param({"data": {"result": PLAIN}}, ("主持人", "何苗"), False, id="a list, deep"),
        pytest.param(CLOCKS, ("甲", "乙"), True, id="clocks"),
    ],
)
def test_each_form_gives_a_line_a_segment_with_its_speaker_and_its_milliseconds(
    content: object, labels: tuple[str | None, str | None], timed: bool
) -> None:
    times = ((0, 2500), (2500, 4000)) if timed else ((None, None), (None, None))
    assert script(json.dumps(content, ensure_ascii=False), ".json").lines == (
        Line(1, FIRST, labels[0], *times[0]),
        Line(2, SECOND, labels[1], *times[1]),
    )


@pytest.mark.parametrize(
    ("start", "end", "text", "milliseconds"),
    [
        (1, 3, "我们今天谈一谈。", (1000, 3000)),  # whole seconds
        (1000, 3000, "我们今天谈一谈。", (1000, 3000)),
        (1000.0, 3000.0, "我们今天谈一谈。", (1000, 3000)),  # a fraction in name only
        (1000.5, 3000.25, "我们今天谈一谈。", (1000, 3000)),
        (0.5, 90.0, "说" * 400, (500, 90_000)),  # one long segment in seconds
        (0, 90, "说" * 400, (0, 90_000)),
        (0, 90_000, "说" * 400, (0, 90_000)),
        (0, 200, "嗯", (0, 200)),  # one syllable, in milliseconds
        (1_700_000_000_000, 1_700_000_002_000, "我们今天谈一谈。", (0, 2000)),  # a moment of the calendar
        (1_700_000_000, 1_700_000_002, "我们今天谈一谈。", (0, 2000)),
    ],
)
def test_seconds_and_milliseconds_are_told_by_how_fast_one_would_speak(
    start: float, end: float, text: str, milliseconds: tuple[int, int]
) -> None:
    (line,) = script(json.dumps([{"text": text, "start": start, "end": end}]), ".json").lines
    assert (line.start, line.end) == milliseconds


@pytest.mark.parametrize(
    "time", ["NaN", "inf", -5, 1e300, True, None, [], {}, "上午", "1" * 400, 2**62], ids=lambda one: str(one)[:9]
)
def test_a_time_that_is_none_is_no_time(time: object) -> None:
    (line, _) = script(json.dumps([{"text": FIRST, "start": time}, {"text": SECOND, "start": 7.5}]), ".json").lines
    assert (line.text, line.start) == (FIRST, None)


@pytest.mark.parametrize(
    ("speaker", "label"),
    [
        (0, "说话人0"), ("0", "说话人0"), (12, "说话人12"), ("SPEAKER_03", "SPEAKER_03"), (" 何 苗\n", "何 苗"),
        ("", None), (None, None), (True, None), ([], None), ({}, None), ({"name": "何苗"}, "何苗"),
        ({"id": 3}, "说话人3"),
    ],
)  # fmt: skip
def test_a_speaker_is_a_name_or_a_number(speaker: object, label: str | None) -> None:
    assert said(json.dumps([{"text": FIRST, "speaker": speaker}]), ".json") == [(label, FIRST)]


def test_a_segment_without_a_speaker_goes_on_with_the_turn_above() -> None:
    content = [{"speaker": "甲", "text": "我们，"}, {"text": "来了。"}, {"speaker": "乙", "text": "好。"}]
    timed = [one | {"start": n, "end": n + 1} for n, one in enumerate(content)]
    turns = parse(script(json.dumps(timed), ".json")).turns
    assert [(turn.label, turn.text) for turn in turns] == [("甲", "我们，来了。"), ("乙", "好。")]


def test_our_own_interchange_is_taken_as_it_is() -> None:
    (interview,) = items('{"title": "题", "turns": [{"speaker": "甲", "text": "好"}]}', ".json")
    assert isinstance(interview, Interview)
    assert interview.title == "题"


def test_our_own_interchange_is_told_what_is_wrong_with_it() -> None:
    assert "role" in fault('{"turns": [{"speaker": "甲", "text": "好", "role": "boss"}]}', ".json")


def test_json_lines_in_a_json_file_are_read() -> None:
    one = '{"turns": [{"speaker": "甲", "text": "' + "好" * 70_000 + '"}]}'  # longer than what is looked at
    found = items(f"{one}\n{one}\n", ".json")
    assert [type(item) for item in found] == [Interview, Interview]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ({"text": "问：好吗？\n答：好。"}, ["问：好吗？", "答：好。"]),
        ({"transcript": "问：好吗？"}, ["问：好吗？"]),
        (["问：好吗？", "答：好。"], ["问：好吗？", "答：好。"]),
        ("问：好吗？", ["问：好吗？"]),
        ([{"text": "一\n\n二"}], ["一", "二"]),
        ([{"text": "一"}, {"text": " "}, {"text": ""}, {"other": 1}, 7, {"text": "二"}], ["一", "二"]),
        ({"segments": [], "text": "一"}, ["一"]),
        ([{"speaker": "甲", "segments": [{"text": "一"}]}, {"text": "二"}], ["一", "二"]),
    ],
)
def test_text_is_found_where_there_are_no_segments(content: object, lines: list[str]) -> None:
    assert [text for _, text in said(json.dumps(content), ".json")] == lines


@pytest.mark.parametrize(
    "around", [{"name": "会议.wav"}, {"user": "u", "start": 0}, {"speaker_info": {"n": 2}}, {"role": "x"}]
)
def test_what_the_whole_file_is_called_is_no_speaker(around: dict[str, object]) -> None:
    for content in (WHISPERX | around | {"text": FIRST}, [WHISPERX | around | {"text": FIRST}]):
        assert said(json.dumps(content), ".json") == [("SPEAKER_00", FIRST), ("SPEAKER_01", SECOND)]


def test_the_head_of_the_object_is_kept() -> None:
    content = WHISPER | {"title": " 专访何苗 ", "date": "2024-05-01", "url": 7}
    assert script(json.dumps(content), ".json").metadata == (("title", "专访何苗"), ("date", "2024-05-01"))


@pytest.mark.parametrize(
    "data", ["{}", "[]", '{"a": {"b": 1}}', "[[[]]]", '[{"text": ""}]', '{"turns": []}', "\ufeff{}"]
)
def test_json_without_text_is_told_with_what_is_read(data: str) -> None:
    (error,) = items(data, ".json")
    assert isinstance(error, ReadingError)
    assert "no text" in error.reason
    assert "Whisper" in error.next_step


@pytest.mark.parametrize("data", ['{"text": ', '[{"text": "好"},', '{"text": "\\ud800"}', '{"a": NaN}'])
def test_what_is_no_json_is_told(data: str) -> None:
    assert "not JSON" in fault(data, ".json")


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"segments":', "}"), ('[{"words":', "}]")])
@pytest.mark.parametrize("depth", [15, 200, 1000, 500_000])
def test_deep_nesting_ends(opening: str, closing: str, depth: int) -> None:
    (item,) = items(opening * depth + '[{"text": "好"}]' + closing * depth, ".json")
    assert isinstance(item, Script | ReadingError)


def test_json_in_gbk_is_read() -> None:
    data = json.dumps(PLAIN, ensure_ascii=False).encode("gb18030")
    assert said(data, ".json") == [("主持人", FIRST), ("何苗", SECOND)]


@pytest.mark.parametrize("kind", [[], {}, None, 3, "word"])
def test_a_type_may_be_anything(kind: object) -> None:
    assert said(json.dumps([{"type": kind, "text": "好。", "speaker": "甲"}] * 2), ".json")[0][0] == "甲"
