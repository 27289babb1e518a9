"""Files as the readers get them: bytes under a suffix, and how to make those that are archives."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from indexer.errors import ReadingError
from indexer.readers import read
from indexer.readers.script import Script
from indexer.readers.source import Item, Source


def source(data: bytes | str, suffix: str = ".txt", name: str = "", encoding: str = "") -> Source:
    """Return a file of these bytes."""
    content = data.encode() if isinstance(data, str) else data
    return Source(name or f"a{suffix}", suffix, lambda: BytesIO(content), encoding)


def items(data: bytes | str, suffix: str = ".txt") -> list[Item]:
    """Return what a file holds, read as `read.read` reads it."""
    try:
        return list(read.read_items(read.detect_format(source(data, suffix))))
    except ReadingError as error:
        return [error]


def script(data: bytes | str, suffix: str = ".txt") -> Script:
    """Return the one transcript of a file."""
    (item,) = items(data, suffix)
    assert isinstance(item, Script), item
    return item


def fault(data: bytes | str, suffix: str = ".txt") -> str:
    """Return why a file cannot be read, in one line."""
    (item,) = items(data, suffix)
    assert isinstance(item, ReadingError), item
    assert len(item.message.splitlines()) == 1
    return item.reason


def said(data: bytes | str, suffix: str = ".txt") -> list[tuple[str | None, str]]:
    """Return label and text of each line of a file."""
    return [(line.label, line.text) for line in script(data, suffix).lines]


def packed(members: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def encrypted(data: bytes) -> bytes:
    """Return a zip file whose members say that they are encrypted."""
    changed = bytearray(data)
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(magic)
        while at >= 0:
            changed[at + flags] |= 1
            at = changed.find(magic, at + 4)
    return bytes(changed)
