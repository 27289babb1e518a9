"""OpenDocument text (.odt, .fodt) and spreadsheets (.ods), as LibreOffice, WPS and public offices write them.

Like a Word document: paragraphs in order, headings by element or style, the bold prefix of each counted, tables as
speech where they are. Tracked deletions and hidden text are left out; footnotes, endnotes and comments come last, as
notes. The same XML is one file (.fodt) or a member of a zip file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers import encoding, safe_xml, safe_zip
from indexer.readers.formats import markdown, spreadsheet, table_rows, text_runs
from indexer.readers.formats.text_runs import TextRun
from indexer.readers.script import Line, Script
from indexer.readers.source import Item, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEFT_OUT = frozenset(
    """
    tracked-changes sequence-decls variable-decls forms ruby-text note-citation creator date meta settings scripts
    styles automatic-styles master-styles font-face-decls image desc
    """.split()  # noqa: SIM905  a list of names, not of texts
)
_CHARACTERS = {"tab": "\t", "line-break": "\n"}
_NOTES = frozenset(["note", "annotation"])
_BOXES = frozenset(["text-box"])
_KINDS_BY_STYLE = (
    (("heading", "title", "subtitle", "标题", "標題", "副标题"), "heading"),
    (("caption", "illustration", "figure", "题注", "標號"), "caption"),
    (("quotation", "引用"), "quote"),
)
_MAX_SPACES, _MAX_REPEATED, _MAX_COLUMNS, _MAX_ROWS = 100, 100, 64, 200_000
_MAX_DEPTH = 60  # nested blocks; a list in a table in a frame has 12


@dataclass(frozen=True, slots=True)
class _Style:
    """A style as it is declared; `bold` and `hidden` are None where the style above it decides."""

    name: str
    parent: str
    bold: bool | None
    hidden: bool


@dataclass(slots=True)
class _Reading:
    """The styles of a document by id, and the notes met on the way."""

    styles: Mapping[str, _Style]
    notes: "list[_Element]" = field(default_factory=list)
    boxes: "list[_Element]" = field(default_factory=list)


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a document, or those of a spreadsheet."""
    roots = _roots(source)
    body = next((child for root in roots for child in root.iter() if safe_xml.local_name(child) == "body"), None)
    content = next(iter(body), None) if body is not None else None
    kind = safe_xml.local_name(content) if content is not None else ""
    if content is None or kind not in ("text", "spreadsheet"):
        raise ReadingError(source.name, _("an OpenDocument file without text"), next_step=_("Save it as .docx."))
    if kind == "spreadsheet":
        yield from spreadsheet.scripts(((_attribute(table, "name"), list(_sheet(table))) for table in content), source)
        return
    reading = _Reading({key: style for root in roots for key, style in _styles(root)})
    lines = list(_blocks(content, reading))
    if not lines:
        raise ReadingError(source.name, _("there is no text in it"))
    lines += _notes(reading)
    numbered = [replace(line, number=number) for number, line in enumerate(lines, start=1)]
    yield Script(markdown.without_pasted_markup(numbered), tuple(_metadata(roots)))


def _roots(source: Source) -> "list[_Element]":
    """Return the root elements of the parts of a document that are needed here."""
    with source.open() as file:
        is_zip = file.read(2) == b"PK"
    if not is_zip:
        return [safe_xml.parse(encoding.read_text(source).text, source)]
    roots = []
    with safe_zip.open_archive(source) as archive:
        names = {info.filename: info for info in archive.infolist()}
        if "META-INF/manifest.xml" in names:
            manifest = safe_zip.read_member(archive, names["META-INF/manifest.xml"], source)
            if b"encryption-data" in manifest:
                next_step = _("Save it without a password.")
                raise ReadingError(source.name, _("the document is encrypted"), next_step=next_step)
        for name in ("content.xml", "styles.xml", "meta.xml"):
            if name in names:
                text = safe_zip.read_member(archive, names[name], source).decode("utf-8", errors="replace")
                roots.append(safe_xml.parse(text, source))
    return roots


