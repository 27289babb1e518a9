"""The words the screens use for what is indexed: roles as Chinese readers know them, numbers, times, commands."""

import re
import shlex

from indexer.text.printable import plain

ROLES = {
    "interviewer": "采访",
    "interviewee": "受访",
    "host": "主持",
    "other": "",  # a participant like the others: nothing worth saying
    "narration": "旁白",
}
UNNAMED = "（未署名）"
"""Stands where a turn has no speaker."""

_PLURALS = {"speaker": "speakers", "topic": "topics", "interview": "interviews", "turn": "turns", "word": "words"}
# What every shell takes as it stands; a CJK character is a letter. # inside a word starts no comment.
_BARE = re.compile(r"[\w%+:,./·#@-]+")


def role(value: str) -> str:
    """Return the word for a role: 受访 for interviewee; the role itself where it is none of ours."""
    return ROLES.get(value, value)


def count(number: int, noun: str) -> str:
    """Return a number with its noun: 1 turn, 26,931 turns."""
    return f"{number:,} {noun if number == 1 else _PLURALS.get(noun, noun + 's')}"


def share(part: float) -> str:
    """Return a share (0 to 1) in per cent: 42 %, and 0.3 % where a whole number would say nothing."""
    percent = 100 * part
    return f"{percent:.1f} %" if 0 < percent < 1 else f"{percent:.0f} %"


def clock(milliseconds: int) -> str:
    """Return a place in a recording: 12:31, or 1:02:07."""
    seconds = milliseconds // 1000
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


def size(number: int) -> str:
    """Return a number of bytes as people say it: 512 MB, 1.1 MB, 320 B."""
    if number < 1024:
        return f"{number} B"
    amount, units = float(number), iter(("KB", "MB", "GB", "TB"))
    unit = ""
    while amount >= 1024 and (following := next(units, "")):
        amount, unit = amount / 1024, following
    return f"{amount:.0f} {unit}" if amount >= 10 else f"{amount:.1f} {unit}"


def span(seconds: float) -> str:
    """Return a time as people say it: 40 s, 12 min, 3 h, 5 days."""
    for length, unit in ((2 * 86400, "days"), (2 * 3600, "h"), (120, "min")):
        if seconds >= length:
            return f"{int(2 * seconds // length)} {unit}"
    return f"{int(seconds)} s"


def other_version(version: str, main: str) -> str:
    """Return that an interview is another one once more, which is shown in its place."""
    return f"{plain(version)} is another version of {plain(main)}, which is the one that is searched and shown."


def query_arguments(query: str) -> str:
    """Return a query as arguments of `fangtan search`: only words that a shell would change are quoted."""
    return " ".join(word if word.startswith("-") else argument(word) for word in query.split(" ") if word)


def argument(text: str) -> str:
    """Return `text` as one argument of a shell command, quoted where it must be: a name may hold anything."""
    bare = _BARE.fullmatch(text) and text[0] not in "#="  # zsh looks up =ls
    if bare:
        return text
    quoted = shlex.quote(text)
    return quoted if quoted != text else f"'{text}'"
