"""Days and clock times as messengers print them: 2023/8/19 下午8:30:01, 19/08/2023, 8:30 PM, 2022.11.02 20:10.

The time of a message is the clock on its day, in milliseconds from midnight: it is what the chat prints, and it has
a value for chats of any length.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime

DAY = r"(?:\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))"
"""Pattern of a day, the year first or last."""

_HALF = "上午|下午|凌晨|清晨|早上|中午|傍晚|晚上|午前|午後"
CLOCK = rf"(?:(?:{_HALF})\s?)?\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?(?:[ \u202f]?[AaPp]\.?[Mm]\.?(?![A-Za-z]))?"
"""Pattern of a clock time of 12 or 24 hours."""

_CLOCK = re.compile(
    rf"(?P<half>{_HALF})?\s?(?P<hour>\d{{1,2}})[:：](?P<minute>\d{{2}})(?:[:：](?P<second>\d{{2}}))?(?P<m>.*)"
)
_AFTERNOON, _MORNING = (
    frozenset({"下午", "傍晚", "晚上", "午後", "p"}),
    frozenset({"上午", "凌晨", "清晨", "早上", "午前", "a"}),
)
_WEEKDAY = re.compile("Mon|Tue|Wed|Thu|Fri|Sat|Sun")
_NUMBER = re.compile(r"\d+")


def milliseconds(printed: str) -> int | None:
    """Convert a clock time to milliseconds from midnight; None if there is no such time."""
    match = _CLOCK.match(printed.strip())
    if not match:
        return None
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    half = match["half"] or match["m"].strip().lower()[:1]
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half == "中午" and hour < 11:
        hour += 12  # 中午1:00
    elif half in _MORNING and hour == 12:
        hour = 0
    return ((hour * 60 + minute) * 60 + second) * 1000 if hour < 24 and minute < 60 and second < 60 else None


def day(printed: str, month_first: bool = False) -> date | None:
    """Return the date of a printed day, None if there is no such day."""
    numbers = [int(number) for number in _NUMBER.findall(printed)[:3]]
    if len(numbers) < 3:
        return None
    if numbers[0] > 31:
        year, month, of_month = numbers
    else:
        (month, of_month) = numbers[:2] if month_first else (numbers[1], numbers[0])
        year = numbers[2] + (2000 if numbers[2] < 100 else 0)
    try:
        return date(year, month, of_month)
    except ValueError:
        return None


def day_line(when: date) -> str:
    """Return the line that tells where a later day begins: （2021-05-09 周日）, a note as stage directions are."""
    return f"（{when.isoformat()} 周{'一二三四五六日'[when.weekday()]}）"


def is_month_first(printed: Sequence[str], of_12_hours: bool) -> bool:
    """Return whether days with the year last begin with the month: 8/19/23, not 19/8/2023.

    Decided by the days of the whole chat: their weekdays, a number above 12, then the order of the messages; if both
    readings are possible, American phones print years of two digits and clocks of 12 hours.
    """
    for one in printed:
        if weekday := _WEEKDAY.match(one):
            right = [order for order in (False, True) if (found := day(one, order)) and f"{found:%a}" == weekday[0]]
            return right == [True]
    readings = {order: [day(one, order) for one in printed] for order in (False, True)}
    possible = [order for order in (False, True) if None not in readings[order]]
    ordered = [order for order in possible if readings[order] == sorted(readings[order], key=str)]
    left = ordered or possible
    if len(left) == 1:
        return left[0]
    return of_12_hours and all(len(_NUMBER.findall(one)[-1]) == 2 for one in printed)


def of_datetime(value: object) -> tuple[date | None, int | None]:
    """Return day and clock of a value in JSON or a table: ISO 8601, 2024-01-05 14:30:12, seconds since 1970 as UTC."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_seconds(float(value))
    text = str(value).strip()
    if re.fullmatch(r"\d{10}(?:\.\d+)?|\d{13}", text):
        return _of_seconds(float(text))
    match = re.match(rf"({DAY})(?:[T,，\s]+({CLOCK}))?", text)
    return (day(match[1]), milliseconds(match[2]) if match[2] else None) if match else (None, None)


def _of_seconds(seconds: float) -> tuple[date | None, int | None]:
    """Return day and clock of seconds, or milliseconds, since 1970; China's time, as the chats of this archive are."""
    from datetime import timedelta, timezone

    seconds = seconds / 1000 if seconds > 1e11 else seconds
    if not 0 < seconds < 4e9:
        return None, None
    moment = datetime.fromtimestamp(seconds, timezone(timedelta(hours=8)))
    return moment.date(), ((moment.hour * 60 + moment.minute) * 60 + moment.second) * 1000
