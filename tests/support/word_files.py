"""Word documents for tests, made by python-docx and by hand where it cannot make what Word does."""

from functools import cache
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.document import Document

from tests.support.sources import packed

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: Document) -> bytes:
    """Return a document's file."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def of_paragraphs(*paragraphs: str) -> bytes:
    """Return a document of these paragraphs; `**` around a stretch sets it in bold, `# ` begins a heading."""
    document = docx.Document()
    for text in paragraphs:
        if text.startswith("# "):
            document.add_heading(text[2:], 1)
            continue
        paragraph = document.add_paragraph()
        for place, piece in enumerate(text.split("**")):
            paragraph.add_run(piece).bold = True if place % 2 else None
    return saved(document)


def of_xml(body: str) -> bytes:
    """Return a document whose body is this WordprocessingML."""
    members = _empty()
    before, _, rest = members["word/document.xml"].partition(b"<w:body>")
    after = rest.partition(b"</w:body>")[2]
    return packed({**members, "word/document.xml": before + f"<w:body>{body}</w:body>".encode() + after})


@cache
def _empty() -> dict[str, bytes]:
    """Return the members of an empty document: to have python-docx write one takes four times as long as to zip it."""
    with ZipFile(BytesIO(saved(docx.Document()))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
