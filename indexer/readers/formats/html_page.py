"""A web page: its paragraphs as lines, what its mark-up calls them, and what its head says.

Parsed as browsers parse (lexbor), so that unclosed and misplaced tags give what a reader sees. Scripts, forms,
navigation and hidden parts are left out; which paragraphs are the transcript is for the parser to say, but a line that
is nothing but a link is marked as one.
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING

from indexer.errors import ReadingError
from indexer.readers import encoding
from indexer.readers.formats import html_metadata
from indexer.readers.script import Line, Script
from indexer.readers.source import Item, Source

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_LEFT_OUT = re.compile(
    "aside|button|canvas|footer|form|head|iframe|input|map|nav|noscript|object|option|script|select|style|svg|template|"
    "textarea|video|audio|img"
)
_INLINE = re.compile(
    "a|abbr|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|meter|nobr|o:p|q|rp|rt|ruby|s|samp|small|"
    "span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
_KINDS = {"figcaption": "caption", "caption": "caption", "li": "item", "blockquote": "quote"}
_KINDS |= {f"h{level}": "heading" for level in range(1, 7)}
_STRONG = frozenset({"b", "strong"})
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SHOWN_LATER = re.compile("content|article|body", re.IGNORECASE)  # WeChat hides js_content until its script has run
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BREAK_IN_HAN = re.compile(r"(?<=[㐀-鿿，。、？！：；”’）])[ \t\r\f]*\n[ \t\r\n\f]*(?=[㐀-鿿，。、？！：；“‘”’（）])")
_NESTING = re.compile(
    r"<(/?)(?!(?:p|li|d[dt]|t[drh]|br|hr|img|input|meta|link|wbr|col|option|tbody|thead)\b)[a-z][\w:]*[^<>]*(/?)>", re.I
)
_DEEPEST = 5000  # elements inside each other; parsing takes the square of it (0.1 s here, 400 s at 200,000)
_MOST_TAGS = 500_000  # some 250 MB as a tree; a long page has 20,000
_LONGEST_NAME = 14


def read(source: Source) -> Iterator[Item]:
    """Yield the one transcript of a page."""
    decoded = encoding.read(source)
    yield checked(decoded.text, source)
    if decoded.damage is not None:
        yield decoded.damage


def checked(text: str, source: Source) -> Script:
    """Return the script a page holds; raise `ReadingError` where its mark-up is too deep or too much."""
    if text.count("<") > _MOST_TAGS:
        raise ReadingError(source.name, f"more than {_MOST_TAGS:,} tags: no page a person wrote")
    if _depth(text) > _DEEPEST:
        raise ReadingError(source.name, f"more than {_DEEPEST} elements inside each other: no page a person wrote")
    return script(text)


def is_sound(text: str) -> bool:
    """Tell whether mark-up is neither too deep nor too much to be parsed."""
    return text.count("<") <= _MOST_TAGS and _depth(text) <= _DEEPEST


def script(text: str) -> Script:
    """Return the script a page holds."""
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(text)
    meta = tuple(html_metadata.meta(page))
    return Script(tuple(_Page().lines(page.body)) if page.body is not None else (), meta)


def _depth(text: str) -> int:
    """Return how deep the elements of a page are nested at most, elements that nobody closes included."""
    closing = (-1 if found[1] else 0 if found[2] else 1 for found in _NESTING.finditer(text))
    return max(accumulate(closing), default=0)


class _Page:
    """The walk over one page: a line is open until a block begins or ends. No recursion: pages nest without limit."""

    def __init__(self) -> None:
        self._made: list[Line] = []
        self._pieces: list[tuple[str, bool, bool]] = []  # text, whether in bold, whether in a link
        self._open: list[str] = []  # what is around: tags, "bold" for a style
        self._label: str | None = None

    def lines(self, body: "LexborNode") -> list[Line]:
        """Return the lines below `body`."""
        node: LexborNode | None = body
        while node is not None:
            child = self._enter(node)
            if child is not None:
                node = child
                continue
            while node is not None and node.mem_id != body.mem_id and node.next is None:
                node = node.parent
                self._leave(node)
            node = None if node is None or node.mem_id == body.mem_id else node.next
        self._flush()
        return self._made

    def _enter(self, node: "LexborNode") -> "LexborNode | None":
        """Take in what a node begins; return its first child where there is something below it to read."""
        tag = node.tag or ""
        if tag == "-text":
            self._pieces.append((node.text_content or "", self._is_bold(), "a" in self._open))
            return None
        if tag.startswith("-") or _LEFT_OUT.fullmatch(tag) or _is_hidden(node):
            return None
        if not _INLINE.fullmatch(tag):
            self._flush()
            if tag == "hr":
                self._made.append(Line(len(self._made) + 1, "---", kind="rule"))
        child = node.child
        if child is not None:
            self._open.append("strong" if _INLINE.fullmatch(tag) and _is_bold(node) else tag)
        return child

    def _leave(self, node: "LexborNode | None") -> None:
        """Take in what the end of a node ends."""
        if node is None or not self._open:
            return
        if self._open[-1] == "dt":
            self._label = self._spoken_label()
        if not _INLINE.fullmatch(self._open[-1]):
            self._flush()
        self._open.pop()

    def _spoken_label(self) -> str | None:
        """Return the term of a definition list if it can be a speaker's name: <dt>记者</dt><dd>…</dd>."""
        name = "".join(text for text, _, _ in self._pieces).strip().rstrip("：:").strip()
        if not 0 < len(name) <= _LONGEST_NAME or re.search(r"[，。？！,?!]", name):
            return None
        self._pieces = []
        return name

    def _is_bold(self) -> bool:
        return any(tag in _STRONG for tag in self._open)

    def _flush(self) -> None:
        """End the open line."""
        pieces, self._pieces = self._pieces, []
        text = _collapsed("".join(text for text, _, _ in pieces))
        if not text.strip():
            return
        kind = next((_KINDS[tag] for tag in reversed(self._open) if tag in _KINDS), "")
        linked = all(link or not piece.strip() for piece, _, link in pieces)
        strong = len(_collapsed("".join(_leading_bold(pieces))))
        label = self._label if "dd" in self._open else None
        self._made.append(
            Line(
                len(self._made) + 1,
                text,
                label=label,
                kind="link" if linked and kind != "heading" else kind,
                strong=min(strong, len(text)),
            )
        )


def _leading_bold(pieces: list[tuple[str, bool, bool]]) -> Iterator[str]:
    """Yield the pieces at the beginning of a line that are in bold."""
    for text, bold, _ in pieces:
        if not bold and text.strip():
            return
        yield text


def _collapsed(text: str) -> str:
    """Return a text with its blanks as a browser shows them, those of a line break between two Han characters gone."""
    return _BLANKS.sub(" ", _BREAK_IN_HAN.sub("", text)).strip(" ")


def _is_bold(node: "LexborNode") -> bool:
    return node.tag in _STRONG or bool(_BOLD_STYLE.search(node.attributes.get("style") or ""))


def _is_hidden(node: "LexborNode") -> bool:
    attributes = node.attributes
    if _SHOWN_LATER.search(attributes.get("id") or ""):
        return False
    return "hidden" in attributes or bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))
