"""Lines that start with time ranges, as speech recognition prints them.

[00:04.000 --> 00:06.000]  谢谢。           Whisper, whisper.cpp
[0:2.380,0:4.380,1]  谢谢。                 Tencent Cloud; the last number is the speaker
0:00:04.000,0:00:06.000                    SubViewer (.sbv): the text is below
"""

import re

from indexer.readers.script import Line
from indexer.readers.timestamps import TIME, milliseconds

_TIME_RANGE = re.compile(rf"\s*\[({TIME})(?:[ \t]*-->[ \t]*|,)({TIME})(?:,(\d{{1,3}}))?\][ \t　]*(.*)")
_TIME_LINE = re.compile(rf"\s*({TIME}),({TIME})\s*")
_MAX_LINES, _MAX_CHARACTERS = 8, 4000  # lines and characters
_BREAK = re.compile(r"\r\n|\n|\r")


def has_timestamps(text: str) -> bool:
    """Return whether one of the first lines starts with a time range; Whisper prints the language above."""
    first = text[:_MAX_CHARACTERS].lstrip().split("\n")[:_MAX_LINES]
    return any(_TIME_RANGE.match(line) or _TIME_LINE.fullmatch(line) for line in first)


def parse_lines(content: str) -> tuple[Line, ...]:
    """Return the lines with their times and speakers; a line without times continues those above it."""
    result: list[Line] = []
    label: str | None = None
    start = end = None
    for number, line in enumerate(_BREAK.split(content), start=1):
        text = line
        if match := _TIME_LINE.fullmatch(text):
            start, end, label = milliseconds(match[1]), milliseconds(match[2]), None
            continue
        if match := _TIME_RANGE.fullmatch(text):
            start, end = milliseconds(match[1]), milliseconds(match[2])
            label = f"说话人{match[3]}" if match[3] else None
            text = match[4]
        if text.strip():
            result.append(Line(number, text.strip(), label=label, start=start, end=end))
    return tuple(result)
