"""Two transcripts of one interview, compared turn by turn."""

from search_cli.models import SpokenTurn
from search_cli.quotations.version_diff import TurnDiff, diff
from tests.support.spoken import turn


def turns(*texts: str) -> list[SpokenTurn]:
    return [turn(turn=number, text=text) for number, text in enumerate(texts, start=1)]


def numbers(diffs: list[TurnDiff]) -> list[tuple[int | None, int | None, bool]]:
    return [(one.before.turn if one.before else None, one.after.turn if one.after else None, one.same) for one in diffs]


def signed(one: TurnDiff) -> str:
    signs = {"kept": "{}", "dropped": "[{}]", "added": "<{}>"}
    return "".join(signs[change.what].format(change.text) for change in one.changes)


def test_the_other_script_and_other_punctuation_are_no_difference() -> None:
    assert all(one.same for one in diff(turns("「資料」在這裡，對吧？", "好。"), turns("“资料”在这里 对吧", "好!")))


def test_changed_turns_are_paired_and_show_their_changes() -> None:
    found = list(diff(turns("先說一句。", "這是數位的問題", "好。"), turns("先说一句。", "这是数字的问题", "好。")))
    assert numbers(found) == [(1, 1, True), (2, 2, False), (3, 3, True)]
    assert signed(found[1]) == "这是数[位]<字>的问题"


def test_turns_of_one_alone_are_whole_and_the_others_stay_paired() -> None:
    old = turns("今年雨水多得很", "大家都来看展览", "明年一定再开一次")
    new = turns("欢迎各位街坊邻居", "今年雨水少得很", "明年一定再开一次")
    found = list(diff(old, new))
    assert numbers(found) == [(None, 1, False), (1, 2, False), (2, None, False), (3, 3, True)]
    assert [signed(one) for one in found[:3]] == ["<欢迎各位街坊邻居>", "今年雨水[多]<少>得很", "[大家都来看展览]"]


def test_a_note_is_compared_too() -> None:
    noted = [turn(turn=1, text="就这样办吧。", notes=("（鼓掌）",), note_offsets=(6,))]
    (found,) = diff(noted, turns("就這樣辦吧。"))
    assert signed(found) == "就這樣辦吧[鼓掌]"


def test_nothing_and_something() -> None:
    assert list(diff([], [])) == []
    assert numbers(list(diff(turns("好。"), []))) == [(1, None, False)]
