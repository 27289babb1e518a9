"""JSON of recognisers: channels, names of speakers, two languages, articles."""

import json
from typing import Any

import pytest

from indexer.parser.parse import parse
from indexer.readers.script import Line, Script
from tests.support.sources import items, said, script


def heard(text: str, start: float, **more: Any) -> list[dict[str, Any]]:
    """Return the words of a text as Amazon writes them, a third of a second each."""
    found: list[dict[str, Any]] = []
    for place, sign in enumerate(text):
        if sign in "？。，":
            found.append({"alternatives": [{"content": sign}], "type": "punctuation", **more})
        else:
            times = {"start_time": f"{start + place / 3:.2f}", "end_time": f"{start + (place + 1) / 3:.2f}"}
            found.append({"alternatives": [{"content": sign}], "type": "pronunciation", **times, **more})
    return found


def amazon(*channels: list[dict[str, Any]]) -> str:
    labelled = [{"channel_label": f"ch_{number}", "items": words} for number, words in enumerate(channels)]
    text = "".join(word["alternatives"][0]["content"] for words in channels for word in words)
    results = {"transcripts": [{"transcript": text}], "channel_labels": {"channels": labelled}}
    return json.dumps({"jobName": "x", "results": results})


def test_channels_are_speakers_in_the_order_of_time() -> None:
    first = heard("您是哪位？", 0) + heard("出了什么事？", 6)
    second = heard("管灯的。", 3) + heard("灯亮着。", 9)
    read = script(amazon(first, second), ".json")
    assert read.lines[0] == Line(1, "您是哪位？", label="ch_0", start=0, end=1330)
    assert [(line.label, line.text) for line in read.lines] == [
        ("ch_0", "您是哪位？"),
        ("ch_1", "管灯的。"),
        ("ch_0", "出了什么事？"),
        ("ch_1", "灯亮着。"),
    ]


def test_a_word_of_the_listener_does_not_cut_a_sentence_but_a_pause_does() -> None:
    found = said(amazon(heard("我们那时候没有船", 0) + heard("也没有桥", 9), heard("嗯", 1)), ".json")
    assert found == [("ch_0", "我们那时候没有船"), ("ch_1", "嗯"), ("ch_0", "也没有桥")]


def test_one_channel_is_no_speaker() -> None:
    assert {label for label, _ in said(amazon(heard("您是哪位？", 0)), ".json")} == {None}


def test_deepgram_numbers_its_channels() -> None:
    channels = [
        {"alternatives": [{"transcript": "喂", "words": [{"word": "喂", "start": 0.1, "end": 0.2}]}]},
        {"alternatives": [{"transcript": "你好", "words": [{"word": "你好", "start": 0.7, "end": 0.9}]}]},
    ]
    found = said(json.dumps({"results": {"channels": channels}}), ".json")
    assert found == [("说话人0", "喂"), ("说话人1", "你好")]


MONOLOGUES = [
    {
        "speaker": 2,
        "elements": [{"type": "text", "value": "搬", "ts": 0, "end_ts": 1}, {"type": "punct", "value": "？"}],
    },
    {
        "speaker": 1,
        "elements": [{"type": "text", "value": "搬", "ts": 2, "end_ts": 3}, {"type": "punct", "value": "。"}],
    },
]


@pytest.mark.parametrize(
    ("speakers", "names"),
    [
        ([{"id": 1, "name": "石一"}, {"id": 2, "name": "记者"}], ["记者", "石一"]),
        ([{"id": "1", "display_name": "石一"}], ["说话人2", "石一"]),
        ({"1": "石一", "2": "记者"}, ["记者", "石一"]),
        ([{"name": "甲"}, {"name": "石一"}, {"name": "记者"}], ["记者", "石一"]),
        ([{"id": 1, "name": " "}, 7, None], ["说话人2", "说话人1"]),
        (3, ["说话人2", "说话人1"]),
    ],
)
def test_names_of_speakers_are_those_of_a_list_beside(speakers: object, names: list[str]) -> None:
    assert [label for label, _ in said(json.dumps({"speakers": speakers, "monologues": MONOLOGUES}), ".json")] == names