def _attribute(element: "_Element", name: str) -> str:
    """Return the value of an attribute in any namespace, "" if there is none."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def _number(element: "_Element", name: str, most: int) -> int:
    """Return an attribute that counts, from 1 to `most`."""
    printed = _attribute(element, name)
    return min(max(int(printed), 1), most) if printed.isascii() and printed.isdigit() and len(printed) < 10 else 1


def _styles(root: "_Element") -> Iterator[tuple[str, _Style]]:
    """Yield the styles that a part declares, by id."""
    for element in root.iter():
        if safe_xml.local_name(element) != "style":
            continue
        key = _attribute(element, "name")
        properties = next((one for one in element if safe_xml.local_name(one) == "text-properties"), None)
        weight = _attribute(properties, "font-weight") if properties is not None else ""
        hidden = properties is not None and _attribute(properties, "display") == "none"
        bold = (weight == "bold" or weight in ("600", "700", "800", "900")) if weight else None
        name = _attribute(element, "display-name") or key.replace("_20_", " ")
        yield key, _Style(name.lower(), _attribute(element, "parent-style-name"), bold, hidden)


def _ancestry(style: str, reading: _Reading) -> Iterator[_Style]:
    """Yield a style and those it is derived from."""
    for _step in range(20):
        found = reading.styles.get(style)
        if found is None:
            return
        yield found
        style = found.parent


def _is_bold(style: str, reading: _Reading, default: bool) -> bool:
    return next((found.bold for found in _ancestry(style, reading) if found.bold is not None), default)


def _kind(style: str, reading: _Reading) -> str:
    """Return the kind of a paragraph by the names of its styles."""
    ancestry = list(_ancestry(style, reading))
    last = ancestry[-1].parent if ancestry else style  # declared in styles.xml, or only by its name
    names = [*(found.name for found in ancestry), last.replace("_20_", " ").lower()]
    return next((kind for name in names for starts, kind in _KINDS_BY_STYLE if name.startswith(starts)), "")


def _blocks(element: "_Element", reading: _Reading, depth: int = 0) -> Iterator[Line]:
    """Yield the lines of the paragraphs and tables below an element, in order."""
    if depth > _MAX_DEPTH:
        return
    for child in element:
        tag = safe_xml.local_name(child)
        if tag in ("p", "h"):
            yield from _paragraph(child, reading, depth)
        elif tag == "table":
            rows = [[list(_blocks(cell, reading, depth + 1)) for cell in _cells(row)] for row in _rows(child)]
            yield from table_rows.table_lines([row for row in rows if any(row)])
        elif tag in _NOTES:
            reading.notes.append(child)
        elif tag == "list":
            yield from (replace(line, kind=line.kind or "item") for line in _blocks(child, reading, depth + 1))
        elif tag not in _LEFT_OUT:
            yield from _blocks(child, reading, depth + 1)


def _paragraph(paragraph: "_Element", reading: _Reading, depth: int) -> Iterator[Line]:
    """Yield the lines of a paragraph, split at line breaks, then those of its text boxes."""
    style = _attribute(paragraph, "style-name")
    kind = "heading" if safe_xml.local_name(paragraph) == "h" else _kind(style, reading)
    around, reading.boxes = reading.boxes, []
    pieces = list(_pieces(paragraph, reading, not kind and _is_bold(style, reading, False)))
    boxes, reading.boxes = reading.boxes, around
    for line in text_runs.split_lines(pieces):
        text = "".join(piece for piece, _bold in line)
        if text.strip():
            yield Line(0, text, kind=kind, bold_prefix_length=min(text_runs.bold_characters(line), len(text)))
    for box in boxes:
        yield from _blocks(box, reading, depth + 1)


def _pieces(element: "_Element", reading: _Reading, bold: bool, depth: int = 0) -> Iterator[TextRun]:
    """Yield the texts below a paragraph; notes and text boxes are put aside."""
    yield " ".join((element.text or "").split("\n")), bold
    for child in element if depth < _MAX_DEPTH else ():
        tag = safe_xml.local_name(child)
        if tag in _CHARACTERS:
            yield _CHARACTERS[tag], bold
        elif tag == "s":
            yield " " * _number(child, "c", _MAX_SPACES), bold
        elif tag in _NOTES:
            reading.notes.append(child)
        elif tag in _BOXES:
            reading.boxes.append(child)
        elif tag not in _LEFT_OUT:
            style = _attribute(child, "style-name") if tag == "span" else ""
            if not any(found.hidden for found in _ancestry(style, reading)):
                yield from _pieces(child, reading, _is_bold(style, reading, bold), depth + 1)
        yield " ".join((child.tail or "").split("\n")), bold


def _notes(reading: _Reading) -> Iterator[Line]:
    """Yield the footnotes, endnotes and comments; notes inside them are not met again."""
    for note in list(reading.notes):
        for line in _blocks(note, reading):
            yield replace(line, kind="note", bold_prefix_length=0)


def _rows(table: "_Element") -> "Iterator[_Element]":
    """Yield the rows of a table, those of its header and of groups too."""
    for child in table:
        tag = safe_xml.local_name(child)
        if tag == "table-row":
            yield child
        elif tag in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(child)


def _cells(row: "_Element") -> "Iterator[_Element]":
    """Yield the cells of a row, at most so many; one that is repeated as often as it is."""
    for cell in row:
        if safe_xml.local_name(cell) in ("table-cell", "covered-table-cell"):
            for _column in range(_number(cell, "number-columns-repeated", _MAX_COLUMNS)):
                yield cell


def _sheet(table: "_Element") -> Iterator[spreadsheet.Row]:
    """Yield the rows of a sheet that are not empty, with their numbers."""
    reading, number = _Reading({}), 0
    for row in islice(_rows(table), _MAX_ROWS):
        number += 1
        cells = [
            "\n".join(line.text.strip() for line in _blocks(cell, reading))
            for cell in islice(_cells(row), _MAX_COLUMNS)
        ]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells
        number += _number(row, "number-rows-repeated", 2**30) - 1


def _metadata(roots: "list[_Element]") -> Iterator[tuple[str, str]]:
    """Yield the title in the document properties; author and dates there belong to the file, not the text."""
    for root in roots:
        for element in root.iter():
            if safe_xml.local_name(element) == "meta":
                title = next((one for one in element if safe_xml.local_name(one) == "title"), None)
                if title is not None and (text := safe_xml.text_content(title)):
                    yield "title", text
                    return
