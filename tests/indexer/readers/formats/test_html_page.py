"""Web pages: visible paragraphs, their kinds of mark-up, and metadata."""

import time
from io import BytesIO

import pytest

from indexer.errors import ReadingError
from indexer.readers.formats import html_page
from indexer.readers.script import Line, Script
from indexer.readers.source import Source


def lines(body: str) -> tuple[Line, ...]:
    return html_page.parse_page(f"<html><body>{body}</body></html>").lines


def texts(body: str) -> list[str]:
    return [line.text for line in lines(body)]


def read(data: bytes) -> list[object]:
    return list(html_page.read(Source("a.html", ".html", lambda: BytesIO(data))))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>问：好吗？<p>答：好。", ["问：好吗？", "答：好。"]),  # nobody closes paragraphs
        ("问：好吗？<br>答：好。<br/><br>再见", ["问：好吗？", "答：好。", "再见"]),
        ("<div>问：<span>好</span><b>吗</b>？</div>", ["问：好吗？"]),
        ("<p class=MsoNormal>问：<o:p></o:p>好&nbsp;吗&#xff1f;</p>", ["问：好\u00a0吗？"]),
        ("<p>第一\n  行</p>", ["第一行"]),  # a line break in the source between two Han characters
        ("<p>two\n  words 三</p>", ["two words 三"]),
        ("<p>空间 和 空格</p>", ["空间 和 空格"]),  # a space somebody typed stays
        ("<p>好<script>alert('问：')</script><style>p{}</style><!-- 注 --></p>", ["好"]),
        ("<nav><a>首页</a></nav><p>好</p><footer>版权</footer><form>登录</form>", ["好"]),
        ("<p hidden>一</p><p style='display: none'>二</p><p>三</p>", ["三"]),
        ("<table><tr><td>甲：一<td>乙：二<tr><td>丙：三</table>", ["甲：一", "乙：二", "丙：三"]),
        ("<p>一<div>二</p>三</div>四", ["一", "二", "三", "四"]),  # misnested
        ("", []),
        ("<p> &nbsp; </p><p>　</p>", []),
    ],
)
def test_a_page_is_read_as_a_browser_shows_it(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<h1>标题</h1>", "heading"),
        ("<h3><span>标题</span></h3>", "heading"),
        ("<figure><img src=a><figcaption>图注</figcaption></figure>", "caption"),
        ("<ul><li>一条</li></ul>", "item"),
        ("<blockquote><p>引</p></blockquote>", "quote"),
        ("<p><a href='/2'>上一篇：某某</a></p>", "link"),
        ("<p>见<a href='/2'>上一篇</a></p>", ""),
        ("<hr>", "rule"),
    ],
)
def test_the_mark_up_names_the_kind_of_a_line(body: str, kind: str) -> None:
    assert [line.kind for line in lines(body)] == [kind]


@pytest.mark.parametrize(
    ("body", "strong"),
    [
        ("<p><strong>姚明：</strong>你好</p>", 3),
        ("<p><b>姚</b><b>明：</b>你好</p>", 3),
        ("<p><span style='color:red; FONT-WEIGHT: 700'>姚明：</span>你好</p>", 3),
        ("<p><strong>小标题</strong></p>", 3),
        ("<p>你<strong>好</strong></p>", 0),
        ("<p> <strong> 姚明：</strong>你好</p>", 3),
    ],
)
def test_bold_at_the_beginning_is_counted(body: str, strong: int) -> None:
    assert [line.bold_prefix_length for line in lines(body)] == [strong]


def test_a_definition_list_gives_labels() -> None:
    found = lines("<dl><dt>记者：</dt><dd>好吗？<p>真的？</p></dd><dt>某某</dt><dd>好。</dd></dl><p>完</p>")
    assert [(line.label, line.text) for line in found] == [
        ("记者", "好吗？"), ("记者", "真的？"), ("某某", "好。"), (None, "完"),
    ]  # fmt: skip


