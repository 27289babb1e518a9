"""What the head of a web page says of the transcript in it: meta elements, JSON-LD, the title."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

Pair = tuple[str, str]

_META = {
    "og:title": "title", "twitter:title": "title",
    "article:published_time": "date", "og:release_date": "date", "publishdate": "date", "pubdate": "date",
    "publish_date": "date", "publish-date": "date", "date": "date", "dc.date": "date", "datepublished": "date",
    "og:site_name": "outlet", "source": "outlet", "mediaid": "outlet", "publisher": "outlet",
    "author": "author", "article:author": "author", "dc.creator": "author",
    "og:url": "url",
}  # fmt: skip
_ARTICLES = frozenset(
    {"Article", "NewsArticle", "BlogPosting", "Interview", "ReportageNewsArticle", "WebPage", "PodcastEpisode"}
)
_LONGEST = 300
_LONGEST_SITE = 16
_PARTS = re.compile(r"(\s*[_|｜]\s*|\s+[-–—]+\s+|[-–—]+)")
_SITE = re.compile(
    r"(?:[网報报社刊]|频道|頻道|新闻|新聞|中心|平台|博客|知乎|豆瓣|搜狐|新浪|网易|腾讯|首页|周刊|杂志|客户端)$"
)
_UNTITLED = re.compile(r"无标题(?:文档|页)?|新建.{0,6}文档|untitled.*|document|首页|index")


def meta(page: "LexborHTMLParser") -> Iterator[Pair]:
    """Yield what the page says of itself under the keys a script has, the more trustworthy source first."""
    yield from _linked_data(page)
    for node in page.css("meta[content]"):
        name = (node.attributes.get("property") or node.attributes.get("name") or "").strip().lower()
        if name in _META:
            yield from _pair(_META[name], node.attributes.get("content"))
    title = page.css_first("title")
    yield from _pair("title", without_site(title.text()) if title is not None else "")
    canonical = page.css_first("link[rel=canonical][href]")
    yield from _pair("url", canonical.attributes.get("href") if canonical is not None else "")


def without_site(title: str) -> str:
    """Return a page's title without the site's name, "" where it says nothing: 专访某某_财经频道_某网 is 专访某某.

    专访｜某某 keeps what stands before its stroke: no site, and shorter than what follows.
    """
    parts = _PARTS.split(" ".join(title.split()))  # at each odd place a sign
    while len(parts) > 1 and _names_site(parts[-1], parts[-2], "".join(parts[:-2])):
        del parts[-2:]
    whole = "".join(parts).strip()
    return "" if _UNTITLED.fullmatch(whole.casefold()) else whole


def _names_site(part: str, sign: str, before: str) -> bool:
    """Tell whether the last part of a title names a site or its channel, by its end, its length and what parts it."""
    if len(part) > _LONGEST_SITE or len(before) < 4:
        return False
    return bool(_SITE.search(part)) or sign.strip() == "_" or (sign != sign.strip() and len(part) <= len(before))


def _pair(key: str, value: object) -> Iterator[Pair]:
    """Yield a key with a value that can be one."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if 0 < len(text) <= _LONGEST and not (key == "author" and text.startswith("http")):
        yield key, text


def _linked_data(page: "LexborHTMLParser") -> Iterator[Pair]:
    """Yield what JSON-LD says of an article; a block that is no JSON says nothing."""
    import orjson

    for node in page.css('script[type="application/ld+json"]'):
        try:
            content = orjson.loads(node.text())
        except orjson.JSONDecodeError:
            continue
        for thing in _things(content):
            if thing.get("@type") in _ARTICLES:
                yield from _article(thing)


def _things(content: object) -> Iterator[Mapping[str, object]]:
    """Yield the objects of a JSON-LD block: one, a list, or a graph."""
    for thing in content if isinstance(content, list) else [content]:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            yield from (one for one in graph if isinstance(one, dict)) if isinstance(graph, list) else ()


def _article(thing: Mapping[str, object]) -> Iterator[Pair]:
    """Yield what one article says."""
    yield from _pair("title", thing.get("headline"))
    yield from _pair("date", thing.get("datePublished"))
    yield from _pair("url", thing.get("url"))
    for key, names in (("author", thing.get("author")), ("outlet", thing.get("publisher"))):
        for one in names if isinstance(names, list) else [names]:
            yield from _pair(key, one.get("name") if isinstance(one, dict) else one)
