"""Interviews in which only the questions are marked, and texts that only look like them."""

import pytest

from indexer.parser.parse import explain, parse
from indexer.parser.trace import LineClass
from tests.support.scripts import attributed, marked, said, script

ONLY = (
    "剪纸的人\n\n问：几岁开始？\n\n六岁。我捡纸屑。\n\n问：剪什么？\n\n一只鸡。\n没有腿。\n\n问：现在呢？\n\n还剪。\n"
)
BOLD = (
    "# 和种稻的人聊了聊\n\n他种了八年稻子。\n\n**你为什么回来？**\n\n我爷爷病了。\n\n我就回来了。\n\n"
    "**一亩收多少？**\n\n八百斤，我不骗人。\n\n![](a.jpg)\n\n**有人说你卖情怀，你怎么看？**\n\n我卖的是米。\n\n编辑：小北\n"
)


def bold(text: str) -> list[tuple[str, str]]:
    return [(turn.label, turn.text) for turn in parse(marked(text)).turns]


def test_the_paragraphs_below_a_question_answer_it() -> None:
    assert said(ONLY) == [
        ("问", "几岁开始？"),
        ("答", "六岁。我捡纸屑。"),
        ("问", "剪什么？"),
        ("答", "一只鸡。\n没有腿。"),
        ("问", "现在呢？"),
        ("答", "还剪。"),
    ]
    assert [who for who, _ in said(ONLY.replace("问：", "Q："))] == ["Q", "A"] * 3
    assert [who for who, _ in said(ONLY.replace("问：", "北岸生活："))] == ["北岸生活", "答"] * 3


def test_where_the_answers_have_labels_nothing_is_added() -> None:
    text = "问：几岁？\n答：六岁。\n我捡纸屑。\n问：剪什么？\n答：鸡。\n没有腿。\n问：还剪吗？\n答：剪。\n"
    assert [who for who, _ in said(text)] == ["问", "答"] * 3


def test_one_who_speaks_alone_does_not_ask() -> None:
    text = "雷明：各位好。\n今天讲三件事。\n雷明：第一件事是什么？\n是船。\n雷明：第二件是人。\n谢谢。\n"
    assert {who for who, _ in said(text)} == {"雷明"}


def test_two_questions_are_too_few() -> None:
    assert {who for who, _ in said("剪纸的人\n问：几岁开始？\n六岁。\n问：剪什么？\n一只鸡。\n")} == {"问"}


def test_questions_in_bold() -> None:
    assert bold(BOLD) == [
        ("", "他种了八年稻子。"),
        ("问", "你为什么回来？"),
        ("答", "我爷爷病了。\n我就回来了。"),
        ("问", "一亩收多少？"),
        ("答", "八百斤，我不骗人。"),
        ("问", "有人说你卖情怀，你怎么看？"),
        ("答", "我卖的是米。"),
    ]
    assert [turn.role for turn in attributed(marked(BOLD)).turns][1:3] == ["interviewer", "interviewee"]


TALK = "{0}你什么时候学的？\n\n十岁。我爷爷教的。\n\n{0}最难的是什么？\n\n榫头。\n\n{0}你会教别人吗？\n\n会。\n"


@pytest.mark.parametrize("mark", ["### ", "> ", "──", "——", "1. "])
def test_questions_that_are_set_apart_otherwise(mark: str) -> None:
    head = "# 专访木匠何苗\n\n何苗接受了采访。\n\n"
    assert [who for who, _ in bold(head + TALK.format(mark))] == ["", *["问", "答"] * 3]
    assert bold(head + TALK.format(mark))[1] == ("问", "你什么时候学的？")
    assert {who for who, _ in bold("# 木匠的事\n\n他做床。\n\n" + TALK.format(mark))} <= {""}


@pytest.mark.parametrize("mark", ["**{}**", "### {}", "──{}"])
def test_questions_without_a_label_before_labelled_answers(mark: str) -> None:
    asked = [mark.format(one) for one in ("你几岁学的？", "难不难？", "教不教？")]
    text = "# 木匠的事\n\n他做了一张床。\n\n"
    text += "{}\n\n何苗：十岁。\n\n我爷爷教的。\n\n{}\n\n何苗：榫头难。\n\n{}\n\n何苗：会。\n"
    assert bold(text.format(*asked)) == [
        ("", "他做了一张床。"),
        ("问", "你几岁学的？"),
        ("何苗", "十岁。\n我爷爷教的。"),
        ("问", "难不难？"),
        ("何苗", "榫头难。"),
        ("问", "教不教？"),
        ("何苗", "会。"),
    ]
    told = text.format(*(one.replace("？", "。") for one in asked))
    assert {who for who, _ in bold(told)} == {"", "何苗"}


def test_an_article_whose_subheads_are_questions_is_none() -> None:
    article = BOLD.replace("和种稻的人聊了聊", "种稻的八年")
    assert {who for who, _ in bold(article)} == {""}
    plain = BOLD.replace("你", "").replace("我", "他")
    assert {who for who, _ in bold(plain)} == {""}


def test_a_page_of_frequent_questions_is_none() -> None:
    assert {who for who, _ in bold(BOLD.replace("和种稻的人聊了聊", "常见问题问答"))} == {""}


def test_nothing_is_lost_and_the_reason_is_told() -> None:
    for given in (script(ONLY), marked(BOLD)):
        pieces = explain(given)[1]
        assert "".join(piece.text for piece in pieces) == "".join(line.text for line in given.lines)
        assert any(piece.line_class is LineClass.SPEECH for piece in pieces)
