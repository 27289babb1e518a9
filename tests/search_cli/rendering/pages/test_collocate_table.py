"""The screen of a word's collocates."""

import pytest

from search_cli.kwic.collocates import Collocate, Collocates
from search_cli.rendering.pages.collocate_table import collocate_lines
from search_cli.rendering.terminal.styles import ColorMode, paint
from tests.support.concordances import COLLOCATES, collocates
from tests.support.screens import broken_width


def screen(told: Collocates, width: int = 80, hints: bool = True) -> list[str]:
    return [paint(line, ColorMode.NONE).rstrip() for line in collocate_lines(told, width, hints)]


def test_a_screen():
    assert screen(collocates(*COLLOCATES)) == [
        " words within 5 of 小米 · 14 occurrences · 8 turns · 4 of 15 interviews",
        "",
        " word     near  before  after  in all  by chance  score",
        " 合作        5       0      5       6       0.07   38.8",
        " qq空间  1,200       2  1,198   3,800        466   20.7",
        " 很          3       2      1      90        3.7   -0.1",
        "",
        " Score: log-likelihood against 3,186,068 words; 15.13: chance 1 in 10,000",
        " Without function words (的, 是, 我们); with them: --function-words",
        " Read on: fangtan kwic 小米 合作 --match all",
    ]


def test_more_words_are_offered_and_notes_fit_the_case():
    told = screen(collocates(*COLLOCATES, found=45, function_words=True), hints=False)
    assert told[-1] == " 42 more words: --limit 45"
    assert screen(collocates(*COLLOCATES, found=4), hints=False)[-2] == " 1 more word: --limit 4"


@pytest.mark.parametrize("width", [24, 40, 60, 80, 120])
def test_no_line_is_too_wide_and_the_score_is_last_to_go(width):
    found = collocates(*COLLOCATES, Collocate("很长" * 20, 2, 1, 1, 3, 0.1, 5.0), query="小米 OR 华为")
    lines = screen(found, width)
    assert max(map(broken_width, collocate_lines(found, width))) <= width
    head = next(line for line in lines if line.lstrip().startswith("word "))
    assert head.split()[-1] == "score"
    assert ("by chance" in head) == (width >= 40)


@pytest.mark.parametrize(
    ("least", "said", "step"),
    [
        (1, "No word occurs near it.", ""),
        (2, "No word occurs near it at least twice.", "fangtan kwic 小米 --collocates --min 1"),
        (9, "No word occurs near it at least 9 times.", "fangtan kwic 小米 --collocates --min 1"),
    ],
)
def test_nothing_near(least, said, step):
    lines = screen(collocates(least=least))
    assert lines[2].strip() == said
    assert lines[3:] == ([f" Try: {step}"] if step else [])
    assert len(screen(collocates(least=least), hints=False)) == 3


def test_what_is_searched_with_it_is_told():
    assert " · also 鹅厂 · " in screen(collocates(*COLLOCATES, also=("鹅厂",)))[0]


def test_what_a_shell_would_take_otherwise_is_quoted():
    assert (
        screen(collocates(*COLLOCATES, query='"红米 手机" 小*'))[-1]
        == """ Read on: fangtan kwic '"红米' '手机"' '小*' 合作 --match all"""
    )


def test_alternatives_stay_together():
    assert (
        screen(collocates(*COLLOCATES, query="小米 OR 华为"))[-1]
        == " Read on: fangtan kwic '(小米' OR '华为)' 合作 --match all"
    )


def test_control_characters_do_not_reach_the_terminal():
    lines = screen(collocates(Collocate("a\x1b[31m\u202eb", 2, 1, 1, 2, 0.1, 9.0), query="\x1b[31m"))
    assert all(line.isprintable() for line in lines)


@pytest.mark.usefixtures("chinese")
def test_a_chinese_reader_is_told_in_chinese():
    lines = screen(collocates(*COLLOCATES, of_turns=30, found=4))
    assert lines == [
        " “小米”前后 5 个词以内 · 出现 14 次 · 8/30 轮发言 · 4/15 篇访谈",
        "",
        " 词       共现  在前   在后  总次数  期望  得分",
        " 合作        5     0      5       6  0.07  38.8",
        " qq空间  1,200     2  1,198   3,800   466  20.7",
        " 很          3     2      1      90   3.7  -0.1",
        "",
        " 得分：与 3,186,068 个词相比的对数似然；15.13 表示偶然的可能为万分之一",
        " 只统计了随机抽取的部分访谈；统计全部发言：--csv",
        " 另有 1 个词：--limit 4",
        " 不含虚词（的、是、我们）；要包括虚词：--function-words",
        " 接着读：fangtan kwic 小米 合作 --match all",
    ]
    assert screen(collocates(least=9))[2:] == [
        " 它附近没有出现 9 次以上的词。",
        " 试试：fangtan kwic 小米 --collocates --min 1",
    ]
