"""Word documents for tests, made by python-docx and by hand where it cannot make what Word does."""

from io import BytesIO

import docx
from docx.document import Document
from docx.oxml import parse_xml

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
    document = docx.Document()
    tree = parse_xml(f"<w:body {W}>{body}</w:body>")
    document.element.body.clear()
    for element in list(tree):
        document.element.body.append(element)
    return saved(document)
