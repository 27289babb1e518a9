"""Extract amounts and years from a normal text: 6.11亿 is 611000000, 二〇二〇年 is 2020, 百分之七十 is 70.

兆 is 10^12, as Taiwan counts, 万亿 elsewhere; the 兆 of 兆瓦 and 兆字节 is a unit (mega) and leaves the number as it
is, like the k of kg. 廿 and 卅 are 20 and 30, 个亿 is 亿, half a unit counts (半个亿, 1亿半). 京 is a city.

Only numbers that somebody would search for by their size. Ignored are ordinals (第三), months, days and clock times
(5月21日, 12:30), versions and addresses (1.2.3), digits in names (iphone6, 5g), and the many words that only look like
numbers: 一起, 千万不要, 三心二意, 十分, 万一, 双十一.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_FACTORS = {**_SMALL, **_LARGE, "k": 10**3, "w": 10**4}

# 兆 before these is mega, or a speed of the net in megabits
_MEGA = "(?:瓦|赫|帕|欧|焦|字节|位元|比特|b|宽带|带宽|频宽|光纤|网)"
# 万亿 before 万: alternation takes the first that matches
_FACTOR = f"(?:[十百千]?万亿|[十百千万]?兆(?!{_MEGA})|[十百千]?万|[十百千]?亿|[百千])"
_HALF = "(?<=[万亿兆])半(?![年天个月小日夜分价数])"
# Measure words after which a single numeral is an amount: 三年, 五倍; not 一, more often an article (一个, 一次)
_MEASURES = "年|岁|倍|元|块钱|人|名|家|公里|千米|米|吨|亩|天|个月|小时|分钟|次|台|辆|间|座|部|届|成|层|户|%"
_ARABIC = re.compile(
    rf"(?P<chain>\d+(?:\.\d+){{2,}})"
    rf"|(?P<clock>\d{{1,2}}:\d{{2}}(?::\d{{2}})?)"
    rf"|(?P<year>(?:1[5-9]|20)\d\d)(?:[-/]\d{{1,2}}){{1,2}}(?!\d)"
    rf"|(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s?(?:[多余来几]|个(?=[亿兆]))?(?P<factor>{_FACTOR}|[kw](?![a-z])))?(?P<half>{_HALF})?"
)
_CHINESE = re.compile(
    rf"(?P<year>[一二三四五六七八九][〇零一二三四五六七八九]{{3}})(?=年)"
    rf"|(?P<percent>百分之)?(?P<whole>[〇零一二两三四五六七八九十廿卅卌百千万亿兆]+)(?:点(?P<part>[〇零一二三四五六七八九]+)(?P<scale>{_FACTOR})?)?"
    rf"(?:(?:[多余来]|个(?=[亿兆]))(?P<factor>{_FACTOR}))?(?P<half>{_HALF})?"
    rf"|(?P<only>半)个?(?P<unit>[万亿兆])(?!{_MEGA})"
)
_IS_MEGA = re.compile(_MEGA)
_MEASURED = re.compile(rf"[多余来]?(?:{_MEASURES})")
_NOT_AN_AMOUNT = re.compile(r"\s?(?:月|日|号|点|时(?!间)|分(?!钟|之)|[a-jl-vx-z])")
_NAMED = re.compile(r"(?:第|[a-z][-_/:.]?)\Z")  # but 18-35 are two amounts
_UNITS = re.compile(r"(?:kg|km|cm|mm|mb|gb|tb|m)(?![a-z])")

# Where a number may begin, which most turns have not. 一 alone is never a number (一个, 一次), 一点五 is
_DIGIT = re.compile(r"\d")
_NUMERALS = "〇零一二两三四五六七八九十廿卅卌百千万亿兆"
_NUMERAL = re.compile(f"[{_NUMERALS}半](?:(?<=[^一半])|(?<=一)(?=[{_NUMERALS}点多余来个])|(?<=半)(?=个?[万亿兆]))")


class _Number(NamedTuple):
    """A number with its span and the factor it is written with (1 without one)."""

    start: int
    end: int
    value: float
    factor: int = 1


def numbers(normal: str) -> list[float]:
    """Return the distinct numbers of a normal text, in text order."""
    return list(dict.fromkeys(value for _, _, value in amounts(normal)))


def amounts(normal: str) -> list[tuple[int, int, float]]:
    """Return the numbers of a normal text: start, end (exclusive) and value of each."""
    digits = _arabic_numbers(normal) if _DIGIT.search(normal) else ()
    numerals = _chinese_numbers(normal) if _NUMERAL.search(normal) else ()
    return list(_joined(sorted((*digits, *numerals)))) if digits or numerals else []


def number_at_start(normal: str) -> tuple[float, int] | None:
    """Return the number that a text starts with and its length, None if it starts with none.

    For numbers that are typed as such: 一, 千万 and 二〇二〇 are read, whatever follows.
    """
    number = _number_at(normal, 0)
    if number is None:
        return None
    value = number.value
    while (following := _number_at(normal, number.end)) and number.factor > following.factor > 1:
        number, value = following, value + following.value
    return value, number.end


def _number_at(text: str, position: int) -> _Number | None:
    if match := _ARABIC.match(text, position):
        return _arabic_number(match) if match["number"] else None
    match = _CHINESE.match(text, position)
    if match is None:
        return None
    if match["only"]:
        return _Number(position, match.end(), _factor(match["unit"]) / 2, _factor(match["unit"]))
    if match["year"]:
        return _Number(position, match.end(), _digits(match["year"]))
    return _typed_number(match)


def _typed_number(match: re.Match[str]) -> _Number | None:
    """Return the number of a run of Chinese numerals, digit by digit if it has no units: 一九九八."""
    whole = match["whole"]
    if len(whole) > 1 and all(character in _DIGITS for character in whole):
        return _Number(match.start(), match.end("whole"), _digits(whole))
    value = _integer(whole)
    if value is None or (not value and whole not in "零〇"):
        return None
    number = _chinese_number(match, _with_part(match, value))
    return number._replace(factor=max(number.factor, *(_LARGE.get(character, 1) for character in whole)))


def _digits(numerals: str) -> float:
    return float("".join(str(_DIGITS[numeral]) for numeral in numerals))


def _joined(found: list[_Number]) -> Iterator[tuple[int, int, float]]:
    """Join adjacent numbers with decreasing factors: 12亿5000万 is 1250000000."""
    start, amount = -1, 0.0
    for number, following in pairwise([*found, _Number(-1, -1, 0.0, 0)]):
        start = number.start if start < 0 else start
        amount += number.value
        if not (number.end == following.start and number.factor > following.factor > 1):
            yield start, number.end, amount
            start, amount = -1, 0.0


def _matches(pattern: re.Pattern[str], beginning: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern, all of which begin where the pattern `beginning` is found."""
    end = 0
    for found in beginning.finditer(text):
        if found.start() >= end and (match := pattern.match(text, found.start())):
            end = match.end()
            yield match


