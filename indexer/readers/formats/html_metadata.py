"""Metadata in the head of a web page: meta elements, JSON-LD, the title."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

Pair = tuple[str, str]

_KEYS_BY_NAME = {
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
_MAX_LENGTH = 300
_MAX_SITE_LENGTH = 16
_SEPARATOR = re.compile(r"(\s*[_|｜]\s*|\s+[-–—]+\s+|[-–—]+)")
_SITE = re.compile(
    r"(?:[网報报社刊]|频道|頻道|新闻|新聞|中心|平台|博客|知乎|豆瓣|搜狐|新浪|网易|腾讯|首页|周刊|杂志|客户端)$"
)
_UNTITLED = re.compile(r"无标题(?:文档|页)?|新建.{0,6}文档|untitled.*|document|首页|index")


def page_metadata(page: "LexborHTMLParser") -> Iterator[Pair]:
    """Yield the metadata of a page under the keys of a script, the more reliable source first."""
    yield from _linked_data(page)
    for node in page.css("meta[content]"):
        name = (node.attributes.get("property") or node.attributes.get("name") or "").strip().lower()
        if name in _KEYS_BY_NAME:
            yield from _pair(_KEYS_BY_NAME[name], node.attributes.get("content"))
    title = page.css_first("title")
    yield from _pair("title", without_site_name(title.text()) if title is not None else "")
    canonical = page.css_first("link[rel=canonical][href]")
    yield from _pair("url", canonical.attributes.get("href") if canonical is not None else "")


def without_site_name(title: str) -> str:
    """Return the title of a page without the site name: 专访某某_财经频道_某网 becomes 专访某某, 首页 "".

    专访｜某某 keeps the part before its bar: it is not a site, and shorter than what follows.
    """
    parts = _SEPARATOR.split(" ".join(title.split()))  # separators at the odd indices
    before = sum(map(len, parts[:-2]))
    while len(parts) > 1 and _is_site_name(parts[-1], parts[-2], before):
        del parts[-2:]
        before -= sum(map(len, parts[-2:]))
    remaining = "".join(parts).strip()
    return "" if _UNTITLED.fullmatch(remaining.casefold()) else remaining


def _is_site_name(part: str, separator: str, before: int) -> bool:
    """Return whether the last part of a title, `before` characters behind its start, is a site or its channel."""
    if len(part) > _MAX_SITE_LENGTH or before < 4:
        return False
    return (
        bool(_SITE.search(part)) or separator.strip() == "_" or (separator != separator.strip() and len(part) <= before)
    )


def _pair(key: str, value: object) -> Iterator[Pair]:
    """Yield a key with a valid value."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if 0 < len(text) <= _MAX_LENGTH and not (key == "author" and text.startswith("http")):
        yield key, text


def _linked_data(page: "LexborHTMLParser") -> Iterator[Pair]:
    """Yield the metadata of articles in JSON-LD; invalid JSON is ignored."""
    import orjson

    for node in page.css('script[type="application/ld+json"]'):
        try:
            content = orjson.loads(node.text())
        except orjson.JSONDecodeError:
            continue
        for thing in _objects(content):
            if thing.get("@type") in _ARTICLES:
                yield from _article(thing)


def _objects(content: object) -> Iterator[Mapping[str, object]]:
    """Yield the objects of a JSON-LD block: one, a list, or a graph."""
    for thing in content if isinstance(content, list) else [content]:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            yield from (member for member in graph if isinstance(member, dict)) if isinstance(graph, list) else ()


def _article(thing: Mapping[str, object]) -> Iterator[Pair]:
    """Yield the metadata of one article."""
    yield from _pair("title", thing.get("headline"))
    yield from _pair("date", thing.get("datePublished"))
    yield from _pair("url", thing.get("url"))
    for key, value in (("author", thing.get("author")), ("outlet", thing.get("publisher"))):
        for party in value if isinstance(value, list) else [value]:
            yield from _pair(key, party.get("name") if isinstance(party, dict) else party)
