"""Names printed beside a time: 说话人1 00:42, 陈可(00:00:04)：, [00:00:04] 陈可：, 2024-01-05 10:00:01 张伟."""

import re
from typing import NamedTuple

_SPACE = " \t　\xa0\u200b\ufeff"
_CLOCK = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+)?\d{1,3}[:：]\d{2}(?:[:：]\d{2})?(?:[.,]\d{1,3})?"
_RANGE = rf"(?P<time>{_CLOCK})(?:\s*(?:-->|->|[-–—~～至])\s*{_CLOCK})?"
_NAME_TIME = re.compile(
    rf"(?P<name>[^\s：:，。！？,!?(（\[][^：:，。！？,!?(（\[]{{0,30}}?)[{_SPACE}]*"
    rf"(?:[(（\[【]\s*{_RANGE}\s*[)）\]】][{_SPACE}]*[：:]?"
    rf"|[{_SPACE}|｜:：]+{_RANGE.replace('time', 'time2')}(?:[{_SPACE}]+|$))"
)
_TIME_NAME = re.compile(
    rf"[(（\[【]?\s*{_RANGE}\s*[)）\]】]?[{_SPACE}]*"
    rf"(?P<name>[^\s：:，。！？,!?\d][^：:，。！？,!?]{{0,20}}?)[{_SPACE}]*(?:[：:]|$)"
)
_LETTER = re.compile(r"[^\W\d_]")
_MAX_LENGTH = 30


class NameBesideTime(NamedTuple):
    """A name, the index behind it and its time, and the time in milliseconds."""

    name: str
    end: int
    time: int | None


def name_beside_time(text: str, start: int) -> NameBesideTime | None:
    """Return the name that begins at `start` of a text beside a time, None if there is none."""
    match = _NAME_TIME.match(text, start)
    if not match or not _LETTER.search(match["name"]):  # 2024-01-05 10:00:01 张伟: the name comes behind
        match = _TIME_NAME.match(text, start)
    if not match or len(match["name"]) > _MAX_LENGTH:
        return None
    time = match["time"] or match.groupdict().get("time2") or ""
    return NameBesideTime(match["name"], match.end(), clock_milliseconds(time))


def clock_milliseconds(printed: str) -> int | None:
    """Convert a clock time to milliseconds: 00:42, 01:02:03, 01:02:03,500; a date before it is ignored."""
    parts = (
        [float(part.replace(",", ".")) for part in printed.rsplit(maxsplit=1)[-1].replace("：", ":").split(":")]
        if printed
        else []
    )
    if len(parts) not in (2, 3):
        return None
    hours, minutes, seconds = ([0.0, *parts])[-3:]
    return round(((hours * 60 + minutes) * 60 + seconds) * 1000)
