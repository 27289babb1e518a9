"""Times and tags before the words of a line."""

import pytest

from indexer.parser import line_marks
from indexer.parser.parse import explain, parse
from indexer.parser.trace import LineClass
from tests.support.scripts import lines, said, script


@pytest.mark.parametrize("mark", ["[12:22] ", "【00:12:22】", "（3:05）", "［1:02:03］　", "  [00:00.500] "])
def test_a_time_in_brackets_is_a_mark(mark: str) -> None:
    assert line_marks.find(mark + "我们下船。") == (len(mark), LineClass.PAGE_FURNITURE, "a time")


@pytest.mark.parametrize(
    "text", ["[12:22]", "12:22 我们下船。", "[7:3比分] 好。", "（笑）好。", "[1] 注", "", "[事实] 好。"]
)
def test_other_lines_have_none(text: str) -> None:
    assert line_marks.find(text) is None


def test_times_are_cut_from_what_is_said_wherever_a_sentence_begins() -> None:
    text = "记者：[00:12] 好吗？\n馆长：[00:20] 好。[00:30] 我们下船。\n[00:41] 慢走。\n"
    assert said(text + "记者：几点？\n馆长：船是[12:22]开的。") == [
        ("记者", "好吗？"),
        ("馆长", "好。我们下船。\n慢走。"),
        ("记者", "几点？"),
        ("馆长", "船是[12:22]开的。"),
    ]


def test_a_tag_is_a_judgement_that_repeats_before_what_nobody_says() -> None:
    text = "谁在等船\n[事实] 题目是同事改的。\n[推测] 他更喜欢原来的。\n[事实] 写了九年。\n[推测] 也许十年。\n"
    assert line_marks.tags(lines(text)) == {"事实", "推测"}
    interview, pieces = explain(script(text))
    assert [turn.text for turn in interview.turns] == ["题目是同事改的。\n他更喜欢原来的。\n写了九年。\n也许十年。"]
    assert [piece.text for piece in pieces if piece.reason == "a tag"] == ["[事实] ", "[推测] ", "[事实] ", "[推测] "]


def test_a_name_in_brackets_is_a_label_and_a_single_tag_stays() -> None:
    assert said("[何苗] 好。\n[林深] 嗯？\n[何苗] 嗯。\n[林深] 好吗？")[0] == ("何苗", "好。")
    assert parse(script("谁在等船\n[推测] 他更喜欢原来的。")).turns[0].text == "[推测] 他更喜欢原来的。"
