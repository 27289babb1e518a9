"""JSON lines: an interview a line, as `interchange` takes it; one line at a time is held in memory.

A line that is neither JSON nor an interview is yielded as a `ReadingError` with its number and the reason, and the next
line is read.

Lines without `turns` are read as others write them: those that each say one thing ({"speaker", "text"}) are together
one transcript; one that holds more (an article under `content`, `segments`) is a transcript to parse.
"""

from collections.abc import Iterator
from dataclasses import replace

from indexer.errors import ReadingError
from indexer.readers import interchange
from indexer.readers.formats import asr, asr_fields
from indexer.readers.formats.asr_fields import Said
from indexer.readers.script import Script
from indexer.readers.source import LARGEST, Item, Source

_MOST = 200_000  # lines that each say one thing, some 100 MB in memory; ten hours have 20,000


def read(source: Source) -> Iterator[Item]:
    """Yield an interview a line, a line at a time; what is said a line each comes last, as one transcript."""
    said: list[Said] = []
    for number, line in _lines(source):
        if isinstance(line, ReadingError):
            yield line
            continue
        found = _line(source, number, line)
        if not isinstance(found, Said):
            yield found
        elif len(said) < _MOST:
            said.append(found)
        else:
            yield ReadingError(source.name, f"more than {_MOST:,} lines of speech", number, "Split the file.")
            break
    if said:
        yield Script(tuple(asr.lines(said)))


def _lines(source: Source) -> Iterator[tuple[int, bytes | ReadingError]]:
    """Yield the lines that are not blank with their numbers, and errors in place of those too long to be held."""
    with source.open() as file:
        number = 0
        while line := file.readline(LARGEST):
            number += 1
            if len(line) == LARGEST and not line.endswith(b"\n"):
                while line and not line.endswith(b"\n"):  # pass over the rest of it, not holding it
                    line = file.readline(LARGEST)
                yield number, ReadingError(source.name, f"a line longer than {LARGEST // 2**20} MB", number)
            elif line.strip():
                yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _line(source: Source, number: int, line: bytes) -> Item | Said:
    """Return the interview or the transcript of one line, what it says if that is one thing, or what is wrong."""
    import orjson

    try:
        content = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return ReadingError(source.name, f"not JSON: {error.msg} (character {error.pos + 1})", number)
    if not isinstance(content, dict) or "turns" in content:
        return interchange.item(source.name, content, number)
    thing = asr_fields.named(content)
    if asr.says_one_thing(thing):
        return asr_fields.said(thing)
    try:
        found = asr.item(content, source)
    except ReadingError:
        return interchange.item(source.name, content, number)  # which says what is missing
    return replace(found, name=_name(content)) if isinstance(found, Script) else found


def _name(content: asr_fields.Object) -> str:
    """Return the name an object gives itself, "" where it gives none."""
    name = content.get("id")
    return str(name) if isinstance(name, str | int) and not isinstance(name, bool) else ""
