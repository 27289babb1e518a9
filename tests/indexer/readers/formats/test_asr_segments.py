"""Segments at any depth: documented output of speech recognition services, and informal JSON."""

import json
from typing import Any

import pytest

from indexer.model import Metadata
from indexer.readers.formats import asr_fields, asr_segments
from indexer.readers.script import Line
from tests.support.sources import said, script

FIRST, SECOND = "今天请到了何苗老师。", "谢谢，大家好。"
BOTH = ((FIRST, 0, 2500), (SECOND, 2500, 4000))


def each(speakers: tuple[Any, Any], *names: str, unit: int = 1, **more: Any) -> list[dict[str, Any]]:
    """Return the two segments under these names for speaker, text, start and end; "" leaves one out."""
    found = []
    for who, (text, start, end) in zip(speakers, BOTH, strict=True):
        values = (who, text, start / unit if unit > 1 else start, end / unit if unit > 1 else end)
        found.append({name: value for name, value in zip(names, values, strict=True) if name} | more)
    return found


def words(speakers: tuple[Any, Any], speaker: str, word: str, **more: Any) -> list[dict[str, Any]]:
    """Return the words of both, a character each, in seconds."""
    return [
        {word: sign, "start": start / 1000, "end": end / 1000, speaker: who} | more
        for who, (text, start, end) in zip(speakers, BOTH, strict=True)
        for sign in text
    ]


def amazon() -> dict[str, Any]:
    found: list[dict[str, Any]] = [
        {"start_time": str(one["start"]), "end_time": str(one["end"]), "type": "pronunciation",
         "alternatives": [{"confidence": "0.9", "content": one["w"]}, {"content": "错"}], "speaker_label": one["by"]}
        for one in words(("spk_0", "spk_1"), "by", "w")
    ]  # fmt: skip
    found[9] = {"type": "punctuation", "alternatives": [{"content": "。"}]}  # a sign has neither times nor a speaker
    times = [{"start_time": "0.0", "end_time": "2.5", "speaker_label": "spk_0", "items": [{"start_time": "0.0"}]}]
    labels = {"speakers": 2, "segments": times}
    return {"results": {"transcripts": [{"transcript": FIRST + SECOND}], "speaker_labels": labels, "items": found}}


def azure() -> dict[str, Any]:
    return {
        "source": "https://a.example/b.wav",
        "combinedRecognizedPhrases": [{"channel": 0, "lexical": "x", "display": FIRST + SECOND}],
        "recognizedPhrases": [
            {"recognitionStatus": "Success", "channel": 0, "speaker": number, "offset": f"PT{start / 1000}S",
             "duration": f"PT{(end - start) / 1000}S", "offsetInTicks": start * 10000.0,
             "nBest": [{"lexical": "x", "itn": "y", "display": text}, {"display": "错"}]}
            for number, (text, start, end) in enumerate(BOTH, 1)
        ],
    }  # fmt: skip


def tencent_cloud() -> dict[str, Any]:
    detail = [
        one | {"SliceSentence": "今天 请", "Words": [{"Word": "今天", "OffsetStartMs": 0}], "WordsNum": 1}
        for one in each((0, 1), "SpeakerId", "FinalSentence", "StartMs", "EndMs")
    ]
    data = {"TaskId": 1, "StatusStr": "success", "Result": f"[0:0.000,0:2.500,0]  {FIRST}\n", "ResultDetail": detail}
    return {"Response": {"RequestId": "r", "Data": data}}


def lattice2() -> dict[str, Any]:
    found = [
        {"lid": "0", "begin": "0", "end": "1", "spk": "段落-0",
         "json_1best": {"st": {"bg": str(start), "ed": str(end), "rl": str(number),
                               "rt": [{"ws": [{"cw": [{"w": sign, "wp": "n"}], "wb": 1} for sign in text]}]}}}
        for number, (text, start, end) in enumerate(BOTH, 1)
    ]  # fmt: skip
    return {"content": {"orderInfo": {"status": 4}, "orderResult": json.dumps({"lattice2": found})}}


