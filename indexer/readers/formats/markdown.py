"""Markdown as transcripts use it: a line per `Line`, its mark-up turned into `kind` and `bold_prefix_length`.

Not CommonMark: pages converted to Markdown by a tool have `**姚明：**你好`, which is not bold in CommonMark (the
closing mark is between a colon and a letter), and every line break in them is intended.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape

from indexer.readers import encoding
from indexer.readers.formats import html_page, markdown_tables, markdown_variants
from indexer.readers.script import Line, Script, split_lines
from indexer.readers.source import Item, Source
from indexer.readers.timestamped_text import with_times

_HEADING = re.compile(r"#{1,6}(?:[ \t　]+|(?=[^\s#\w]|[㐀-鿿]))(.*)")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_BULLET = re.compile(r"[-*+][ \t]+(?=\S)")
_RULE = re.compile(r"(?:[-*_][ \t]*){3,}|={3,}")
_FENCE = re.compile(r"[ \t]{0,3}(?:```|~~~)[^`]*$")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,20}\]:?")
_ADDRESS = r"\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\)"  # <../a (1).png> may have spaces
_IMAGE = re.compile(rf"!\[[^\]]{{0,500}}\]{_ADDRESS}")  # each of ![![![ looks for its end
_LINK = re.compile(rf"\[([^\[\]]*)\]{_ADDRESS}")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]+)>")
_BOLD_TAG = re.compile(r"</?(?:b|strong)(?:\s[^<>]*)?>", re.IGNORECASE)
_CITED_USER = re.compile(
    r"<cite\s(?=[^<>]*type=\"user\")[^<>]*user-name=\"([^\"<>]{1,40})\"[^<>]*>(?:\s*</cite>)?"
)  # Lark
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_COMMENT = re.compile("<!--.*?-->")
_ITALIC = re.compile(r"(?<![*\\])\*(?![\s*])([^*\n]+?)(?<!\s)\*(?!\*)|(?<![\w_])_(?![\s_])([^_\n]+?)(?<!\s)_(?![\w_])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~>])")
_BOLD_MARK = "\x00"  # placeholder for `**` while other mark-up is removed
_FRONT_MATTER = re.compile(
    r"\s*(?P<mark>---|\+\+\+)[ \t]*\n(?P<fields>.*?)\n(?:(?P=mark)|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL
)
# <figcaption>…</figcaption>; or the words in italics behind a picture in mid-line: ![](a.jpg)_《渡口》剧照_
_CAPTION_TAG = re.compile(r"(</?figcaption(?:\s[^<>]*)?>)", re.IGNORECASE)
_MAX_CAPTION_LINES = 5
_CAPTION_IN_LINE = re.compile(
    rf"(?P<image>{_IMAGE.pattern})[ \t]*(?:_(?!_)(?P<a>[^_\n]+)_(?!_)|\*(?!\*)(?P<b>[^*\n]+)\*(?!\*))"
)
_MARKUP = re.compile(r"^[ \t]*(?:#{1,6}[ \t　]\S|\*\*\S|> |!\[)", re.MULTILINE)
_PASTED = re.compile(r"[ \t]*(?:#{1,6}[ \t　]\S|\*\*[^*]+\*\*)")
_KEYS = {
    "title": "title", "date": "date", "published": "date", "pubdate": "date", "publish_date": "date",
    "author": "author", "authors": "author", "source": "outlet", "outlet": "outlet", "publisher": "outlet",
    "site": "outlet", "url": "url", "link": "url", "guest": "guest", "guests": "guest",
    "lang": "language", "language": "language", "media": "media", "recording": "media", "audio": "media",
    "video": "media", "录音": "media", "录像": "media", "音频": "media", "视频": "media",
}  # fmt: skip


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a Markdown file."""
    decoded = encoding.read_text(source)
    yield parse_markdown(decoded.text)
    if decoded.damage is not None:
        yield decoded.damage


def is_markdown(text: str) -> bool:
    """Return whether a text without a specific suffix is Markdown: front matter, or two lines of mark-up."""
    if _CITED_USER.search(text[:4000]):
        return True
    return bool(_FRONT_MATTER.match(text)) or sum(1 for _ in zip(_MARKUP.finditer(text), range(2), strict=False)) == 2


