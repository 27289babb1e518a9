"""Citations in their styles, with all that is known and with what a transcript does not say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from search_cli.citation import CitationStyle, citation, escaped
from tests.support.spoken import turn

URL = "https://it.sohu.com/20130802/n383130145.shtml"


@pytest.mark.parametrize(
    ("style", "changes", "cited"),
    [
        (CitationStyle.PLAIN, {}, "郑志昊，《与小米手机合作发布红米手机》，搜狐IT，2013-08-02，qzone-xiaomi#3"),
        (CitationStyle.PLAIN, {"speaker": "", "date": ""}, "《与小米手机合作发布红米手机》，搜狐IT，qzone-xiaomi#3"),
        (CitationStyle.PLAIN, {"title": "", "outlet": "", "date": "", "speaker": ""}, "qzone-xiaomi#3"),
        (CitationStyle.PLAIN, {"title": " 两行\n标题 "}, "郑志昊，《两行 标题》，搜狐IT，2013-08-02，qzone-xiaomi#3"),
        (CitationStyle.GB7714, {}, "郑志昊. 与小米手机合作发布红米手机[N]. 搜狐IT, 2013-08-02. qzone-xiaomi#3."),
        (
            CitationStyle.GB7714,
            {"url": URL},
            f"郑志昊. 与小米手机合作发布红米手机[N/OL]. 搜狐IT, 2013-08-02. {URL}. qzone-xiaomi#3.",
        ),
        (
            CitationStyle.GB7714,
            {"url": URL, "outlet": ""},
            f"郑志昊. 与小米手机合作发布红米手机[EB/OL]. (2013-08-02). {URL}. qzone-xiaomi#3.",
        ),
        (
            CitationStyle.GB7714,
            {"url": URL, "outlet": "", "date": "", "speaker": "", "title": ""},
            f"qzone-xiaomi[EB/OL]. {URL}. qzone-xiaomi#3.",
        ),
        (CitationStyle.GB7714, {"outlet": ""}, "郑志昊. 与小米手机合作发布红米手机[Z]. 2013-08-02. qzone-xiaomi#3."),
        (CitationStyle.GB7714, {"date": ""}, "郑志昊. 与小米手机合作发布红米手机[N]. 搜狐IT. qzone-xiaomi#3."),
        (
            CitationStyle.GB7714,
            {"url": "见第三版"},
            "郑志昊. 与小米手机合作发布红米手机[N]. 搜狐IT, 2013-08-02. qzone-xiaomi#3.",
        ),
        (
            CitationStyle.MARKDOWN,
            {"url": URL},
            f"郑志昊，《[与小米手机合作发布红米手机]({URL})》，搜狐IT，2013-08-02，qzone-xiaomi#3",
        ),
        (CitationStyle.MARKDOWN, {}, "郑志昊，《与小米手机合作发布红米手机》，搜狐IT，2013-08-02，qzone-xiaomi#3"),
        (
            CitationStyle.MARKDOWN,
            {"url": URL, "title": ""},
            f"郑志昊，《[qzone-xiaomi]({URL})》，搜狐IT，2013-08-02，qzone-xiaomi#3",
        ),
        *(
            (style, {"outlet": "", "start": 63_000, "end": 80_999}, f"{before}00:01:03–00:01:20{after}")
            for style, before, after in (
                (CitationStyle.PLAIN, "郑志昊，《与小米手机合作发布红米手机》，2013-08-02，", "，qzone-xiaomi#3"),
                (CitationStyle.MARKDOWN, "郑志昊，《与小米手机合作发布红米手机》，2013-08-02，", "，qzone-xiaomi#3"),
                (CitationStyle.GB7714, "郑志昊. 与小米手机合作发布红米手机[Z]. 2013-08-02. ", ". qzone-xiaomi#3."),
            )
        ),
        (
            CitationStyle.MARKDOWN,
            {"title": "*号_与[括号]"},
            r"郑志昊，《\*号\_与\[括号\]》，搜狐IT，2013-08-02，qzone-xiaomi#3",
        ),
    ],
)
def test_citations(style, changes, cited):
    assert citation(turn(**changes), style) == cited


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://a b", "data:text/html,x", "//a"])
def test_only_pages_on_the_web_are_linked(url):
    for style in CitationStyle:
        assert url not in citation(turn(url=url), style)


def test_a_link_ends_where_its_address_does():
    cited = citation(turn(url="https://a.cn/x_(1)?b=<c>"), CitationStyle.MARKDOWN)
    assert "(https://a.cn/x_%281%29?b=%3Cc%3E)" in cited
    assert MarkdownIt().render(cited).count("<a ") == 1


@given(st.text(alphabet="红米*_`[]()<>#+-=~|!&;\\ \n1.a:/", max_size=20))
def test_escaped_markdown_reads_as_it_was(text):
    said = "".join(text.split())
    shown = MarkdownIt().render(f"x {escaped(text)}")
    assert "<" not in shown.removeprefix("<p>").rstrip("\n").removesuffix("</p>")
    plain = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    assert "".join(plain.removeprefix("<p>").rstrip("\n").removesuffix("</p>").split()) == f"x{said}"


def test_a_title_at_the_beginning_of_a_line_is_no_heading():
    assert "<h1>" not in MarkdownIt().render(citation(turn(speaker="# 甲"), CitationStyle.MARKDOWN))


def test_every_style_ends_with_the_address():
    for style in CitationStyle:
        assert citation(turn(), style).rstrip(".").endswith("qzone-xiaomi#3")
