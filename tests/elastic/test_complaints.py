"""What users of Chinese search complain of, a row a case: `pytest -v tests/elastic/test_complaints.py` is the table.

A row says what is searched, in which text, and whether it is found; where it is, which characters are marked. All texts
are in one archive, so that whatever finds too much is seen in the rows of the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import uuid4

import pytest

from indexer.elastic.connection import connect
from indexer.settings import Settings, sample_data
from search_cli import Archive
from tests.elastic.test_search import Small, shown


@dataclass(frozen=True)
class Row:
    """A line of the table; `marked` is the text with « » around what is marked, without any where it is not found."""

    complaint: str
    query: str
    marked: str
    regional: bool = False

    @property
    def text(self) -> str:
        return self.marked.replace("«", "").replace("»", "")

    @property
    def finds(self) -> bool:
        return "«" in self.marked

    @property
    def said(self) -> str:
        """How pytest prints the case."""
        more = " with regional words" if self.regional else ""
        return f"{self.complaint}: {self.query} {'finds' if self.finds else 'does not find'} {self.marked}{more}"


def rows(complaint: str, *pairs: tuple[str, str], regional: bool = False) -> list[Row]:
    return [Row(complaint, query, marked, regional) for query, marked in pairs]


TABLE = [
    *rows(
        "index and query segmented differently",
        ("互联", "«互联»网改变了一切"),
        ("互联网", "«互联网»改变了一切"),
        ("互联网", "«互联»互通是目标"),
        ("互联互通", "«互联互通»是目标"),
        ("网改", "互联«网改»变了一切"),
    ),
    *rows(
        "a phrase across segmentations",
        ('"小米手机合作"', "«小米手机合作»伙伴大会"),
        ('"米手机合"', "小«米手机合»作伙伴大会"),
        ('"小米合作"', "小米手机合作伙伴大会"),
        ("“伙伴大会”", "小米手机合作«伙伴大会»"),
        ('"合作，伙伴"', "小米手机合作伙伴大会"),
    ),
    *rows(
        "a single character",
        ("米", "碾出来的«米»全给他"),
        ("米", "小«米»手机合作伙伴大会"),
        ("碾", "«碾»出来的米全给他"),
        ("糠", "碾出来的米全给他"),
    ),
    *rows(
        "new words, in no dictionary",
        ("红米手机", "«红米手机»首发"),
        ("骑楼茶社", "他在«骑楼茶社»说书"),
        ("楼茶", "他在骑«楼茶»社说书"),
        ("广点通", "«广点通»是第三代网络广告"),
    ),
    *rows(
        "numbers with units",
        ("6.11亿", "月活跃用户«6.11亿»"),
        ("6.11亿", "收入«6.11亿»元"),
        ("6.11亿", "投资«6.11 亿»美元"),
        ("6.11亿", "«六亿一千一百万»用户"),
        ("6.11亿", "一共16.11亿人次"),
        ("6.11亿元", "收入«6.11亿元»"),
        ("6.11亿元", "投资«6.11 亿»美元"),
        ("6.11亿美元", "投资«6.11 亿美元»"),
        ("6.11亿美元", "月活跃用户«6.11亿»"),
        ("16.11亿", "一共«16.11亿»人次"),
        ("16.11亿", "收入6.11亿元"),
        ("2020年", "«2020年»开业"),
        ("2020年", "«二〇二〇年»开业"),
        ("二〇二〇年", "«2020年»开业"),
        ("二〇二〇年", "«二〇二〇年»开业"),
        ("二零二零年", "«2020年»开业"),
        ("2020年", "2019年关门"),
        ("30万", "共«三十万»人"),
        ("三十万", "花了«30万»元"),
    ),
    *rows(
        "Han and Latin mixed",
        ("QQ空间", "«QQ空间»的开放平台"),
        ("QQ", "«QQ»空间的开放平台"),
        ("空间", "QQ«空间»的开放平台"),
        ("qq空间", "«QQ空间»的开放平台"),
        ("B站", "«B站»的用户"),
        ("b站", "«B站»的用户"),
        ("iPhone", "我用«iPhone»6"),
        ("iPhone6", "我用«iPhone6»"),
        ("iPhone 6s", "他用«iPhone» «6s»"),
        ("iPhone6s", "他用«iPhone 6s»"),
        ("IT", "这是«IT»行业"),
        ("IT", "I am with him"),
        ("6", "月活跃用户6.11亿"),
    ),
    *rows(
        "full width",
        ("iPhone6", "买了«ｉＰｈｏｎｅ６»"),
        ("ｉＰｈｏｎｅ６", "我用«iPhone6»"),
        ("QQ", "加入«ＱＱ»群"),
        ("ＱＱ", "«QQ»空间的开放平台"),
        ("70%", "占«７０％»"),
        ("７０％", "占«70%»左右"),
    ),
    *rows(
        "names with · or spaces",
        ("迈克尔·乔丹", "«迈克尔·乔丹»来了"),
        ("乔丹", "迈克尔·«乔丹»来了"),
        ("迈克尔", "«迈克尔»·乔丹来了"),
        ("迈克尔•乔丹", "«迈克尔»·«乔丹»来了"),
        ("Audrey Tang", "«Audrey» «Tang»演讲"),
        ("audrey", "«Audrey» Tang演讲"),
    ),
    *rows(
        "names cut by jieba",
        ("刘三发", "«刘三发»接受采访"),
        ("三发", "刘«三发»接受采访"),
        ("苏未名", "«苏未名»医生说"),
    ),
    *rows(
        "Traditional and Simplified",
        ("資訊", "«資訊»科的軟體"),
        ("资讯", "«資訊»科的軟體"),
        ("資訊", "一家«资讯»公司的软体"),
        ("资讯", "一家«资讯»公司的软体"),
        ("軟體", "一家资讯公司的«软体»"),
        ("软体", "資訊科的«軟體»"),
        ('"資訊公司"', "一家«资讯公司»的软体"),
        ("皇后", "«皇后»大道"),
        ("後", "以«後»再说"),
        ("后", "以«後»再说"),
    ),
    *rows(
        "regional words",
        ("软件", "資訊科的軟體"),
        ("軟體", "这款软件好用"),
        ("视频", "影片很短"),
        ("計程車", "出租车很多"),
    ),
    *rows(
        "regional words",
        ("软件", "資訊科的«軟體»"),
        ("软件", "这款«软件»好用"),
        ("軟體", "这款«软件»好用"),
        ("软体", "这款«软件»好用"),
        ("视频", "«影片»很短"),
        ("影片", "«视频»很长"),
        ("網路", "«网络»不通"),
        ("网络", "«網路»不通"),
        ("計程車", "«出租车»很多"),
        ("出租车", "«計程車»很多"),
        ("信息", "«資訊»科的軟體"),
        regional=True,
    ),
    *rows(
        "wrong highlights",
        ("小米合作", "«小米»与«合作»社，小麦与合同"),
        ("上海", "在«上海»，不在海上，也不上网"),
        ("有意", "他«有意»见也«有意»思"),
    ),
    *rows("homophones", ("景点", "这是经典作品"), ("经典", "这里的景点很多"), ("jingdian", "这里的景点很多")),
]
NUMBERS = {
    "number:>1亿": ["月活跃用户6.11亿", "收入6.11亿元", "六亿一千一百万用户", "一共16.11亿人次", "投资6.11 亿美元"],
    "number:>10亿": ["一共16.11亿人次"],
    "number:5万..10万": ["卖了6万斤"],
    "number:30万": ["共三十万人", "花了30万元"],
    "number:2019..2020": ["2020年开业", "二〇二〇年开业", "2019年关门"],
    "number:<7": [],
    "number:70": ["占７０％", "占70%左右", "百分之七十的人"],
    "number:6.11亿": ["月活跃用户6.11亿", "收入6.11亿元", "六亿一千一百万用户", "投资6.11 亿美元"],
}
MORE = ("卖了6万斤", "百分之七十的人")


@pytest.fixture(scope="module")
def archives(node_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[bool, Archive]]:
    """The archive of all texts, without regional words and with them."""
    settings = Settings(url=node_url, index=f"complaints-{uuid4().hex[:12]}", data=sample_data())
    small = Small(settings, tmp_path_factory.mktemp("complaints"))
    texts = dict.fromkeys((*(row.text for row in TABLE), *MORE))
    small.add(*({"id": f"text-{n}", "turns": [{"text": text}]} for n, text in enumerate(texts)))
    yield {regional: Archive(replace(settings, regional=regional)) for regional in (False, True)}
    with connect(settings) as client:
        for name in client.indices.get(index=f"{settings.index}-*", expand_wildcards="all").body:
            client.indices.delete(index=name)
        client.options(ignore_status=404).indices.delete_index_template(name=settings.index)


@pytest.mark.parametrize("row", TABLE)
def test(archives: dict[bool, Archive], row: Row) -> None:
    hits = archives[row.regional].search(row.query, limit=200).hits
    assert {hit.turn.text: shown(hit) for hit in hits}.get(row.text, row.text) == row.marked


@pytest.mark.parametrize("query", NUMBERS)
def test_numbers(archives: dict[bool, Archive], query: str) -> None:
    assert sorted(hit.turn.text for hit in archives[False].search(query, limit=200).hits) == sorted(NUMBERS[query])


def test_the_table_has_each_text_found_and_not_found() -> None:
    assert len({row.said for row in TABLE}) == len(TABLE)
    assert sum(row.finds for row in TABLE) > 60
    assert sum(not row.finds for row in TABLE) > 10