def test_speechmatics_names_the_speaker_in_the_alternative() -> None:
    results = [
        {"type": kind, "start_time": n, "end_time": n + 1, "alternatives": [{"content": text, "speaker": who}]}
        for n, (kind, text, who) in enumerate(
            [("word", "怕", "S1"), ("punctuation", "？", "S1"), ("word", "Not", "S2"), ("word", "me", "S2")]
        )
    ]
    assert said(json.dumps({"format": "2.9", "results": results}), ".json") == [("S1", "怕？"), ("S2", "Not me")]


@pytest.mark.parametrize(
    ("segment", "text", "translation"),
    [
        ({"zh": "你好。", "en": "Hello."}, "你好。", "Hello."),
        ({"text": "你好。", "translation": "Hello."}, "你好。", "Hello."),
        ({"text": "Hello.", "zh": "你好。"}, "你好。", "Hello."),
        ({"original": "你好。", "translated": "Hello."}, "你好。", "Hello."),
        ({"中文": "你好。", "英文": "Hello."}, "你好。", "Hello."),
        ({"en": "Hello."}, "", ""),
        ({"zh": "你好。", "en": None}, "你好。", ""),
        ({"text": "你好。", "translation": "你好。"}, "你好。", ""),
    ],
)
def test_of_two_languages_chinese_is_said_and_the_other_a_translation(
    segment: dict[str, str], text: str, translation: str
) -> None:
    found = items(json.dumps([{"speaker": "王丽", **segment}] * 2), ".json")
    lines = [(line.label, line.text, line.kind) for item in found if isinstance(item, Script) for line in item.lines]
    wanted = [("王丽", text, "")] if text else []
    wanted += [(None, translation, "translation")] if translation else []  # type: ignore[list-item]
    assert lines == wanted * 2


def test_a_translation_is_a_note_of_the_turn() -> None:
    segments = [{"speaker": "王丽", "zh": "来吗？", "en": "Coming?"}, {"speaker": "何苗", "zh": "来。", "en": "Yes."}]
    turns = parse(script(json.dumps(segments), ".json")).turns
    assert [(turn.label, turn.text, turn.notes) for turn in turns] == [
        ("王丽", "来吗？", ("Coming?",)),
        ("何苗", "来。", ("Yes.",)),
    ]


PAGE = "<h1>圆桌</h1><p>记者：鸽子多少？</p><p>屠年：三百。</p>"


@pytest.mark.parametrize(
    "content",
    [
        {"title": "圆桌", "date": "2018-06-02", "excerpt": "记者：鸽子", "html": PAGE},
        {"data": {"title": "圆桌", "date": "2018-06-02", "content_html": PAGE}},
        [{"title": {"rendered": "圆桌"}, "date": "2018-06-02T01:02:03", "content": {"rendered": PAGE}}],
        {"posts": [{"title": "圆桌", "date": "2018-06-02", "html": PAGE}]},
    ],
)
def test_an_article_whose_body_is_html_is_read_as_a_page(content: object) -> None:
    read = script(json.dumps(content), ".json")
    interview = parse(read)
    assert (interview.title, str(interview.date)) == ("圆桌", "2018-06-02")
    assert [line.text for line in read.lines] == ["圆桌", "记者：鸽子多少？", "屠年：三百。"]


def test_a_list_of_articles_is_a_transcript_each() -> None:
    found = items(json.dumps([{"title": "一", "html": PAGE}, {"title": "二", "html": PAGE}]), ".json")
    assert [dict(item.metadata)["title"] for item in found if isinstance(item, Script)] == ["一", "二"]


def test_tags_of_a_model_are_no_speech() -> None:
    assert said(json.dumps([{"text": "<|zh|><|NEUTRAL|><|Speech|>你好，聊什么？", "start": 0}]), ".json") == [
        (None, "你好，聊什么？")
    ]
