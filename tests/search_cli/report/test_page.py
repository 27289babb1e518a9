"""The page of a report, in the language of its reader."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import html

from indexer.language import messages
from indexer.language.languages import Language
from search_cli.kwic.concordance import Concordance, Occurrence
from search_cli.models import HitMatch
from search_cli.report.collection import Report, ReportOptions
from search_cli.report.page import page
from search_cli.search.crosstab import Crosstab, CrosstabRow
from search_cli.search.revision import ArchiveRevision
from search_cli.search.timeline import Period, Timeline
from tests.support.spoken import facet, hit, result

NAMES = {"fangtan", "report", "role", "html", "Elasticsearch"}
"""Latin words that are no English here: names, and what is typed."""


def report() -> Report:
    """A report that has everything that one may have."""
    first = hit("小米", notes=("（笑）",), start=1000, end=2000)
    second = replace(hit("小米", rank=2, turn=2), match=HitMatch.SOME, versions=("灯会",), question=None)
    period = Period("2013", "2013-01-01", "2013-12-31", 2, 900, ())
    line = Occurrence(
        *("与", "小米", "的合作", "郑志昊", "interviewee", "2013-08-02", "qzone-xiaomi#3", "qzone-xiaomi"),
        *(3, 1, 3, "搜狐IT", "与小米手机合作"),
    )
    return Report(
        query="小米",
        options=ReportOptions(typed=("--role 受访",), version="1"),
        result=result(first, second, words=("小米",), also=("红米",), every=2, most=2, some=2, total=2, near=1),
        facets=(facet("speaker", ("郑志昊", 2), total=3, other=1), facet("outlet")),
        timeline=Timeline("小米", "year", "", (), (period,), 2, 1, 1, 0, "all"),
        crosstab=Crosstab("speaker", "topic", ("商业",), (CrosstabRow("郑志昊", 5, 900, (3,)),), 5, 1),
        concordance=Concordance("小米", (line,), 9, 2, 1, 15, ("小米",), (), "all", "position", {}),
        revision=ArchiveRevision("小档案", 281, 15, "9", {"dictionary": "1054", "topics": "2277", "speakers": "3009"}),
        created=datetime(2026, 11, 29, tzinfo=UTC),
        settled=False,
    )


def labels(tree: html.HtmlElement) -> str:
    """What the page says itself: its texts outside of the transcripts, and what a screen reader is told."""
    told = attributes(tree, "aria-label")
    told += [one.text_content() for one in tree.iter("title", "desc")]
    for one in tree.xpath('//style | //article//*[starts-with(@lang, "zh")] | //*[@class="address"]'):
        one.drop_tree()
    return " ".join([*told, tree.text_content()])


def attributes(tree: html.HtmlElement, name: str) -> list[str]:
    """The values of an attribute, wherever it is."""
    return [value for one in tree.iter() if (value := one.get(name))]


@pytest.mark.usefixtures("chinese")
def test_the_page_is_chinese_for_a_reader_of_chinese() -> None:
    tree = html.document_fromstring("".join(page(report())))
    assert tree.get("lang") == "zh-Hans"
    assert tree.xpath("//head/title/text()") == ["小米 · fangtan 报告"]
    assert tree.xpath("//h2/text()") == ["分面", "时间线", "说话人 × 话题", "命中", "词语索引", "检索方法"]
    head = tree.xpath('//table[contains(@class, "concordance")]/thead//th/text()')
    assert head == ["发言", "说话人", "前文", "词", "后文"]
    assert tree.xpath('//section[@id="hits"]/p/text()') == ["共 3 条命中，列出 2 条，最相关的在前"]
    assert set(re.findall(r"[A-Za-z]{2,}", labels(tree))) <= NAMES
    named = " ".join(attributes(tree, "aria-labelledby")).split()
    assert set(named) <= set(attributes(tree, "id"))


def test_templates_translate_when_they_are_rendered(chinese: None) -> None:
    assert ">命中</h2>" in "".join(page(report()))
    messages.use(Language.TRADITIONAL)
    traditional = "".join(page(report()))
    assert '<html lang="zh-Hant">' in traditional
    assert ":lang(zh-Hans) {" in traditional
    messages.use(Language.ENGLISH)
    english = "".join(page(report()))
    assert '<html lang="en">' in english
    assert ">Hits</h2>" in english
    assert ":lang(zh-Hans) {" not in english
