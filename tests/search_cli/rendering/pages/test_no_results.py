"""Nothing found: what was searched, what is like it, what to try."""

from typing import Any

import pytest

from search_cli.rendering.pages.no_results import NoResults, no_results_lines
from search_cli.rendering.terminal.styles import plain_text
from search_cli.search.suggest import Suggestion, Suggestions
from tests.support.screens import broken_width
from tests.support.spoken import HOSTILE

NEAR = Suggestions(("小咪",), (Suggestion("小米", 9),), (), "小米")


def empty(query: str = "小咪", near: Suggestions = NEAR, **changes: Any) -> NoResults:
    return NoResults(query, near.searched, 8, near, **changes)


def screen(one: NoResults, width: int = 80, hints: bool = True) -> list[str]:
    return [plain_text(line).rstrip() for line in no_results_lines(one, width, hints)]


def test_a_word_nobody_said():
    assert screen(empty()) == [
        " No turn contains 小咪.",
        " Searched 8 interviews as: 小咪 (one word).",
        " Similar words in the archive: 小米 (9 turns)",
        " Try: fangtan search 小米",
    ]


def test_the_next_step_is_of_the_command_that_was_typed():
    assert screen(empty(command="kwic"))[-1] == " Try: fangtan kwic 小米"
    one = empty("小米", Suggestions(("小米",)), filters=("--speaker 韩若溪",), unfiltered=9, command="kwic")
    assert screen(one)[-1] == " Try: fangtan kwic 小米"


def test_several_words():
    near = Suggestions(("量子", "合作社"), (), (), "合作社")
    assert screen(empty("量子 合作社", near))[1] == " Searched 8 interviews as: 量子 · 合作社 (two words)."


def test_a_name_like_it():
    near = Suggestions(("郑志吴",), (), (Suggestion("郑志昊", 7), Suggestion("郑志刚", 1)), "")
    shown = screen(empty("郑志吴", near))
    assert shown[2] == " Similar speakers: 郑志昊 (7 turns) · 郑志刚 (1 turn)"
    assert shown[3] == " Try: fangtan topics"


def test_filters_that_were_too_much():
    one = empty("小米", Suggestions(("小米",)), filters=("--speaker 韩若溪",), unfiltered=9)
    assert screen(one) == [
        " No turn contains 小米 with --speaker 韩若溪.",
        " Searched 8 interviews as: 小米 (one word).",
        " Without --speaker 韩若溪: 9 turns.",
        " Try: fangtan search 小米",
    ]


def test_filters_without_a_query():
    one = empty("", Suggestions(()), filters=("--since 2030",), unfiltered=260)
    assert screen(one)[:2] == [" No turn with --since 2030.", " Searched 8 interviews."]
    assert screen(one)[-1] == " Try: fangtan search"


def test_hints_are_switched_off():
    assert screen(empty(), hints=False)[-1] == " Similar words in the archive: 小米 (9 turns)"


@pytest.mark.parametrize("width", [24, 40, 80, 120])
def test_no_line_is_wider_than_the_terminal(width):
    hostile = Suggestions((HOSTILE,), (Suggestion(HOSTILE, 9),) * 5, (Suggestion("x" * 100, 1),), "小米" * 40)
    for line in no_results_lines(empty(HOSTILE * 4, hostile, filters=("--topic", "社交" * 30), unfiltered=2), width):
        assert broken_width(line) <= width
        assert plain_text(line).isprintable()


@pytest.mark.usefixtures("chinese")
def test_nothing_found_in_chinese() -> None:
    assert screen(empty()) == [
        " 没有含“小咪”的发言。",
        " 在 8 篇访谈中查过：小咪（1 个词）。",
        " 档案库中相近的词：小米（9 轮发言）",
        " 试试：fangtan search 小米",
    ]
    one = empty("小米", Suggestions(("小米",)), filters=("--speaker 韩若溪",), unfiltered=9)
    assert screen(one)[::2] == [" 符合 --speaker 韩若溪 的发言都不含“小米”。", " 去掉 --speaker 韩若溪：9 轮发言。"]