def _arabic_numbers(text: str) -> Iterator[_Number]:
    """Yield the numbers written in Arabic digits."""
    for match in _matches(_ARABIC, _DIGIT, text):
        if match["number"] is None:
            year = match["year"] or (match["chain"] or "")[:4]
            if match["year"] or re.fullmatch(r"(?:19|20)\d\d(?:\.\d{1,2}){2}", match["chain"] or ""):
                yield _Number(match.start(), match.end(), float(year))
        elif not _is_part_of_name(text, match):
            yield _arabic_number(match)


def _arabic_number(match: re.Match[str]) -> _Number:
    factor = _factor(match["factor"])
    value = float(match["number"].replace(",", "")) * factor + _half(match)
    return _Number(match.start(), match.end(), _rounded(value), factor)


def _is_part_of_name(text: str, match: re.Match[str]) -> bool:
    """Check whether digits are part of a name, an ordinal or a date: iphone6, 5g, 第3, 5月, 16点."""
    if _NAMED.search(text, max(match.start() - 2, 0), match.start()):
        return True
    if match["factor"] or _UNITS.match(text, match.end()):
        return False
    return _NOT_AN_AMOUNT.match(text, match.end()) is not None


def _chinese_numbers(text: str) -> Iterator[_Number]:
    """Yield the numbers written in Chinese numerals."""
    for match in _matches(_CHINESE, _NUMERAL, text):
        if match["year"]:
            yield _Number(match.start(), match.end(), _digits(match["year"]))
            continue
        if match["only"]:
            yield _Number(match.start(), match.end(), _factor(match["unit"]) / 2, _factor(match["unit"]))
            continue
        value = _chinese_value(text, match) if match[0] != "一" else None
        if value is not None:
            yield _chinese_number(match, value)


