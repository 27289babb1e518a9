"""A Word document: its paragraphs in order, headings by their style, bold at the beginning of each counted.

The paragraphs are taken from the document's own tree: python-docx's `text` leaves out what was inserted with changes
tracked, and fields somebody fills in. What was deleted with changes tracked, or is set as hidden, is left out here;
text boxes come after the paragraph they hang on. Footnotes, endnotes and comments are other parts of the file; they
come last, marked as notes, which nobody says. Page headers and footers are not read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.errors import ReadingError
from indexer.readers import safe_zip
from indexer.readers.formats import docx_tables
from indexer.readers.script import Line, Script
from indexer.readers.source import Item, Source

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _R, _TABLE, _BOX = f"{_W}p", f"{_W}r", f"{_W}tbl", f"{_W}txbxContent"
_GONE = frozenset(
    {f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_SIGNS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off", "none"})
_KINDS = (
    (("heading", "title", "subtitle", "标题", "標題", "副标题"), "heading"),
    (("caption", "题注", "題注", "标号"), "caption"),
    (("list bullet", "list number", "列表项目", "项目符号"), "item"),
    (("quote", "intense quote", "引用"), "quote"),
)
_MOST_TAGS = 3_000_000  # some 700 MB as a tree; a book has 500,000

_NOTES = ("footnotes", "endnotes", "comments")  # what the parts of a document end on that are read as notes

Run = tuple[str, bool]
"""A text, and whether it is in bold."""


@dataclass(frozen=True, slots=True)
class Styles:
    """What the styles of a document are called, in small letters, and which of them set in bold, by their ids."""

    names: Mapping[str, str]
    bold: frozenset[str]


def read(source: Source) -> Iterator[Item]:
    """Yield the one transcript of a document."""
    document = _document(source)
    styles = _styles(document)
    lines = list(_blocks(document.element.body, styles))
    if not lines:
        raise ReadingError(source.name, "no text is in it")
    lines += _notes(document, styles, source)
    yield Script(
        tuple(replace(line, number=number) for number, line in enumerate(lines, start=1)), tuple(_meta(document))
    )


def _document(source: Source) -> "Document":
    """Return the document; raise `ReadingError` where there is none in the file."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    with safe_zip.opened(source) as archive:  # python-docx opens it itself: every member is tried within bounds before
        for info in archive.infolist():
            if safe_zip.data(archive, info, source).count(b"<") > _MOST_TAGS:
                raise ReadingError(source.name, f"more than {_MOST_TAGS:,} tags in it", next_step="Split it.")
    try:
        with source.open() as file:
            return docx.Document(file)
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError) as error:
        raise ReadingError(source.name, "not a Word document", next_step="Save it as .docx or .txt.") from error


def _styles(document: "Document") -> Styles:
    """Return the styles; a heading's bold type is not counted, as its kind says all."""
    known = [style for style in document.styles if style.style_id]
    names = {style.style_id: (style.name or "").lower() for style in known}
    bold = {one.style_id for one in known if _sets_bold(one.element) and not _of_name(names[one.style_id])}
    return Styles(names, frozenset(bold))


def _notes(document: "Document", styles: Styles, source: Source) -> Iterator[Line]:
    """Yield the footnotes, endnotes and comments."""
    from docx.oxml import parse_xml
    from lxml.etree import LxmlError

    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(_NOTES):
            continue
        try:
            root = parse_xml(relation.target_part.blob)
        except (LxmlError, ValueError) as error:
            reason = f"its {relation.reltype.rpartition('/')[2]} are damaged"
            raise ReadingError(source.name, reason) from error
        yield from (replace(line, kind="note", strong=0) for line in _blocks(root, styles))


def _blocks(element: "_Element", styles: Styles) -> Iterator[Line]:
    """Yield the lines of the paragraphs and tables below an element, in order."""
    for child in element:
        if child.tag == _P:
            yield from _paragraph(child, styles)
        elif child.tag == _TABLE:
            yield from _table(child, styles)
        elif child.tag not in _GONE:
            yield from _blocks(child, styles)


