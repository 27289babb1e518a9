"""Lines that begin with the times they were said at, as recognisers print them in the terminal and in their answers.

[00:04.000 --> 00:06.000]  谢谢。           Whisper, whisper.cpp
[0:2.380,0:4.380,1]  谢谢。                 Tencent Cloud; the last number is the speaker's
0:00:04.000,0:00:06.000                    SubViewer (.sbv): the text stands below
"""

import re

from indexer.readers.script import Line
from indexer.readers.timestamps import PRINTED, milliseconds

_STAMP = re.compile(rf"\s*\[({PRINTED})(?:[ \t]*-->[ \t]*|,)({PRINTED})(?:,(\d{{1,3}}))?\][ \t　]*(.*)")
_ABOVE = re.compile(rf"\s*({PRINTED}),({PRINTED})\s*")
_FIRST, _LOOKED_AT = 8, 4000  # lines, and characters
_BREAK = re.compile(r"\r\n|\n|\r")


def is_stamped(text: str) -> bool:
    """Tell whether one of a text's first lines begins with such times; Whisper prints the language before."""
    first = text[:_LOOKED_AT].lstrip().split("\n")[:_FIRST]
    return any(_STAMP.match(line) or _ABOVE.fullmatch(line) for line in first)


def lines(text: str) -> tuple[Line, ...]:
    """Return the lines with their times and speakers; a line without times goes on with those above it."""
    made: list[Line] = []
    label: str | None = None
    start = end = None
    for number, line in enumerate(_BREAK.split(text), start=1):
        printed = line
        if found := _ABOVE.fullmatch(printed):
            start, end, label = milliseconds(found[1]), milliseconds(found[2]), None
            continue
        if found := _STAMP.fullmatch(printed):
            start, end = milliseconds(found[1]), milliseconds(found[2])
            label = f"说话人{found[3]}" if found[3] else None
            printed = found[4]
        if printed.strip():
            made.append(Line(number, printed.strip(), label=label, start=start, end=end))
    return tuple(made)