DIARISED = {
    "Aliyun": {"Result": {"Sentences": each(("1", "2"), "SpeakerId", "Text", "BeginTime", "EndTime", ChannelId=0),
                          "Words": [{"Word": "今天", "BeginTime": 0, "ChannelId": 0}]}, "TaskId": "t"},
    "Aliyun, channels": {"Result": {"Sentences": each((0, 1), "ChannelId", "Text", "BeginTime", "EndTime")}},
    "Paraformer": {"file_url": "u", "properties": {"channels": [0]}, "transcripts": [
        {"channel_id": 0, "text": FIRST + SECOND,
         "sentences": each((0, 1), "speaker_id", "text", "begin_time", "end_time", words=[{"text": "今"}])}]},
    "Volcengine": {"resp": {"code": 1000, "text": FIRST + SECOND, "utterances": [
        one | {"additions": {"speaker": str(n), "event": "speech"}}
        for n, one in enumerate(each((0, 1), "", "text", "start_time", "end_time"), 1)]}},
    "Tencent Cloud": tencent_cloud(),
    "iFlytek, lattice2": lattice2(),
    "Tingwu, on the web": {"data": {"result": json.dumps({"pg": [
        {"ui": str(n), "sc": [{"tc": text, "bt": start, "et": end}]} for n, (text, start, end) in enumerate(BOTH, 1)
    ]})}},
    "Huawei": {"job_id": "1", "segments": [
        {"start_time": start, "end_time": end, "result": {"text": text, "analysis_info": {"role": str(n)}}}
        for n, (text, start, end) in enumerate(BOTH, 1)]},
    "Azure": azure(),
    "Azure, fast": {"combinedPhrases": [{"text": FIRST + SECOND}], "phrases": [
        {"speaker": n, "offsetMilliseconds": start, "durationMilliseconds": end - start, "text": text}
        for n, (text, start, end) in enumerate(BOTH, 1)]},
    "Amazon": amazon(),
    "Amazon, segments": {"results": {"transcripts": [{"transcript": "x"}], "items": [], "audio_segments": each(
        ("spk_0", "spk_1"), "speaker_label", "transcript", "start_time", "end_time", unit=1000)}},
    "Deepgram": {"metadata": {}, "results": {"channels": [{"alternatives": [{"transcript": "x", "words": []}]}],
                 "utterances": each((0, 1), "speaker", "transcript", "start", "end", unit=1000, channel=0)}},
    "Deepgram, paragraphs": {"results": {"channels": [{"alternatives": [{"transcript": "x", "paragraphs": {
        "transcript": "y", "paragraphs": [
            {"speaker": n, "sentences": [{"text": text, "start": start / 1000, "end": end / 1000}]}
            for n, (text, start, end) in enumerate(BOTH)]}}]}]}},
    "Deepgram, words": {"results": {"channels": [{"alternatives": [
        {"transcript": "x", "words": words((0, 1), "speaker", "word")}]}]}},
    "AssemblyAI": {"id": "i", "text": FIRST + SECOND, "words": words(("A", "B"), "speaker", "text"),
                   "utterances": each(("A", "B"), "speaker", "text", "start", "end")},
    "ElevenLabs": {"language_code": "zho", "text": FIRST + SECOND,
                   "words": words(("speaker_0", "speaker_1"), "speaker_id", "text", type="word")},
    "Google": {"results": [{"alternatives": [{"transcript": FIRST + SECOND}]}, {"alternatives": [{"words": [
        {"startTime": f"{one['start']}s", "endTime": f"{one['end']}s", "word": one["w"], "speakerTag": one["n"]}
        for one in words((1, 2), "n", "w")]}]}]},
    "Rev": {"monologues": [
        {"speaker": n, "elements": [{"type": "text", "value": text, "ts": start / 1000, "end_ts": end / 1000}]}
        for n, (text, start, end) in enumerate(BOTH)]},
    "a podcast": {"version": "1.0.0", "segments": each(("甲", "乙"), "speaker", "body", "startTime", "endTime",
                                                       unit=1000)},
    "Transformers, diarised": {"text": FIRST + SECOND, "chunks": [{"timestamp": [0.0, 4.0], "text": FIRST + SECOND}],
                 "speakers": [{"speaker": f"SPEAKER_0{n}", "timestamp": [start / 1000, end / 1000], "text": text}
                              for n, (text, start, end) in enumerate(BOTH)]},
    "Chinese names": each(("主持人", "何苗"), "说话人", "内容", "开始时间", "结束时间"),
    "FunASR of before": {"text": FIRST + SECOND, "sentences": each(
        (0, 1), "spk", "text", "start", "end", text_seg="今")},
    "under a name of one's own": {"meeting": {"subject": "周会"}, "transcript_list": each(
        ("甲", "乙"), "speaker_name", "text", "start", "end")},
    "numbered": dict(zip("01", each(("甲", "乙"), "speaker", "text", "start", "end"), strict=True)),
}  # fmt: skip


@pytest.mark.parametrize("form", DIARISED)
def test_each_recogniser_gives_who_said_what_and_when(form: str) -> None:
    first, second = script(json.dumps(DIARISED[form], ensure_ascii=False), ".json").lines
    assert [(line.text, line.start, line.end) for line in (first, second)] == [*BOTH]
    assert first.label != second.label
    assert first.label
    assert second.label


