"""The words the screens use for what is indexed: roles as Chinese readers know them, numbers, times, commands."""

import re
import shlex

ROLES = {
    "interviewer": "提问",
    "interviewee": "受访",
    "host": "主持",
    "other": "",  # a participant like the others: nothing worth saying
    "narration": "叙述",
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


def argument(text: str) -> str:
    """Return `text` as one argument of a shell command, quoted where it must be: a name may hold anything."""
    bare = _BARE.fullmatch(text) and text[0] not in "#="  # zsh looks up =ls
    if bare:
        return text
    quoted = shlex.quote(text)
    return quoted if quoted != text else f"'{text}'"
