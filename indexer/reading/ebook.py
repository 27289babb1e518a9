"""An e-book (epub): its pages in reading order as one transcript, and what its package says of it."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from indexer.errors import ReadingError
from indexer.reading import archives, encodings, html, markup
from indexer.reading.script import Line, Script
from indexer.reading.source import LARGEST, Item, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINER = "META-INF/container.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})
_META = {"title": "title", "creator": "author", "publisher": "outlet", "date": "date", "source": "url"}


def read(source: Source) -> Iterator[Item]:
    """Yield the one transcript of an e-book; a page of it that cannot be read is an error after it."""
    with archives.opened(source) as archive:
        place = next((one.get("full-path") for one in _xml(archive, _CONTAINER, source).iter("{*}rootfile")), None)
        package = _xml(archive, place or "", source)
        lines: list[Line] = []
        errors: list[ReadingError] = []
        read_so_far = 0
        for page in _pages(package, posixpath.dirname(place or "")):
            try:
                data = _data(archive, page, source)
                read_so_far += len(data)
                if read_so_far > LARGEST:  # a spine may name one page again and again
                    errors.append(ReadingError(source.name, f"its pages are more than {LARGEST // 2**20} MB"))
                    break
                lines += html.checked(encodings.decode(data, source).text, source).lines
            except ReadingError as error:
                errors.append(error)
    if not lines and not errors:
        raise ReadingError(source.name, "no text is in it")
    if lines:
        numbered = tuple(replace(line, number=number) for number, line in enumerate(lines, start=1))
        yield Script(numbered, tuple(_meta(package)))
    yield from errors


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
    return markup.root(encodings.decode(_data(archive, name, source), source).text, source)


def _data(archive: zipfile.ZipFile, name: str, source: Source) -> bytes:
    """Return a member of the book; raise `ReadingError` where it is not there."""
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        raise ReadingError(source.name, f"the book is damaged: no {name or 'package'} in it") from error
    return archives.data(archive, info, source)


def _meta(package: "_Element") -> Iterator[tuple[str, str]]:
    """Yield what the package says of the book."""
    for name, key in _META.items():
        for element in package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}"):
            value = markup.text(element)
            if value and not (key == "url" and not value.startswith("http")):
                yield key, value
