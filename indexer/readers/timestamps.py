"""Times as formats write them: 00:01:02,500, 01:02, 62.5 seconds."""

import re

LATEST = 2**31 - 1
"""Milliseconds, 596 hours: the largest time the index holds. What is later is a moment of the calendar."""

PRINTED = r"(?:\d{1,3}:)?\d{1,3}:\d{1,2}[.,]\d{1,3}"
"""Pattern of a time as cues and recognisers print it, with a fraction of a second."""

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,9})?)")
_SECONDS = re.compile(r"\d{1,7}(?:[.,]\d{1,9})?\s*s?")


def milliseconds(printed: str) -> int | None:
    """Return a time of hours, minutes and seconds, or of seconds, as milliseconds; None where it is none."""
    printed = printed.strip().replace("：", ":")
    if found := _CLOCK.fullmatch(printed):
        hours, minutes, seconds = int(found[1] or 0), int(found[2]), float(found[3].replace(",", "."))
        time = round(((hours * 60 + minutes) * 60 + seconds) * 1000)
    elif _SECONDS.fullmatch(printed):
        time = round(float(printed.rstrip("s ").replace(",", ".")) * 1000)
    else:
        return None
    return time if time <= LATEST else None
