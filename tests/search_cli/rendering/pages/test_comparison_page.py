"""The screen of a comparison."""

from dataclasses import replace

import pytest

from search_cli.kwic.compare import ComparedSide, ComparedTopic, Comparison
from search_cli.kwic.keyness import KeyWord
from search_cli.rendering.pages.comparison_page import comparison_lines
from search_cli.rendering.terminal.styles import cells, plain_text
from tests.support.spoken import HOSTILE

COMPARISON = Comparison(
    query="小米",
    by="speaker",
    left=ComparedSide("郑志昊", 8, 4_000, 2_100, 1, "2013-08-02", "2013-08-02", 5_000, 16.0),
    right=ComparedSide("邵启年", 1, 90, 50, 1, "2014-01-03", "2024-05-06", 2_500, 4.0),
    both=0,
    left_words=(KeyWord("空间", 30, 142.9, 1, 0, 0.0, 20.5, 1.5),),
    right_words=(),
    topics=(ComparedTopic("社交产品", 4, 0, 2.1, 1.0),),
    match="all",
)


def screen(found: Comparison, width: int = 80, filters: tuple[str, ...] = ()) -> list[str]:
    return [plain_text(line).rstrip() for line in comparison_lines(found, width, filters)]


def test_sides_words_topics() -> None:
    assert screen(COMPARISON, filters=("--since 2013",)) == [
        " speaker, turns with 小米",
        "",
        "                              郑志昊   邵启年 *",
        " turns                             8          1",
        " characters                    4,000         90",
        " characters a turn               500         90",
        " interviews                        1          1",
        " years                          2013  2014–2024",
        " turns per 10,000 characters    16.0        4.0",
        "",
        " words of 郑志昊  count  per 10,000  邵启年  score  log ratio",
        " 空间                30       142.9       ·   20.5      >+1.5",
        "",
        " words of 邵启年 *: none is more frequent than on the other side",
        "",
        " topic     郑志昊  邵启年 *",
        " 社交产品    50 %         ·",
        " Score: log-likelihood against the words of the other side; 15.13: chance 1 in",
        " 10,000",
        " Log ratio: +1 is twice as frequent here, +2 four times, -1 half as frequent",
        " * fewer than 2,000 characters: unreliable",
        " Read on: fangtan kwic 小米 空间 --speaker 郑志昊 --since 2013 --match all",
    ]


def test_a_side_without_turns_and_none_at_all() -> None:
    nothing = ComparedSide("邵启年", 0, 0, 0, 0, "", "", 2_500, 0.0)
    assert " turns per 10,000 characters    16.0         ·" in screen(replace(COMPARISON, right=nothing))
    both = replace(COMPARISON, left=nothing, right=nothing, left_words=(), topics=())
    assert screen(both)[0] == " No turn matches 小米."


def test_no_line_is_too_wide_and_nothing_unsafe_is_printed() -> None:
    hostile = replace(
        COMPARISON, left=replace(COMPARISON.left, value=HOSTILE), topics=(ComparedTopic(HOSTILE, 1, 1, 0, 0),)
    )
    for width in (24, 40, 80, 120):
        lines = comparison_lines(hostile, width, hints=False)
        assert max(map(cells, lines)) <= width
        assert "\x1b" not in "".join(map(plain_text, lines))


@pytest.mark.usefixtures("chinese")
def test_a_chinese_reader_is_told_in_chinese() -> None:
    left = replace(COMPARISON.left, turns=30_000, word_turns=20_000)
    lines = screen(replace(COMPARISON, left=left, both=3))
    assert lines[0] == " 按说话人比较含“小米”的发言"
    assert [line.split()[0] for line in lines[3:9]] == ["发言", "字数", "每轮字数", "访谈", "年份", "每万字发言轮数"]
    assert lines[10] == " 郑志昊的词  次数  每万词  邵启年  得分  对数比"
    assert lines[13] == " 邵启年 *的词：没有比对方用得多的"
    assert lines[17:21] == [
        " 得分：与对方的词相比的对数似然；15.13 表示偶然的可能为万分之一",
        " 对数比：+1 表示在这里的频率是两倍，+2 是四倍，-1 是一半",
        " 郑志昊的词取自 30,000 轮发言中随机抽取的 20,000 轮",
        " 3 轮发言同属双方",
    ]
    assert lines[-1] == " 接着读：fangtan kwic 小米 空间 --speaker 郑志昊 --match all"
