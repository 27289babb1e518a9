"""Zip containers (docx, epub, folders of transcripts) opened with bounds: a bomb is refused by its own list."""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from indexer.errors import ReadingError
from indexer.readers.source import LARGEST, Source

LARGEST_UNPACKED = 4 * LARGEST
MOST_MEMBERS = 20_000
_LONGEST_LIST = 4 * 2**20  # bytes of the list at a zip file's end: 200 for each of the most members
_END = b"PK\x05\x06"  # the record behind that list; 22 bytes and a comment of up to 65,535
_RATIO = 200  # unpacked to packed bytes of one member; text packs 3 to 20 times, a bomb 1,000 times
_SMALL = 1024 * 1024  # members below it may pack as well as they like
_ENCRYPTED, _UTF8 = 0x1, 0x800  # bits of a member's flags
_DAMAGE = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error, lzma.LZMAError)


@contextmanager
def opened(source: Source) -> Iterator[zipfile.ZipFile]:
    """Open a zip file; raise `ReadingError` where it is none, is cut short, encrypted, or unpacks to too much."""
    with source.open() as file:
        try:
            _check_list(file, source)
            archive = zipfile.ZipFile(file)
        except _DAMAGE as error:
            raise ReadingError(source.name, "the archive is cut short or damaged") from error
        with archive:
            _check(archive, source)
            yield archive


def _check_list(file: BinaryIO, source: Source) -> None:
    """Raise `ReadingError` for an archive whose list of members alone would fill the memory."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 22 - 65_535))
    end = file.read()
    at = end.rfind(_END)
    if at >= 0 and int.from_bytes(end[at + 12 : at + 16], "little") > _LONGEST_LIST:
        raise ReadingError(source.name, f"its list of members is longer than {_LONGEST_LIST // 2**20} MB")
    file.seek(0)


def _check(archive: zipfile.ZipFile, source: Source) -> None:
    """Raise `ReadingError` for an archive that is too much, before anything of it is unpacked."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise ReadingError(source.name, f"{len(members)} members, more than {MOST_MEMBERS}")
    if sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise ReadingError(source.name, f"unpacks to more than {LARGEST_UNPACKED // 2**20} MB: an archive bomb?")
    for member in members:
        if member.file_size > _SMALL and member.file_size > _RATIO * max(member.compress_size, 1):
            raise ReadingError(source.name, f"{name(member)} unpacks to {_RATIO} times its size: an archive bomb")
        if member.flag_bits & _ENCRYPTED:
            raise ReadingError(source.name, "the archive is encrypted", next_step="Unpack it, and name the folder.")


def data(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source) -> bytes:
    """Return a member's bytes, never more than its list entry says; raise `ReadingError` where it is damaged."""
    if info.file_size > LARGEST:
        raise ReadingError(source.name, f"{name(info)} is larger than {LARGEST // 2**20} MB")
    try:
        with archive.open(info) as file:
            return file.read(info.file_size)
    except _DAMAGE as error:
        raise ReadingError(source.name, f"{name(info)} is damaged or cannot be unpacked") from error


def name(info: zipfile.ZipInfo) -> str:
    """Return a member's name as it was typed: Windows writes Chinese names in GBK without saying so."""
    if info.flag_bits & _UTF8:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return info.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return info.filename
