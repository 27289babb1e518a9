"""Parse the values of fields: names, roles in Chinese or English, dates, numbers, and ranges of them."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Generic, NoReturn, TypeAlias, TypeVar

from indexer.errors import QueryError, UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.model import Role
from indexer.text.normalize import fold, normalize
from indexer.text.numbers import number_at_start
from indexer.text.tokens import bigrams
from search_cli.query import name_patterns
from search_cli.query.lexer import Token

T = TypeVar("T", str, float)


@dataclass(frozen=True, slots=True)
class Range(Generic[T]):
    """A range from `low` to `high`, inclusive unless open; None is no bound. Dates are ISO days, always inclusive."""

    low: T | None = None
    high: T | None = None
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class InterviewId:
    """The full id of an interview, not a prefix."""

    id: str


@dataclass(frozen=True, slots=True)
class Unprompted:
    """A text that somebody brings up unasked.

    `prompted` has the addresses of the turns that hold it after another did, each with that of the latter: the question
    it answers, or an earlier turn of the exchange by another speaker.
    """

    text: str
    prompted: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Stranger:
    """A person whom no turn is known to mention: turns that say one of `names` are meant."""

    typed: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaggedTurns:
    """The turns that have a tag, by address."""

    tag: str
    addresses: tuple[str, ...] = ()


class UnreadableError(UsageError):
    """A number followed by something else; `rest` is that, in normal form."""

    def __init__(self, rest: str, number: str, text: str) -> None:
        step = _('Write {number} for the number, or search for "{text}" as it is printed.')
        super().__init__(
            _("{text} is not part of a number.").format(text=rest),
            _("Write a range as 5万..10万.") if rest[0] in "-~—–至到" else step.format(number=number, text=text),
        )
        self.rest = rest


Value: TypeAlias = str | InterviewId | Stranger | TaggedTurns | Unprompted | Range[str] | Range[float]

_ROLES = {
    "记者": Role.INTERVIEWER, "采访": Role.INTERVIEWER, "采访者": Role.INTERVIEWER, "问": Role.INTERVIEWER,
    "受访": Role.INTERVIEWEE, "受访者": Role.INTERVIEWEE, "嘉宾": Role.INTERVIEWEE, "答": Role.INTERVIEWEE,
    "主持": Role.HOST, "主持人": Role.HOST,
    "旁白": Role.NARRATION, "其他": Role.OTHER,
} | {role.value: role for role in Role}  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")
_YEAR = re.compile(r"\d{4}年?")
_UNITS = {
    **dict.fromkeys(("d", "day", "days", "天", "日"), "d"),
    **dict.fromkeys(("w", "week", "weeks", "周", "週", "星期"), "w"),
    **dict.fromkeys(("h", "hour", "hours", "小时", "小時"), "h"),
}
_AGO = re.compile(rf"(?:now-)?(\d{{1,5}}) *({'|'.join(_UNITS)})")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:[+-]\d\d:\d\d|Z)?")
_LANGUAGES = {
    **dict.fromkeys(("zh-hans", "hans", "simplified", "简体", "简体中文", "简"), "zh-Hans"),
    **dict.fromkeys(("zh-hant", "hant", "traditional", "繁体", "繁体中文", "繁", "正体"), "zh-Hant"),
}
_DOTS = re.compile(r"\.{2,}")
_COMPARISONS = (">=", "<=", ">", "<", "≥", "≤")

DATES = gettext_noop("Write dates as 2013, 2013-07 or 2013-07-05, ranges as 2013-07..2013-08, >2013 or ..2013-08.")
YEARS = gettext_noop("Write years as 2020, ranges as 2019..2021, >2019 or ..2021; date: takes months and days.")
ADDED = gettext_noop("Write a duration as 7d, 2w or 24h, or a date as 2026-11-01.")
NUMBERS = gettext_noop("Write numbers as 6.11亿, 30万, 1.5兆 or 2020, ranges as 5万..10万, >1亿 or ..2000.")

_REFUSALS = {
    "date": (gettext_noop("{text} is not a date."), gettext_noop("The date is empty."), DATES),
    "year": (gettext_noop("{text} is not a year."), gettext_noop("The year is empty."), YEARS),
    "time": (gettext_noop("{text} is not a time."), gettext_noop("The time is empty."), ADDED),
    "number": (gettext_noop("{text} is not a number."), gettext_noop("The number is empty."), NUMBERS),
}
"""What is said of a text that is no value of a kind, and of none; how values are written."""


def read_value(query: str, field: str, token: Token) -> Value:
    """Parse a token as a value of `field`; raise `QueryError` at its position if it is not one."""
    try:
        return value_of(field, token.text)
    except UnreadableError as error:
        at = token.at + (token.kind == "phrase") + _offset(token.text, error.rest)
        raise QueryError(query, at, error.message, error.next_step) from None
    except UsageError as error:
        raise QueryError(query, token.at, error.message, error.next_step) from None


def _offset(text: str, rest: str) -> int:
    """Return where a part in normal form begins in a text as typed."""
    return next((at for at in range(len(text)) if normalize(text[at:]).text.startswith(rest)), 0)


def value_of(field: str, text: str) -> Value:
    """Parse a value of `field`, from the query or an option; raise `UsageError` if it is not one."""
    match field:
        case "role":
            return role(text)
        case "date":
            return _range(text, day_span)
        case "year":
            return _range(text, _year_span)
        case "number":
            return _range(text, _number_span)
        case "added":
            return _added(text)
        case "language":
            return _LANGUAGES.get(fold(text), text)
        case "title" | "affiliation" | "label":
            return _searchable_name(field, text)
        case "asked" | "answered" | "volunteered":
            return _word(field, text)
        case _:
            return text


def role(text: str) -> str:
    """Parse a role into its indexed form: interviewee for 受访, 受访者 or Interviewee."""
    found = _ROLES.get(normalize(text).text.strip())
    if found is None:
        step = _("The roles are {roles} (or 受访, 采访, 主持, 旁白, 其他).").format(roles=_(", ").join(Role))
        raise UsageError(_("{text} is not a role.").format(text=text), step)
    return found.value


def _searchable_name(field: str, text: str) -> str:
    """Return a name that is searched for by a pattern; raise `UsageError` if the pattern is too long."""
    if not fold(text):
        step = _("Write some of it, as in {field}:…").format(field=field)
        raise UsageError(_("The {field} is empty.").format(field=field), step)
    if len(name_patterns.containing(text)) > name_patterns.LONGEST:
        raise UsageError(_("This is too long for a {field}.").format(field=field), _("Write a part of it."))
    return text


def _word(field: str, text: str) -> str:
    """Return a text to look for in questions and answers; raise `UsageError` if it is only punctuation."""
    if not bigrams(normalize(text).text):
        wrong = _("{text} has no word for {field}.") if text.strip() else _("The {field} is empty.")
        step = _("Write a word or a text, as in {field}:小米").format(field=field)
        raise UsageError(wrong.format(text=text, field=field), step)
    return text


def _year_span(text: str) -> tuple[str, str]:
    if _YEAR.fullmatch(text.strip()) is None:
        _refuse(text, "year")
    return day_span(text)


def day_span(text: str) -> tuple[str, str]:
    """Return the first and the last ISO day of a year, month or day: 2013-07 -> 2013-07-01, 2013-07-31."""
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        _refuse(text, "date")
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        first = date(year, month or 1, day or 1)
        last = first if day else date(year, month or 12, monthrange(year, month or 12)[1])
    except ValueError:
        _refuse(text, "date")
    return first.isoformat(), last.isoformat()


def _added(text: str) -> Range[str]:
    """Return the range of times since a duration ago (7d, 2w, 24h) or a date, or between two dates.

    A duration is date math of Elasticsearch (now-7d); a date begins at midnight, local time.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if ".." in typed:
        return _between(typed, _time_span)
    since = typed.removeprefix(">=").strip()
    if ago := _AGO.fullmatch(since.lower()):
        return Range(low=f"now-{ago[1]}{_UNITS[ago[2]]}")
    return Range(low=_time_span(since)[0])


