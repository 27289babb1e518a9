"""Word documents: paragraphs in order, headings by their style, the bold prefix of each counted.

The paragraphs are read from the XML tree: python-docx's `text` omits tracked insertions and form fields. Tracked
deletions and hidden text are left out; text boxes come after the paragraph they are anchored to. Footnotes, endnotes
and comments are separate parts of the file; they come last, as notes. Page headers and footers are not read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.readers import safe_zip
from indexer.readers.formats import markdown, table_rows, text_runs
from indexer.readers.formats.text_runs import TextRun
from indexer.readers.script import Line, Script
from indexer.readers.source import Item, Source

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _RUN, _TABLE, _TEXT_BOX = f"{_W}p", f"{_W}r", f"{_W}tbl", f"{_W}txbxContent"
_LEFT_OUT = frozenset(
    {f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_CHARACTERS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_OFF_VALUES = frozenset({"0", "false", "off", "none"})
_KINDS_BY_STYLE = (
    (("heading", "title", "subtitle", "标题", "標題", "副标题"), "heading"),
    (("caption", "题注", "題注", "标号"), "caption"),
    (("list bullet", "list number", "列表项目", "项目符号"), "item"),
    (("quote", "intense quote", "引用"), "quote"),
)
_MAX_TAGS = 3_000_000  # some 700 MB as a tree; a book has 500,000

_NOTES = {
    "footnotes": gettext_noop("its footnotes are damaged"),
    "endnotes": gettext_noop("its endnotes are damaged"),
    "comments": gettext_noop("its comments are damaged"),
}
"""Parts of a document that are read as notes, and what is said if one cannot be."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The names of the styles of a document in lower case, and the ids of the bold ones."""

    names: Mapping[str, str]
    bold: frozenset[str]


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a document."""
    document = _document(source)
    styles = _styles(document)
    lines = list(_blocks(document.element.body, styles))
    if not lines:
        raise ReadingError(source.name, _("there is no text in it"))
    lines += _notes(document, styles, source)
    numbered = [replace(line, number=number) for number, line in enumerate(lines, start=1)]
    yield Script(markdown.without_pasted_markup(numbered), tuple(_metadata(document)))


def _document(source: Source) -> "Document":
    """Open the document; raise `ReadingError` if it is not a Word document."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    with safe_zip.open_archive(source) as archive:  # python-docx opens it without limits: check every member first
        for info in archive.infolist():
            if safe_zip.read_member(archive, info, source).count(b"<") > _MAX_TAGS:
                tags = _("more than {number} tags in it").format(number=f"{_MAX_TAGS:,}")
                raise ReadingError(source.name, tags, next_step=_("Split it."))
    try:
        with source.open() as file:
            return docx.Document(file)
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError) as error:
        next_step = _("Save it as .docx or .txt.")
        raise ReadingError(source.name, _("not a Word document"), next_step=next_step) from error


def _styles(document: "Document") -> Styles:
    """Return the styles of a document; bold type of headings is not counted, as their kind is enough."""
    styles = [style for style in document.styles if style.style_id]
    names = {style.style_id: (style.name or "").lower() for style in styles}
    bold = {
        style.style_id for style in styles if _sets_bold(style.element) and not _kind_of_style(names[style.style_id])
    }
    return Styles(names, frozenset(bold))


def _notes(document: "Document", styles: Styles, source: Source) -> Iterator[Line]:
    """Yield the footnotes, endnotes and comments."""
    from docx.oxml import parse_xml
    from lxml.etree import LxmlError

    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(tuple(_NOTES)):
            continue
        try:
            root = parse_xml(relation.target_part.blob)
        except (LxmlError, ValueError) as error:
            damaged = next(text for part, text in _NOTES.items() if relation.reltype.endswith(part))
            raise ReadingError(source.name, _(damaged)) from error
        yield from (replace(line, kind="note", bold_prefix_length=0) for line in _blocks(root, styles))