UNTOLD = {
    "Whisper in Transformers": {"text": "x", "chunks": [
        {"timestamp": [start / 1000, end / 1000], "text": text} for text, start, end in BOTH]},
    "Google": {"results": [{"alternatives": [{"transcript": text, "words": [
        {"startTime": f"{start / 1000}s", "endTime": f"{end / 1000}s", "word": "x"}]}]} for text, start, end in BOTH]},
    "Baidu": {"tasks_info": [{"task_result": {"result": [FIRST + SECOND], "detailed_result": [
        {"res": [text], "begin_time": start, "end_time": end, "words_info": []} for text, start, end in BOTH]}}]},
    "YouTube": {"events": [{"tStartMs": start, "dDurationMs": end - start, "segs": [{"utf8": text[:2]},
        {"utf8": text[2:], "tOffsetMs": 3}]} for text, start, end in BOTH]},
    "Bilibili": {"lang": "zh", "body": each((0, 1), "", "content", "from", "to", unit=1000, sid=1, location=2)},
    "Whisper with words": {"segments": [
        {"text": text, "start": start / 1000, "end": end / 1000, "words": [{"word": "x", "start": 0}]}
        for text, start, end in BOTH]},
}  # fmt: skip


@pytest.mark.parametrize("form", UNTOLD)
def test_a_recogniser_that_does_not_tell_speakers_gives_what_was_said_and_when(form: str) -> None:
    lines = script(json.dumps(UNTOLD[form], ensure_ascii=False), ".json").lines
    assert [(line.label, line.text, line.start, line.end) for line in lines] == [(None, *one) for one in BOTH]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ([{"question": "好吗？", "answer": "好。"}], [("问", "好吗？"), ("答", "好。")]),
        ({"q": "好吗？", "a": "好。"}, [("问", "好吗？"), ("答", "好。")]),
        ([{"问": "好吗？", "答": ""}, {"问": "真的？", "答": "真的。"}],
         [("问", "好吗？"), ("问", "真的？"), ("答", "真的。")]),
        ([{"记者": "好吗？"}, {"何苗": "好。"}], [("记者", "好吗？"), ("何苗", "好。")]),
        ([{"text": "好吗？"}, {"text": "好。"}], [(None, "好吗？"), (None, "好。")]),
        ({"Result": "[0:0.000,0:2.500,0]  好吗？\n[0:2.500,0:4.000,1]  好。\n"},
         [("说话人0", "好吗？"), ("说话人1", "好。")]),
        ({"Data": {"Result": "[0:0.000,0:2.500]  好吗？\n"}}, [(None, "好吗？")]),
        ({"stamp_sents": [{"text_seg": "今 天 come here", "punc": "。", "start": 0}]}, [(None, "今天 come here。")]),
        ({"title": "题", "content": "<p>记者：好吗？</p><p><b>何苗：</b>好。</p><p>再见。</p>"},
         [(None, "记者：好吗？"), (None, "何苗：好。"), (None, "再见。")]),
        ({"text": "好吗？", "keywords": [{"word": "好"}, {"word": "吗"}]}, [(None, "好吗？")]),
        ({"text": "好吗？", "words": [{"word": "好", "start": 0.1}]}, [(None, "好吗？")]),
    ],
)  # fmt: skip
def test_what_people_write_is_read(content: object, expected: list[tuple[str | None, str]]) -> None:
    assert said(json.dumps(content), ".json") == expected


def test_words_of_letters_are_put_together_with_spaces() -> None:
    content = {
        "words": [{"word": word, "speaker": 0, "start": n} for n, word in enumerate(("we", "say", "小米", "11", "!"))]
    }
    assert script(json.dumps(content), ".json").lines == (Line(1, "we say小米11!", label="说话人0", start=0),)


def test_a_change_of_speaker_between_words_is_a_new_line() -> None:
    content = {"words": [{"word": sign, "speaker": who} for who, sign in zip("甲甲乙甲", "好吗嗯走", strict=True)]}
    assert said(json.dumps(content), ".json") == [("甲", "好吗"), ("乙", "嗯"), ("甲", "走")]


def test_one_channel_is_no_speaker() -> None:
    content = [{"text": FIRST, "channel_id": 0}, {"text": SECOND, "channel_id": 0}]
    assert said(json.dumps(content), ".json") == [(None, FIRST), (None, SECOND)]


@pytest.mark.parametrize(
    ("content", "meta"),
    [
        ({"标题": "专访何苗", "日期": "2024-05-01", "作者": ["王丽", "李牧"], "内容": "好。"},
         (("title", "专访何苗"), ("date", "2024-05-01"), ("author", "王丽"), ("author", "李牧"))),
        ({"data": {"title": "专访何苗", "content": "好。"}}, (("title", "专访何苗"),)),
        ({"title": "长" * 301, "author": {"name": 1}, "url": "", "text": "好。"}, ()),
    ],
)  # fmt: skip
def test_what_the_object_says_of_the_transcript(content: object, meta: Metadata) -> None:
    assert script(json.dumps(content), ".json").metadata == meta


def test_objects_inside_each_other_without_end_are_left() -> None:
    content: dict[str, Any] = {"text": "好"}
    for _ in range(60):
        content = {"other": content}
    assert asr_segments.find_segments(content) == []
    assert asr_fields.longest_text(content) == ""


def test_time_in_proportion() -> None:
    wide: object = {"speaker": "甲", "text": "好"}
    for _ in range(14):
        wide = {"a": [wide], "b": {"c": wide}}  # 2^14 objects
    assert len(asr_segments.find_segments(wide)) == 1
