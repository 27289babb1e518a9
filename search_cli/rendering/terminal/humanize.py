"""Values as the screens show them: roles in Chinese, numbers, times, arguments of commands."""

from collections.abc import Sequence

from indexer.text import shell
from indexer.text.printable import plain

argument = shell.argument

ROLES = {
    "interviewer": "采访",
    "interviewee": "受访",
    "host": "主持",
    "other": "",  # a participant like the others
    "narration": "旁白",
}
UNNAMED = "（未署名）"
"""Stands for a missing speaker."""

_AMOUNTS = {"most": "most of ", "some": "some of ", "any": "parts of "}
"""What turns hold of a query, by how they match it."""

_PLURALS = {"speaker": "speakers", "topic": "topics", "interview": "interviews", "turn": "turns", "word": "words"}


def role(value: str) -> str:
    """Return the Chinese word of a role: 受访 for interviewee; an unknown role unchanged."""
    return ROLES.get(value, value)


def count(number: int, noun: str) -> str:
    """Return a number with its noun: 1 turn, 26,931 turns."""
    several = noun if noun.endswith("s") else noun + "s"
    return f"{number:,} {noun if number == 1 else _PLURALS.get(noun, several)}"


def chosen(values: Sequence[str]) -> str:
    """Return the note that all values of a field are counted: (all, 郑志昊 chosen), or (all, 3 chosen)."""
    return f"(all, {', '.join(map(plain, values)) if len(values) < 3 else f'{len(values):,}'} chosen)"


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
    for length, unit in ((2 * 86400, "days"), (2 * 3600, "h"), (120, "min")):
        if seconds >= length:
            return f"{int(2 * seconds // length)} {unit}"
    return f"{int(seconds)} s"


def moment(iso: str) -> str:
    """Return a time in ISO form as a clock here shows it: 2026-11-28 10:12; "" for none."""
    from datetime import datetime

    return datetime.fromisoformat(iso).astimezone().strftime("%Y-%m-%d %H:%M") if iso else ""


def duplicate_note(duplicate: str, primary: str) -> str:
    """Return the note that a duplicate's primary is shown."""
    return f"{plain(duplicate)} is a duplicate of {plain(primary)}, which is shown instead."


def query_arguments(query: str) -> str:
    """Return a query as arguments of `fangtan search`: only words that a shell would change are quoted."""
    return " ".join(argument(word) for word in query.split(" ") if word)


def with_words(query: str, match: str) -> str:
    """Return what counted turns hold: with some of 小米 合作; "" for a query without words."""
    return f" with {_AMOUNTS.get(match, '')}{plain(query)}" if query else ""
