"""Hits as a Word document, for reading: who speaks, what is said with its matches marked, and a citation.

python-docx keeps a whole document in memory: it makes the package and its styles, and the text is written into that
paragraph by paragraph.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import IO, TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from indexer.language.messages import gettext as _
from search_cli.citation import citation
from search_cli.export.clean_text import clean, clean_lines
from search_cli.export.content import ExportContent
from search_cli.export.turn_head import about_interview, expected, speaker_head, tags_note
from search_cli.export.whole_file import OpenFile
from search_cli.models import Hit, Marked, Span

if TYPE_CHECKING:
    from docx.opc.coreprops import CoreProperties
    from docx.styles.styles import Styles
    from lxml.etree import _Element

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DOCUMENT = "word/document.xml"
_LATIN, _CHINESE = "Calibri", "SimSun"
_GREY = "6B6B6B"

_LONGEST_PROPERTY = 255
"""Characters, by python-docx."""

_NAME, _MATCH = "Strong", "TurnMatch"
"""The styles of the speaker's name, and of what matched."""

_RED = "A01818"

Run = tuple[str, str]
"""A stretch of text, and its style, "" for that of its paragraph."""


def write(content: ExportContent, target: OpenFile) -> None:
    """Write the document; memory does not grow with the turns."""
    from docx import Document

    template = Document()
    _add_styles(template.styles)
    _add_properties(template.core_properties, content.heading)
    end = template.element.body.sectPr
    package = BytesIO()
    template.save(package)
    with ZipFile(package) as base, ZipFile(target.file, "w", ZIP_DEFLATED) as archive:
        for member in base.infolist():
            if member.filename != _DOCUMENT:
                archive.writestr(member, base.read(member))
        with archive.open(_DOCUMENT, "w", force_zip64=True) as file:
            _write_body(file, _paragraphs(content), end)


def _write_body(file: IO[bytes], paragraphs: "Iterable[_Element]", end: "_Element | None") -> None:
    """Write document.xml; `end` has the size of the page."""
    from lxml import etree

    with etree.xmlfile(file, encoding="UTF-8") as xml:
        xml.write_declaration(standalone=True)
        with xml.element(f"{{{_W}}}document", nsmap={"w": _W}), xml.element(f"{{{_W}}}body"):
            for paragraph in paragraphs:
                xml.write(paragraph)
            if end is not None:
                xml.write(end)


def _paragraphs(content: ExportContent) -> "Iterator[_Element]":
    """Yield the paragraphs of the document."""
    yield _paragraph("Title", [(content.heading, "")])
    yield _paragraph("TurnSource", [(expected(content), "")])
    interview = ""
    for hit in content.hits:
        if hit.turn.interview_id != interview:
            interview = hit.turn.interview_id
            yield _paragraph("Heading1", [(hit.turn.title or interview, "")])
            yield _paragraph("TurnSource", [(about_interview(hit.turn), "")])
        yield from _turn(hit, citation(hit.turn, content.style))


def _turn(hit: Hit, cited: str) -> "Iterator[_Element]":
    """Yield the paragraphs of a turn."""
    if hit.question is not None:
        yield _paragraph("TurnQuestion", [(_("问 "), ""), *_runs(hit.question, joined=True)])
    name, note = speaker_head(hit.turn)
    yield _paragraph("TurnSpeaker", [(name, _NAME), (note, "")])
    for line in _lines(Marked(hit.turn, hit.marks)):
        yield _paragraph("TurnText", line)
    for note in hit.turn.notes:
        yield _paragraph("TurnQuestion", [(note, "")])
    if tags := tags_note(hit):
        yield _paragraph("TurnQuestion", [(tags, "")])
    yield _paragraph("TurnCitation", [(cited, "")])


def _lines(marked: Marked) -> Iterator[list[Run]]:
    """Yield the runs of each line of a text that is not empty."""
    line: list[Run] = []
    for text, style in _runs(marked):
        first, *more = clean_lines(text)
        line.append((first, style))
        for one in more:
            yield from [line] if any(part.strip() for part, _ in line) else []
            line = [(one, style)]
    yield from [line] if any(part.strip() for part, _ in line) else []


def _runs(marked: Marked, *, joined: bool = False) -> Iterator[Run]:
    """Yield the stretches of a text, those that matched in their style; `joined`: its lines as one."""
    text = marked.turn.text.replace("\n", " ") if joined else marked.turn.text
    position = 0
    span: Span
    for span in marked.marks:
        yield text[position : span[0]], ""
        yield text[slice(*span)], _MATCH
        position = span[1]
    yield text[position:], ""


def _paragraph(style: str, runs: Iterable[Run]) -> "_Element":
    """Return a paragraph in a style."""
    from lxml import etree

    paragraph = etree.Element(f"{{{_W}}}p")
    properties = etree.SubElement(paragraph, f"{{{_W}}}pPr")
    etree.SubElement(properties, f"{{{_W}}}pStyle", {f"{{{_W}}}val": style})
    for text, own in runs:
        if not (shown := clean(text)):
            continue
        run = etree.SubElement(paragraph, f"{{{_W}}}r")
        if own:
            etree.SubElement(etree.SubElement(run, f"{{{_W}}}rPr"), f"{{{_W}}}rStyle", {f"{{{_W}}}val": own})
        etree.SubElement(run, f"{{{_W}}}t", {_SPACE: "preserve"}).text = shown
    return paragraph


def _add_properties(properties: "CoreProperties", title: str) -> None:
    """Say what the document is, instead of what the template of python-docx is."""
    properties.title = clean(title)[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = "fangtan"
    properties.comments = ""
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)


def _add_styles(styles: "Styles") -> None:
    """Add the styles of turns, so that a reader can change how all of them look at once."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name in ("Normal", "Title", "Heading 1"):
        styles[name].font.name = _LATIN
        styles[name].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _CHINESE)
    sizes = {"TurnSource": 9, "TurnQuestion": 10, "TurnSpeaker": 11, "TurnText": 11, "TurnCitation": 9}
    for name, size in sizes.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)  # type: ignore[no-untyped-call]
        style.base_style = styles["Normal"]
        style.font.size = Pt(size)
        style.paragraph_format.space_after = Pt(12 if name == "TurnCitation" else 3)
        style.paragraph_format.keep_with_next = name in {"TurnQuestion", "TurnSpeaker"}
        if name not in {"TurnSpeaker", "TurnText"}:
            style.font.color.rgb = RGBColor.from_string(_GREY)
    match = styles.add_style(_MATCH, WD_STYLE_TYPE.CHARACTER)  # type: ignore[no-untyped-call]
    match.font.bold = True
    match.font.color.rgb = RGBColor.from_string(_RED)