def _blocks(element: "_Element", styles: Styles) -> Iterator[Line]:
    """Yield the lines of the paragraphs and tables below an element, in order."""
    for child in element:
        if child.tag == _PARAGRAPH:
            yield from _paragraph(child, styles)
        elif child.tag == _TABLE:
            yield from _table(child, styles)
        elif child.tag not in _LEFT_OUT:
            yield from _blocks(child, styles)


def _paragraph(paragraph: "_Element", styles: Styles) -> Iterator[Line]:
    """Yield the lines of a paragraph, split at line breaks, then those of its text boxes."""
    kind = _kind(paragraph, styles)
    boxes: list[_Element] = []
    for line in text_runs.split_lines(
        _runs(paragraph, boxes, styles, _style(paragraph, "pPr/", "pStyle") in styles.bold)
    ):
        text = "".join(piece for piece, _bold in line)
        if text.strip():
            prefix = min(text_runs.bold_characters(line), len(text.rstrip("\r\n")))
            yield Line(0, text, kind=kind, bold_prefix_length=prefix)
    for box in boxes:
        yield from _blocks(box, styles)


def _runs(element: "_Element", boxes: "list[_Element]", styles: Styles, bold_by_default: bool) -> Iterator[TextRun]:
    """Yield the runs below an element without deleted or hidden text; text boxes are collected in `boxes`."""
    for child in element:
        if child.tag == _TEXT_BOX:
            boxes.append(child)
        elif child.tag == _RUN:
            if child.find(f"{_W}rPr/{_W}vanish") is not None:
                continue
            bold = _is_bold(child, styles, bold_by_default)
            for part in child:
                if part.tag == f"{_W}t":
                    yield part.text or "", bold
                elif part.tag in _CHARACTERS:
                    yield _CHARACTERS[part.tag], bold
                elif part.tag not in _LEFT_OUT:
                    yield from _runs(part, boxes, styles, bold_by_default)
        elif child.tag not in _LEFT_OUT:
            yield from _runs(child, boxes, styles, bold_by_default)


def _is_bold(run: "_Element", styles: Styles, bold_by_default: bool) -> bool:
    """Return whether a run is bold, by itself, by its style, or by the style of its paragraph (`bold_by_default`)."""
    bold = run.find(f"{_W}rPr/{_W}b")
    if bold is not None:
        return bold.get(f"{_W}val", "1") not in _OFF_VALUES
    return bold_by_default or _style(run, "rPr/", "rStyle") in styles.bold


def _sets_bold(style: "_Element") -> bool:
    bold = style.find(f"{_W}rPr/{_W}b")
    return bold is not None and bold.get(f"{_W}val", "1") not in _OFF_VALUES


def _style(element: "_Element", below: str, name: str) -> str:
    """Return the style id of a paragraph or a run, "" if it has none."""
    style = element.find(f"{_W}{below}{_W}{name}")
    return str(style.get(f"{_W}val", "")) if style is not None else ""


def _kind(paragraph: "_Element", styles: Styles) -> str:
    """Return the kind of a paragraph by its style."""
    return _kind_of_style(styles.names.get(_style(paragraph, "pPr/", "pStyle"), ""))


def _kind_of_style(name: str) -> str:
    """Return the kind of paragraphs with a style of this name."""
    return next((kind for prefixes, kind in _KINDS_BY_STYLE if name.startswith(prefixes)), "")


def _table(table: "_Element", styles: Styles) -> Iterator[Line]:
    """Yield the lines of a table."""
    rows = [[list(_blocks(cell, styles)) for cell in _topmost(row, f"{_W}tc")] for row in _topmost(table, f"{_W}tr")]
    rows = [row for row in rows if any(row)]
    if rows:
        yield from table_rows.table_lines(rows)


def _topmost(element: "_Element", tag: str) -> "Iterator[_Element]":
    """Yield the elements with a tag below another, but none inside each other (a table in a cell)."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _topmost(child, tag)


def _metadata(document: "Document") -> Iterator[tuple[str, str]]:
    """Yield the title in the document properties; author and dates there belong to the file, not the text."""
    title = (document.core_properties.title or "").strip()
    if title and not title.lower().startswith(("word document", "microsoft word")):
        yield "title", title
