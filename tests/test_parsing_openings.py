"""Believed labels that open no turn where they stand."""

from indexer.parsing import openings
from tests.scripts import found, lines, said

TALK = "主持人：两位好。\n李牧：你好。\n主持人：种什么？\n李牧：种菜。\n"


def refused(text: str) -> dict[int, str]:
    return dict(openings.find(found(text), lines(text)).refused)


def test_who_is_introduced_does_not_speak() -> None:
    assert refused("主持人：曹敏 中国信息研究院 副院长\n" + TALK) == {
        0: "introduces somebody, what follows is not said"
    }
    assert refused(TALK + "记者：张可\n") == {}


def test_a_value_that_is_no_name_in_a_list_of_keys() -> None:
    text = "时间：2020年\n主持人：Planner\n地点：南郊\n" + TALK
    assert refused(text) == {1: "stands in a list of keys and values"}


def test_a_short_reply_outside_a_list_is_said() -> None:
    assert refused(TALK + "主持人：Hello\n" + TALK) == {}


def test_a_title_that_begins_with_the_name() -> None:
    text = "温亭：小说家不该急着解释\n记者：为什么？\n温亭：不为什么。\n记者：真的？\n温亭：真的。\n"
    assert refused(text) == {0: "heads the text, what follows is a title"}
    assert refused(text.replace("急着解释\n", "急着解释。\n")) == {}


def test_a_machines_summary_before_the_first_time() -> None:
    talk = "发言人1 00:03\n我先说。\n发言人2 00:20\n好。\n发言人1 00:30\n说完了。\n"
    text = "发言人1：认为太快。\n发言人2：不同意。\n" + talk
    assert set(refused(text)) == {0, 1}
    assert [speaker for speaker, _ in said(text)] == ["", "发言人1", "发言人2", "发言人1"]


def test_why_a_label_is_believed_is_told() -> None:
    opened = openings.find(found(TALK), lines(TALK))
    assert [label.name for label in opened.labels] == ["主持人", "李牧", "主持人", "李牧"]
    assert opened.why(opened.labels[1]) == opened.why(opened.labels[3])
    assert "built as a person's name +2" in opened.why(opened.labels[1])
