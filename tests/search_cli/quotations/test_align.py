"""The stretch most like a quotation, and the changes from the one to the other."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_cli.quotations.align import ADDED, DROPPED, KEPT, Alignment, align, changes
from search_cli.quotations.alignment_text import alignment_text
from search_cli.quotations.quotation import TextChange
from tests.support.spoken import ANSWER

WORDS = st.text(alphabet="小米红手机合作空间尝试社交营销", min_size=1, max_size=25)
PRINT = st.text(alphabet="小米红手机合，作。空間ＱQ尝试6.5 “”…\n", max_size=30)


def shown(quotation: str, text: str) -> str:
    one = align(alignment_text(quotation).text, alignment_text(text).text)
    signs = {KEPT: "{}", DROPPED: "[{}]", ADDED: "<{}>"}
    return "".join(signs[step.what].format(step.text) for step in changes(quotation, text, (one.start, one.end)))


@pytest.mark.parametrize(
    ("quotation", "text", "found"),
    [
        ("月活跃用户数5.11亿", "平台,月活跃用户数6.11亿。目前", "月活跃用户数[5.11]<6.11>亿"),
        ("合作是社交方面的尝试", "与小米的合作是QQ空间在社交营销方面的尝试,", "合作是<QQ空间在>社交<营销>方面的尝试"),
        ("这其实是社交营销的尝试", "那是社交营销的尝试。", "[这其实]<那>是社交营销的尝试"),
        ("用戶的年輕群體最少", "以18~35岁用户的年轻群体最多,占", "用户的年轻群体最[少]<多>"),
        ("广告，增值服务，泛商务", "三种,即广告、增值服务和泛商务。", "广告、增值服务<和>泛商务"),
        ("月活跃用户数5.11亿，每天都在用", "月活跃用户数6.11亿。目前,QQ空间", "月活跃用户数[5.11]<6.11>亿[每天都在用]"),
        ("占大概71%", "最多,占大概70%。", "占大概[71%]<70%>"),
        ("有100万用户", "有1000万用户", "有[100]<1000>万用户"),
        ("在2013年8月2日说", "在2013年8月12日说", "在2013年8月[2]<12>日说"),
        ("分享生活留住感动", "主张“分享生活,留住感动”,我们", "分享生活,留住感动"),
    ],
)
def test_changes(quotation, text, found):
    assert shown(quotation, text) == found


def test_a_lone_letter_between_two_changes_is_changed_too():
    assert shown("我们甲在乙做了很多年的工作", "我们丙在丁做了很多年的工作") == "我们[甲在乙]<丙在丁>做了很多年的工作"


def test_a_quotation_longer_than_the_turn():
    one = align("与小米的合作是尝试并不是变现", "合作是尝试")
    assert (one.start, one.end) == (0, 5)
    assert one.likeness == pytest.approx(5 / 14)


@pytest.mark.parametrize(("quoted", "text"), [("", "小米"), ("小米", ""), ("", ""), ("天地", "玄黄")])
def test_nothing_in_common(quoted, text):
    assert align(quoted, text) == Alignment(0, 0, 0.0)


@given(WORDS, WORDS, WORDS)
def test_what_is_there_is_wholly_like_it(before, inside, after):
    text = before + inside + after
    one = align(inside, text)
    assert text[one.start : one.end] == inside
    assert one.likeness == 1.0


@given(PRINT, PRINT)
def test_the_changes_make_what_was_said_of_the_quotation(quotation, text):
    one = align(alignment_text(quotation).text, alignment_text(text).text)
    if one.end > one.start:
        steps = changes(quotation, text, (one.start, one.end))
        said = "".join(step.text for step in steps if step.what != DROPPED)
        assert said == text[slice(*alignment_text(text).printed(one.start, one.end))]
        assert all(step.text for step in steps)
        assert all(a.what != b.what for a, b in pairwise(steps))


@given(WORDS, WORDS)
def test_undone_they_make_the_quotation_again(quotation, text):
    steps = changes(quotation, text, (0, len(text)))
    assert "".join(step.text for step in steps if step.what != ADDED) == quotation
    assert "".join(step.text for step in steps if step.what != DROPPED) == text


@given(st.integers(0, 60), st.integers(8, 40), st.integers(0, 7), st.sampled_from("鱼龙"))
def test_one_wrong_letter_is_one_change(start, length, at, wrong):
    stretch = alignment_text(ANSWER).text[start : start + length]
    quotation = stretch[:at] + wrong + stretch[at + 1 :]
    one = align(quotation, alignment_text(ANSWER).text)
    steps = changes(quotation, ANSWER, (one.start, one.end))
    assert one.likeness >= 1 - 2 / length
    assert [step for step in steps if step.what == DROPPED] == [TextChange(DROPPED, wrong)]
