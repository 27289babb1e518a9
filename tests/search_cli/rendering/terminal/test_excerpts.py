"""The best part of a long turn: around the marks, whole sentences where possible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_cli.rendering.terminal.excerpts import CUT, excerpt, marked, window
from search_cli.rendering.terminal.styles import Segment, Style, cells, line, plain_text
from tests.support.spoken import ANSWER, HOSTILE, QUESTION, spans

SENTENCES = "第一句说天气。第二句说吃饭。第三句说小米。第四句说合作。第五句说天气。第六句说小米的合作。第七句说吃饭。"
SPEECH = "嗯那个就是我们今天主要是想说一下这个项目的进度然后呢小米那边的同事也说了他们的合作要到下个月才能开始" * 3


def said(text: str, columns: int, *found: str) -> str:
    return plain_text(excerpt(text, spans(text, *found), columns))


def test_marks_become_pieces():
    assert marked("与小米的合作", [(1, 3), (4, 6)]) == (
        Segment("与"),
        Segment("小米", Style.MARK),
        Segment("的"),
        Segment("合作", Style.MARK),
    )


def test_marks_keep_their_place_where_characters_are_left_out():
    text = "\x1b红\u202e米\x07手机"
    assert marked(text, [(1, 4)]) == (Segment("红米", Style.MARK), Segment("手机"))


def test_a_short_turn_is_shown_whole():
    assert said("与小米的合作。", 40, "小米") == "与小米的合作。"


def test_the_densest_sentence_is_chosen_and_the_cuts_are_told():
    assert said(SENTENCES, 24, "小米", "合作") == f"{CUT}第六句说小米的合作。{CUT}"


def test_two_words_count_more_than_one_twice():
    text = "小米小米小米小米。" + "中间说的是别的话。" * 4 + "小米与合作。" + "后面也是别的话。" * 4
    assert "小米与合作" in said(text, 30, "小米", "合作")


def test_without_marks_the_beginning_is_shown():
    assert said(SENTENCES, 30) == f"第一句说天气。第二句说吃饭。{CUT}"


def test_the_end_needs_no_ellipsis():
    assert said(SENTENCES, 20, "吃饭") == f"{CUT}第二句说吃饭。{CUT}"
    assert said(SENTENCES + "最后说结尾。", 14, "结尾") == f"{CUT}最后说结尾。"


def test_a_question_is_cut_at_a_comma_without_the_comma():
    assert said(QUESTION, 70, "小米", "合作") == f"与小米的合作在我看来是QQ空间新的流量变现方式{CUT}"


def test_an_excerpt_runs_over_paragraphs_without_a_hole():
    assert "没有关系。基于社交" in said(ANSWER, 300, "小米")
    assert "done. Next" in said("It is done.\nNext came the rest of it. " + "More words here. " * 20, 60, "Next")


@pytest.mark.parametrize("text", ["月活跃用户6.11亿，日均2,000万张。" * 9, "见sli.do/abc和https://example.org/x。" * 9])
def test_numbers_and_addresses_are_not_torn(text):
    shown = said(text, 60).removesuffix(CUT)
    assert text.startswith(shown)
    assert shown.endswith(("张。", "万张", "亿", "。", "x"))


def test_closing_quotes_stay_with_their_sentence():
    text = "他说：“我们不做。”然后走了。" + "后来又说了很多别的话。" * 8
    assert said(text, 34) == f"他说：“我们不做。”然后走了。{CUT}"


def test_speech_without_punctuation_is_cut_around_the_marks():
    shown = said(SPEECH, 60, "小米", "合作")
    assert "小米" in shown
    assert "合作" in shown
    assert cells(line(shown)) <= 60 + 4


def test_a_mark_across_punctuation_stays_whole():
    text = "前面的话很长很长。" * 6 + "他说小米，手机就是这样。" + "后面的话很长很长。" * 6
    pieces = excerpt(text, spans(text, "小米，手机"), 30)
    assert [piece.text for piece in pieces if piece.style is Style.MARK] == ["小米，手机"]


def test_a_hostile_transcript_is_harmless_in_an_excerpt():
    shown = plain_text(excerpt(HOSTILE * 20, spans(HOSTILE * 20, "米"), 80))
    assert shown.isprintable()


@given(
    st.lists(
        st.sampled_from(["小米", "合作", "的", "是", "，", "。", "\n", "QQ", "6.11亿", "“", "”", " ", "！"]),
        max_size=80,
    ),
    st.integers(12, 240),
)
def test_an_excerpt_is_a_stretch_of_the_text_that_fits(parts, columns):
    text = "".join(parts)
    marks = spans(text, "小米", "合作")
    start, end = window(text, marks, columns)
    assert 0 <= start <= end <= len(text)
    assert cells(line(text[start:end].replace("\n", ""))) <= max(columns, 12)
    if marks:
        assert any(start <= a and b <= end for a, b in marks)
    pieces = excerpt(text, marks, columns)
    assert all(piece.text in {"小米", "合作"} for piece in pieces if piece.style is Style.MARK)


def test_marks_by_the_thousand_take_no_time():
    text = "小米的合作，" * 20_000
    assert "小米" in said(text, 200, "小", "米", "合作")
