"""E-books (EPUB): the pages in reading order, as one transcript or as an interview per chapter (`epub_chapters`)."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers import encoding, safe_xml, safe_zip
from indexer.readers.formats import epub_chapters, html_page
from indexer.readers.script import Line, Script
from indexer.readers.source import MAX_BYTES, Item, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINER = "META-INF/container.xml"
_PAGE_TYPES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})
_METADATA_KEYS = {"title": "title", "creator": "author", "publisher": "outlet", "date": "date", "source": "url"}


def read(source: Source) -> Iterator[Item]:
    """Yield the transcripts of an e-book, then errors for pages that cannot be read."""
    with safe_zip.open_archive(source) as archive:
        rootfiles = _xml(archive, _CONTAINER, source).iter("{*}rootfile")
        package_path = next((rootfile.get("full-path") for rootfile in rootfiles), None) or ""
        package = _xml(archive, package_path, source)
        pages = list(_read_pages(archive, _pages(package, posixpath.dirname(package_path)), source))
    errors = [page for page in pages if isinstance(page, ReadingError)]
    chapters = epub_chapters.split_chapters(_numbered(page for page in pages if not isinstance(page, ReadingError)))
    if not chapters and not errors:
        raise ReadingError(source.name, _("there is no text in it"))
    metadata = tuple(_metadata(package))
    shared_metadata = tuple((key, value) for key, value in metadata if key != "title")
    for chapter in chapters:
        chapter_metadata = (("title", chapter.title), *shared_metadata) if chapter.title else metadata
        yield Script(chapter.lines, chapter_metadata, name=chapter.title)
    yield from errors


def _read_pages(
    archive: zipfile.ZipFile, names: Iterator[str], source: Source
) -> Iterator[tuple[Line, ...] | ReadingError]:
    """Yield the lines of each page, or errors for those that cannot be read."""
    total = 0
    for name in names:
        try:
            data = _read_member(archive, name, source)
            total += len(data)
            if total > MAX_BYTES:
                yield ReadingError(
                    source.name, _("its pages are larger than {number} MB").format(number=MAX_BYTES // 2**20)
                )
                return
            yield html_page.parse_checked(encoding.decode(data, source).text, source).lines
        except ReadingError as error:
            yield error


def _numbered(pages: Iterator[tuple[Line, ...]]) -> Iterator[tuple[Line, ...]]:
    """Yield the pages with their lines numbered through the book."""
    number = 0
    for page in pages:
        yield tuple(replace(line, number=number + offset) for offset, line in enumerate(page, start=1))
        number += len(page)


def _pages(package: "_Element", folder: str) -> Iterator[str]:
    """Yield the names of the pages, in reading order; one that the spine repeats, against the standard, only once."""
    items = {item.get("id"): item for item in package.iter("{*}item")}
    seen: set[str] = set()
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGE_TYPES or "nav" in (item.get("properties") or "").split():
            continue
        href = unquote((item.get("href") or "").partition("#")[0])
        name = posixpath.normpath(posixpath.join(folder, href))
        if name not in seen:
            seen.add(name)
            yield name


def _xml(archive: zipfile.ZipFile, name: str, source: Source) -> "_Element":
    return safe_xml.parse(encoding.decode(_read_member(archive, name, source), source).text, source)


def _read_member(archive: zipfile.ZipFile, name: str, source: Source) -> bytes:
    """Return a member of the book; raise `ReadingError` if it is missing."""
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        missing = _("the book is damaged: {name} is missing").format(name=name)
        reason = missing if name else _("the book is damaged: its package is missing")
        raise ReadingError(source.name, reason) from error
    return safe_zip.read_member(archive, info, source)


def _metadata(package: "_Element") -> Iterator[tuple[str, str]]:
    """Yield the metadata in the package of the book."""
    for name, key in _METADATA_KEYS.items():
        for element in package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}"):
            value = safe_xml.text_content(element)
            if value and not (key == "url" and not value.startswith("http")):
                yield key, value
