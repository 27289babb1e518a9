"""Wiki text (MediaWiki), as pages are exported or copied from the editor: mark-up is removed, line by line.

    == 巷口的修伞摊 ==                       a heading
    '''记者：'''您在码头多少年了？<ref>…</ref>    the bold prefix is counted, a reference is a note
    [[三桥|这座桥]] {{lang|en|bridge}}        a link keeps its words; templates and categories are notes

A template's fields are notes too; those named 标题, 日期 and the like are metadata. Written here: mwparserfromhell
0.7.2 takes 35 s for 90 kB of `<b>`, and over 48 s for 90 kB of `{|`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers import encoding
from indexer.readers.formats import markdown, table_rows
from indexer.readers.script import Line, Script, split_lines
from indexer.readers.source import Item, Source

_COMMENT = re.compile(r"<!--.{0,2000}?-->", re.DOTALL)
_REFERENCE = re.compile(r"<ref\b[^<>]*/>|<ref\b[^<>]*>(.{0,4000}?)</ref\s*>", re.DOTALL | re.IGNORECASE)
_REFERENCES = re.compile(r"</?references\b[^<>]*>", re.IGNORECASE)
_BRACES = re.compile(r"\{\{|\}\}")
_HEADING = re.compile(r"(={1,6})\s*(.+?)\s*\1\s*")
_FILE_NAMES = "file|image|文件|檔案|档案|图像|圖像"
_FILE = re.compile(rf"\[\[\s*(?:{_FILE_NAMES})\s*[:：][^\[\]]*(?:\[\[[^\[\]]*\]\][^\[\]]*)*\]\]", re.IGNORECASE)
_CATEGORY = re.compile(r"\[\[\s*(?:category|分类|分類|[a-z]{2,3}(?:-[a-z]+)?)\s*[:：]([^\[\]]*)\]\]", re.IGNORECASE)
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_EXTERNAL = re.compile(r"\[(?:https?:)?//[^\s\[\]]+(?:\s+([^\[\]]*))?\]")
_CONVERSION = re.compile(r"-\{(?:[A-Za-z;]+\|)?([^{}]*)\}-")  # -{zh-hans:软件;zh-hant:軟體}-
_VARIANT = re.compile(r"zh-?(?:hans|cn|sg|my)\s*:\s*([^;]*)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MAGIC = re.compile(r"__[A-Z]+__")
_BULLET = re.compile(r"([*#]+|[:;]+)[*#:;]*\s*")
_QUOTES = re.compile(r"'{5}|'{3}|'{2}")
_APPENDIX = re.compile(
    "(?:参考|參考)(?:资料|文献|来源|資料|文獻|來源)?|注释|註釋|脚注|腳註|外部(?:链接|連結)|参见|參見|references|"
    "external links"
)
_FIELDS = {
    "标题": "title",
    "標題": "title",
    "title": "title",
    "日期": "date",
    "date": "date",
    "作者": "author",
    "author": "author",
    "来源": "outlet",
    "來源": "outlet",
    "source": "outlet",
}
_FIELD = re.compile(r"\|\s*+([^|=\n]{1,20}?)\s*+=\s*+([^|\n]*)")
_TABLE_START, _TABLE_END, _TABLE_ROW = re.compile(r"\s*\{\|"), re.compile(r"\s*\|\}"), re.compile(r"\s*\|-+")
_MAX_NOTE, _MAX_TAGS = 2000, 200_000


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a page of wiki text."""
    decoded = encoding.read_text(source)
    if decoded.text.count("<") > _MAX_TAGS:
        tags = _("more than {number} tags, too many for a page written by a person")
        raise ReadingError(source.name, tags.format(number=f"{_MAX_TAGS:,}"))
    yield parse_wikitext(decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    if decoded.damage is not None:
        yield decoded.damage


def parse_wikitext(text: str) -> Script:
    """Parse a page of wiki text."""
    notes: list[str] = []
    text = _COMMENT.sub(_line_breaks, text)
    text = _REFERENCE.sub(lambda found: _put_aside(found[1] or "", found[0], notes), text)
    templates: list[str] = []
    text = _without_templates(_REFERENCES.sub("", text), templates)
    text = _CATEGORY.sub(lambda found: _put_aside(found[1], found[0], notes), text)
    metadata = tuple(pair for template in templates for pair in _metadata(template))
    notes += (template for template in templates if "=" not in template and "|" in template)
    lines = list(_lines(split_lines(_FILE.sub("", text))))
    last = lines[-1].number if lines else 0
    plain = (_plain(note)[0].strip() for note in notes)
    return Script((*lines, *(Line(last, note[:_MAX_NOTE], kind="note") for note in plain if note)), metadata)


def _line_breaks(found: re.Match[str]) -> str:
    """Return the line breaks of what is removed: the numbers of the lines stay."""
    return "\n" * found[0].count("\n")


def _put_aside(note: str, whole: str, notes: list[str]) -> str:
    """Add a note; return the line breaks of what is removed."""
    if note.strip():
        notes.append(note.strip())
    return "\n" * whole.count("\n")


def _without_templates(text: str, templates: list[str]) -> str:
    """Return a text without its templates, which are added to `templates`; one that never closes stays."""
    kept: list[str] = []
    depth = position = start = 0
    for found in _BRACES.finditer(text):
        if found[0] == "{{":
            if not depth:
                start = found.start()
                kept.append(text[position:start])
                position = start
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                template = text[start + 2 : found.start()]
                templates.append(template)
                kept.append("\n" * template.count("\n"))
                position = found.end()
    return "".join((*kept, text[position:]))


def _metadata(template: str) -> Iterator[tuple[str, str]]:
    """Yield the metadata in the fields of a template: {{访谈头|标题=…|日期=…}}."""
    for name, value in _FIELD.findall(template):
        key, printed = _FIELDS.get(name.lower(), ""), _plain(value)[0].strip()
        if key and printed:
            yield key, printed


def _lines(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines without their mark-up; those of an appendix of references are notes."""
    in_appendix = False
    for is_table, block in _blocks(lines):
        for marked in _table(block) if is_table else (piece for line in block for piece in _marked(line)):
            if marked.kind == "heading":
                in_appendix = bool(_APPENDIX.fullmatch(marked.text.strip().lower()))
            yield replace(marked, kind="note") if in_appendix else marked


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[bool, Sequence[Line]]]:
    """Split lines into tables and others; a table that never ends is none."""
    start, table = 0, -1
    for index, line in enumerate(lines):
        if table < 0 and _TABLE_START.match(line.text):
            table = index
        elif table >= 0 and _TABLE_END.match(line.text):
            yield False, lines[start:table]
            yield True, lines[table : index + 1]
            start, table = index + 1, -1
    yield False, lines[start:]


def _marked(line: Line) -> Iterator[Line]:
    """Yield the lines of a line: several if it has breaks."""
    text, kind = _MAGIC.sub("", line.text).strip(), ""
    if found := _HEADING.fullmatch(text):
        text, kind = found[2], "heading"
    elif found := _BULLET.match(text):
        kind = "item" if found[1][0] in "*#" else ""
        text = text[found.end() :]
    for piece in _BREAK.split(text):
        plain, bold = _plain(piece)
        if plain.strip():
            yield Line(line.number, plain.lstrip(), kind=kind, bold_prefix_length=0 if kind == "heading" else bold)


def _plain(text: str) -> tuple[str, int]:
    """Return a text without mark-up, and the number of bold characters at its start."""
    text = _LINK.sub(r"\1", _LINK.sub(r"\1", _EXTERNAL.sub(lambda found: found[1] or "", text)))
    text = _CONVERSION.sub(lambda found: _simplified(found[1]), text)
    text = unescape(_TAG.sub("", text))
    marked = _QUOTES.sub(lambda found: "**" if len(found[0]) > 2 else "", text)
    return markdown.without_bold(marked)


def _simplified(variants: str) -> str:
    """Return the Simplified one of the variants of a word, or what there is."""
    found = _VARIANT.search(variants)
    return found[1] if found else variants


def _table(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of a table: speech, if its header or its names say so, else its cells."""
    rows: list[list[list[Line]]] = [[]]
    for line in lines:
        text = line.text.strip()
        if _TABLE_ROW.match(text):
            rows.append([])
        elif text[:1] in ("|", "!") and not _TABLE_START.match(text) and not text.startswith(("|}", "|+")):
            cells = re.split(r"\|\||!!" if text[0] == "!" else r"\|\|", text[1:])
            rows[-1] += [list(_marked(replace(line, text=cell.rpartition("|")[2]))) for cell in cells]
        elif rows[-1] and not _TABLE_START.match(text) and not text.startswith("|"):
            rows[-1][-1] += _marked(line)
    yield from table_rows.table_lines([row for row in rows if any(row)])
