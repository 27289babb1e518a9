"""Tiers as one script: who speaks when, and what is not speech."""

import pytest

from indexer.parser.parse import explain, parse
from indexer.readers.formats.annotation import tiers
from indexer.readers.formats.annotation.tiers import Annotation, Tier
from indexer.readers.script import Line, Script


def tier(name: str, *pieces: tuple[float, float, str], speaker: str = "", spoken: bool | None = None) -> Tier:
    annotations = tuple(Annotation(text, s * 1000, e * 1000, round(s * 1000), round(e * 1000)) for s, e, text in pieces)
    return Tier(name, annotations, speaker, spoken)


def shown(*given: Tier) -> list[tuple[str | None, str, str]]:
    return [(line.label, line.text, line.kind) for line in tiers.merge(given)]


ASKS = tier("陈米", (0, 2, "几岁下田？"), (5, 6, "怕吗？"))
ANSWERS = tier("罗阿水", (2, 5, "七岁就跟着我姐姐下去了。"), (6, 8, "不怕。"))
SPOKEN = [
    ("陈米", "几岁下田？", ""),
    ("罗阿水", "七岁就跟着我姐姐下去了。", ""),
    ("陈米", "怕吗？", ""),
    ("罗阿水", "不怕。", ""),
]


def test_persons_speak_in_the_order_of_time_with_their_times() -> None:
    assert tiers.merge([ANSWERS, ASKS])[:2] == (
        Line(1, "几岁下田？", label="陈米", start=0, end=2000),
        Line(2, "七岁就跟着我姐姐下去了。", label="罗阿水", start=2000, end=5000),
    )
    assert shown(ANSWERS, ASKS) == SPOKEN


def test_who_speaks_first_in_the_file_is_first_where_two_begin_at_once() -> None:
    assert [text for _, text, _ in shown(tier("甲", (0, 1, "走。")), tier("乙", (0, 2, "等等。")))] == [
        "走。",
        "等等。",
    ]


@pytest.mark.parametrize("name", ["罗阿水-en", "en@罗阿水", "罗阿水 [en]", "罗阿水翻译", "ft", "罗阿水_英文"])
def test_a_tier_named_as_a_translation_is_one_where_it_stands(name: str) -> None:
    found = shown(ASKS, ANSWERS, tier(name, (2, 5, "I was seven."), (6, 8, "No.")))
    assert found[:2] + found[3:5] == SPOKEN
    assert [one for one in found if one[2]] == [(None, "I was seven.", "translation"), (None, "No.", "translation")]
    assert found[2][1] == "I was seven."  # right behind what it translates


@pytest.mark.parametrize("name", ["翻译", "EN", "口译 en"])
def test_an_interpreter_who_speaks_in_between_is_a_speaker(name: str) -> None:
    found = shown(ASKS, tier(name, (2, 3, "How old?")), tier("罗阿水", (3, 5, "七岁。")))
    assert [label for label, _, kind in found if not kind] == ["陈米", name, "罗阿水", "陈米"]


def test_a_tier_of_sounds_is_an_annotation_that_names_its_tier() -> None:
    assert shown(ANSWERS, tier("phones", (2, 3, "tsʰ"), (3, 5, "i˥"), (6, 8, "pu"))) == [
        SPOKEN[1],
        (None, "phones: tsʰ i˥", "annotation"),
        SPOKEN[3],
        (None, "phones: pu", "annotation"),
    ]


def test_letters_beside_chinese_are_an_annotation_whatever_the_name() -> None:
    found = shown(ANSWERS, tier("罗阿水2", (2, 5, "qi sui jiu gen zhe"), (6, 8, "wo pa yu")))
    assert [kind for *_, kind in found] == ["", "annotation", "", "annotation"]


def test_letters_of_somebody_else_are_speech() -> None:
    found = shown(ANSWERS, tier("Mara", (5, 6, "Were you afraid?"), (8, 9, "Never?")))
    assert [label for label, *_ in found] == ["罗阿水", "Mara", "罗阿水", "Mara"]


def test_words_are_not_said_again_beside_their_sentence() -> None:
    words = tier("词", (2, 3, "七岁"), (3, 3.5, "就"), (3.5, 4, "跟着"), (4, 5, "我姐姐下去了"), (6, 8, "不怕"))
    assert [one for one in shown(words, ASKS, ANSWERS) if not one[2]] == SPOKEN


def test_a_listener_who_only_says_yes_is_heard() -> None:
    tells = tier("甲", (0, 20, "那时候对我们来说，对，去海边是大事，嗯，要走一天。"))
    hears = tier("乙", (3, 4, "对"), (9, 10, "嗯"), (12, 13, "对"))
    assert [label for label, *_ in shown(tells, hears)] == ["甲", "乙", "乙", "乙"]


def test_a_tier_of_words_alone_is_joined_up_to_a_pause() -> None:
    words = tier("words", *((n / 2, n / 2 + 0.5, word) for n, word in enumerate("我们那时候没有船啊")), (9, 9.4, "OK"))
    assert shown(words) == [(None, "我们那时候没有船啊", ""), (None, "OK", "")]


def test_pauses_are_no_words() -> None:
    found = shown(tier("甲", (0, 1, "sil"), (1, 2, "好。"), (2, 3, "<sp>"), (3, 4, "#")))
    assert found == [(None, "甲: sil", "annotation"), ("甲", "好。", ""), (None, "甲: <sp> #", "annotation")]


@pytest.mark.parametrize(
    ("name", "speaker"),
    [
        ("罗阿水", "罗阿水"),
        ("tx@罗阿水", "罗阿水"),
        ("罗阿水 - words", "罗阿水"),
        ("罗阿水 [v]", "罗阿水"),
        ("罗阿水_转写", "罗阿水"),
        ("S1", "S1"),
        ("utterance", ""),
        ("Tier 1", ""),
        ("句子", ""),
        ("default", ""),
        ("访谈", ""),
        ("interview", ""),
        ("interviewer", "interviewer"),
        ("", ""),
    ],
)
def test_the_name_of_a_tier_tells_who_speaks_unless_it_only_says_text(name: str, speaker: str) -> None:
    assert tiers.speaker_of(tier(name)) == speaker


def test_comments_are_no_speech_and_nothing_else_is_left_if_only_they_are() -> None:
    assert shown(ASKS, tier("备注", (1, 2, "鸡叫")))[1] == (None, "备注: 鸡叫", "annotation")
    assert shown(tier("备注", (1, 2, "鸡叫"))) == [("备注", "鸡叫", "")]


def test_empty_tiers_and_no_tiers_give_nothing() -> None:
    assert shown() == shown(tier("甲"), tier("乙", (0, 1, "  "))) == []


def test_times_between_known_ones_are_set_evenly() -> None:
    assert tiers.interpolate([None, 1.0, None, None, 4.0, None]) == [None, 1.0, 2.0, 3.0, 4.0, None]


def test_what_is_no_speech_is_told_and_translations_are_notes_of_the_turn() -> None:
    lines = tiers.merge([ASKS, ANSWERS, tier("en", (2, 5, "I was seven.")), tier("ipa", (2, 5, "tsʰi"))])
    interview, segments = explain(Script(lines))
    assert [turn.text for turn in interview.turns] == [text for _, text, _ in SPOKEN]
    assert interview.turns[1].notes == ("I was seven.",)
    assert {segment.line_class.value: segment.text for segment in segments if segment.line.kind} == {
        "translation": "I was seven.",
        "annotation": "ipa: tsʰi",
    }
    assert parse(Script(lines)).title == ""
