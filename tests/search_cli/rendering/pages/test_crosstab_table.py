"""Two fields against each other."""

import pytest

from search_cli.rendering.pages.crosstab_table import Unit, cross_lines
from search_cli.rendering.terminal.styles import Style, cells, plain_text
from search_cli.search.crosstab import Crosstab, CrosstabRow
from tests.support.spoken import HOSTILE

TABLE = Crosstab(
    rows="speaker",
    columns="topic",
    across=("商业化", "社交营销", "用户数据"),
    lines=(CrosstabRow("郑志昊", 7, 5_000, (3, 4, 0)), CrosstabRow("林晓岚", 1_204, 900, (1, 0, 1))),
    turns=1_211,
    interviews=8,
    first="2013",
    last="2024",
)
ONE = Crosstab("speaker", "", (), (CrosstabRow("郑志昊", 7, 5_000), CrosstabRow("", 2, 0)), 9, 1, "2013", "2013")


def screen(crossed: Crosstab, width: int = 80, unit: Unit = Unit.TURNS, query: str = "") -> list[str]:
    return [plain_text(line).rstrip() for line in cross_lines(crossed, width, unit, query)]


def test_counts():
    assert screen(TABLE) == [
        " speaker × topic, turns                                  8 interviews, 2013–2024",
        "",
        "         商业化  社交营销  用户数据    all",
        " 郑志昊       3         4         ·      7",
        " 林晓岚       1         ·         1  1,204",
    ]


def test_rates_warn_where_there_is_little():
    assert screen(TABLE, unit=Unit.RATE)[2:] == [
        "           商业化  社交营销  用户数据       all",
        " 郑志昊       6.0       8.0         ·      14.0",
        " 林晓岚 *    11.1         ·      11.1  13,377.8",
        " * fewer than 2,000 characters: unreliable",
    ]


def test_the_rate_of_one_field():
    assert screen(ONE, unit=Unit.RATE, query="小米") == [
        " speaker, turns per 10,000 characters with 小米                1 interview, 2013",
        "",
        "               turns  characters  per 10,000",
        " 郑志昊            7       5,000        14.0",
        " （未署名） *      2           0           ·",
        " * fewer than 2,000 characters: unreliable",
    ]


def test_shares_warn_where_there_are_few_turns():
    assert screen(TABLE, unit=Unit.SHARE) == [
        " speaker × topic, shares of the turns of a row           8 interviews, 2013–2024",
        "",
        "           商业化  社交营销  用户数据  turns",
        " 郑志昊 *    43 %      57 %         ·      7",
        " 林晓岚     0.1 %         ·     0.1 %  1,204",
        " * fewer than 30 turns: unreliable",
    ]


def test_the_largest_cells_stand_out():
    styles = {segment.text: segment.style for row in cross_lines(TABLE, 80)[3:] for segment in row}
    assert (styles["4"], styles["1"], styles["·"]) == (Style.NAME, Style.PLAIN, Style.DIM)


def test_columns_that_do_not_fit_are_told():
    assert screen(TABLE, width=28)[-5:] == [
        "         商业化    all",
        " 郑志昊       3      7",
        " 林晓岚       1  1,204",
        " +2 more topics in a wider",
        " window, or with --csv",
    ]
    assert screen(TABLE, width=36)[-2].startswith(" +1 more topic in")


def test_nothing_was_found():
    empty = Crosstab("speaker", "topic", (), (), 0, 0)
    assert screen(empty, query="小咪")[0].endswith("0 interviews")
    assert len(screen(empty)) == 2


def test_roles_by_their_word():
    table = Crosstab("role", "role", ("interviewee", "other"), (CrosstabRow("host", 1, 9_000, (1, 0)),), 1, 1)
    assert screen(table)[2:] == ["       受访  other  all", " 主持     1      ·    1"]


@pytest.mark.parametrize("width", [24, 40, 80, 120])
@pytest.mark.parametrize("unit", Unit)
def test_no_line_is_wider_than_the_terminal(width, unit):
    lines = (CrosstabRow(HOSTILE * 9, 7, 5_000, (3, 4)), CrosstabRow("x" * 90, 1_204_000, 900, (123_456, 0)))
    hostile = Crosstab("speaker", "topic", (HOSTILE * 9, "社交" * 30), lines, 9, 1, "2013", "2024")
    for line in [
        *cross_lines(hostile, width, unit, HOSTILE),
        *cross_lines(TABLE, width, unit),
        *cross_lines(ONE, width, unit),
    ]:
        assert cells(line) <= width, plain_text(line)
        assert plain_text(line).isprintable()


@pytest.mark.parametrize(
    ("turns", "rate"), [(1210, "12.1"), (10, "0.1"), (9, "0.09"), (4, "0.04"), (1, "0.01"), (0, "·")]
)
def test_a_rate_above_zero_is_not_shown_as_zero(turns, rate):
    rows = (CrosstabRow("唐鳳", 2000, 1_000_000, (turns,)), CrosstabRow("郑志昊", 1, 3_000_000, (1,)))
    lines = screen(Crosstab("speaker", "topic", ("社交",), rows, 2001, 2), unit=Unit.RATE)
    assert [line.split()[1] for line in lines[3:5]] == [rate, "<0.01"]


@pytest.mark.usefixtures("chinese")
def test_a_crosstab_in_chinese() -> None:
    assert screen(TABLE, unit=Unit.SHARE, query="小米")[:4] == [
        " 说话人 × 话题，含“小米”的各行发言的占比                     8 篇访谈，2013–2024",
        "",
        "           商业化  社交营销  用户数据   发言",
        " 郑志昊 *    43 %      57 %         ·      7",
    ]
    assert screen(ONE, unit=Unit.RATE)[2] == "               发言   字数  每万字"
