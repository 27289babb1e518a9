"""Open untrusted zip containers (docx, epub, folders of transcripts): bombs are refused by their own directory."""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers.source import MAX_BYTES, Source

MAX_UNPACKED_BYTES = 4 * MAX_BYTES
MAX_MEMBERS = 20_000
_MAX_DIRECTORY_BYTES = 4 * 2**20  # of the central directory at the end of a zip file: 200 for each of the members
_END_OF_DIRECTORY = b"PK\x05\x06"  # the record after the directory; 22 bytes and a comment of up to 65,535
_MAX_RATIO = 200  # unpacked to packed bytes of one member; text packs 3 to 20 times, a bomb 1,000 times
_SMALL_MEMBER = 1024 * 1024  # members below it may have any ratio
_ENCRYPTED, _UTF8 = 0x1, 0x800  # bits of a member's flags
_DAMAGE_ERRORS = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error, lzma.LZMAError)


@contextmanager
def open_archive(source: Source) -> Iterator[zipfile.ZipFile]:
    """Open a zip file; raise `ReadingError` if it is not one, is truncated, encrypted, or unpacks to too much."""
    with source.open() as file:
        try:
            _check_directory_size(file, source)
            archive = zipfile.ZipFile(file)
        except _DAMAGE_ERRORS as error:
            raise ReadingError(source.name, _("the archive is truncated or damaged")) from error
        with archive:
            _check_limits(archive, source)
            yield archive


def _check_directory_size(file: BinaryIO, source: Source) -> None:
    """Raise `ReadingError` for an archive whose list of members alone would fill the memory."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 22 - 65_535))
    end = file.read()
    position = end.rfind(_END_OF_DIRECTORY)
    if position >= 0 and int.from_bytes(end[position + 12 : position + 16], "little") > _MAX_DIRECTORY_BYTES:
        reason = _("its list of members is larger than {number} MB").format(number=_MAX_DIRECTORY_BYTES // 2**20)
        raise ReadingError(source.name, reason)
    file.seek(0)


def _check_limits(archive: zipfile.ZipFile, source: Source) -> None:
    """Raise `ReadingError` for an archive that exceeds the limits, before any of it is unpacked."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        reason = _("{number} members, more than {limit}").format(number=len(members), limit=MAX_MEMBERS)
        raise ReadingError(source.name, reason)
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        reason = _("unpacks to more than {number} MB: an archive bomb?").format(number=MAX_UNPACKED_BYTES // 2**20)
        raise ReadingError(source.name, reason)
    for member in members:
        if member.file_size > _SMALL_MEMBER and member.file_size > _MAX_RATIO * max(member.compress_size, 1):
            reason = _("{name} unpacks to {number} times its size: an archive bomb")
            raise ReadingError(source.name, reason.format(name=member_name(member), number=_MAX_RATIO))
        if member.flag_bits & _ENCRYPTED:
            next_step = _("Unpack it, and name the folder.")
            raise ReadingError(source.name, _("the archive is encrypted"), next_step=next_step)


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source) -> bytes:
    """Return the bytes of a member, at most the size in its directory entry; raise `ReadingError` if it is damaged."""
    if info.file_size > MAX_BYTES:
        reason = _("{name} is larger than {number} MB").format(name=member_name(info), number=MAX_BYTES // 2**20)
        raise ReadingError(source.name, reason)
    try:
        with archive.open(info) as file:
            return file.read(info.file_size)
    except _DAMAGE_ERRORS as error:
        reason = _("{name} is damaged or cannot be unpacked").format(name=member_name(info))
        raise ReadingError(source.name, reason) from error


def member_name(info: zipfile.ZipInfo) -> str:
    """Return the decoded name of a member: Windows writes Chinese names in GBK without a flag."""
    if info.flag_bits & _UTF8:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return info.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return info.filename
