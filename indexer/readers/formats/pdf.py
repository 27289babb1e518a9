"""A PDF: the lines of its pages as they are printed. Needs pypdfium2, which `pip install 'fangtan[pdf]'` brings.

A PDF knows no paragraphs, only where signs stand. What the parser needs to join its lines again is kept: a line that is
set in begins with a wide space, and a gap in the numbers is where the page has one. Page headers and numbers are lines
like others; the parser knows them by their coming again.
"""

from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from indexer.errors import ReadingError
from indexer.readers.script import Line, Script
from indexer.readers.source import LARGEST, Item, Source

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

_MOST_PAGES = 5_000
_SET_IN = 1.2  # widths of a sign from the page's edge on which a line is set in; paragraphs are by two
_APART = 1.6  # times the usual distance of two lines from which there is a gap


class _Printed(NamedTuple):
    """A line of a page: its text, its left edge, its foot and the height of its first sign, in points."""

    text: str
    left: float
    foot: float
    height: float


def read(source: Source) -> Iterator[Item]:
    """Yield the one transcript of a PDF."""
    try:
        import pypdfium2
    except ImportError as error:
        raise ReadingError(
            source.name, "reading PDF needs pypdfium2", next_step="pip install 'fangtan[pdf]'"
        ) from error

    try:
        with pypdfium2.PdfDocument(source.data()) as document:
            lines = tuple(_numbered(_pages(document, source)))
            meta = tuple(_meta(document))
    except pypdfium2.PdfiumError as error:
        reason = "it is locked with a password" if "assword" in str(error) else "not a PDF, or a damaged one"
        raise ReadingError(source.name, reason) from error
    if not lines:
        next_step = "Recognise its text first (OCR), e.g. ocrmypdf -l chi_sim."
        raise ReadingError(source.name, "no text in it, only pictures of pages", next_step=next_step)
    yield Script(lines, meta)


def _pages(document: "PdfDocument", source: Source) -> Iterator[list[_Printed]]:
    """Yield the lines of each page; raise `ReadingError` where there are too many."""
    if len(document) > _MOST_PAGES:
        raise ReadingError(source.name, f"more than {_MOST_PAGES} pages")
    length = 0
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        printed = list(_printed(text))
        length += sum(len(line.text) for line in printed)
        if length > LARGEST:
            raise ReadingError(source.name, f"more than {LARGEST // 2**20} million characters of text")
        yield printed
        text.close()
        page.close()


def _printed(page: "PdfTextPage") -> Iterator[_Printed]:
    """Yield the lines of one page with their places, as far as the page tells them."""
    text = page.get_text_range()
    placed = len(text) == page.count_chars()  # else the places of characters are shifted: better none
    at = 0
    for piece in text.replace("\r\n", "\n\n").replace("\r", "\n").split("\n"):
        bare = piece.replace("\ufffe", "").replace("\0", "").strip(" \t")
        if bare:
            first = at + len(piece) - len(piece.lstrip(" \t"))
            left, bottom, _, top = page.get_charbox(first, loose=True) if placed else (0.0, 0.0, 0.0, 0.0)
            yield _Printed(bare, left, bottom, top - bottom)
        at += len(piece) + 1


def _numbered(pages: Iterator[list[_Printed]]) -> Iterator[Line]:
    """Yield the lines of all pages, numbered so that a gap on the page is one in the numbers."""
    number = 0
    for page in filter(None, pages):
        edge = min(line.left for line in page)
        steps = [above.foot - line.foot for above, line in pairwise(page)]
        usual = median(step for step in steps if step > 0) if any(step > 0 for step in steps) else 0.0
        for line, step in zip(page, [0.0, *steps], strict=True):
            number += 2 if usual and step > _APART * usual else 1
            set_in = line.height > 0 and line.left - edge > _SET_IN * line.height and not line.text.startswith("　")
            yield Line(number, f"　　{line.text}" if set_in else line.text)


def _meta(document: "PdfDocument") -> Iterator[tuple[str, str]]:
    """Yield the title the document gives; its author and dates are those of a computer, not of the text."""
    title = document.get_metadata_dict().get("Title", "").strip()
    if title and not title.lower().startswith(("microsoft word", "untitled", "无标题")) and "." not in title[-5:]:
        yield "title", title
