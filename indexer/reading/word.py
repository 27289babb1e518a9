"""A Word document: its paragraphs in order, headings by their style, bold at the beginning of each counted.

The paragraphs are taken from the document's own tree: python-docx's `text` leaves out what was inserted with changes
tracked, and fields somebody fills in. What was deleted with changes tracked is left out here; text boxes come after the
paragraph they hang on. Footnotes, comments, headers and footers are other parts of the file and are not read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.errors import ReadingError
from indexer.reading import archives
from indexer.reading.script import Line, Script
from indexer.reading.source import Item, Source

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
_LONGEST_NAME = 14
_MOST_TAGS = 3_000_000  # some 700 MB as a tree; a book has 500,000

Run = tuple[str, bool]
"""A text, and whether it is in bold."""


def read(source: Source) -> Iterator[Item]:
    """Yield the one transcript of a document."""
    document = _document(source)
    names = {style.style_id: (style.name or "").lower() for style in document.styles if style.style_id}
    lines = list(_blocks(document.element.body, names))
    if not lines:
        raise ReadingError(source.name, "no text is in it")
    yield Script(
        tuple(replace(line, number=number) for number, line in enumerate(lines, start=1)), tuple(_meta(document))
    )


def _document(source: Source) -> "Document":
    """Return the document; raise `ReadingError` where there is none in the file."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    with archives.opened(source) as archive:  # python-docx opens it itself: every member is tried within bounds before
        for info in archive.infolist():
            if archives.data(archive, info, source).count(b"<") > _MOST_TAGS:
                raise ReadingError(source.name, f"more than {_MOST_TAGS:,} tags in it", next_step="Split it.")
    try:
        with source.open() as file:
            return docx.Document(file)
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError) as error:
        raise ReadingError(source.name, "not a Word document", next_step="Save it as .docx or .txt.") from error


def _blocks(element: "_Element", styles: Mapping[str, str]) -> Iterator[Line]:
    """Yield the lines of the paragraphs and tables below an element, in order."""
    for child in element:
        if child.tag == _P:
            yield from _paragraph(child, styles)
        elif child.tag == _TABLE:
            yield from _table(child, styles)
        elif child.tag not in _GONE:
            yield from _blocks(child, styles)


def _paragraph(paragraph: "_Element", styles: Mapping[str, str]) -> Iterator[Line]:
    """Yield the lines of a paragraph, a break in it beginning another one, then those of the text boxes on it."""
    kind = _kind(paragraph, styles)
    boxes: list[_Element] = []
    for line in _split(_runs(paragraph, boxes)):
        text = "".join(piece for piece, _ in line)
        if text.strip():
            strong = min(_bold_characters(line), len(text.rstrip("\r\n")))
            yield Line(0, text, kind=kind, strong=strong)
    for box in boxes:
        yield from _blocks(box, styles)


def _runs(element: "_Element", boxes: "list[_Element]") -> Iterator[Run]:
    """Yield the runs below an element, those deleted left out; text boxes met on the way are put by."""
    for child in element:
        if child.tag == _BOX:
            boxes.append(child)
        elif child.tag == _R:
            bold = _is_bold(child)
            for part in child:
                if part.tag == f"{_W}t":
                    yield part.text or "", bold
                elif part.tag in _SIGNS:
                    yield _SIGNS[part.tag], bold
                elif part.tag not in _GONE:
                    yield from _runs(part, boxes)
        elif child.tag not in _GONE:
            yield from _runs(child, boxes)


def _is_bold(run: "_Element") -> bool:
    """Tell whether a run is set in bold."""
    bold = run.find(f"{_W}rPr/{_W}b")
    return bold is not None and bold.get(f"{_W}val", "1") not in _OFF


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


def _kind(paragraph: "_Element", styles: Mapping[str, str]) -> str:
    """Return what the paragraph's style calls it."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = styles.get(style.get(f"{_W}val", ""), "") if style is not None else ""
    return next((kind for beginnings, kind in _KINDS if name.startswith(beginnings)), "")


def _table(table: "_Element", styles: Mapping[str, str]) -> Iterator[Line]:
    """Yield a table: who speaks and what, where it has two columns and names in the first; else its cells in order."""
    rows = [[list(_blocks(cell, styles)) for cell in _nearest(row, f"{_W}tc")] for row in _nearest(table, f"{_W}tr")]
    spoken = len(rows) > 1 and all(len(row) == 2 and _is_name(row[0]) for row in rows)
    for row in rows:
        if spoken:
            label = row[0][0].text.strip().rstrip("：:").strip()
            yield from (replace(line, label=label) for line in row[1])
        else:
            yield from (line for cell in row for line in cell)


def _nearest(element: "_Element", tag: str) -> "Iterator[_Element]":
    """Yield the elements of a name below another, but not those inside each other (a table in a cell)."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _GONE:
            yield from _nearest(child, tag)


def _is_name(cell: Sequence[Line]) -> bool:
    """Tell whether a cell can hold nothing but a speaker's name."""
    return len(cell) == 1 and 0 < len(cell[0].text.strip().rstrip("：:").strip()) <= _LONGEST_NAME


def _meta(document: "Document") -> Iterator[tuple[str, str]]:
    """Yield the title the document's properties give; its author and dates are those of a computer, not of the text."""
    title = (document.core_properties.title or "").strip()
    if title and not title.lower().startswith(("word document", "microsoft word")):
        yield "title", title
