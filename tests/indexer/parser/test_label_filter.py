"""Accepted names whose labels do not open a turn."""

from indexer.parser import label_filter
from tests.support.scripts import found, lines, said

TALK = "主持人：两位好。\n李牧：你好。\n主持人：种什么？\n李牧：种菜。\n"


def rejected(text: str) -> dict[int, str]:
    return dict(label_filter.accept_labels(found(text), lines(text)).rejected)


def test_who_is_introduced_does_not_speak() -> None:
    assert rejected("主持人：曹敏 中国信息研究院 副院长\n" + TALK) == {0: "introduces a participant, no speech follows"}
    assert rejected(TALK + "记者：张可\n") == {}


def test_a_value_that_is_no_name_in_a_list_of_keys() -> None:
    text = "时间：2020年\n主持人：Planner\n地点：南郊\n" + TALK
    assert rejected(text) == {1: "in a list of keys and values"}


def test_a_short_reply_outside_a_list_is_said() -> None:
    assert rejected(TALK + "主持人：Hello\n" + TALK) == {}


def test_a_title_that_begins_with_the_name() -> None:
    text = "温亭：小说家不该急着解释\n记者：为什么？\n温亭：不为什么。\n记者：真的？\n温亭：真的。\n"
    assert rejected(text) == {0: "first line of the text, a title follows"}
    assert rejected(text.replace("急着解释\n", "急着解释。\n")) == {}


def test_a_machines_summary_before_the_first_time() -> None:
    talk = "发言人1 00:03\n我先说。\n发言人2 00:20\n好。\n发言人1 00:30\n说完了。\n"
    text = "发言人1：认为太快。\n发言人2：不同意。\n" + talk
    assert set(rejected(text)) == {0, 1}
    assert [speaker for speaker, _ in said(text)] == ["", "发言人1", "发言人2", "发言人1"]


def test_why_a_label_is_believed_is_told() -> None:
    opened = label_filter.accept_labels(found(TALK), lines(TALK))
    assert [label.name for label in opened.labels] == ["主持人", "李牧", "主持人", "李牧"]
    assert opened.reason(opened.labels[1]) == opened.reason(opened.labels[3])
    assert "built like a person's name +2" in opened.reason(opened.labels[1])


def test_a_title_that_begins_with_the_name_though_links_in_the_tail_do_too() -> None:
    text = "北岸报：为什么都在做早饭\n北岸报：哪一年开始的？\n顾大：六年前。\n北岸报：赚钱吗？\n顾大：不多。\n"
    links = "相关阅读：\n北岸报：谁在送早饭\n北岸报：早饭的下半场\n"
    assert said(text + links) == [
        ("北岸报", "哪一年开始的？"),
        ("顾大", "六年前。"),
        ("北岸报", "赚钱吗？"),
        ("顾大", "不多。"),
    ]


def test_a_title_printed_twice_is_not_said() -> None:
    title = "李牧《茶馆》：日子不用着急，事情永远做不完\n"
    assert said(title + title + TALK)[0] == ("主持人", "两位好。")
    assert said(TALK + "李牧：对。\n李牧：对。\n")[-1] == ("李牧", "对。")


def test_a_life_below_the_head_of_a_list_is_not_said() -> None:
    text = "访谈者：\n李牧：1976年生于北岸，毕业于农学院，现为菜农。\n地点：南郊\n" + TALK
    assert said(text)[0] == ("主持人", "两位好。")


def test_a_heading_over_a_list_of_participants_says_nothing() -> None:
    text = "主持人\n主持人：李可\n嘉宾：李牧\n" + TALK * 2
    assert said(text)[0] == ("主持人", "两位好。")


def test_nobody_asks_on_a_page_of_frequent_questions() -> None:
    page = "Q：证怎么办？\nA：带身份证来办。\nQ：能借几本？\nA：五本。\n"
    assert {who for who, _ in said("图书馆常见问题\n" + page)} == {""}
    assert [who for who, _ in said("图书馆馆长访谈\n" + page)] == ["Q", "A"] * 2
    assert [who for who, _ in said("常见问题，我们请馆长来答\n" + page.replace("A：", "馆长："))] == ["Q", "馆长"] * 2