def _time_span(text: str) -> tuple[str, str]:
    """Return the first and the last millisecond of a date, with the local zone; a time is itself."""
    if _TIME.fullmatch(text.strip()):
        return text.strip(), text.strip()
    try:
        days = day_span(text)
    except UsageError:
        _refuse(text, "time")
    first, last = (datetime.combine(date.fromisoformat(day), time()) for day in days)
    end = last + timedelta(days=1, milliseconds=-1)
    return first.astimezone().isoformat(), end.astimezone().isoformat(timespec="milliseconds")


def _number_span(text: str) -> tuple[float, float]:
    typed = normalize(text).text.strip()
    found = number_at_start(typed)
    if found is None:
        _refuse(text, "number")
    value, length = found
    rest = typed[length:].strip()
    is_year = rest == "年" and length == 4 and 1000 <= value < 10_000
    if rest and rest != "%" and not is_year:
        raise UnreadableError(rest, typed[:length], typed)
    return value, value


def _range(text: str, span: Callable[[str], tuple[T, T]]) -> Range[T]:
    """Parse a range: a..b, a.., ..b, >a, >=a, <b, <=b, or a alone."""
    text = _DOTS.sub("..", unicodedata.normalize("NFKC", text).strip())  # … and …… are dots in NFKC
    if ".." in text:
        return _between(text, span)
    sign = next((sign for sign in _COMPARISONS if text.startswith(sign)), "")
    low, high = span(text.removeprefix(sign))
    match sign:
        case ">":
            return _after(high)
        case "<":
            return _before(low)
        case ">=" | "≥":
            return Range(low=low)
        case "<=" | "≤":
            return Range(high=high)
        case _:
            return Range(low, high)


def _between(text: str, span: Callable[[str], tuple[T, T]]) -> Range[T]:
    start, _dots, end = text.partition("..")
    low = span(start)[0] if start.strip() else None
    high = span(end)[1] if end.strip() else None
    if low is None and high is None:
        step = _("Write a range as 2013-07..2013-08, 2013.. or ..2013.")
        raise UsageError(_("{text} has no start and no end.").format(text=text), step)
    if low is not None and high is not None and low > high:
        step = _("Write {end}..{start}.").format(end=end, start=start)
        raise UsageError(_("{text} ends before it starts.").format(text=text), step)
    return Range(low, high)


def _after(last: T) -> Range[T]:
    """Return the range after a value: for a date from the next day on, for a number an open range."""
    if isinstance(last, str):
        return Range(low=(date.fromisoformat(last) + timedelta(days=1)).isoformat())
    return Range(low=last, low_open=True)


def _before(first: T) -> Range[T]:
    if isinstance(first, str):
        return Range(high=(date.fromisoformat(first) - timedelta(days=1)).isoformat())
    return Range(high=first, high_open=True)


def _refuse(text: str, kind: str) -> NoReturn:
    wrong, empty, next_step = _REFUSALS[kind]
    raise UsageError(_(wrong).format(text=text) if text else _(empty), _(next_step))
