"""LRC: lines with the times at which they are sung or said.

    [ti:慢车第九期]                        the title
    [ar:阿橘]                              other tags are kept as notes; [offset:500] shifts all times
    [00:01.00]主持人：为什么走夜路？        a line and its time, or several: it is repeated
    [00:03.50]<00:03.50>因为<00:04.00>…    times of words, which are removed

A line ends where the next begins; one without text ends the line before.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers import encoding
from indexer.readers.script import Line, Script
from indexer.readers.source import Item, Source
from indexer.readers.timestamps import MAX_MILLISECONDS, milliseconds

_BREAK = re.compile(r"\r\n|\n|\r")
_TIMES = re.compile(r"\s*((?:\[\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?\][ \t]*)+)")
_TIME = re.compile(r"\[(\d{1,3}:\d{1,2})(?:[.:](\d{1,3}))?\]")
_WORD_TIME = re.compile(r"<\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?>")
_TAG = re.compile(r"\s*\[(\w{1,12}):(.*)\]\s*")
_MAX_REPETITIONS = 50  # times of one line


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of an LRC file; raise `ReadingError` if it has no text."""
    decoded = encoding.read_text(source)
    lines, notes = [], list[Line]()
    tags: dict[str, str] = {}
    for number, line in enumerate(_BREAK.split(decoded.text.removeprefix("\ufeff")), start=1):
        if times := _TIMES.match(line):
            text = " ".join(_WORD_TIME.sub("", line[times.end() :]).split())
            lines += [Line(number, text, start=time) for time in _starts(times[1])]
        elif tag := _TAG.fullmatch(line):
            tags.setdefault(tag[1].casefold(), tag[2].strip())
            if tag[1].casefold() not in ("ti", "offset", "length") and tag[2].strip():
                notes.append(Line(number, line.strip(), kind="annotation"))
        elif line.strip():
            lines.append(Line(number, line.strip(), start=lines[-1].start if lines else None))
    ordered = _numbered([*notes, *_in_order(lines, tags.get("offset", ""))])
    if not any(line.kind == "" for line in ordered):
        raise ReadingError(source.name, _("there is no text in it"))
    yield Script(ordered, (("title", tags["ti"]),) if tags.get("ti") else ())
    if decoded.damage is not None:
        yield decoded.damage


def _starts(printed: str) -> Iterator[int | None]:
    """Yield the times of a line; hundredths may follow a colon."""
    for _index, match in zip(range(_MAX_REPETITIONS), _TIME.finditer(printed), strict=False):
        yield milliseconds(f"{match[1]}.{match[2]}" if match[2] else match[1])


def _in_order(lines: list[Line], offset: str) -> Iterator[Line]:
    """Yield the lines in the order of time, each up to the next; a positive offset makes them come earlier."""
    shift = int(offset) if re.fullmatch(r"[+-]?\d{1,7}", offset) else 0
    timed = [line for line in lines if line.start is not None]
    ordered = sorted(timed, key=lambda line: line.start or 0) if len(timed) == len(lines) else lines
    shifted = [replace(line, start=_shifted(line.start, shift)) for line in ordered]
    for index, line in enumerate(shifted):
        if line.text:
            yield replace(line, end=shifted[index + 1].start if index + 1 < len(shifted) else None)


def _shifted(time: int | None, shift: int) -> int | None:
    return None if time is None else min(max(time - shift, 0), MAX_MILLISECONDS)


def _numbered(lines: list[Line]) -> tuple[Line, ...]:
    """Return the lines with numbers that do not fall: that of the file, unless a repeated line moved."""
    result: list[Line] = []
    for line in lines:
        result.append(replace(line, number=max(line.number, result[-1].number)) if result else line)
    return tuple(result)
