"""Pieces and how they are painted."""

import re

import pytest

from search_cli.rendering.terminal.styles import ColorMode, Segment, Style, cells, line, paint, plain_text

SAID = line("与", Segment("小米", Style.MARK), Segment("的合作", Style.DIM))


def test_a_line_drops_empty_pieces():
    assert line("", Segment("", Style.MARK), "问") == (Segment("问"),)


def test_words_are_the_text_alone():
    assert plain_text(SAID) == "与小米的合作"


@pytest.mark.parametrize(
    ("text", "columns"),
    [("小米", 4), ("QQ空间", 6), ("e\u0301", 1), ("", 0), ("······", 6), ("ｑｑ", 4), ("❤\ufe0f", 2)],
)
def test_cells_count_two_for_a_chinese_character(text, columns):
    assert cells(line(text)) == columns


def test_nothing_is_added_without_ink():
    assert paint(SAID, ColorMode.NONE) == "与小米的合作"


def test_shades_have_no_colour():
    assert paint(SAID, ColorMode.SHADES) == "与\x1b[1m小米\x1b[0m\x1b[2m的合作\x1b[0m"


def test_colours_are_switched_off_after_each_piece():
    painted = paint(tuple(Segment("字", style) for style in Style), ColorMode.COLOR)
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == "字" * len(Style)
    assert painted.count("\x1b[0m") == len(re.findall(r"\x1b\[[1-9][0-9;]*m", painted))
    assert not painted.endswith("m字")


def test_a_link_is_that_of_the_text_and_only_where_it_is_wanted():
    linked = (Segment("1:03", Style.DIM, "file:///a.mp3#t=63"),)
    assert paint(linked, ColorMode.COLOR) == "\x1b[2m1:03\x1b[0m"
    opened = "\x1b]8;;file:///a.mp3#t=63\x1b\\\x1b[2m1:03\x1b[0m\x1b]8;;\x1b\\"
    assert paint(linked, ColorMode.COLOR, links=True) == opened


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///a\x1b\\b.mp3", "https://a b", "file:///录.mp3", "a"])
def test_what_is_no_safe_link_is_text(link):
    assert paint((Segment("听", link=link),), ColorMode.COLOR, links=True) == "听"


def test_spaces_need_no_paint():
    assert paint((Segment("    ", Style.DIM), Segment("问 ", Style.DIM)), ColorMode.COLOR) == "    \x1b[2m问 \x1b[0m"


@pytest.mark.parametrize("ink", [ColorMode.SHADES, ColorMode.COLOR])
def test_a_mark_looks_unlike_its_surroundings(ink):
    assert paint((Segment("字", Style.MARK),), ink) != paint((Segment("字"),), ink)
    assert paint((Segment("字", Style.DIM_MARK),), ink) != paint((Segment("字", Style.DIM),), ink)
