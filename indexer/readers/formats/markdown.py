"""Markdown as transcripts have it: a line a `Line`, its mark-up turned into `kind` and `strong`.

Not CommonMark: a page turned into Markdown by a tool has `**姚明：**你好`, which CommonMark does not take for bold
(its closing mark stands between a colon and a letter), and means every line break it prints.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape

from indexer.readers import encoding
from indexer.readers.formats import html_page
from indexer.readers.script import Line, Script, split_lines
from indexer.readers.source import Item, Source

_HEADING = re.compile(r"#{1,6}(?:[ \t　]+|(?=[^\s#\w]|[㐀-鿿]))(.*?)[ \t]*#*$")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_BULLET = re.compile(r"[-*+][ \t]+(?=\S)")
_RULE = re.compile(r"(?:[-*_][ \t]*){3,}|={3,}")
_FENCE = re.compile(r"[ \t]{0,3}(?:```|~~~)[^`]*$")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,20}\]:?")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]+)>")
_BOLD_TAG = re.compile(r"</?(?:b|strong)(?:\s[^<>]*)?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|<!--.*?-->", re.IGNORECASE)
_ITALIC = re.compile(r"(?<![*\\])\*(?![\s*])([^*\n]+?)(?<!\s)\*(?!\*)|(?<![\w_])_(?![\s_])([^_\n]+?)(?<!\s)_(?![\w_])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~>])")
_MARK = "\x00"  # stands for `**` while the rest is taken off
_FRONT = re.compile(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_MARKED = re.compile(r"^[ \t]*(?:#{1,6}[ \t　]\S|\*\*\S|> |!\[)", re.MULTILINE)
_KEYS = {
    "title": "title", "date": "date", "published": "date", "pubdate": "date", "publish_date": "date",
    "author": "author", "authors": "author", "source": "outlet", "outlet": "outlet", "publisher": "outlet",
    "site": "outlet", "url": "url", "link": "url", "guest": "guest", "guests": "guest",
    "lang": "language", "language": "language",
}  # fmt: skip


def read(source: Source) -> Iterator[Item]:
    """Yield the one transcript of a Markdown file."""
    decoded = encoding.read(source)
    yield script(decoded.text)
    if decoded.damage is not None:
        yield decoded.damage


def is_markdown(text: str) -> bool:
    """Tell whether a text without a telling suffix is Markdown: front matter, or at least two lines marked as it."""
    return bool(_FRONT.match(text)) or sum(1 for _ in zip(_MARKED.finditer(text), range(2), strict=False)) == 2


def script(text: str) -> Script:
    """Return the script a Markdown text holds."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    skipped = text.count("\n", 0, front.end()) if front else 0
    meta = tuple(_front_matter(front[1])) if front else ()
    body = text[front.end() :] if front else text
    if body.count("</p>") > max(2, body.count("**")) and html_page.is_sound(body):
        page = html_page.script(body)
        return Script(page.lines, (*meta, *page.meta))
    return Script(tuple(_marked(split_lines(body), skipped)), meta)


def _marked(lines: Iterable[Line], skipped: int) -> Iterator[Line]:
    """Yield the lines without their mark-up; what stands in a fence is code, and kept as it is."""
    fenced, pictured = False, -2
    for line in lines:
        if _FENCE.match(line.text):
            fenced = not fenced
            yield Line(line.number + skipped, line.text.strip(), kind="rule")
        elif fenced:
            yield Line(line.number + skipped, line.text, kind="code")
        elif marked := _line(line.number + skipped, line.text):
            below = line.number - pictured <= 2 and _ITALIC.fullmatch(line.text.strip())
            yield replace(marked, kind="caption") if below else marked
        else:
            pictured = line.number


def _line(number: int, printed: str) -> Line | None:
    """Return a line without its mark-up; None where nothing is left (a picture)."""
    text, kind = printed.strip(" \t"), ""
    if _RULE.fullmatch(text):
        return Line(number, text, kind="rule")
    if found := _QUOTE.match(text):
        text, kind = text[found.end() :], "quote"
    if found := _HEADING.fullmatch(text):
        text, kind = found[1], "heading"
    elif found := _BULLET.match(text):
        text, kind = text[found.end() :], kind or "item"
    elif (found := _FOOTNOTE.match(text)) and found[0].endswith(":"):
        kind = "note"
    text, strong = inline(text)
    if kind:
        text = text.lstrip()
    return Line(number, text, kind=kind, strong=min(strong, len(text))) if text.strip() else None


def inline(text: str) -> tuple[str, int]:
    """Return a line's text without mark-up, and how many of its first characters are in bold."""
    if not any(sign in text for sign in "*_[<`&\\~"):
        return text, 0
    escaped: list[str] = []

    def keep(found: re.Match[str]) -> str:
        escaped.append(found[1])
        return chr(0xE000 + len(escaped) - 1) if len(escaped) < 6400 else found[1]

    text = _ESCAPE.sub(keep, text)
    text = _AUTOLINK.sub(r"\1", _LINK.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub("", text))))
    text = _TAG.sub("", _BOLD_TAG.sub("**", text))
    text = _FOOTNOTE.sub("", text).replace("`", "").replace("~~", "")
    text, strong = _without_bold(text)
    text = unescape(text) if "&" in text else text
    return "".join(_restored(text, escaped)), strong


def _restored(text: str, escaped: list[str]) -> Iterator[str]:
    """Yield the characters of a text, those that were escaped in place of what stood for them."""
    for one in text:
        place = ord(one) - 0xE000
        yield escaped[place] if 0 <= place < len(escaped) else one


def _without_bold(text: str) -> tuple[str, int]:
    """Return the text without `**`, `__` and `*`, and how many of its first characters are in bold.

    A mark that is not closed goes on with the next line; it is gone here and holds to the end of this one.
    """
    pieces = text.replace("__", "**").split("**") if text.count("__") > 1 else text.split("**")
    strong = 0
    for place, piece in enumerate(pieces):
        if place % 2 == 0 and piece.strip():
            break
        strong += len(piece)
    clean = _ITALIC.sub(lambda found: found[1] or found[2], "".join(pieces))
    return clean, min(strong, len(clean))


def _front_matter(text: str) -> Iterator[tuple[str, str]]:
    """Yield what YAML front matter says under the keys a script has; lists are read, nesting is passed over."""
    key = ""
    for line in text.split("\n"):
        if not line.startswith((" ", "\t", "-")) and ":" in line:
            name, _, value = line.partition(":")
            key = _KEYS.get(name.strip().lower(), "")
            yield from _values(key, value.strip())
        elif key and line.strip().startswith("- "):
            yield from _values(key, line.strip()[2:])


def _values(key: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield a key with each of its values: a text, or a list in brackets."""
    items = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
    for item in items:
        text = item.strip().strip("\"'")
        if key and text:
            yield ("url" if key == "outlet" and text.startswith("http") else key), text