def without_pasted_markup(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines of a document with Markdown pasted into its paragraphs as that Markdown is read."""
    plain = [line for line in lines if not line.kind and line.label is None]
    if sum(1 for _ in zip(filter(_has_pasted_markup, plain), range(2), strict=False)) < 2:
        return tuple(lines)
    is_plain = {id(line) for line in plain}
    read_lines = ((line, _line(line.number, line.text) if id(line) in is_plain else line) for line in lines)
    return tuple(
        replace(marked, bold_prefix_length=max(line.bold_prefix_length, marked.bold_prefix_length))
        if marked.text == line.text
        else marked
        for line, marked in read_lines
        if marked
    )


def _has_pasted_markup(line: Line) -> bool:
    return bool(_PASTED.match(line.text))


def parse_markdown(text: str) -> Script:
    """Parse a Markdown text."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(text)
    skipped = text.count("\n", 0, front.end()) if front else 0
    metadata = tuple(_front_matter(front["fields"], front["mark"])) if front else ()
    metadata += tuple(("headline", value) for key, value in metadata if key == "title")
    body = markdown_variants.rewrite(text[front.end() :] if front else text)
    if body.count("</p>") > max(2, body.count("**")) and html_page.is_within_limits(body):
        page = html_page.parse_page(body)
        return Script(page.lines, (*metadata, *page.metadata))
    return Script(with_times(tuple(_blocks(split_lines(body), skipped))), metadata)


def _blocks(lines: Iterable[Line], skipped: int) -> Iterator[Line]:
    """Yield the lines, those of tables of speech as turns."""
    for is_table, block in markdown_tables.blocks(lines):
        turns = markdown_tables.turns(block, lambda line: _line(line.number + skipped, line.text)) if is_table else []
        yield from turns or _lines(block, skipped)


def _lines(lines: Iterable[Line], skipped: int) -> Iterator[Line]:
    """Yield the lines without their mark-up; fenced code is kept as it is."""
    in_fence, last_image = False, -2
    for line in _split_at_captions(lines):
        if line.kind:
            yield from _caption(line, skipped)
        elif _FENCE.match(line.text):
            in_fence = not in_fence
            yield Line(line.number + skipped, line.text.strip(), kind="rule")
        elif in_fence:
            yield Line(line.number + skipped, line.text, kind="code")
        elif marked := _line(line.number + skipped, line.text):
            is_caption = line.number - last_image <= 2 and _ITALIC.fullmatch(line.text.strip())
            yield replace(marked, kind="caption") if is_caption else marked
        else:
            last_image = line.number


def _split_at_captions(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines, the captions marked up in them as lines of their own."""
    in_caption, opened_on = False, 0
    for line in lines:
        text = line.text
        in_caption = in_caption and line.number - opened_on <= _MAX_CAPTION_LINES  # one that is never closed
        if "](" in text:
            text = _CAPTION_IN_LINE.sub(r"<figcaption>\g<a>\g<b></figcaption>", text)
        if not in_caption and "<" not in text:
            yield line
            continue
        for piece in _CAPTION_TAG.split(text):
            if _CAPTION_TAG.fullmatch(piece):
                in_caption, opened_on = piece[1] != "/", line.number
            elif piece.strip() or piece == line.text:
                yield replace(line, text=piece, kind="caption" if in_caption else "")


def _caption(line: Line, skipped: int) -> Iterator[Line]:
    """Yield the line of a caption without its mark-up, nothing if it is only mark-up."""
    if marked := _line(line.number + skipped, line.text):
        yield replace(marked, kind="caption")


def _line(number: int, printed: str) -> Line | None:
    """Return a line without its mark-up, None if nothing is left (an image)."""
    text, kind = printed.strip(" \t"), ""
    if _RULE.fullmatch(text):
        return Line(number, text, kind="rule")
    if found := _QUOTE.match(text):
        text, kind = text[found.end() :], "quote"
    if found := _HEADING.fullmatch(text):
        text, kind = found[1].rstrip("#").rstrip(" \t"), "heading"
    elif found := _BULLET.match(text):
        text, kind = text[found.end() :], kind or "item"
    elif (found := _FOOTNOTE.match(text)) and found[0].endswith(":"):
        kind = "note"
    if not kind.startswith("h") and _LINK.fullmatch(text):
        kind = "link"
    text, bold_length = strip_inline_markup(text)
    if kind:
        text = text.lstrip()
    return Line(number, text, kind=kind, bold_prefix_length=min(bold_length, len(text))) if text.strip() else None


def strip_inline_markup(text: str) -> tuple[str, int]:
    """Return the text of a line without mark-up, and the number of bold characters at its start."""
    if not any(sign in text for sign in "*_[<`&\\~"):
        return text, 0
    escaped: list[str] = []

    def keep(found: re.Match[str]) -> str:
        escaped.append(found[1])
        return chr(0xE000 + len(escaped) - 1) if len(escaped) < 6400 else found[1]

    text = _ESCAPE.sub(keep, text)
    text = _AUTOLINK.sub(r"\1", _LINK.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub("", text))))
    text = _CITED_USER.sub(r"\1", text) if "<cite" in text else text
    if "<!--" in text and (end := text.rfind("-->")) >= 0:  # each that is never closed would look for its end
        text = _COMMENT.sub("", text[: end + 3]) + text[end + 3 :]
    text = _TAG.sub("", _BOLD_TAG.sub("**", text))
    text = _FOOTNOTE.sub("", text).replace("`", "").replace("~~", "")
    text, bold_length = without_bold(text)
    text = unescape(text) if "&" in text else text
    return "".join(_restored(text, escaped)), bold_length


def _restored(text: str, escaped: list[str]) -> Iterator[str]:
    """Yield the characters of a text, with escaped characters in place of their stand-ins."""
    for character in text:
        index = ord(character) - 0xE000
        yield escaped[index] if 0 <= index < len(escaped) else character


def without_bold(text: str) -> tuple[str, int]:
    """Return the text without `**`, `__` and `*`, and the number of bold characters at its start.

    An unclosed mark continues on the next line; here it is removed and applies to the end of this one.
    """
    pieces = text.replace("__", "**").split("**") if text.count("__") > 1 else text.split("**")
    bold_length = 0
    for index, piece in enumerate(pieces):
        if index % 2 == 0 and piece.strip():
            break
        bold_length += len(piece)
    clean = _ITALIC.sub(lambda found: found[1] or found[2], "".join(pieces))
    return clean, min(bold_length, len(clean))


def _front_matter(text: str, mark: str) -> Iterator[tuple[str, str]]:
    """Yield the front matter under the keys of a script, YAML or (`+++`) TOML; lists are read, nesting is ignored."""
    key, separator = "", "=" if mark == "+++" else ":"
    for line in text.split("\n"):
        if not line.startswith((" ", "\t", "-")) and separator in line:
            name, _, value = line.partition(separator)
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
