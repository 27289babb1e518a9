"""Numbers in a text: amounts and years, and the many words that only look like numbers."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.normalize import normalize
from indexer.text.numbers import amounts, number_at_start, numbers


def said(text: str) -> list[float]:
    return numbers(normalize(text).text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("月活跃用户6.11亿", 611_000_000),
        ("6.11亿元", 611_000_000),
        ("6.11 亿美元", 611_000_000),
        ("６．１１億", 611_000_000),
        ("粉丝500多万", 5_000_000),
        ("三千五百万", 35_000_000),
        ("一百多万人", 1_000_000),
        ("三点五亿", 350_000_000),
        ("1万亿", 1e12),
        ("一万亿", 1e12),
        ("12亿5000万", 1_250_000_000),
        ("六亿一千一百万", 611_000_000),
        ("三亿零五万人", 300_050_000),
        ("3千万", 30_000_000),
        ("1,234人", 1234),
        ("5w粉丝", 50_000),
        ("30kg", 30),
        ("两千五", 2500),
        ("三万六", 36_000),
        ("一千零五", 1005),
        ("一百一十二", 112),
        ("二十三个", 23),
        ("三十多岁", 30),
        ("十年", 10),
        ("三年", 3),
        ("10分钟", 10),
        ("百分之七十", 70),
        ("70%", 70),
        ("1兆", 1e12),
        ("25 兆元", 25e12),
        ("一兆兩千億", 1.2e12),
        ("1.5兆美元", 1.5e12),
        ("三點五兆", 3.5e12),
        ("兩兆", 2e12),
        ("1万兆", 1e16),
        ("100兆瓦", 100),
        ("一百兆字节", 100),
        ("3百万", 3_000_000),
        ("五千萬", 50_000_000),
        ("3个亿", 300_000_000),
        ("两个亿", 200_000_000),
        ("一个亿", 100_000_000),
        ("半个亿", 50_000_000),
        ("半兆", 5e11),
        ("1亿半", 150_000_000),
        ("两万半", 25_000),
        ("廿三", 23),
        ("卅年", 30),
        ("二〇二〇年", 2020),
        ("一九七八年", 1978),
        ("2020年", 2020),
        ("2013-08-02", 2013),
        ("2017.8.1", 2017),
    ],
)
def test_an_amount_or_a_year_is_a_number(text: str, expected: float) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "一起",
        "一个",
        "一下",
        "第一",
        "第3届",
        "第二十条",
        "千万不要",
        "几千万",
        "百万富翁",
        "万一",
        "兆元产业",
        "预兆",
        "五卅运动",
        "半年",
        "一半",
        "十分",
        "三心二意",
        "五花八门",
        "七上八下",
        "双十一",
        "九一八",
        "零下",
        "三分之一",
        "周五",
        "初三",
        "iPhone6",
        "SARS-2",
        "5G网络",
        "5月21日",
        "16点",
        "12:30",
        "1.2.3",
        "127.0.0.1",
    ],
)
def test_words_that_only_look_like_numbers(text: str) -> None:
    assert said(text) == []


def test_several_numbers_come_in_order_and_once() -> None:
    assert said("18-35岁占70%，2亿张，还是18岁") == [18, 35, 70, 200_000_000]


@given(st.text(alphabet="一二两三四五六七八九十廿卅百千万亿兆半零〇点分之多年%.,:-0123456789第月k 个", max_size=30))
def test_any_run_of_numerals_gives_finite_numbers(text: str) -> None:
    assert all(math.isfinite(number) and number >= 0 for number in said(text))


def test_amounts_have_spans():
    text = "12亿5000万，还有二〇二〇年和6.11亿元，三点五亿"
    assert [(text[start:end], value) for start, end, value in amounts(text)] == [
        ("12亿5000万", 1_250_000_000),
        ("二〇二〇", 2020),
        ("6.11亿", 611_000_000),
        ("三点五亿", 350_000_000),
    ]


def test_what_is_said_after_a_number_is_no_half_of_it():
    assert said("花了一百万半年就没了") == [1_000_000]


@pytest.mark.parametrize(
    ("text", "value", "rest"),
    [
        ("1.5亿", 150_000_000, ""),
        ("12亿5000万", 1_250_000_000, ""),
        ("一兆两千亿", 1.2e12, ""),
        ("千万", 10_000_000, ""),
        ("三百", 300, ""),
        ("七", 7, ""),
        ("零", 0, ""),
        ("二〇二〇", 2020, ""),
        ("半个亿", 50_000_000, ""),
        ("百分之七十", 70, ""),
        ("5公斤", 5, "公斤"),
        ("7折", 7, "折"),
        ("1xyz", 1, "xyz"),
        ("1京", 1, "京"),
        ("5月", 5, "月"),
        ("3亿5", 300_000_000, "5"),
    ],
)
def test_a_number_that_is_typed_is_read_whatever_follows(text: str, value: float, rest: str) -> None:
    assert number_at_start(text) == (value, len(text) - len(rest))


@pytest.mark.parametrize("text", ["", "很多", "万", "京", "五卅", "公斤5", "-5", "1.2.3", "12:30"])
def test_what_does_not_start_with_a_number(text: str) -> None:
    assert number_at_start(text) is None


@given(st.text(alphabet="一二两三四五六七八九十廿百千万亿兆半零〇点分之多%.,0123456789 个", max_size=20))
def test_any_number_that_is_typed_has_a_length(text: str) -> None:
    if found := number_at_start(text):
        assert math.isfinite(found[0])
        assert 0 < found[1] <= len(text)
