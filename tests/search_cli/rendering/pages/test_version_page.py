"""The comparison of two transcripts of one interview."""

import pytest

from search_cli.quotations.version_diff import diff
from search_cli.rendering.pages.version_page import diff_lines, diff_object
from search_cli.rendering.terminal.styles import StyledLine, plain_text
from tests.support.screens import broken_width
from tests.support.spoken import HOSTILE, turn

LONG = "雨一直下到傍晚才停下來，河邊的人都沒有回家，大家圍著爐子坐了一圈，聽老周講舊事，"
BEFORE = (turn(turn=1, text="好。"), turn(turn=2, text=f"{LONG}數位，{LONG}"), turn(turn=3, text="就到這裡了。"))
AFTER = (turn(turn=1, text="好。", title="另一題"), turn(turn=2, text=f"{LONG}数字，{LONG}"))


def screen(lines: list[StyledLine]) -> list[str]:
    return [plain_text(line).rstrip() for line in lines]


def test_only_what_differs_is_shown_with_a_little_around_it() -> None:
    assert screen(diff_lines("b", "a", tuple(diff(BEFORE, AFTER)), 80)) == [
        " b → a",
        " 1 turn alike, 1 changed, 1 only in the first",
        " title: 与小米手机合作发布红米手机 → 另一題",
        "",
        " #2   郑志昊  …，大家圍著爐子坐了一圈，聽老周講舊事，数[-位-]{+字+}，雨一直下到",
        "      傍晚才停下來，河邊的人都沒有…",
        "",
        " #3→  郑志昊  [-就到這裡了。-]",
        "",
        " [-only in the first-] {+only in the second+}",
    ]


def test_nothing_differs() -> None:
    assert screen(diff_lines("b", "a", tuple(diff(BEFORE, BEFORE)), 80)) == [" b → a", " 3 turns alike, 0 changed"]


def test_json_has_the_turns_that_differ() -> None:
    found = diff_object("b", "a", tuple(diff(BEFORE, AFTER)))
    assert (found["primary"], found["version"], found["same"]) == ("b", "a", 1)
    assert found["turns"][1:] == [
        {
            "before": "qzone-xiaomi#3",
            "after": None,
            "speaker": "郑志昊",
            "changes": [{"what": "dropped", "text": "就到這裡了。"}],
        }
    ]


@pytest.mark.parametrize("width", [30, 60, 100])
def test_no_line_is_wider_and_nothing_steers_the_terminal(width: int) -> None:
    hostile = (turn(turn=1, text=HOSTILE * 3, speaker=HOSTILE, title=HOSTILE),)
    for line in diff_lines(HOSTILE, HOSTILE, tuple(diff(hostile, BEFORE)), width):
        assert broken_width(line) <= width, plain_text(line)
        assert plain_text(line).isprintable()


@pytest.mark.usefixtures("chinese")
def test_in_chinese() -> None:
    lines = screen(diff_lines("b", "a", tuple(diff(BEFORE, AFTER)), 80))
    assert lines[:3] == [
        " b → a",
        " 1 轮发言相同，1 轮不同，1 轮只在前一篇",
        " 标题：与小米手机合作发布红米手机 → 另一題",
    ]
    assert lines[-1] == " [-只在前一篇-] {+只在后一篇+}"
