"""Letters: what of a text is compared, and the way back to print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.normalize import normalize
from search_cli.quotations.alignment_text import alignment_text, punctuated

TEXTS = st.text(alphabet="红米手機QQ空间ａＡé1５.6,，。“”（）…％%- \n㈱ｶﾞ\u200b+#c:/亿万", max_size=30)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("与小米的合作，是QQ空间 的尝试。", "与小米的合作是qq空间的尝试"),
        ("這是受到微信公眾賬號系統的啟發嗎", "这是受到微信公众账号系统的启发吗"),
        ("ＱＱ空間", "qq空间"),
        ("月活跃用户数6.11亿", "月活跃用户数6.11亿"),
        ("占大概70%。", "占大概70%"),
        ("占大概７０％。", "占大概70%"),
        ("涨跌：-5度，—5度，3日-5日", "涨跌-5度5度3日5日"),
        ("18~35岁，18-35岁", "1835岁1835岁"),
        ("1,000人", "1000人"),
        ("C++与C#，+1", "c++与c#1"),
        ("12:30到1/3", "12:30到1/3"),
        ("¥500与$5", "¥500与$5"),
        ("……！？", ""),
        ("", ""),
    ],
)
def test_what_is_compared(text, said):
    assert alignment_text(text).text == said


@given(TEXTS)
def test_every_letter_stands_in_print(text):
    found = alignment_text(text)
    assert len(found.text) == len(found.offsets)
    for start in range(len(found.text)):
        low, high = found.printed(start, start + 1)
        assert 0 <= low < high <= len(text)
        assert found.text[start] in normalize(text[low:high]).text


@given(TEXTS)
def test_letters_do_not_change_when_taken_again(text):
    assert alignment_text(alignment_text(text).text).text.replace("+", "").replace("#", "").replace(
        "-", ""
    ) == alignment_text(text).text.replace("+", "").replace("#", "").replace("-", "")


@pytest.mark.parametrize(
    ("text", "sought", "stands"),
    [
        ("有15万用户", "5万用户", False),
        ("有5万用户", "5万用户", True),
        ("突破350万", "突破350", False),
        ("突破350人", "突破350", True),
        ("突破350, 万一", "突破350", True),
        ("数6.11亿", "11亿", False),
        ("数6.11亿", "数6", False),
        ("到6。11人", "到6", True),
        ("占70%", "占70", False),
        ("with it", "it", True),
        ("with it", "ith", False),
        ("QQ空间", "空间", True),
        ("微信wechat", "微信we", False),
        ("15万，和5万用户", "5万", True),
    ],
)
def test_numbers_and_latin_words_are_not_cut(text, sought, stands):
    assert (alignment_text(text).find(alignment_text(sought).text) >= 0) is stands


def test_where_it_stands_from_a_place_on():
    found = alignment_text("小米，小米")
    assert [found.find("小米"), found.find("小米", 1), found.find("小米", 3), found.find("华为")] == [0, 2, -1, -1]
    assert found.printed(2, 4) == (3, 5)
    assert found.printed(1, 3) == (1, 4)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("分享生活,留住感动", "分享生活，留住感动。", True),
        ("分享生活 留住感动", "分享生活留住感动", True),
        ("主张“分享生活”的", "主張「分享生活」的", True),
        ("主张‘分享生活’的", '主张"分享生活"的', True),
        ("分享生活,留住感动", "分享生活、留住感动", False),
        ("分享生活留住感动", "分享生活，留住感动", False),
        ("“分享生活", "分享生活！”", True),
        ("……", "。", True),
    ],
)
def test_punctuation_as_it_is_compared(one, other, same):
    assert (punctuated(one) == punctuated(other)) is same
