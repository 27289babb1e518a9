"""Text without punctuation is text all the same."""

import pytest

from indexer.model import Role
from indexer.parser.parse import explain, parse
from tests.support.scripts import marked, said, script

CAPTIONS = "各位好\n这次我们走进\n一间钟表铺\n请师傅给大家说说\n怎么给老钟上油\n发条松\n不要马上拧紧它\n我们改天再聊\n"
TALK = "记者：好吗？\n馆长：好。\n记者：真好？\n馆长：真好，欢迎大家来看。\n"


def test_captions_one_a_line_are_narration() -> None:
    turns = parse(script("老钟上油\n\n" + CAPTIONS)).turns
    assert [(turn.role, turn.text) for turn in turns] == [(Role.NARRATION, CAPTIONS.strip())]


def test_the_first_line_is_the_title_if_it_stands_alone() -> None:
    assert parse(script("老钟上油\n\n" + CAPTIONS)).title == "老钟上油"
    interview = parse(script(CAPTIONS))
    assert (interview.title, interview.turns[0].text) == ("", CAPTIONS.strip())
    (line,) = parse(script("上油要等一个钟头，发条松不要马上拧紧它")).turns
    assert line.text == "上油要等一个钟头，发条松不要马上拧紧它"


def test_keywords_and_lists_above_a_talk_are_not() -> None:
    assert said("老钟上油\n渡口\n旧书\n书店\n修补\n换线\n补纸\n" + TALK * 3)[0] == ("记者", "好吗？")


def test_captions_that_are_most_of_a_file_are_text_although_a_talk_follows() -> None:
    assert said("老钟上油\n\n" + CAPTIONS * 2 + "\n记者：好吗？\n馆长：好。\n")[0][0] == ""


def test_minutes_keep_their_lists_as_notes() -> None:
    text = "周会\n今天讨论了换线的办法，决定先补纸。\n1. 纸由小北去买\n2. 线由阿花去买\n"
    (turn,) = parse(script(text)).turns
    assert turn.text == "今天讨论了换线的办法，决定先补纸。"
    assert turn.notes == ("1. 纸由小北去买", "2. 线由阿花去买")


@pytest.mark.parametrize(
    "text",
    [
        "老钟上油\n\n线断了\n不要急\n",
        "会议\n\n（何苗馆长）\n（林深记者）\n",
        "# 旧书\n\n## 全文总结\n\n讲者认为上油要等一个钟头。\n",
    ],
)
def test_a_file_with_words_has_a_turn(text: str) -> None:
    assert parse(marked(text)).turns


@pytest.mark.parametrize("text", ["老钟上油\n", "时间：2019年6月3日\n地点：渡口\n", "", "————\n"])
def test_a_title_fields_and_rules_alone_are_no_text(text: str) -> None:
    assert not parse(script(text)).turns


def test_it_is_said_why() -> None:
    _, pieces = explain(script("老钟上油\n\n" + CAPTIONS))
    assert {piece.reason for piece in pieces[1:]} == {"text without punctuation"}
