"""People and outlets: guests, authors, outlet, hosts and interviewers."""

import pytest

from indexer.model import Guest, Role
from indexer.parser import people


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (("访谈嘉宾：市水务局局长 岳建平",), (Guest("岳建平", "市水务局局长"),)),
        (
            ("嘉宾：", "何　苗　　民间图书馆“渡口书屋”创办人", "唐以宁　　县图书馆副馆长"),
            (Guest("何苗", "民间图书馆“渡口书屋”创办人"), Guest("唐以宁", "县图书馆副馆长")),
        ),
        (
            ("出席：交通运输部副部长 方成、公路局局长 何岚", "主持人：宁小乔"),
            (Guest("方成", "交通运输部副部长"), Guest("何岚", "公路局局长")),
        ),
        (("受访者：沈从武（馆长）",), (Guest("沈从武", "馆长"),)),
        (("受訪者｜鄧麗華，作家",), (Guest("鄧麗華", "作家"),)),
        (("嘉宾：方榆（农场主）、Tom Lee（建筑师）",), (Guest("方榆", "农场主"),)),
        (("来源：某报", "作者：罗子期"), ()),
        (
            ("采访对象：张伟（外卖骑手，从业3年），李敏（平台经理）",),
            (Guest("张伟", "外卖骑手，从业3年"), Guest("李敏", "平台经理")),
        ),
    ],
)
def test_guests_of_the_head(head: tuple[str, ...], expected: tuple[Guest, ...]) -> None:
    assert people.guests(head, "", ()) == expected


@pytest.mark.parametrize(
    ("lead", "speakers", "expected"),
    [
        (
            "为此,搜狐IT独家专访了腾讯副总裁、腾讯社区平台部总经理郑志昊,他表示很好。",
            ("问", "郑志昊"),
            (Guest("郑志昊", "腾讯副总裁、腾讯社区平台部总经理"),),
        ),
        ("本刊記者專訪了寧川電池總經理陸遠舟。", ("問", "答"), (Guest("陸遠舟", "寧川電池總經理"),)),
        ("近日，馆长何苗接受了采访。", ("何苗",), (Guest("何苗", "馆长"),)),
        ("何苗，渡口书屋创办人，在船上长大。", ("何苗",), (Guest("何苗", "渡口书屋创办人"),)),
        ("何苗（县图书馆副馆长）在船上长大。", ("何苗",), (Guest("何苗", "县图书馆副馆长"),)),
        ("我们在码头见到了何苗，她刚下船。", ("何苗",), ()),
        ("", ("何苗",), ()),
    ],
)
def test_guests_of_the_lead(lead: str, speakers: tuple[str, ...], expected: tuple[Guest, ...]) -> None:
    assert people.guests((), lead, speakers) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (("文｜本报记者 罗子期　　编辑｜佟　月",), ("罗子期",)),
        (("作者：罗子期、何苗",), ("罗子期", "何苗")),
        (("采访、撰文｜佟鸥",), ("佟鸥",)),
        (("记者/林深 编辑/小北",), ("林深",)),
        (("来源：某报",), ()),
    ],
)
def test_authors(head: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert people.authors(head) == expected


@pytest.mark.parametrize(
    ("head", "lead", "expected"),
    [
        (("2013年8月22日 10:00　　来源：市政府门户网站　　　　【字体：大 中 小】",), "", "市政府门户网站"),
        (("稿源：《南方人物周刊》 | 作者: 张宇",), "", "南方人物周刊"),
        ((), "为此,搜狐IT独家专访了腾讯副总裁郑志昊。", "搜狐IT"),
        ((), "近日，《三联生活周刊》记者专访了何苗。", "三联生活周刊"),
        ((), "本刊记者采访了何苗。", ""),
        ((), "我们采访了何苗。", ""),
        (("来源：某报",), "搜狐IT专访了郑志昊。", "某报"),
    ],
)
def test_the_outlet(head: tuple[str, ...], lead: str, expected: str) -> None:
    assert people.outlet(head, lead) == expected


def test_what_the_head_says_that_somebody_does() -> None:
    head = (
        "主持人：国务院新闻办新闻局副局长、新闻发言人 宁小乔",
        "采访：林深",
        "受访者：郑一鸣（修复师）",
        "出席：交通运输部副部长 方成",
        "时间：上午",
    )
    assert people.roles(head, ()) == {"宁小乔": Role.HOST, "林深": Role.INTERVIEWER, "郑一鸣": Role.INTERVIEWEE}


@pytest.mark.parametrize(
    ("speakers", "expected"),
    [
        (("三联生活周刊", "温亭"), "三联生活周刊"),
        (("三联生活周刊", "新京报", "发言人"), ""),
        (("经济日报记者", "温亭"), ""),
        (("记者", "温亭"), ""),
    ],
)
def test_a_medium_that_asks_is_the_outlet(speakers: tuple[str, ...], expected: str) -> None:
    assert people.outlet_among_speakers(speakers) == expected


def test_who_speaks_is_somebody_however_the_name_is_built() -> None:
    head = ("主播｜夜猫　嘉宾｜携隐Melody",)
    assert people.roles(head, ("夜猫", "携隐Melody")) == {"夜猫": Role.HOST, "携隐Melody": Role.INTERVIEWEE}
    assert people.roles(head, ()) == {}


def test_an_address() -> None:
    assert people.url(("原文链接：https://example.org/a?b=1。", "http://second.example")) == "https://example.org/a?b=1"
    assert people.url(("来源：某报",)) == ""


def test_whom_the_title_quotes_is_a_guest_where_the_lead_speaks_of_them() -> None:
    lead = "负责总体设计的云泽大学教授梁叙白说，太好看了。"
    assert people.guests((), lead, ("答",), "梁叙白：老厂房不是背景板") == (Guest("梁叙白", "云泽大学教授"),)
    assert people.guests((), lead, ("答",), "老厂房：不是背景板") == ()
    assert people.guests((), "厂房停产十一年了。", ("答",), "梁叙白：老厂房不是背景板") == ()


def test_an_office_is_told_without_what_the_person_does() -> None:
    assert people.guests((), "主导改版的资讯局科长林以柔说，好。", ("林以柔",)) == (Guest("林以柔", "资讯局科长"),)
    assert people.guests((), "县图书馆的副馆长唐以宁说，好。", ("唐以宁",)) == (Guest("唐以宁", "县图书馆的副馆长"),)


def test_a_medium_and_an_author_in_the_line_of_the_date() -> None:
    head = ("北岸周刊　2019-03-15　记者　韩若溪",)
    assert (people.outlet(head, ""), people.authors(head)) == ("北岸周刊", ("韩若溪",))
    assert people.outlet(("来源：岚江晚报", *head), "") == "岚江晚报"
    assert people.authors(("作者：林深", *head)) == ("林深",)
