"""Times in the notations of the formats: 00:01:02,500, 01:02, 62.5 seconds."""

import re

MAX_MILLISECONDS = 2**31 - 1
"""The largest time that the index holds, 596 hours. Larger values are calendar dates."""

TIME = r"(?:\d{1,3}:)?\d{1,3}:\d{1,2}[.,]\d{1,3}"
"""Pattern of a time in cues and ASR output, with a fraction of a second."""

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,9})?)")
_SECONDS = re.compile(r"\d{1,7}(?:[.,]\d{1,9})?\s*s?")


def milliseconds(printed: str) -> int | None:
    """Convert hours, minutes and seconds, or seconds, to milliseconds; None if the text is not a time."""
    printed = printed.strip().replace("：", ":")
    if match := _CLOCK.fullmatch(printed):
        hours, minutes, seconds = int(match[1] or 0), int(match[2]), float(match[3].replace(",", "."))
        time = round(((hours * 60 + minutes) * 60 + seconds) * 1000)
    elif _SECONDS.fullmatch(printed):
        time = round(float(printed.rstrip("s ").replace(",", ".")) * 1000)
    else:
        return None
    return time if time <= MAX_MILLISECONDS else None
