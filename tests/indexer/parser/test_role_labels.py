"""Labels with a role and a name in brackets."""

import pytest

from tests.support.scripts import attributed, said


def talk(host: str, guest: str, later: str) -> str:
    first = f"{host}：欢迎各位。\n{guest}：大家好。\n{later}：书店开了几年？\n"
    return first + f"{guest}：五年。\n{later}：难吗？\n{guest}：难。\n"


def test_where_the_part_never_stands_alone_the_name_speaks() -> None:
    interview = attributed(talk("主持人（孟晓）", "嘉宾（郑明月）", "主持人（孟晓）"))
    assert [(turn.speaker, turn.affiliation, turn.role) for turn in interview.turns[:2]] == [
        ("孟晓", "主持人", "host"),
        ("郑明月", "嘉宾", "interviewee"),
    ]


def test_two_guests_are_two() -> None:
    text = (
        talk("主持人（孟晓）", "嘉宾（郑明月）", "主持人（孟晓）") + "嘉宾（何苗）：我也难。\n嘉宾（郑明月）：都难。\n"
    )
    assert [who for who, _ in said(text)][-2:] == ["何苗", "郑明月"]


def test_where_it_does_the_part_speaks() -> None:
    assert {who for who, _ in said(talk("主持人（孟晓）", "郑明月", "主持人"))} == {"主持人", "郑明月"}


@pytest.mark.parametrize("note", ["笑", "站起来", "女", "补充说明"])
def test_what_is_no_name_stays_beside_the_part(note: str) -> None:
    assert {who for who, _ in said(talk(f"主持人（{note}）", "郑明月", f"主持人（{note}）"))} == {"主持人", "郑明月"}


def test_a_part_with_a_letter() -> None:
    assert {who for who, _ in said(talk("嘉宾A（李华）", "嘉宾B（王芳）", "嘉宾A（李华）"))} == {"李华", "王芳"}
