"""Bytes to text."""

import codecs

from indexer.errors import ReadingError
from indexer.reading.source import Source

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def text(source: Source) -> str:
    """Return the text of a file; raise `ReadingError` naming the first line that is no text."""
    return decode(source.data(), source)


def decode(data: bytes, source: Source) -> str:
    """Return `data` as text: the forced encoding, else the byte order mark's, else UTF-8."""
    encoding = source.encoding or next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReadingError(source.name, f"not {encoding.upper()} text", line, "Save it as UTF-8.") from error
    except LookupError as error:
        raise ReadingError(source.name, f"no such encoding: {encoding}") from error
