"""What the head of a web page says of the transcript in it: meta elements, JSON-LD, the title."""

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


def meta(page: "LexborHTMLParser") -> Iterator[Pair]:
    """Yield what the page says of itself under the keys a script has, the more trustworthy source first."""
    yield from _linked_data(page)
    for node in page.css("meta[content]"):
        name = (node.attributes.get("property") or node.attributes.get("name") or "").strip().lower()
        if name in _META:
            yield from _pair(_META[name], node.attributes.get("content"))
    title = page.css_first("title")
    yield from _pair("title", title.text() if title is not None else "")
    canonical = page.css_first("link[rel=canonical][href]")
    yield from _pair("url", canonical.attributes.get("href") if canonical is not None else "")


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
