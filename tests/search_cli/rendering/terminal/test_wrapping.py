"""Lines that fit: widths in columns, 避头尾, and nothing cut that belongs together."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line, plain_text
from search_cli.rendering.terminal.wrapping import break_offsets, clip, indented, spread, wrap
from tests.support.spoken import ANSWER, QUESTION

CLOSING = "，。、；：？！”’」』）》…,.;:?!)%"
TEXTS = st.text(st.sampled_from("与小米的合作QQ空间6.11亿，。！“”《》（）……—— abcé😀שלום" + "\u0301"), max_size=60)


def texts(lines: list[StyledLine]) -> list[str]:
    return [plain_text(one) for one in lines]


def test_chinese_breaks_anywhere_but_before_closing_punctuation():
    assert texts(wrap(line("与小米的合作，是尝试。"), 12)) == ["与小米的合", "作，是尝试。"]


@given(TEXTS, st.integers(2, 30))
def test_breaks_leave_lines_that_fit_with_the_spaces_at_their_ends(text: str, width: int) -> None:
    offsets = break_offsets(text, width)
    rows = [text[start:end] for start, end in zip([0, *offsets], [*offsets, len(text)], strict=True)]
    assert "".join(rows) == text
    assert all(cells(line(row)) <= width for row in rows)


def test_opening_punctuation_stays_with_what_follows():
    assert texts(wrap(line("他说过“分享生活”这句话"), 8)) == ["他说过", "“分享生", "活”这句", "话"]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("现有月活跃用户6.11亿", 18, ["现有月活跃用户6.11", "亿"]),
        ("现有月活跃用户6.11亿", 16, ["现有月活跃用户", "6.11亿"]),
        ("截止到8月1日16点", 9, ["截止到8月", "1日16点"]),
        ("用 sli.do 提问", 8, ["用", "sli.do", "提问"]),
        ("以18~35岁用户", 6, ["以", "18~35", "岁用户"]),
        ("增长70%左右", 8, ["增长70%", "左右"]),
        ("the quick brown fox", 10, ["the quick", "brown fox"]),
        ("伊丽莎白·科瓦奇", 10, ["伊丽莎白·", "科瓦奇"]),
    ],
)
def test_words_and_numbers_hold_together(text, width, expected):
    assert texts(wrap(line(text), width)) == expected


def test_an_ellipsis_and_a_dash_are_not_cut():
    assert texts(wrap(line("我想说……算了——不说了"), 7)) == ["我想", "说……算", "了——不", "说了"]


def test_a_marked_stretch_is_not_cut():
    said = line("他们说与", Segment("红米手机", Style.MARK), "有关")
    assert texts(wrap(said, 12)) == ["他们说与", "红米手机有关"]


def test_two_marks_side_by_side_may_be_parted():
    said = line("说", Segment("红米", Style.MARK), Segment("手机", Style.MARK))
    assert wrap(said, 6) == [line("说", Segment("红米", Style.MARK)), line(Segment("手机", Style.MARK))]


def test_an_address_is_not_cut():
    said = line("搜狐IT，", Segment("口述史/染坊#12", Style.ADDRESS))
    assert texts(wrap(said, 16)) == ["搜狐IT，", "口述史/染坊#12"]


def test_what_is_wider_than_a_line_is_cut_somewhere():
    assert texts(wrap(line("https://example.org/a/b"), 10)) == ["https://ex", "ample.org/", "a/b"]
    assert texts(wrap(line(Segment("一二三四五六", Style.MARK)), 8)) == ["一二三四", "五六"]


def test_a_mark_in_an_overlong_word_stays_whole():
    said = line("abcdefg", Segment("hijk", Style.MARK), "lmnop")
    assert texts(wrap(said, 8)) == ["abcdefg", "hijklmno", "p"]


def test_styles_survive_the_break():
    assert wrap(line(Segment("一二三四", Style.DIM)), 4) == [
        (Segment("一二", Style.DIM),),
        (Segment("三四", Style.DIM),),
    ]


def test_accents_and_joined_signs_stay_with_their_letter():
    assert texts(wrap(line("cafe\u0301" * 3), 4)) == ["cafe\u0301"] * 3
    assert texts(wrap(line("❤\ufe0f❤\ufe0f"), 2)) == ["❤\ufe0f", "❤\ufe0f"]


def test_nothing_gives_one_empty_line():
    assert wrap((), 10) == [()]


@given(TEXTS, st.integers(4, 40))
def test_no_line_is_wider_and_no_character_is_lost(text, width):
    lines = wrap(line(text), width)
    assert all(cells(one) <= width for one in lines)
    assert "".join(texts(lines)).replace(" ", "") == text.replace(" ", "")


@given(TEXTS, st.sampled_from([40, 80, 120]))
def test_marks_come_out_as_they_went_in(text, width):
    pieces = line(
        *(Segment(part, Style.MARK if place % 2 else Style.PLAIN) for place, part in enumerate(text.split("的")))
    )
    assume(all(cells((piece,)) <= width for piece in pieces))  # a wider mark has to be cut
    out = [piece for one in wrap(pieces, width) for piece in one if piece.style is Style.MARK]
    assert [piece.text.strip(" ") for piece in out if piece.text.strip(" ")] == [
        piece.text.strip(" ") for piece in pieces if piece.style is Style.MARK and piece.text.strip(" ")
    ]


@settings(max_examples=50)
@given(st.integers(12, 120))
def test_real_text_never_begins_a_line_with_closing_punctuation(width):
    for text in (ANSWER.replace("\n", ""), QUESTION):
        assert not [one for one in texts(wrap(line(text), width)) if one[0] in CLOSING]


def test_indented_lines_stand_below_each_other():
    lines = indented(line("与小米的合作是一次尝试"), 16, line(" 问: "), 5)
    assert texts(lines) == [" 问: 与小米的合", "     作是一次尝", "     试"]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("小米手机", 8, "小米手机"),
        ("小米手机", 7, "小米手…"),
        ("小米手机", 6, "小米…"),
        ("ab cd", 4, "ab…"),
        ("😀😀😀", 5, "😀😀…"),
    ],
)
def test_clip_says_that_it_cut(text, width, expected):
    assert clip(text, width) == expected


@given(TEXTS, st.integers(1, 40))
def test_clip_fits(text, width):
    assert cells(line(clip(text, width))) <= width


def test_spread_puts_both_on_one_line_where_they_fit():
    assert texts(spread(line("郑志昊"), line("2013"), 14)) == ["郑志昊    2013"]


def test_spread_takes_two_lines_where_they_do_not():
    assert texts(spread(line("郑志昊"), line("2013"), 11)) == ["郑志昊", "2013"]


def test_spread_of_one_side_only():
    assert texts(spread(line("郑志昊"), (), 10)) == ["郑志昊"]
    assert texts(spread((), line("2013"), 6)) == ["  2013"]
    assert texts(spread((), line("很长的地址"), 6)) == ["很长的", "地址"]
