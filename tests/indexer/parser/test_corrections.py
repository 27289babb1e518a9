"""Corrections of the user: who speaks from a line on, what is left out, who a label is."""

from dataclasses import replace

from indexer.model import Interview
from indexer.parser import corrections
from indexer.parser.parse import explain
from indexer.readers.correction_syntax import parse_correction
from indexer.readers.script import Script
from tests.support.scripts import script

TALK = """茶馆里的一下午

发言人1：大家好，今天我们说说茶馆。

发言人2：我先来，我在这里二十年了。

那时候门口还有一棵树。

发言人1：后来呢？

更多精彩请关注公众号

发言人2：后来砍了，修路。

扫码关注我们
"""


def corrected(*written: str, text: str = TALK) -> Script:
    made = [correction for one in written if (correction := parse_correction(one))]
    assert len(made) == len(written)
    return replace(script(text), corrections=tuple(made))


def turns(interview: Interview) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in interview.turns]


def parsed(*written: str) -> list[tuple[str, str]]:
    return turns(explain(corrected(*written))[0])


def test_a_label_is_somebody() -> None:
    interview = explain(corrected("发言人2 = 王敏"))[0]
    assert [turn.speaker for turn in interview.turns] == ["发言人1", "王敏", "发言人1", "王敏"]
    assert interview.turns[1].label == "发言人2", "the label stays as printed"


def test_somebody_else_speaks_from_a_line_on() -> None:
    assert parsed("line 7: 李华")[1:3] == [
        ("发言人2", "我先来，我在这里二十年了。"),
        ("李华", "那时候门口还有一棵树。"),
    ]
    assert parsed("line 5: 李华")[1] == ("李华", "我先来，我在这里二十年了。\n那时候门口还有一棵树。")


def test_a_line_continues_the_turn_above() -> None:
    assert ("发言人2", "我先来，我在这里二十年了。\n那时候门口还有一棵树。\n后来呢？") in parsed("line 9 continues")


def test_lines_are_left_out_or_kept() -> None:
    assert parsed("leave out 5-7") == [
        ("发言人1", "大家好，今天我们说说茶馆。"),
        ("发言人1", "后来呢？"),
        ("发言人2", "后来砍了，修路。"),
    ]
    assert ("发言人1", "后来呢？\n更多精彩请关注公众号") in parsed("keep 11")
    assert parsed("keep 15")[-1] == ("发言人2", "后来砍了，修路。\n扫码关注我们"), "what looks like the footer"
    assert parsed("keep 1")[0] == ("", "茶馆里的一下午")


def test_every_character_still_has_a_class() -> None:
    given = corrected("发言人2 = 王敏", "line 7: 李华", "leave out 9", "keep 11", "line 13 continues")
    _, segments = explain(given)
    assert "".join(one.text for one in segments) == "".join(line.text for line in given.lines)
    assert {(one.line.number, one.line_class.value) for one in segments} >= {(9, "left out"), (11, "speech")}


def test_a_line_that_moved_is_found_by_its_first_words() -> None:
    moved = corrected(
        "line 7: 李华 | 那时候门口", "leave out 9 | 发言人1后来", text=f"2021-03-04\n\n又一行。\n\n{TALK}"
    )
    interview = explain(moved)[0]
    assert ("李华", "那时候门口还有一棵树。") in turns(interview)
    assert "后来呢" not in str(interview)
    assert not list(corrections.unfit(moved, interview))


def test_what_no_longer_fits_is_told_and_changes_nothing() -> None:
    stale = corrected("line 7: 李华 | 从前有一口井", "line 70: 李华", "发言人9 = 王敏", "leave out 8")
    interview, plain = explain(stale)[0], explain(corrected())[0]
    assert turns(interview) == turns(plain)
    assert [(one.text, reason) for one, reason in corrections.unfit(stale, interview)] == [
        ("line 7: 李华 | 从前有一口井", "line 7 does not begin with “从前有一口井”, and no other line alone does"),
        ("line 70: 李华", "there is no text in line 70"),
        ("发言人9 = 王敏", "nobody is printed as 发言人9"),
        ("leave out 8", "there is no text in line 8"),
    ]


def test_a_text_without_labels_gets_speakers() -> None:
    text = "我那年十六岁，第一次进厂。\n\n你怕不怕？\n\n怕，机器声音很大。\n"
    given = corrected("line 1: 老周", "line 3: 记者", "line 5: 老周", text=text)
    assert turns(explain(given)[0]) == [
        ("老周", "我那年十六岁，第一次进厂。"),
        ("记者", "你怕不怕？"),
        ("老周", "怕，机器声音很大。"),
    ]
