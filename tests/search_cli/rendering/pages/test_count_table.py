"""The screen of counted occurrences."""

import pytest

from search_cli.kwic.counts import CountRow, OccurrenceCounts
from search_cli.rendering.pages.count_table import count_lines
from search_cli.rendering.terminal.styles import plain_text

COUNTS = OccurrenceCounts(
    query="小米",
    rows="role",
    columns="topic",
    across=("社交产品", "农业"),
    lines=(CountRow("interviewee", 9, 5, (9, 1)), CountRow("other", 2, 1, (0, 2)), CountRow("", 1, 1, (1, 0))),
    found=4,
    occurrences=14,
    turns=8,
    interviews=4,
    archive_interviews=15,
    words=("小米",),
    also=(),
    match="all",
)


def screen(found: OccurrenceCounts, width: int = 80) -> list[str]:
    return [plain_text(line).rstrip() for line in count_lines(found, width)]


def test_two_fields() -> None:
    assert screen(COUNTS) == [
        " role × topic · 14 occurrences of 小米 · 8 turns · 4 of 15 interviews",
        "",
        "        社交产品  农业  all",
        " 受访          9     1    9",
        " other         ·     2    2",
        " —             1     ·    1",
        " +1 more role: --limit 4",
        " An occurrence counts for each topic of its turn.",
    ]


@pytest.mark.usefixtures("chinese")
def test_a_chinese_reader_is_told_in_chinese() -> None:
    assert screen(COUNTS, 24) == [
        " 角色 × 话题 · “小米”出",
        "现 14 次 · 8 轮发言 ·",
        "4/15 篇访谈",
        "",
        "       社交产品  合计",
        " 受访         9     9",
        " 其他         ·     2",
        " —            1     1",
        " 另有 1 种角色：--limit",
        " 4",
        " 另有 1 个话题：放宽窗",
        " 口，或者加上 --csv",
        " 一轮发言有几个话题，其",
        " 中的每次出现就各计一",
        " 次。",
    ]
