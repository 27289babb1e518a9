"""JSON Lines: an interview per line, in the format of `interchange`; one line at a time is held in memory.

A line that is not JSON or not an interview is yielded as a `ReadingError` with its number and the reason; reading
continues with the next line.

Lines without `turns` come from other programs: lines with one segment each ({"speaker", "text"}) together are one
transcript; a line that holds more (an article under `content`, `segments`) is a transcript to parse.
"""

from collections.abc import Iterator
from dataclasses import replace

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers import interchange
from indexer.readers.formats import asr, asr_fields
from indexer.readers.formats.asr_fields import AsrSegment
from indexer.readers.interchange import JsonObject
from indexer.readers.script import Script
from indexer.readers.source import MAX_BYTES, Item, Source

_MAX_SEGMENTS = 200_000  # lines of one segment each, some 100 MB in memory; ten hours have 20,000


def read(source: Source) -> Iterator[Item]:
    """Yield an interview per line, one line at a time; single segments come last, as one transcript."""
    segments: list[AsrSegment] = []
    for number, line in _lines(source):
        if isinstance(line, ReadingError):
            yield line
            continue
        item = _line(source, number, line)
        if not isinstance(item, AsrSegment):
            yield item
        elif len(segments) < _MAX_SEGMENTS:
            segments.append(item)
        else:
            reason = _("more than {number} lines of speech").format(number=f"{_MAX_SEGMENTS:,}")
            yield ReadingError(source.name, reason, number, _("Split the file."))
            break
    if segments:
        yield Script(tuple(asr.segment_lines(segments)))


def _lines(source: Source) -> Iterator[tuple[int, bytes | ReadingError]]:
    """Yield the lines that are not blank with their numbers, and errors for lines that are too long."""
    with source.open() as file:
        number = 0
        while line := file.readline(MAX_BYTES):
            number += 1
            if len(line) == MAX_BYTES and not line.endswith(b"\n"):
                while line and not line.endswith(b"\n"):  # skip the rest of it without keeping it in memory
                    line = file.readline(MAX_BYTES)
                reason = _("a line longer than {number} MB").format(number=MAX_BYTES // 2**20)
                yield number, ReadingError(source.name, reason, number)
            elif line.strip():
                yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _line(source: Source, number: int, line: bytes) -> Item | AsrSegment:
    """Return the interview, the transcript or the segment of one line, or an error."""
    import orjson

    try:
        content = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        reason = _("not JSON: {error} (character {position})").format(error=error.msg, position=error.pos + 1)
        return ReadingError(source.name, reason, number)
    if not isinstance(content, dict) or "turns" in content:
        return interchange.parse_item(source.name, content, number)
    thing = asr_fields.with_normalized_keys(content)
    if asr.is_single_segment(thing):
        return asr_fields.parse_segment(thing)
    try:
        item = asr.parse_value(content, source)
    except ReadingError:
        return interchange.parse_item(source.name, content, number)  # its error names the missing key
    return replace(item, name=_name(content)) if isinstance(item, Script) else item


def _name(content: JsonObject) -> str:
    """Return the id of an object as a name, "" if it has none."""
    name = content.get("id")
    return str(name) if isinstance(name, str | int) and not isinstance(name, bool) else ""
