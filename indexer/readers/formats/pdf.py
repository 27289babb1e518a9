"""PDF files: the lines of the pages as printed. Needs pypdfium2, an optional dependency (`pip install 'fangtan[pdf]'`).

A PDF has no paragraphs, only the positions of characters. What the parser needs to join the lines is kept: an indented
line starts with wide spaces, and a gap on the page is a gap in the line numbers. Page headers and numbers are lines
like any other; the parser recognises them by their repetition.
"""

from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers.script import Line, Script
from indexer.readers.source import MAX_BYTES, Item, Source

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

_MAX_PAGES = 5_000
_INDENT = 1.2  # character widths from the left edge; paragraphs have two
_GAP = 1.6  # times the usual distance of lines


class _PrintedLine(NamedTuple):
    """A line of a page: text, left edge, bottom edge and height of its first character, in points."""

    text: str
    left: float
    bottom: float
    height: float


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a PDF."""
    try:
        import pypdfium2
    except ImportError as error:
        reason = _("reading PDF needs pypdfium2")
        raise ReadingError(source.name, reason, next_step="pip install 'fangtan[pdf]'") from error

    try:
        with pypdfium2.PdfDocument(source.read_bytes()) as document:
            lines = tuple(_lines(_pages(document, source)))
            metadata = tuple(_metadata(document))
    except pypdfium2.PdfiumError as error:
        reason = _("protected by a password") if "assword" in str(error) else _("not a PDF, or damaged")
        raise ReadingError(source.name, reason) from error
    if not lines:
        reason = _("there is no text in it, only images of pages")
        next_step = _("Recognise its text first (OCR), e.g. ocrmypdf -l chi_sim.")
        raise ReadingError(source.name, reason, next_step=next_step)
    yield Script(lines, metadata)


def _pages(document: "PdfDocument", source: Source) -> Iterator[list[_PrintedLine]]:
    """Yield the lines of each page; raise `ReadingError` if there are too many."""
    if len(document) > _MAX_PAGES:
        raise ReadingError(source.name, _("more than {number} pages").format(number=_MAX_PAGES))
    length = 0
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        printed = list(_page_lines(text))
        length += sum(len(line.text) for line in printed)
        if length > MAX_BYTES:
            reason = _("more than {number} million characters of text").format(number=MAX_BYTES // 2**20)
            raise ReadingError(source.name, reason)
        yield printed
        text.close()
        page.close()


def _page_lines(page: "PdfTextPage") -> Iterator[_PrintedLine]:
    """Yield the lines of one page with their positions, if the page has them."""
    text = page.get_text_range()
    has_positions = len(text) == page.count_chars()  # otherwise the positions of characters are shifted
    position = 0
    for line in text.replace("\r\n", "\n\n").replace("\r", "\n").split("\n"):
        cleaned = line.replace("\ufffe", "").replace("\0", "").strip(" \t")
        if cleaned:
            first = position + len(line) - len(line.lstrip(" \t"))
            left, bottom, _right, top = page.get_charbox(first, loose=True) if has_positions else (0.0, 0.0, 0.0, 0.0)
            yield _PrintedLine(cleaned, left, bottom, top - bottom)
        position += len(line) + 1


def _lines(pages: Iterator[list[_PrintedLine]]) -> Iterator[Line]:
    """Yield the lines of all pages, numbered so that a gap on the page is a gap in the numbers."""
    number = 0
    for page in filter(None, pages):
        left_edge = min(line.left for line in page)
        distances = [above.bottom - line.bottom for above, line in pairwise(page)]
        positive = [distance for distance in distances if distance > 0]
        usual = median(positive) if positive else 0.0
        for line, distance in zip(page, [0.0, *distances], strict=True):
            number += 2 if usual and distance > _GAP * usual else 1
            indent = line.left - left_edge if line.height > 0 else 0.0
            is_indented = indent > _INDENT * line.height and not line.text.startswith("　")
            yield Line(number, f"　　{line.text}" if is_indented else line.text)


def _metadata(document: "PdfDocument") -> Iterator[tuple[str, str]]:
    """Yield the title of the document; its author and dates belong to the file, not the text."""
    title = document.get_metadata_dict().get("Title", "").strip()
    if title and not title.lower().startswith(("microsoft word", "untitled", "无标题")) and "." not in title[-5:]:
        yield "title", title
