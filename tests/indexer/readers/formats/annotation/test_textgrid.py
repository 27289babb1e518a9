"""Praat TextGrids in their text forms."""

import pytest

from indexer.readers.script import Line
from tests.support.sources import fault, said, script
from tests.support.tier_files import textgrid

ASKED = (0.0, 2.5, "山顶上最怕什么？")
TOLD = (2.5, 6.0, '最怕"安静"。')
TALK = {"调查人": [ASKED], "发音人": [TOLD, (8.0, 9.5, "风大倒不怕。")]}
LINES = (
    Line(1, "山顶上最怕什么？", label="调查人", start=0, end=2500),
    Line(2, '最怕"安静"。', label="发音人", start=2500, end=6000),
    Line(3, "风大倒不怕。", label="发音人", start=8000, end=9500),
)
CHRONOLOGICAL = """"Praat chronological TextGrid text file"
0 9.5   ! Time domain.
2   ! Number of tiers.
"IntervalTier" "调查人" 0 9.5
"IntervalTier" "发音人" 0 9.5

! 调查人:
1 0 2.5
"山顶上最怕什么？"
2 0 2.5 ""
! 发音人:
2 2.5 6
"最怕""安静""。"
1 2.5 9.5 ""
2 8 9.5
"风大倒不怕。"
"""


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("long", [True, False])
@pytest.mark.parametrize("suffix", [".textgrid", ".txt", ""])
def test_the_long_and_the_short_form_in_any_encoding(encoding: str, long: bool, suffix: str) -> None:
    data = textgrid(TALK, long).encode(encoding)
    assert script(b"\xfe\xff" + data if encoding == "utf-16-be" else data, suffix).lines == LINES


def test_the_chronological_form() -> None:
    assert script(CHRONOLOGICAL, ".textgrid").lines == LINES


def test_a_text_over_several_lines_that_looks_like_a_key_is_one_text() -> None:
    odd = '说\n"item [2]: class = ""IntervalTier""'
    assert said(textgrid({"甲": [(0, 1, odd), (1, 2, "好。")]}), ".textgrid")[0] == ("甲", " ".join(odd.split()))


@pytest.mark.parametrize(
    ("pieces", "texts"),
    [
        ([(0, 6, "一。"), (5, 9, "二。")], ["一。", "二。"]),  # overlap
        ([(0, 0, "一。"), (5, 9, "二。")], ["一。", "二。"]),  # no length
        ([(5, 9, "二。"), (0, 1, "一。")], ["一。", "二。"]),  # not in order
        ([(-1, 1e12, "一。")], ["一。"]),
    ],
)
def test_intervals_that_praat_would_not_write_are_read(
    pieces: list[tuple[float, float, str]], texts: list[str]
) -> None:
    assert [text for _, text in said(textgrid({"甲": pieces}), ".textgrid")] == texts


def test_two_tiers_of_one_name_are_one_person() -> None:
    text = textgrid({"甲": [(0, 1, "一。")], "乙": [(1, 2, "二。")]}).replace('"乙"', '"甲"')
    assert said(text, ".textgrid") == [("甲", "一。"), ("甲", "二。")]


def test_points_are_no_speech() -> None:
    points = '"TextTier" "语调" 0 9.5 2 0.5 "H*" 3.0 "L%"\n'
    grid = textgrid(TALK, long=False) + points
    assert [(line.text, line.kind) for line in script(grid, ".textgrid").lines if line.kind] == [
        ("语调: H*", "annotation"),
        ("语调: L%", "annotation"),
    ]


@pytest.mark.parametrize("cut", [40, 200, 500])
def test_a_file_that_breaks_off_gives_what_is_whole(cut: int) -> None:
    lines = script(textgrid(TALK)[:-cut], ".textgrid").lines
    assert lines == LINES[: len(lines)]
    assert lines


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"ooBinaryFile\x08TextGrid\x00\x00", "a binary TextGrid"),
        ('File type = "ooTextFile"\nObject class = "Pitch 1"\n\nxmin = 0\nxmax = 1\n', "there is no text"),
        (textgrid({"甲": []}), "there is no text"),
        ("", "there is no text"),
    ],
)
def test_what_has_no_text_says_so(data: bytes | str, reason: str) -> None:
    assert reason in fault(data, ".textgrid")
