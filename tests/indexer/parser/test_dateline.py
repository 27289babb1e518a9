"""Outlet and author in the line of the date, without keys, and what must not be taken for them."""

import pytest

from indexer.parser import dateline


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("北岸周刊　2019-03-15　记者　韩若溪", "北岸周刊"),
        ("北岸周刊　2015年5月22日", "北岸周刊"),
        ("《稻上》2018年10月号", "稻上"),
        ("《稻上》 二〇一八年第三期", "稻上"),
        ("島嶼數位誌｜2023年3月20日", "島嶼數位誌"),
        ("2017-06-19　银幕侧写　文/丁知夏", "银幕侧写"),
        ("2017年6月19日 《今天》 第3版", "今天"),
        # a place, a weekday, a page, a person beside a date are no medium; neither is a phrase without a byline
        ("2021年10月9日　　第12版", ""),
        ("2021年10月9日 星期六 下午", ""),
        ("2023年9月16日 荷花里社区活动室", ""),
        ("岚江市 2023-09-16", ""),
        ("2023-09-16 韩若溪", ""),
        ("时间：2023年9月16日 14:00—16:30", ""),
        ("北岸周刊 记者 韩若溪", ""),
        ("", ""),
    ],
)
def test_the_medium_beside_a_date(line: str, outlet: str) -> None:
    assert dateline.outlet([line]) == outlet


def test_the_first_line_with_a_date_and_a_medium_counts() -> None:
    assert dateline.outlet(["记者 韩若溪", "2020-01-01", "岚江晚报 2020-01-02", "北岸周刊 2020-01-03"]) == "岚江晚报"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("北岸周刊　2019-03-15　记者　韩若溪", ("韩若溪",)),
        ("2017-06-19　银幕侧写　文/丁知夏", ("丁知夏",)),
        ("記者／許家寧　攝影／游子安", ("許家寧",)),
        ("文 韩若溪", ("韩若溪",)),
        ("记者 会", ()),
        ("记者 走进村庄", ()),
        ("主持 韩若溪", ()),
    ],
)
def test_the_person_beside_a_word_for_who_writes(line: str, authors: tuple[str, ...]) -> None:
    assert dateline.authors([line]) == authors


def test_an_author_named_twice_is_one() -> None:
    assert dateline.authors(["文 韩若溪", "记者 韩若溪"]) == ("韩若溪",)
