"""Dates as they are printed in the head of a transcript."""

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
    r"([一二][〇零○o一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_MINGUO = re.compile(r"(?:中华)?民国\s?(\d{2,3})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_MINGUO_CHINESE = re.compile(
    r"民国([一二三四五六七八九十百〇零○o]{1,5})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_SOLID = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_ENGLISH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)? {_MONTH},? ((?:19|20)\d{{2}})"
    rf"|{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? ((?:19|20)\d{{2}})"
)
_PUBLISHED = re.compile(r"发布|发表|刊发|刊登|见报|出版|日期|published|更新时间")
_EVENT = re.compile(r"(?:活动|会议|开庭|访谈|采访|举办|举行|召开|直播|录制|报名|截止)(?:时间|日期|于)?")


def find(text: str) -> date | None:
    """Return the first full date in a text: 2013年8月2日, 2013-08-02, 二〇一三年八月二日, 民國102年8月2日, 20130802."""
    return next(_all(fold(text)), None)


def _all(folded: str) -> Iterator[date]:
    """Yield the dates of a folded text."""
    found = [(match.start(), one) for match in _NUMBERS.finditer(folded) if (one := _date(*match.groups()))]
    for match in _CHINESE.finditer(folded):
        year = "".join(_DIGIT[one] for one in match[1])
        if one := _date(year, str(_number(match[2])), str(_number(match[3]))):
            found.append((match.start(), one))
    for match in _MINGUO.finditer(folded):
        if one := _date(str(int(match[1]) + 1911), match[2], match[3]):
            found.append((match.start(), one))
    for match in _MINGUO_CHINESE.finditer(folded):
        if one := _date(str(_counted(match[1]) + 1911), str(_number(match[2])), str(_number(match[3]))):
            found.append((match.start(), one))
    for match in _ENGLISH.finditer(folded):
        month = str(_MONTHS.index(match[2] or match[4]) + 1)
        if one := _date(match[3] or match[6], month, match[1] or match[5]):
            found.append((match.start(), one))
    if not found:
        found = [(match.start(), one) for match in _SOLID.finditer(folded) if (one := _date(*match.groups()))]
    yield from (one for _, one in sorted(found))


def _date(year: str, month: str, day: str) -> date | None:
    """Return the date, None where there is no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _number(chinese: str) -> int:
    """Return a number to 99 as it is written in a date: 三, 十一, 二十, 三十一."""
    tens, ten, ones = chinese.rpartition("十")
    return (int(_DIGIT[tens]) if tens else 1) * 10 * bool(ten) + (int(_DIGIT[ones]) if ones else 0)


def _counted(chinese: str) -> int:
    """Return a year as it is counted or spelled: 一百零八, 一〇八, 九十."""
    hundreds, hundred, rest = chinese.rpartition("百")
    rest = rest.lstrip("零〇○o") if hundred else rest
    below = _number(rest) if "十" in rest else int("".join(_DIGIT[one] for one in rest) or "0")
    return (int(_DIGIT.get(hundreds, "1")) if hundred else 0) * 100 + below


def published(lines: tuple[str, ...], title: str, lead: str) -> date | None:
    """Return the date of publication: in the head matter, else in the title, else the event's in head or lead.

    A line that says it is the date of publication comes first, a line that says it is an event's last.
    """
    dated = [(line, one) for line in lines if (one := find(line))]
    told = [one for line, one in dated if _PUBLISHED.search(fold(line))]
    plain = [one for line, one in dated if not _EVENT.search(fold(line))]
    candidates = (*told, *plain, find(title), *(one for _, one in dated), find(lead))
    return next((one for one in candidates if one), None)
