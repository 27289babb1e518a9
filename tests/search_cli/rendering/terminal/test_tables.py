"""Tables that fit: columns give way by their importance."""

import pytest

from search_cli.rendering.terminal.styles import Style, cells, plain_text
from search_cli.rendering.terminal.tables import Column, table

NAMES = Column("speaker", ["郑志昊", "Elizabeth Kovács"], least=8, style=Style.NAME)
TURNS = Column("turns", ["7", "1,117"], right=True, rank=1)
NOTES = Column("affiliation", ["腾讯副总裁、腾讯社区平台部总经理", ""], least=12, rank=2)


def screen(*columns: Column, width: int = 80) -> list[str]:
    return [plain_text(line).rstrip() for line in table(columns, width)]


def test_columns_stand_below_their_headings():
    assert screen(NAMES, TURNS, NOTES) == [
        " speaker           turns  affiliation",
        " 郑志昊                7  腾讯副总裁、腾讯社区平台部总经理",
        " Elizabeth Kovács  1,117",
    ]


def test_the_least_important_column_is_cut_first():
    assert screen(NAMES, TURNS, NOTES, width=44)[1] == " 郑志昊                7  腾讯副总裁、腾讯…"


def test_then_it_goes():
    assert screen(NAMES, TURNS, NOTES, width=28)[0] == " speaker           turns"


def test_the_last_column_is_cut_to_what_there_is():
    assert screen(NAMES, width=10)[2] == " Elizabet…"


def test_a_column_without_values_is_left_out():
    assert screen(TURNS, Column("outlet", ["", ""])) == [" turns", "     7", " 1,117"]


def test_nothing_gives_nothing():
    assert screen(Column("speaker", [])) == []


def test_headings_are_dim_and_names_stand_out():
    head, first, _ = table([NAMES, TURNS], 80)
    assert {piece.style for piece in head if piece.text.strip()} == {Style.DIM}
    assert [piece.text for piece in first if piece.style is Style.NAME] == ["郑志昊"]


@pytest.mark.parametrize("width", range(6, 90, 7))
def test_no_line_is_wider(width):
    assert max(cells(line) for line in table([NAMES, TURNS, NOTES], width)) <= width