def test_a_long_term_is_a_line_not_a_label() -> None:
    found = lines("<dl><dt>这个功能到底什么时候才会开放？</dt><dd>明年。</dd></dl>")
    assert [(line.label, line.text) for line in found] == [(None, "这个功能到底什么时候才会开放？"), (None, "明年。")]


def test_lines_are_numbered_for_messages() -> None:
    assert [line.number for line in lines("<h1>一</h1><p>二</p><hr><p>三</p>")] == [1, 2, 3, 4]


def test_the_head_says_what_it_knows_best_first() -> None:
    page = """<html><head><title>专访某某_财经频道_某网</title>
    <meta property="og:title" content=" 专访 某某 "><meta name="author" content="记者甲">
    <meta property="article:published_time" content="2024-05-01T10:00:00+08:00">
    <meta property="og:site_name" content="某网"><link rel="canonical" href="https://example.org/1">
    <script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "专访某某：十年",
      "datePublished": "2024-04-30", "author": [{"name": "记者乙"}], "publisher": {"name": "某刊"}}]}</script>
    <script type="application/ld+json">{broken</script></head><body><p>好</p></body></html>"""
    assert html_page.parse_page(page).metadata == (
        ("title", "专访某某：十年"),
        ("date", "2024-04-30"),
        ("author", "记者乙"),
        ("outlet", "某刊"),
        ("title", "专访 某某"),
        ("author", "记者甲"),
        ("date", "2024-05-01T10:00:00+08:00"),
        ("outlet", "某网"),
        ("title", "专访某某"),
        ("url", "https://example.org/1"),
    )


def test_bytes_are_trusted_over_the_declared_charset() -> None:
    page = "<meta charset=utf-8><p>记者：我们的开放平台已经有很多开发者。".encode("gb18030")
    (script,) = read(page)
    assert isinstance(script, Script)
    assert script.lines[0].text == "记者：我们的开放平台已经有很多开发者。"


def test_entities_of_a_doctype_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "哈"><!ENTITY b "&a;&a;&a;">]><p>&b;</p>'
    assert "哈哈" not in "".join(line.text for line in html_page.parse_page(bomb).lines)


def test_deep_nesting_is_refused_in_time_and_pages_nobody_closed_are_not() -> None:
    began = time.process_time()
    with pytest.raises(ReadingError, match="nested elements"):
        read(b"<div>" * 200_000)
    (script,) = read(b"<p>" * 20_000 + "问：好".encode() + b"<br>" * 20_000)
    assert isinstance(script, Script)
    assert [line.text for line in script.lines] == ["问：好"]
    assert read(b"<div>" * 4000 + "好".encode())
    assert time.process_time() - began < 10


def test_what_a_page_hides_until_its_script_has_run_is_shown() -> None:
    assert texts('<div id="js_content" style="visibility: hidden; opacity: 0;"><p>问：好？</p></div>') == ["问：好？"]
    assert texts('<div id="menu" style="visibility: hidden"><p>首页</p></div><p>问：好？</p>') == ["问：好？"]


CENTERED = "<div align=center><img src=a></div><div align=center><font>{}</font></div>"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (CENTERED.format("老窦补好的渔网"), "caption"),
        ("<p style='text-align: center'><img><br>年会会场</p>", "caption"),
        ("<center><img></center><center>年会会场</center>", "caption"),
        ("<div class='wp-caption'><img><p class='wp-caption-text'>年会会场。</p></div>", "caption"),
        ("<p class=image-caption>年会会场</p>", "caption"),
        (CENTERED.format("补一张渔网要多久？"), ""),
        (CENTERED.format("记者：多久"), ""),
        (CENTERED.format("看竹子的脾气。"), ""),
        ("<p><img></p><p>看竹子的脾气</p>", ""),  # not centered
        ("<p style='text-align: center'>年会会场</p>", ""),  # no picture
        ("<div class=captions-page><p>看竹子的脾气</p></div>", ""),
    ],
)
def test_what_is_centered_below_a_picture_is_its_caption(body: str, kind: str) -> None:
    assert [line.kind for line in lines(body)] == [kind]
