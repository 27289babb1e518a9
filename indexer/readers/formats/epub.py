"""An e-book (epub): its pages in reading order, as one transcript or an interview a chapter (`chapters`)."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from indexer.errors import ReadingError
from indexer.readers import encoding, safe_xml, safe_zip
from indexer.readers.formats import epub_chapters, html_page
from indexer.readers.script import Line, Script
from indexer.readers.source import LARGEST, Item, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINER = "META-INF/container.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})
_META = {"title": "title", "creator": "author", "publisher": "outlet", "date": "date", "source": "url"}


def read(source: Source) -> Iterator[Item]:
    """Yield the transcripts of an e-book; a page of it that cannot be read is an error after them."""
    with safe_zip.opened(source) as archive:
        place = next((one.get("full-path") for one in _xml(archive, _CONTAINER, source).iter("{*}rootfile")), None)
        package = _xml(archive, place or "", source)
        pages = list(_read(archive, _pages(package, posixpath.dirname(place or "")), source))
    errors = [page for page in pages if isinstance(page, ReadingError)]
    found = epub_chapters.chapters(_numbered(page for page in pages if not isinstance(page, ReadingError)))
    if not found and not errors:
        raise ReadingError(source.name, "no text is in it")
    meta = tuple(_meta(package))
    about = tuple((key, value) for key, value in meta if key != "title")
    for one in found:
        yield Script(one.lines, (("title", one.title), *about) if one.title else meta, name=one.title)
    yield from errors


def _read(archive: zipfile.ZipFile, names: Iterator[str], source: Source) -> Iterator[tuple[Line, ...] | ReadingError]:
    """Yield the lines of each page, errors in place of those that cannot be read."""
    read_so_far = 0
    for name in names:
        try:
            data = _data(archive, name, source)
            read_so_far += len(data)
            if read_so_far > LARGEST:  # a spine may name one page again and again
                yield ReadingError(source.name, f"its pages are more than {LARGEST // 2**20} MB")
                return
            yield html_page.checked(encoding.decode(data, source).text, source).lines
        except ReadingError as error:
            yield error


def _numbered(pages: Iterator[tuple[Line, ...]]) -> Iterator[tuple[Line, ...]]:
    """Yield the pages with their lines numbered through the book."""
    number = 0
    for page in pages:
        yield tuple(replace(line, number=number + place) for place, line in enumerate(page, start=1))
        number += len(page)


def _pages(package: "_Element", folder: str) -> Iterator[str]:
    """Yield the members that hold the pages, in reading order."""
    items = {item.get("id"): item for item in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES or "nav" in (item.get("properties") or "").split():
            continue
        href = unquote((item.get("href") or "").partition("#")[0])
        yield posixpath.normpath(posixpath.join(folder, href))


def _xml(archive: zipfile.ZipFile, name: str, source: Source) -> "_Element":
    return safe_xml.root(encoding.decode(_data(archive, name, source), source).text, source)


def _data(archive: zipfile.ZipFile, name: str, source: Source) -> bytes:
    """Return a member of the book; raise `ReadingError` where it is not there."""
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        raise ReadingError(source.name, f"the book is damaged: no {name or 'package'} in it") from error
    return safe_zip.data(archive, info, source)


def _meta(package: "_Element") -> Iterator[tuple[str, str]]:
    """Yield what the package says of the book."""
    for name, key in _META.items():
        for element in package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}"):
            value = safe_xml.text(element)
            if value and not (key == "url" and not value.startswith("http")):
                yield key, value
