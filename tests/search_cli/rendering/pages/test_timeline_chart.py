"""The screen of a timeline."""

from dataclasses import replace

import pytest

from search_cli.rendering.pages.timeline_chart import TimelinePage, timeline_lines
from search_cli.rendering.terminal.styles import cells, plain_text
from search_cli.search.timeline import Period, Timeline
from tests.support.spoken import HOSTILE


def year(number: int, turns: int, characters: int = 9_000, *counts: int) -> Period:
    return Period(f"{number}", f"{number}-01-01", f"{number}-12-31", turns, characters, counts)


TIMELINE = Timeline(
    query="小米",
    by="year",
    split="",
    across=(),
    periods=(year(2013, 4), *(year(one, 0, 0) for one in range(2014, 2018)), year(2018, 1_200), year(2019, 3, 900)),
    turns=1_209,
    undated=2,
    interviews=8,
    more=0,
    match="all",
)
SPLIT = replace(TIMELINE, split="speaker", across=("郑志昊", "林晓岚"), periods=(year(2013, 4, 900, 3, 1),), more=5)


def screen(found: Timeline, page: TimelinePage) -> list[str]:
    return [plain_text(line).rstrip() for line in timeline_lines(found, page)]


def test_bars_a_gap_undated_turns_and_the_next_step() -> None:
    assert screen(TIMELINE, TimelinePage(60, filters=("--speaker 郑志昊",))) == [
        " year, turns with 小米             1,209 turns, 8 interviews",
        "",
        "                                   turns  share",
        " 2013       ▏                          4  0.3 %",
        " … 4 years                             ·",
        " 2018       █████████████████████  1,200   99 %",
        " 2019       ▏                          3  0.2 %",
        " 2 turns are undated; fangtan interviews lists such",
        " interviews last",
        " Read on:",
        "   fangtan search 小米 --speaker 郑志昊 --since 2018 --until 2018",
    ]


def test_rates_warn_where_there_is_little() -> None:
    rows = screen(TIMELINE, TimelinePage(80, per=True, hints=False))[2:7]
    assert [row.split()[-1] for row in rows] == ["10,000", "4.4", "·", "1,333.3", "33.3"]
    assert rows[-1].startswith(" 2019 *")


def test_values_side_by_side() -> None:
    assert screen(SPLIT, TimelinePage(60, hints=False)) == [
        " year × speaker, turns with 小米   1,209 turns, 8 interviews",
        "",
        "       郑志昊  林晓岚  all",
        " 2013       3       1    4",
        " +5 more speakers with --csv",
        " 2 turns are undated; fangtan interviews lists such",
        " interviews last",
    ]


def test_nothing_found() -> None:
    nothing = replace(TIMELINE, periods=(), turns=0, undated=0, interviews=0)
    assert screen(nothing, TimelinePage(80)) == [" No turn matches 小米.", " Try: fangtan search 小米"]


def test_no_line_is_too_wide_and_nothing_unsafe_is_printed() -> None:
    hostile = replace(SPLIT, query=HOSTILE, across=(HOSTILE, "很长的名字" * 20))
    for width in (24, 40, 80, 120):
        lines = timeline_lines(hostile, TimelinePage(width, hints=False))
        assert max(map(cells, lines)) <= width
        assert "\x1b" not in "".join(map(plain_text, lines))


def test_participants_without_a_role_of_their_own_have_a_name() -> None:
    by_role = replace(SPLIT, split="role", across=("other", "host"))
    assert screen(by_role, TimelinePage(80))[2] == "       other  主持  all"


@pytest.mark.usefixtures("chinese")
def test_a_timeline_in_chinese() -> None:
    assert screen(TIMELINE, TimelinePage(60)) == [
        " 年份，含“小米”的发言                 1,209 轮发言，8 篇访谈",
        "",
        "                                    发言   占比",
        " 2013    ▏                             4  0.3 %",
        " … 4 年                                ·",
        " 2018    ████████████████████████  1,200   99 %",
        " 2019    ▏                             3  0.2 %",
        " 2 轮发言没有日期；fangtan interviews 把这样的访谈列在最后",
        " 接着读：fangtan search 小米 --since 2018 --until 2018",
    ]
    notes = [" * 不足 2,000 字，不可靠", " 另有 5 位说话人：加上 --csv"]
    assert screen(SPLIT, TimelinePage(60, per=True))[-4:-2] == notes