def _chinese_number(match: re.Match[str], value: float) -> _Number:
    factor = _factor(match["factor"])
    return _Number(match.start(), match.end(), _rounded(value * factor + _half(match)), factor)


def _half(match: re.Match[str]) -> float:
    """Return what 半 after a unit adds: half of it."""
    return _factor(match[0][-2]) / 2 if match["half"] else 0.0


def _chinese_value(text: str, match: re.Match[str]) -> float | None:
    """Return the value of a run of Chinese numerals, None if it is a word that only looks like a number."""
    whole, part = match["whole"], match["part"]
    before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 2]
    if (
        before.isdigit()
        or before in ("第", "几", "数", "双", "周", "初")
        or after.startswith(("月", "日", "号", "分之"))
    ):
        return None
    value = _integer(whole[:-1] if whole[-1] == "兆" and _IS_MEGA.match(text, match.end("whole")) else whole)
    if value is None or (part is None and not match["percent"] and not _is_counted(text, match)):
        return None
    return _with_part(match, value)


def _with_part(match: re.Match[str], value: float) -> float:
    """Return a value with its decimals (三点五) and the unit after them (三点五亿)."""
    if match["part"] is None:
        return value
    decimals = "".join(str(_DIGITS[digit]) for digit in match["part"])
    return (value + float(f"0.{decimals}")) * _factor(match["scale"])


def _is_counted(text: str, match: re.Match[str]) -> bool:
    """Check whether a run without decimals is an amount: 三百, 二十三; one character only before a measure (三年)."""
    whole = match["whole"]
    if whole[0] in "百千万亿兆〇零":
        return False
    if len(whole) > 1 or match["factor"]:
        return True
    return whole != "一" and _MEASURED.match(text, match.end()) is not None


def _integer(run: str) -> float | None:
    """Return the value of 三千五百万, 两千五 (2500), 十二; None if the run is not a number (一二三, 七上)."""
    total = section = 0
    digit: int | None = None
    last = 1
    for character in run:
        if character in _DIGITS:
            if digit:  # two digits in a row: 七八百, 五一
                return None
            digit = _DIGITS[character]
        elif character in _TENS:
            if digit:  # 五卅 is a date
                return None
            section, digit, last = section + _TENS[character], None, 10
        elif character in _SMALL:
            section += (1 if digit is None else digit) * _SMALL[character]
            digit, last = None, _SMALL[character]
        else:
            amount, large = section + (digit or 0), _LARGE[character]
            # 六亿一千一百万 adds 一千一百 x 万 to the 六亿 before it; 一万亿 multiplies 一万
            total = total + amount * large if total > large else (total + amount) * large
            section, digit, last = 0, None, large
    # 两千五 is 2500, 两千零五 is 2005
    if digit and last >= 100 and len(run) > 1 and run[-2] not in "零〇":
        digit *= last // 10
    return float(total + section + (digit or 0))


def _factor(unit: str | None) -> int:
    """Return the factor of a unit: 10000 for 万, 10000000 for 千万, 1 for none."""
    factor = 1
    for character in unit or "":
        factor *= _FACTORS[character]
    return factor


def _rounded(value: float) -> float:
    """Round off binary fractions: 6.11 x 10^8 is 611000000.0."""
    return round(value, 6)
