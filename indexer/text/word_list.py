"""Read the user dictionary, `words.txt`: one word per line in jieba's format, `WORD [FREQUENCY] [TAG]`.

Words are converted to normal form, in which texts are segmented: `iPhone` and `紅米手機` work as written. As in jieba
there are no comments: every line is a word. A word without a frequency gets the one that jieba suggests, the lowest at
which it is kept whole; frequency 0 removes a word.
"""

import re
from pathlib import Path
from typing import NamedTuple

from indexer.errors import SettingsError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.safe_file import MAX_WORDS_BYTES, read_bytes, told_as_settings
from indexer.text.normalize import normalize

_LINE = re.compile(r"(.+?)( [0-9]{1,18})?( [a-z]+)?")  # as jieba parses a line, but for numbers of no use
_MAX_SHOWN = 80  # characters of an invalid line
_NEXT_STEP = gettext_noop("Write WORD, WORD FREQUENCY or WORD FREQUENCY TAG, separated by one space: 红米手机 20 nz")


class Entry(NamedTuple):
    """A line: the word in normal form, its frequency (`None`: to be computed), its part of speech or ""."""

    word: str
    frequency: int | None
    tag: str


def read(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a dictionary in file order, none if there is no file.

    Raises `SettingsError` with the number of an invalid line.
    """
    with told_as_settings(path, _(_NEXT_STEP)):
        content = read_bytes(path, MAX_WORDS_BYTES) if path.exists() else b""
    lines = enumerate(content.split(b"\n"), 1)
    return tuple(_entry(path, number, line) for number, raw in lines if (line := _decoded(path, number, raw)))


def _decoded(path: Path, number: int, line: bytes) -> str:
    try:
        return line.strip().decode().lstrip("\ufeff")
    except UnicodeDecodeError as error:
        reason = _("{path}:{line}: not UTF-8.").format(path=path, line=number)
        raise SettingsError(reason, _("Save the dictionary as UTF-8.")) from error


def _entry(path: Path, number: int, line: str) -> Entry:
    match = _LINE.fullmatch(line)
    word = normalize(match[1]).text if match else ""
    # jieba takes "红米手机 20次" for one long word, which no text contains: report it instead
    if match is None or not word.strip() or (re.search(r"\s", word) and not match[2]):
        reason = _("{path}:{line}: not a dictionary entry: {text}")
        raise SettingsError(reason.format(path=path, line=number, text=line[:_MAX_SHOWN]), _(_NEXT_STEP))
    return Entry(word, int(match[2]) if match[2] else None, (match[3] or "").strip())