def _paragraph(paragraph: "_Element", styles: Styles) -> Iterator[Line]:
    """Yield the lines of a paragraph, a break in it beginning another one, then those of the text boxes on it."""
    kind = _kind(paragraph, styles)
    boxes: list[_Element] = []
    for line in _split(_runs(paragraph, boxes, styles, _style(paragraph, "pPr/", "pStyle") in styles.bold)):
        text = "".join(piece for piece, _ in line)
        if text.strip():
            strong = min(_bold_characters(line), len(text.rstrip("\r\n")))
            yield Line(0, text, kind=kind, strong=strong)
    for box in boxes:
        yield from _blocks(box, styles)


def _runs(element: "_Element", boxes: "list[_Element]", styles: Styles, strong: bool) -> Iterator[Run]:
    """Yield the runs below an element, those deleted or hidden left out; text boxes met on the way are put by."""
    for child in element:
        if child.tag == _BOX:
            boxes.append(child)
        elif child.tag == _R:
            if child.find(f"{_W}rPr/{_W}vanish") is not None:
                continue
            bold = _is_bold(child, styles, strong)
            for part in child:
                if part.tag == f"{_W}t":
                    yield part.text or "", bold
                elif part.tag in _SIGNS:
                    yield _SIGNS[part.tag], bold
                elif part.tag not in _GONE:
                    yield from _runs(part, boxes, styles, strong)
        elif child.tag not in _GONE:
            yield from _runs(child, boxes, styles, strong)


def _is_bold(run: "_Element", styles: Styles, strong: bool) -> bool:
    """Tell whether a run is set in bold, by itself, by its style, or as all of its paragraph (`strong`) is."""
    bold = run.find(f"{_W}rPr/{_W}b")
    if bold is not None:
        return bold.get(f"{_W}val", "1") not in _OFF
    return strong or _style(run, "rPr/", "rStyle") in styles.bold


def _sets_bold(style: "_Element") -> bool:
    bold = style.find(f"{_W}rPr/{_W}b")
    return bold is not None and bold.get(f"{_W}val", "1") not in _OFF


def _style(element: "_Element", below: str, name: str) -> str:
    """Return the id of the style of a paragraph or a run, "" where it has none."""
    style = element.find(f"{_W}{below}{_W}{name}")
    return str(style.get(f"{_W}val", "")) if style is not None else ""


def _split(runs: Iterator[Run]) -> Iterator[list[Run]]:
    """Yield the runs of one line after another."""
    line: list[Run] = []
    for text, bold in runs:
        first, *rest = text.split("\n")
        line.append((first, bold))
        for piece in rest:
            yield line
            line = [(piece, bold)]
    yield line


def _bold_characters(line: Sequence[Run]) -> int:
    """Return how many characters at the beginning of a line are in bold."""
    count = 0
    for text, bold in line:
        if not bold and text.strip():
            break
        count += len(text)
    return count if any(bold and text.strip() for text, bold in line) else 0


def _kind(paragraph: "_Element", styles: Styles) -> str:
    """Return what the paragraph's style calls it."""
    return _of_name(styles.names.get(_style(paragraph, "pPr/", "pStyle"), ""))


def _of_name(name: str) -> str:
    """Return what a style of this name calls its paragraphs."""
    return next((kind for beginnings, kind in _KINDS if name.startswith(beginnings)), "")


def _table(table: "_Element", styles: Styles) -> Iterator[Line]:
    """Yield the lines of a table."""
    rows = [[list(_blocks(cell, styles)) for cell in _nearest(row, f"{_W}tc")] for row in _nearest(table, f"{_W}tr")]
    rows = [row for row in rows if any(row)]
    if rows:
        yield from docx_tables.lines(rows)


def _nearest(element: "_Element", tag: str) -> "Iterator[_Element]":
    """Yield the elements of a name below another, but not those inside each other (a table in a cell)."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _GONE:
            yield from _nearest(child, tag)


def _meta(document: "Document") -> Iterator[tuple[str, str]]:
    """Yield the title the document's properties give; its author and dates are those of a computer, not of the text."""
    title = (document.core_properties.title or "").strip()
    if title and not title.lower().startswith(("word document", "microsoft word")):
        yield "title", title
