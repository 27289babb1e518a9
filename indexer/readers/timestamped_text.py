"""Lines that start with times or time ranges, as speech recognition and players of recordings print them.

[00:04.000 --> 00:06.000]  谢谢。           Whisper, whisper.cpp
[0:2.380,0:4.380,1]  谢谢。                 Tencent Cloud; the last number is the speaker
0:00:04.000,0:00:06.000                    SubViewer (.sbv): the text is below
[00:04] 谢谢。                              a paragraph and its time, without a speaker
[ti:慢车] [00:04.00]谢谢。                  LRC; `formats.lrc` reads it
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.readers.script import Line
from indexer.readers.timestamps import TIME, milliseconds

_TIME_RANGE = re.compile(rf"\s*\[({TIME})(?:[ \t]*-->[ \t]*|,)({TIME})(?:,(\d{{1,3}}))?\][ \t　]*(.*)")
_TIME_LINE = re.compile(rf"\s*({TIME}),({TIME})\s*")
_MAX_LINES, _MAX_CHARACTERS = 8, 4000  # lines and characters
_BREAK = re.compile(r"\r\n|\n|\r")
_LRC_TAG = re.compile(r"\s*\[(?:ti|ar|al|by|au|re|ve|offset|length|tool):[^\]\n]*\]\s*", re.IGNORECASE)
_LRC_TIME = re.compile(r"\s*\[\d{1,3}:\d{2}(?:[.:]\d{1,3})?\]")
_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_TIME_BEFORE = re.compile(rf"\s*[\[(（【]\s*({_CLOCK})\s*[\])）】][ \t　]*(?=\S)")
_BARE_TIME_BEFORE = re.compile(rf"\s*({_CLOCK})[ \t　]+(?=\S)")
_BEFORE_TIME = frozenset("[(（【0123456789 \t　")
_MAY_NAME = re.compile(r"[^：:，。！？；,!?;…]{1,20}(?:[：:]|\s*$)|.{0,3}[\[【(（]")
_MIN_TIMES = 3  # lines with times that show that a text has them throughout
_MAX_NAMES = 0.2  # share of these lines that may begin with a name; more, and the parser knows the form
_MIN_SHARE = 0.6  # share of lines with a time, where it is not in brackets: an agenda has them too


def has_timestamps(text: str) -> bool:
    """Return whether one of the first lines starts with a time range; Whisper prints the language above."""
    first = text[:_MAX_CHARACTERS].lstrip().split("\n")[:_MAX_LINES]
    return any(_TIME_RANGE.match(line) or _TIME_LINE.fullmatch(line) for line in first)


def is_lrc(text: str) -> bool:
    """Return whether a text is LRC: it starts with one of its tags, and a line with a time follows."""
    lines = [line for line in text[:_MAX_CHARACTERS].split("\n") if line.strip()]
    return bool(lines) and bool(_LRC_TAG.fullmatch(lines[0])) and any(map(_LRC_TIME.match, lines[1:]))


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


def with_times(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines with the times before their sentences taken off: [00:22] 对。 is said at 22 s.

    Only in a text that has them throughout, in order. Where names stand behind the times ([00:04] 陈可：), or alone
    (00:04 陈可), the lines stay as they are.
    """
    possible = [index for index, line in enumerate(lines) if line.text[:1] in _BEFORE_TIME]
    for pattern, share in ((_TIME_BEFORE, 0.0), (_BARE_TIME_BEFORE, _MIN_SHARE)) if len(possible) >= _MIN_TIMES else ():
        found = {index: match for index in possible if (match := pattern.match(lines[index].text))}
        if len(found) >= max(_MIN_TIMES, share * len(lines)) and _are_times_of_sentences(lines, found):
            return tuple(_timed(lines, found))
    return tuple(lines)


def _are_times_of_sentences(lines: Sequence[Line], found: "dict[int, re.Match[str]]") -> bool:
    """Return whether times are in order and sentences follow them, not names."""
    times = [milliseconds(match[1]) or 0 for match in found.values()]
    named = sum(bool(_MAY_NAME.match(lines[index].text, match.end())) for index, match in found.items())
    return times == sorted(times) and named <= _MAX_NAMES * len(found)


def _timed(lines: Sequence[Line], found: "dict[int, re.Match[str]]") -> Iterator[Line]:
    """Yield the lines without the times before them."""
    for index, line in enumerate(lines):
        if match := found.get(index):
            bold = max(line.bold_prefix_length - match.end(), 0)
            text = line.text[match.end() :]
            yield replace(line, text=text, start=milliseconds(match[1]), bold_prefix_length=bold)
        else:
            yield line
