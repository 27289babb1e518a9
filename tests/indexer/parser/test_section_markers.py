"""Lines that divide a file: a summary, the text or a list of participants starts."""

import pytest

from indexer.parser import section_markers
from indexer.parser.names import fold
from indexer.parser.parse import parse
from tests.support.scripts import attributed, lines, marked, said, script

TALK = "阿青：大家好，我是阿青。老段，你几点出车？\n老段：半夜十二点。\n阿青：几点吃早饭？\n老段：四点，在桥头。\n"


@pytest.mark.parametrize(
    "text",
    [
        "文字记录",
        "【文字稿】",
        "以下是访谈实录：",
        "以下为本次对话的文字实录",
        "## 逐字稿",
        "正文",
        "◎ 訪談實錄",
        "节目文稿：",
    ],
)
def test_the_text_begins(text: str) -> None:
    assert section_markers.is_text_marker(fold(text))
    assert section_markers.text_markers(lines("头一行\n" + text)) == (1,)


@pytest.mark.parametrize("text", ["原文里没有这句话", "文字要简洁。", "他说要看全文", "实录之外", "文字"])
def test_what_only_mentions_a_text_does_not_begin_it(text: str) -> None:
    assert not section_markers.is_text_marker(fold(text))


def test_a_summary_begins() -> None:
    assert section_markers.is_summary_marker(fold("智能速览"[2:]))
    assert section_markers.is_summary_marker(fold("AI全文摘要："))
    assert not section_markers.is_summary_marker(fold("摘要里写得很清楚"))


@pytest.mark.parametrize(
    ("text", "word"), [("【本期嘉宾】", "本期嘉宾"), ("嘉宾：", "嘉宾"), ("■ 主播", "主播"), ("【主 播】", "主播")]
)
def test_a_list_of_people_begins(text: str, word: str) -> None:
    assert section_markers.participant_key(text) == word


@pytest.mark.parametrize("text", ["嘉宾", "嘉宾：老段", "【本期话题】", "嘉宾都来了。", ""])
def test_other_lines_begin_no_list_of_people(text: str) -> None:
    assert section_markers.participant_key(text) == ""


def test_who_is_introduced_below_such_a_line_does_not_speak_there_and_has_the_part_it_says() -> None:
    interview = attributed("夜班司机的早饭\n【本期嘉宾】\n老段：出租车司机，开夜班\n【主播】\n阿青：写吃的\n\n" + TALK)
    assert [(turn.speaker, turn.role, turn.text[:4]) for turn in interview.turns] == [
        ("阿青", "host", "大家好，"),
        ("老段", "interviewee", "半夜十二"),
        ("阿青", "host", "几点吃早"),
        ("老段", "interviewee", "四点，在"),
    ]


def test_the_first_words_below_a_list_are_said_where_they_are_a_sentence() -> None:
    assert said(
        "夜班\n【本期嘉宾】\n老段：出租车司机\n阿青：写吃的\n老段：我先说。\n阿青：好。\n老段：半夜出车。\n阿青：嗯。\n"
    )[0] == (
        "老段",
        "我先说。",
    )


def test_names_before_the_line_with_which_the_text_begins_do_not_speak() -> None:
    summary = "夜班\n发言摘录\n阿青：问了早饭的事\n老段：说了桥头那家店\n"
    assert said(summary + "文字稿\n" + TALK)[0][1].startswith("大家好")


def test_a_word_for_a_text_at_the_end_of_a_talk_takes_no_turn_away() -> None:
    assert len(said(TALK + "老段：给你看个东西。\n原文\n阿青：好。\n")) == 6


SUMMARY = "# 老粮站里的头一课\n\n## 全文总结\n\n讲者回忆自己学会数数的经过。\n\n"


@pytest.mark.parametrize("heading", ["## 1. 完整逐字稿", "## 正文", "## 数数"])
def test_a_summary_ends_where_the_text_or_the_next_heading_begins(heading: str) -> None:
    interview = parse(marked(f"{SUMMARY}{heading}\n\n我在仓库里学会了数数。\n"))
    assert [turn.text for turn in interview.turns] == ["我在仓库里学会了数数。"]
    assert interview.title == "老粮站里的头一课"


def test_a_summary_goes_on_to_the_first_speaker_if_more_is_said_than_it_tells() -> None:
    text = "早饭\n全文摘要\n两人谈到了早饭。\n老段起得很早。\n" + TALK
    assert said(text)[0][0] == "阿青"
    long = "早饭\n全文摘要\n" + "老段起得很早，桥头的早饭四点就有。\n" * 20 + TALK
    assert said(long)[0][0] == ""


def test_keywords_are_one_line() -> None:
    text = "关键词\n校钟 工具箱\n她十九岁进校门，看门的大爷眼睛不好。\n"
    assert [turn.text for turn in parse(script("修钟\n" + text)).turns] == ["她十九岁进校门，看门的大爷眼睛不好。"]


MINUTES = "上次會議議事錄\n時　間：三月二日\n出席委員：何苗　林深\n主席：何苗\n決議：\n一、先補紙。\n散會\n"
MEETING = "主席：請念上次的議事錄。\n{}主席：有沒有意見？\n林深委員：沒有。\n主席：好。\n林深委員：謝謝。\n"


@pytest.mark.parametrize("minutes", [MINUTES, f"<hr>\n{MINUTES}<hr>\n", f"----\n{MINUTES}----\n"])
def test_minutes_within_a_record_are_not_said(minutes: str) -> None:
    assert said(MEETING.format(minutes)) == said(MEETING.format(""))


@pytest.mark.parametrize(
    "text", ["他說那是會議紀錄\n時間：三月\n散會", "議事錄\n時間：三月\n地點：渡口\n沒有完", "---\n好。\n---", ""]
)
def test_other_lines_are_no_minutes(text: str) -> None:
    assert not section_markers.inserted_minutes(lines("主席：好。\n" + text))


def test_names_below_recommended_reading_do_not_speak() -> None:
    links = "推荐阅读：\n江畔周刊：老街拆了，我们到哪里站？\n江畔周刊：菜市场的秘密\n江畔周刊：桥头的早饭\n"
    assert said(TALK + links)[-1] == ("老段", "四点，在桥头。")
    assert said(links.replace("江畔周刊", "老段") + TALK)[0][0] == "老段"
