"""The screen of a dispersion."""

from dataclasses import replace

import pytest

from search_cli.kwic.dispersion import Dispersion, DispersionLine
from search_cli.rendering.pages.dispersion_lines import dispersion_lines
from search_cli.rendering.terminal.styles import cells, plain_text
from tests.support.spoken import HOSTILE

DISPERSION = Dispersion(
    query="小米",
    words=("小米",),
    also=(),
    match="all",
    sort="count",
    occurrences=7,
    turns=5,
    found=3,
    parts=15,
    archive_interviews=15,
    dp=0.812,
    lines=(
        DispersionLine(
            "qzone-xiaomi", "qzone", "", "2013-08-02", 5, 3, 4_000, 12.5, "qzone-xiaomi#3", (0, 0, 0.2, 0.5, 1)
        ),
        DispersionLine("clinic-2020", "clinic", "", "", 1, 1, 900, 11.1, "clinic-2020#4", (0.99,)),
    ),
)


def screen(found: Dispersion, width: int = 60, hints: bool = True) -> list[str]:
    return [plain_text(line).rstrip() for line in dispersion_lines(found, width, ("--role 受访",), hints)]


def test_a_line_per_interview() -> None:
    assert screen(DISPERSION) == [
        " 7 occurrences of 小米 · 5 turns · 3 of 15 interviews · DP",
        "0.81",
        "",
        " date        interview  count  per 10k  start … end",
        " 2013-08-02  qzone          5     12.5  ▄···▂·····▂········▂",
        "             clinic         1   11.1 *  ···················▂",
        " +1 more interview: --limit 3",
        " A line is an interview from start to end; ▂ ▄ ▆ █: one to",
        " four occurrences or more",
        " DP (Gries 2008): 0 is spread like the text itself, near 1",
        " is all in one interview",
        " * fewer than 2,000 characters: unreliable",
        " Read on: fangtan kwic 小米 --interview qzone --role 受访",
    ]


def test_the_lines_fill_the_width() -> None:
    assert max(map(len, screen(DISPERSION, 80)[2:6])) == 80
    assert "start" in screen(DISPERSION, 30)[4]


def test_no_line_is_too_wide_and_nothing_unsafe_is_printed() -> None:
    hostile = replace(DISPERSION, query=HOSTILE, lines=(replace(DISPERSION.lines[0], short=HOSTILE),))
    for width in (24, 40, 80, 120):
        lines = dispersion_lines(hostile, width, hints=False)
        assert max(map(cells, lines)) <= width
        assert "\x1b" not in "".join(map(plain_text, lines))


@pytest.mark.usefixtures("chinese")
def test_a_chinese_reader_is_told_in_chinese() -> None:
    lines = screen(DISPERSION, 80)
    assert lines[0] == " “小米”出现 7 次 · 5 轮发言 · 3/15 篇访谈 · DP 0.81"
    assert lines[2].split() == ["日期", "访谈", "次数", "每万字", "开头", "…", "结尾"]
    assert lines[5:8] == [
        " 另有 1 篇访谈：--limit 3",
        " 一行是一篇访谈，从头到尾；▂ ▄ ▆ █：出现一次、两次、三次、四次或更多",
        " DP（Gries 2008）：0 表示与篇幅的分布一致，接近 1 表示集中在一篇访谈里",
    ]
    assert max(map(cells, dispersion_lines(DISPERSION, 40))) <= 40
