"""Dates as printed in the header of a transcript."""

import re
from collections.abc import Iterator
from datetime import date

from indexer.parser.names import fold

_DIGIT = {character: str(value) for value, character in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "o": "0",
}
_NUMBERS = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?(?:年|[-/.])\s?(\d{1,2})\s?(?:月|[-/.])\s?(\d{1,2})(?!\d)")
_CHINESE = re.compile(
    r"([一二][〇零○o一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
# with the name of the calendar, in the field of the date, or with three digits: 100年 is 2011 in Taiwan
_MINGUO = re.compile(
    r"(?:民国|(?:日期|时间)\s?:?(?=\s?(?:[6-9]\d|1\d\d)\D))\s?(\d{2,3})\s?[年/.-]\s?(\d{1,2})\s?[月/.-]\s?(\d{1,2})(?![\d:])"
    r"|(?<!\d)(1[0-4]\d)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})(?!\d)"
)
_TWO_DIGITS = re.compile(  # 98年3月4日(星期三): of the calendar in which it is that day of the week
    r"(?<!\d)(\d{2})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日?\s?[(,]?\s?(?:星期|周|礼拜)([一二三四五六日天])"
)
_WEEKDAYS = "一二三四五六日"
_MINGUO_CHINESE = re.compile(
    r"民国([一二三四五六七八九十百〇零○o]{1,5})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_ENGLISH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)? {_MONTH},? ((?:19|20)\d{{2}})"
    rf"|{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? ((?:19|20)\d{{2}})"
)
_PUBLISHED = re.compile(r"发布|发表|刊发|刊登|见报|出版|日期|published|更新时间")
_BIRTH = re.compile(r"出生|生日|生于|[年日]生")
_EVENT = re.compile(r"(?:活动|会议|开庭|访谈|采访|举办|举行|召开|直播|录制|报名|截止)(?:时间|日期|于)?")


def find(text: str) -> date | None:
    """Return the first full date in a text.

    2013年8月2日, 2013-08-02, 二〇一三年八月二日, 民國102年8月2日, 102年8月2（星期五）, 20130802.
    """
    return next(_all_dates(fold(text)), None)


def _all_dates(folded: str) -> Iterator[date]:
    """Yield the dates of a folded text."""
    found = [(match.start(), day) for match in _NUMBERS.finditer(folded) if (day := _date(*match.groups()))]
    for match in _CHINESE.finditer(folded):
        year = "".join(_DIGIT[digit] for digit in match[1])
        if day := _date(year, str(_number(match[2])), str(_number(match[3]))):
            found.append((match.start(), day))
    for match in _MINGUO.finditer(folded):
        year, month, number = match.groups()[:3] if match[1] else match.groups()[3:]
        if day := _date(str(int(year) + 1911), month, number):
            found.append((match.start(), day))
    found += ((match.start(), day) for match in _TWO_DIGITS.finditer(folded) if (day := _by_weekday(*match.groups())))
    for match in _MINGUO_CHINESE.finditer(folded):
        if day := _date(str(_year(match[1]) + 1911), str(_number(match[2])), str(_number(match[3]))):
            found.append((match.start(), day))
    for match in _ENGLISH.finditer(folded):
        month = str(_MONTHS.index(match[2] or match[4]) + 1)
        if day := _date(match[3] or match[6], month, match[1] or match[5]):
            found.append((match.start(), day))
    if not found:
        found = [(match.start(), day) for match in _COMPACT.finditer(folded) if (day := _date(*match.groups()))]
    yield from (day for _, day in sorted(found))


def _date(year: str, month: str, day: str) -> date | None:
    """Return a date, None if the day does not exist."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _by_weekday(year: str, month: str, day: str, weekday: str) -> date | None:
    """Return a date with two digits of its year, in the calendar in which it is on that day of the week."""
    for century in (1911, 1900, 2000):
        found = _date(str(century + int(year)), month, day)
        if found and _WEEKDAYS[found.weekday()] == weekday.replace("天", "日"):
            return found
    return None


def _number(chinese: str) -> int:
    """Parse a Chinese number up to 99: 三, 十一, 二十, 三十一."""
    tens, ten, ones = chinese.rpartition("十")
    return (int(_DIGIT[tens]) if tens else 1) * 10 * bool(ten) + (int(_DIGIT[ones]) if ones else 0)


def _year(chinese: str) -> int:
    """Parse a year of the Minguo calendar, in numerals or digits: 一百零八, 一〇八, 九十."""
    hundreds, hundred, rest = chinese.rpartition("百")
    rest = rest.lstrip("零〇○o") if hundred else rest
    remainder = _number(rest) if "十" in rest else int("".join(_DIGIT[digit] for digit in rest) or "0")
    return (int(_DIGIT.get(hundreds, "1")) if hundred else 0) * 100 + remainder


def publication_date(lines: tuple[str, ...], title: str, lead: str) -> date | None:
    """Return the date of publication: from the header, else the title, else the date of an event in header or lead.

    A line that names itself the date of publication comes first, one that names an event last.
    """
    dated = [(line, day) for line in lines if (day := find(line)) and not _BIRTH.search(fold(line))]
    published = [day for line, day in dated if _PUBLISHED.search(fold(line))]
    without_event = [day for line, day in dated if not _EVENT.search(fold(line))]
    candidates = (*published, *without_event, find(title), *(day for _, day in dated), find(lead))
    return next((day for day in candidates if day), None)
