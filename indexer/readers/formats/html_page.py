"""Web pages: paragraphs as lines, with their kind of mark-up, and the metadata in the head.

Parsed like a browser does (lexbor), so that unclosed and misplaced tags give what a user sees. Scripts, forms,
navigation and hidden parts are left out. The parser decides which paragraphs are the transcript; a line that is only a
link is marked as one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers import encoding
from indexer.readers.formats import html_metadata, html_tables
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
_BOLD_TAGS = frozenset({"b", "strong"})
_SAYING = _KINDS.keys() | _BOLD_TAGS | {"a", "center", "dd"}
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SHOWN_LATER = re.compile("content|article|body", re.IGNORECASE)  # WeChat hides js_content until its script has run
_WHITESPACE = re.compile(r"[ \t\r\n\f]+")
_LINE_BREAK_IN_HAN = re.compile(
    r"(?<=[㐀-鿿，。、？！：；”’）])[ \t\r\f]*\n[ \t\r\n\f]*(?=[㐀-鿿，。、？！：；“‘”’（）])"
)
# possessive: what does not end is not tried again from each of its characters
_TAG = re.compile(
    r"<(/?)(?!(?:p|li|d[dt]|t[drh]|br|hr|img|input|meta|link|wbr|col|option|tbody|thead)\b)([a-z][\w:]*+)[^<>]*+>", re.I
)
_WHOLE_TAG = re.compile(r"""<[a-z](?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+""", re.IGNORECASE)
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_NAME = re.compile(r"[^\s/=>]++")
_MAX_DEPTH = 5000  # nested elements; parsing time grows with the square (0.1 s for 5,000, 400 s for 200,000)
_MAX_TAGS = 500_000  # some 250 MB as a tree; a long page has 20,000
_MAX_ATTRIBUTES = 2000  # of one tag; each is compared with those before it (0.01 s for 2,000, 100 s for 300,000)
_MAX_NAME_LENGTH = 14
_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:wp-)?(?:img|image|photo|pic|figure)?[_-]?caption(?:[\s_-]|$)", re.IGNORECASE
)
_CENTERED_STYLE = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_CENTERED_TAGS = frozenset({"center", "div", "p", "section", "td"})
# centered below a picture, and neither a sentence nor a label: a caption
_CAPTION = re.compile(r"[^：:。！？!?…]{1,60}[^：:。！？!?…”」]")


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a page."""
    decoded = encoding.read_text(source)
    yield parse_checked(decoded.text, source)
    if decoded.damage is not None:
        yield decoded.damage


def parse_checked(text: str, source: Source) -> Script:
    """Parse a page; raise `ReadingError` if it has too many tags or attributes, or is nested too deeply."""
    if excess := _excess(text):
        raise ReadingError(source.name, excess)
    return parse_page(text)


def is_within_limits(text: str) -> bool:
    """Return whether mark-up has few enough tags, levels and attributes to be parsed."""
    return not _excess(text)


def _excess(text: str) -> str:
    """Return the reason why a page cannot be parsed in time, "" if it can."""
    if text.count("<") > _MAX_TAGS:
        tags = _("more than {number} tags, too many for a page written by a person")
        return tags.format(number=f"{_MAX_TAGS:,}")
    if _depth(text) > _MAX_DEPTH:
        nested = _("more than {number} nested elements, too many for a page written by a person")
        return nested.format(number=_MAX_DEPTH)
    long_tags = (tag[0] for tag in _WHOLE_TAG.finditer(text) if tag.end() - tag.start() > 2 * _MAX_ATTRIBUTES)
    if any(len(_NAME.findall(_VALUE.sub(" ", tag))) > _MAX_ATTRIBUTES for tag in long_tags):
        attributes = _("more than {number} attributes of a tag, too many for a page written by a person")
        return attributes.format(number=f"{_MAX_ATTRIBUTES:,}")
    return ""


def parse_page(text: str) -> Script:
    """Parse a page."""
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(text)
    metadata = tuple(html_metadata.page_metadata(page))
    return Script(tuple(_PageParser().parse(page.body)) if page.body is not None else (), metadata)


def _depth(text: str) -> int:
    """Return the maximum nesting depth of a page, counting elements that are never closed; </i> closes no <b>."""
    depth = deepest = 0
    open_elements: dict[str, int] = {}
    for match in _TAG.finditer(text):
        tag = match[2].lower()
        count = open_elements.get(tag, 0)
        step = 1 if not match[1] else -1 if count else 0
        open_elements[tag] = count + step
        depth += step
        deepest = max(deepest, depth)
    return deepest


@dataclass(frozen=True, slots=True)
class _Around:
    """What the elements around a text say of it: bold, a link, its kind, centered, in a definition."""

    bold: bool = False
    link: bool = False
    kind: str = ""
    centered: bool = False
    defined: bool = False

    def within(self, tag: str) -> "_Around":
        """Return what holds inside one more element."""
        if tag not in _SAYING:
            return self
        return _Around(
            self.bold or tag in _BOLD_TAGS,
            self.link or tag == "a",
            _KINDS.get(tag, self.kind),
            self.centered or tag == "center",
            self.defined or tag == "dd",
        )


class _PageParser:
    """A traversal of one page that ends a line where a block starts or ends; iterative, as nesting is unlimited."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._cells, self._positions = _CellCounter(), list[html_tables.CellPosition | None]()
        self._fragments: list[tuple[str, bool, bool]] = []  # text, whether bold, whether in a link
        self._open_tags: list[str] = []  # enclosing tags, "strong" for a bold style
        self._around = [_Around()]  # of the enclosing tags
        self._label: str | None = None
        self._after_picture = False

    def parse(self, body: "LexborNode") -> list[Line]:
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
        return list(html_tables.arrange(self._lines, self._positions))

    def _enter(self, node: "LexborNode") -> "LexborNode | None":
        """Process the start of a node; return its first child if there is something below it to read."""
        tag = node.tag or ""
        if tag == "-text":
            self._fragments.append((node.text_content or "", self._around[-1].bold, self._around[-1].link))
            return None
        self._after_picture = self._after_picture or tag == "img"
        if tag.startswith("-") or _LEFT_OUT.fullmatch(tag) or _is_hidden(node):
            return None
        if not _INLINE.fullmatch(tag):
            self._flush()
            self._cells.enter(tag)
            if tag == "hr":
                self._append(Line(len(self._lines) + 1, "---", kind="rule"))
        child = node.child
        if child is not None:
            self._open_tags.append(_effective_tag(node, tag))
            self._around.append(self._around[-1].within(self._open_tags[-1]))
        return child

    def _leave(self, node: "LexborNode | None") -> None:
        """Process the end of a node."""
        if node is None or not self._open_tags:
            return
        if self._open_tags[-1] == "dt":
            self._label = self._take_label()
        if not _INLINE.fullmatch(self._open_tags[-1]):
            self._flush()
        self._around.pop()
        self._cells.leave(self._open_tags.pop())

    def _take_label(self) -> str | None:
        """Return the term of a definition list if it can be the name of a speaker: <dt>记者</dt><dd>…</dd>."""
        name = "".join(text for text, *_marks in self._fragments).strip().rstrip("：:").strip()
        if not 0 < len(name) <= _MAX_NAME_LENGTH or re.search(r"[，。？！,?!]", name):
            return None
        self._fragments = []
        return name

    def _append(self, line: Line) -> None:
        """Append a line with its place in a table."""
        self._lines.append(line)
        self._positions.append(self._cells.position)

    def _flush(self) -> None:
        """End the current line."""
        fragments, self._fragments = self._fragments, []
        text = _collapse_whitespace("".join(text for text, *_marks in fragments))
        if not text.strip():
            return
        around = self._around[-1]
        kind = around.kind
        if self._after_picture and not kind and around.centered and _CAPTION.fullmatch(text):
            kind = "caption"
        self._after_picture = False
        is_link = all(link or not fragment.strip() for fragment, _bold, link in fragments)
        prefix = len(_collapse_whitespace("".join(_leading_bold(fragments))))
        label = self._label if around.defined else None
        self._append(
            Line(
                len(self._lines) + 1,
                text,
                label=label,
                kind="link" if is_link and kind != "heading" else kind,
                bold_prefix_length=min(prefix, len(text)),
            )
        )


class _CellCounter:
    """The place in the tables around the current line; empty cells count as columns."""

    def __init__(self) -> None:
        self.position: html_tables.CellPosition | None = None
        self._tables = 0
        self._around: list[html_tables.CellPosition | None] = []

    def enter(self, tag: str) -> None:
        """Process the start of a block."""
        current = self.position
        if tag == "table":
            self._around.append(current)
            self._tables += 1
            self.position = html_tables.CellPosition(self._tables, 0, -1)
        elif tag == "tr" and current:
            self.position = html_tables.CellPosition(current.table, current.row + 1, -1)
        elif tag in ("td", "th") and current:
            self.position = html_tables.CellPosition(current.table, current.row, current.column + 1)

    def leave(self, tag: str) -> None:
        """Process the end of a block."""
        if tag == "table" and self._around:
            self.position = self._around.pop()


def _leading_bold(fragments: list[tuple[str, bool, bool]]) -> Iterator[str]:
    """Yield the bold fragments at the start of a line."""
    for text, bold, _link in fragments:
        if not bold and text.strip():
            return
        yield text


def _collapse_whitespace(text: str) -> str:
    """Collapse whitespace as browsers do, and remove line breaks between Han characters."""
    return _WHITESPACE.sub(" ", _LINE_BREAK_IN_HAN.sub("", text)).strip(" ")


def _effective_tag(node: "LexborNode", tag: str) -> str:
    """Return the tag that has the effect of an element: "strong" for a bold style, "center" for a centered block."""
    if _INLINE.fullmatch(tag):
        return "strong" if _is_bold(node) else tag
    if tag not in _CENTERED_TAGS:
        return tag
    attributes = node.attributes
    if tag != "td" and _CAPTION_CLASS.search(attributes.get("class") or ""):
        return "figcaption"
    centered = attributes.get("align") == "center" or _CENTERED_STYLE.search(attributes.get("style") or "")
    return "center" if centered else tag


def _is_bold(node: "LexborNode") -> bool:
    return node.tag in _BOLD_TAGS or bool(_BOLD_STYLE.search(node.attributes.get("style") or ""))


def _is_hidden(node: "LexborNode") -> bool:
    attributes = node.attributes
    if _SHOWN_LATER.search(attributes.get("id") or ""):
        return False
    return "hidden" in attributes or bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))
