"""Values as the screens show them: roles in Chinese, numbers, times, arguments of commands."""

from collections.abc import Iterable, Sequence

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop, pgettext
from indexer.text import shell
from indexer.text.printable import plain
from search_cli.rendering.terminal import nouns

argument = shell.argument
count, field = nouns.count, nouns.field

ROLES = {
    "interviewer": gettext_noop("采访"),
    "interviewee": gettext_noop("受访"),
    "host": gettext_noop("主持"),
    "other": "",  # a participant like the others
    "narration": gettext_noop("旁白"),
}
"""Roles in Chinese, in any language; the characters are the reader's."""

_TYPED_ROLES = {
    "interviewer": gettext_noop("interviewer 采访"),
    "interviewee": gettext_noop("interviewee 受访"),
    "host": gettext_noop("host 主持"),
    "other": gettext_noop("other"),
    "narration": gettext_noop("narration 旁白"),
}
"""Roles as a reader may type them."""

UNNAMED = "（未署名）"
"""Stands for a missing speaker."""

_HOLDING_ALL = gettext_noop("{turns} with {query}")
_HOLDING = {
    "most": gettext_noop("{turns} with most of {query}"),
    "some": gettext_noop("{turns} with some of {query}"),
    "any": gettext_noop("{turns} with parts of {query}"),
}
"""What turns hold of a query, by how they match it."""

_SPANS = (
    (2 * 86400, gettext_noop("{number} days")),
    (2 * 3600, gettext_noop("{number} h")),
    (120, gettext_noop("{number} min")),
)
"""Units of a duration, each with the seconds from which it is used: two of them."""


def role(value: str) -> str:
    """Return the Chinese word of a role: 受访 for interviewee; an unknown role unchanged."""
    return _(ROLES[value]) if ROLES.get(value) else ROLES.get(value, value)


def role_name(value: str) -> str:
    """Return the word of a role where one has to stand: 受访; other for a participant like the others."""
    return role(value) or (_("other") if value else "")


def typed_role(value: str) -> str:
    """Return a role as its values are counted, in the words that a filter takes: interviewee 受访."""
    return _(_TYPED_ROLES[value]) if value in _TYPED_ROLES else plain(value).strip() or UNNAMED


def chosen(values: Sequence[str]) -> str:
    """Return the note that all values of a field are counted: (all, 郑志昊 chosen), or (all, 3 chosen)."""
    named = _(", ").join(map(plain, values)) if len(values) < 3 else f"{len(values):,}"
    return _("(all, {values} chosen)").format(values=named)


def share(part: float) -> str:
    """Return a share (0 to 1) in percent: 42 %; below 1 % with a decimal: 0.3 %, never 0.0 % for what there is."""
    percent = 100 * part
    if 0 < percent < 0.05:
        return "<0.1 %"
    return f"{percent:.1f} %" if 0 < percent < 1 else f"{percent:.0f} %"


def clock(milliseconds: int) -> str:
    """Return a position in a recording: 12:31, or 1:02:07."""
    seconds = milliseconds // 1000
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


def size(number: int) -> str:
    """Return a number of bytes: 512 MB, 1.1 MB, 320 B."""
    if number < 1024:
        return f"{number} B"
    amount, units = float(number), iter(("KB", "MB", "GB", "TB"))
    unit = ""
    while amount >= 1024 and (following := next(units, "")):
        amount, unit = amount / 1024, following
    return f"{amount:.0f} {unit}" if amount >= 10 else f"{amount:.1f} {unit}"


def span(seconds: float) -> str:
    """Return a duration: 40 s, 12 min, 3 h, 5 days."""
    for length, text in _SPANS:
        if seconds >= length:
            return _(text).format(number=int(2 * seconds // length))
    return _("{number} s").format(number=int(seconds))


def moment(iso: str) -> str:
    """Return a time in ISO form as a clock here shows it: 2026-11-28 10:12; "" for none."""
    from datetime import datetime

    return datetime.fromisoformat(iso).astimezone().strftime("%Y-%m-%d %H:%M") if iso else ""


def duplicate_note(duplicate: str, primary: str) -> str:
    """Return the note that a duplicate's primary is shown."""
    told = _("{duplicate} is a duplicate of {primary}, which is shown instead.")
    return told.format(duplicate=plain(duplicate), primary=plain(primary))


def query_arguments(query: str) -> str:
    """Return a query as arguments of `fangtan search`: only words that a shell would change are quoted."""
    return " ".join(argument(word) for word in query.split(" ") if word)


def clauses(texts: Iterable[str]) -> str:
    """Join counts to one line: 24 turns, 9 interviews."""
    return pgettext("clauses", ", ").join(texts)


def part_of(number: int, every: int, noun: str) -> str:
    """Return how many of all there are: 1 of 8 interviews."""
    return _("{number} of {all}").format(number=f"{number:,}", all=count(every, noun))


def also(words: Sequence[str]) -> str:
    """Return what is searched for besides: also 腾讯 · 鹅厂."""
    return _("also {words}").format(words=plain(" · ".join(words)))


def more(number: int) -> str:
    """Return how many values are not shown: +12 more."""
    return _("+{number} more").format(number=f"{number:,}")


def dates(first: str, last: str) -> str:
    """Return a span of dates: 2015-08-04 – 2026-08-20; one that is a single date as such."""
    return first if first == last else f"{first} – {last}"


def turns_in(turns: int, interviews: int, first: str, last: str) -> str:
    """Return where turns are: 15,683 turns in 346 interviews, 2015-08-04 – 2026-08-20."""
    where = _("{turns} in {interviews}")
    counted = where.format(turns=count(turns, "turn"), interviews=count(interviews, "interview"))
    when = dates(first, last)
    return _("{turns}, {dates}").format(turns=counted, dates=when) if when else counted


def random_order(seed: int) -> str:
    """Return the order of a sample: in random order 7."""
    return _("in random order {seed}").format(seed=seed)


def page(number: int, of: int) -> str:
    """Return which page is shown: page 2/15."""
    return _("page {number}/{of}").format(number=f"{number:,}", of=f"{of:,}")


def with_words(turns: str, query: str, match: str) -> str:
    """Return what is counted, with what it holds of a query: 21 turns with some of 小米 合作; 含“小米”的 21 轮发言."""
    if not query:
        return turns
    counted = pgettext("a number after a word", "{number}").format(number=turns) if turns[:1].isdigit() else turns
    return _(_HOLDING.get(match, _HOLDING_ALL)).format(turns=counted, query=plain(query))
