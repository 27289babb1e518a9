"""Check the files of Lucene against the checksum that each ends with.

A file ends with a footer of 16 bytes, big-endian: a magic number, 0 for the algorithm, and the CRC-32 of all before it
(`org.apache.lucene.codecs.CodecUtil`). Elasticsearch's own state files have the same footer.
"""

import re
import time
import zlib
from pathlib import Path

_MAGIC = 0xC02893E8
_FOOTER = 16
_SEGMENT = re.compile(r"(_[0-9a-z]+)[._]")
_BLOCK = 1 << 20

_TIME = 30
"""Seconds after which the check ends, with what it has found: a gigabyte or so takes one."""

_SETTLED = 2
"""Seconds since a file was last written: a younger one may lack its end."""


def first_broken(index: Path, segments: frozenset[str]) -> str:
    """Return the name of the first broken file of an index's folder, "" if there is none among those of `segments`."""
    deadline = time.monotonic() + _TIME
    for file in sorted(index.glob("*/index/_*")):
        name = _SEGMENT.match(file.name)
        if time.monotonic() > deadline:
            break
        if name is not None and name[1] in segments and not is_sound(file) and _is_settled(file):
            return file.name
    return ""


def is_sound(file: Path) -> bool:
    """Tell whether a file has the checksum that it ends with; true for one that is gone meanwhile."""
    try:
        left, crc = file.stat().st_size - 8, 0
        with file.open("rb") as stream:
            tail = b""
            while left > 0 and (block := stream.read(min(_BLOCK, left))):
                crc, left, tail = zlib.crc32(block, crc), left - len(block), (tail + block)[-8:]
            end = stream.read(8)
    except OSError:
        return True
    return tail == _MAGIC.to_bytes(4, "big") + bytes(4) and int.from_bytes(end, "big") == crc


def _is_settled(file: Path) -> bool:
    """Tell whether a file is there and was not written just now."""
    try:
        return time.time() - file.stat().st_mtime > _SETTLED
    except OSError:
        return False
