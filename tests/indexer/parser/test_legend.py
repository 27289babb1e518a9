"""Lines that say who the labels are: no turns, but names and roles."""

import pytest

from indexer.enrich.enrich import attribute
from indexer.enrich.speakers import Speakers
from indexer.model import Interview, Role
from indexer.parser.parse import parse
from tests.support.scripts import script

TALK = "\n{0}：去哪里？\n{1}：去码头。\n{0}：几点？\n{1}：三点。\n"


def interview(head: str, asks: str = "Q", answers: str = "A") -> Interview:
    return attribute(parse(script(head + TALK.format(asks, answers))), Speakers())


def people(found: Interview) -> dict[str, tuple[str, str, Role]]:
    return {turn.label: (turn.speaker, turn.affiliation, turn.role) for turn in found.turns if turn.label}


@pytest.mark.parametrize(
    ("head", "asks", "answers", "names"),
    [
        ("**問：記者   苗：何苗**", "問", "苗", ("問", "何苗")),
        ("（问：林深；苗：何苗）", "问", "苗", ("林深", "何苗")),
        ("（问＝本刊记者，苗＝何苗）", "问", "苗", ("问", "何苗")),
        ("【记：在场记者　苗：何苗】", "记", "苗", ("记", "何苗")),
        ("文中 Q 代表本刊记者，A 代表何苗。", "Q", "A", ("Q", "何苗")),
        ("Q：林深（记者）\nA：何苗（渡口书屋创办人）", "Q", "A", ("林深", "何苗")),
        ("L: Lin Shen\nM: Miao He", "L", "M", ("Lin Shen", "Miao He")),
        ("以下对谈中，林：林深 苗：何苗", "林", "苗", ("林深", "何苗")),
        ("林深（以下简称“林”）对话书店主人何苗（以下简称“何”）。", "林", "何", ("林深", "何苗")),
        ("《岭上周刊》（下称“周刊”）在船上见到何苗（Miao，以下简称 M）。", "周刊", "M", ("岭上周刊", "何苗")),
    ],
)
def test_a_legend_names_the_labels(head: str, asks: str, answers: str, names: tuple[str, str]) -> None:
    found = interview(f"谈船\n\n{head}\n", asks, answers)
    assert [turn.text for turn in found.turns if turn.label] == ["去哪里？", "去码头。", "几点？", "三点。"]
    by_label = people(found)
    assert tuple(by_label[label][0] for label in (asks, answers)) == names
    assert tuple(by_label[label][2] for label in (asks, answers)) == (Role.INTERVIEWER, Role.INTERVIEWEE)


def test_a_legend_gives_affiliations() -> None:
    found = people(interview("谈船\n\n（Q：律师白景；A：渡口书屋创办人何苗）\n"))
    assert [found[label][:2] for label in "QA"] == [("白景", "律师"), ("何苗", "渡口书屋创办人")]


def test_one_speaker_under_two_names() -> None:
    head = "谈船\n\n林深对话查理·苗（Charlie，以下简称查理）。\n\n"
    text = head + "林深：去哪里？\nCharlie：去码头。\n林深：几点？\n查理：三点。\n"
    said = [(turn.label, turn.speaker) for turn in parse(script(text)).turns if turn.label]
    assert said == [("林深", "林深"), ("Charlie", "查理·苗"), ("林深", "林深"), ("查理", "查理·苗")]


@pytest.mark.parametrize(
    "line",
    [
        "Q：去 A：好",  # words are said, not names
        "Q：林深在吗？ A：何苗在。",
        "Q：何苗，A：林深，都在船上。",
    ],
)
def test_a_conversation_on_one_line_is_no_legend(line: str) -> None:
    found = interview(f"谈船\n\n{line}\n")
    assert found.turns[0].label == "Q"
    assert people(found)["A"][0] == "A"


def test_a_roll_call_in_the_middle_is_said() -> None:
    text = "谈船\n\nQ：去哪里？\nA：去码头。\nQ：林深 A：何苗\nQ：几点？\nA：三点。\n"
    assert "林深" in [turn.text for turn in parse(script(text)).turns]


def test_a_legend_of_labels_that_nobody_uses_is_text() -> None:
    found = interview("谈船\n\n甲：林深　乙：何苗\n")
    assert people(found)["Q"][0] == "Q"


def test_an_abbreviation_that_is_used_once_is_a_label() -> None:
    text = "谈船\n\n晨光记者林深（以下简称林）：去哪里？\n何苗（以下简称何）：去码头。\n林：几点？\n何：三点。\n"
    said = [(turn.label, turn.speaker) for turn in parse(script(text)).turns]
    assert said == [("林深", "林深"), ("何苗", "何苗"), ("林", "林深"), ("何", "何苗")]


def test_a_role_stands_for_the_one_person_who_has_it() -> None:
    text = "谈船\n\n主持人林深：欢迎。\n何苗：大家好。\n主持人：去哪里？\n何苗：码头。\n{}：几点？\n何苗：三点。\n"
    hosts = [turn.speaker for turn in parse(script(text.format("主持人"))).turns][::2]
    assert hosts == ["林深", "林深", "林深"]
    two = [turn.speaker for turn in parse(script(text.format("主持人王敏"))).turns][::2]
    assert two == ["林深", "主持人", "王敏"]


COURT = (
    "示例法院庭审笔录\n\n时间：2020年3月4日\n\n"
    "原告：张三，男，1970年5月1日出生，汉族，住示例市渡口街1号。\n委托代理人：李四，示例律师事务所律师。\n"
    "被告一：示例公司，住所地示例市码头路2号。\n\n"
    "审：现在开庭。原告陈述。\n原告：要求还钱，住院费也要还。\n审：被告一答辩。\n被告一：钱已经还了。\n"
    "审：有收据吗？\n被告一：没有。\n审：原告呢？\n原告：没有。\n"
)


def test_the_parties_of_a_court_record_are_no_turns() -> None:
    turns = parse(script(COURT)).turns
    assert turns[0].text == "现在开庭。原告陈述。"
    assert {(turn.label, turn.speaker) for turn in turns} == {("审", "审"), ("原告", "张三"), ("被告一", "示例公司")}
    assert "要求还钱，住院费也要还。" in [turn.text for turn in turns]


def test_what_is_worded_like_a_party_elsewhere_is_text() -> None:
    text = (
        "谈船\n\n病人：何苗，女，三十岁，住码头。\n医生：哪里疼？\n病人：腿，住院前就疼。\n医生：多久？\n病人：三天。\n"
    )
    assert len(parse(script(text)).turns) == 5


def test_two_plaintiffs_are_no_one_person() -> None:
    text = COURT.replace("委托代理人：李四，示例律师事务所律师。", "原告：王敏，女，1980年5月1日出生，住示例市。")
    assert {turn.speaker for turn in parse(script(text)).turns} == {"审", "原告", "示例公司"}
