"""The user dictionary, `words.txt`: one word a line in jieba's format, `WORD [FREQUENCY] [TAG]`.

Words are put into normal form, since that is what texts are cut in: `iPhone`, `紅米手機` work as written. There are
no comments, as in jieba: every line is a word. Without a frequency a word gets the one jieba computes, just enough
for it to be cut whole; frequency 0 removes a word.
"""

import re
from pathlib import Path
from typing import NamedTuple

from indexer.errors import SettingsError
from indexer.text.normalize import normalize

_LINE = re.compile(r"(.+?)( [0-9]+)?( [a-z]+)?")  # jieba's own reading of a line
_NEXT_STEP = "Write WORD, WORD FREQUENCY or WORD FREQUENCY TAG, one space between: 红米手机 20 nz"


class Entry(NamedTuple):
    """One line: the word in normal form, its frequency (`None`: to be computed), its part of speech or ""."""

    word: str
    frequency: int | None
    tag: str


def read(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a dictionary in the order of the file; raise `SettingsError` naming the bad line."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: the dictionary cannot be read: {error.strerror}.") from error
    lines = enumerate(content.split(b"\n"), 1)
    return tuple(_entry(path, number, line) for number, raw in lines if (line := _decoded(path, number, raw)))


def _decoded(path: Path, number: int, line: bytes) -> str:
    try:
        return line.strip().decode().lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}:{number}: not UTF-8.", "Save the dictionary as UTF-8.") from error


def _entry(path: Path, number: int, line: str) -> Entry:
    match = _LINE.fullmatch(line)
    word = normalize(match[1]).text if match else ""
    # jieba takes "红米手机 20次" as one long word that no text holds: say so instead
    if match is None or not word.strip() or (re.search(r"\s", word) and not match[2]):
        raise SettingsError(f"{path}:{number}: no word, or no frequency after it: {line}", _NEXT_STEP)
    return Entry(word, int(match[2]) if match[2] else None, (match[3] or "").strip())
