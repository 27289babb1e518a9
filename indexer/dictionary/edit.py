"""Edit the text of `words.txt`: append a word or remove it, and keep every other line. Pure.

What is not a word is refused with the reason: a sentence, punctuation, what jieba would split whatever the dictionary
says (a full stop, a space), what is a word already.
"""

import re
import unicodedata
from collections.abc import Iterable

from indexer.errors import NotFoundError, UsageError
from indexer.text.normalize import normalize
from indexer.text.word_list import Entry

LONGEST = 20
"""Characters of a word: the longest in jieba's dictionary that is not a saying has 16 (中国人民政治协商会议)."""

TAGS = ("n", "nr", "ns", "nt", "nz", "t", "v", "vn", "a")
"""Parts of speech: noun, person, place, organisation, brand or term, time, verb, verbal noun, adjective."""

_ENTRY = re.compile(r"(.+?)( [0-9]+)?( [a-z]+)?")
# Besides Han, letters and digits, jieba allows these in words (c++, t-shirt, 4.0)
_JOINING = frozenset("+#&._%-")
_SENTENCE = re.compile(r"[，。！？；：、,!?;:“”\"…]")


def check_word(typed: str, tag: str) -> str:
    """Return a word as it is written to the dictionary, in normal form; raise `UsageError` if it is not a word."""
    if any(unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} for character in typed):
        raise UsageError("A word cannot contain control characters.", "Type the word alone: fangtan dict add 红米手机")
    word = normalize(typed).text.strip()
    if not any(character.isalnum() for character in word):
        raise UsageError("There is no word to add.", "Type one: fangtan dict add 红米手机")
    if tag not in TAGS:
        raise UsageError(f"{tag} is not a part of speech.", f"Give one of {', '.join(TAGS)}: --tag nr for a person.")
    if len(word) > LONGEST or (_SENTENCE.search(typed.strip()) and len(word) > 1):
        raise UsageError(
            f"{_short(typed)} is not a word, but a piece of text.",
            f"Add its words one by one, each of at most {LONGEST} characters.",
        )
    if breaking := [character for character in word if not character.isalnum() and character not in _JOINING]:
        parts = [part for part in re.split(r"[^\w+#&.%-]+", word) if len(part) > 1]
        raise UsageError(
            f"jieba ends a word at {'a space' if breaking[0].isspace() else breaking[0]}: {word} cannot be one.",
            f"Add its parts: fangtan dict add {' '.join(parts)}" if parts else "Add it without this character.",
        )
    if len(word) == 1:
        raise UsageError(f"{word} is one character, which is a word already.", "Add words of two characters or more.")
    if word.replace(".", "").isdigit():
        raise UsageError(f"{word} is a number, which is a word already.", f"Search for it: fangtan search {word}")
    return word


def added(text: str, entries: Iterable[Entry]) -> str:
    """Return the text of a dictionary with entries appended."""
    end = "\r\n" if "\r\n" in text else "\n"
    if text and not text.endswith("\n"):
        text += end
    return text + "".join(f"{line_of(entry)}{end}" for entry in entries)


def without(text: str, words: Iterable[str]) -> str:
    """Return the text of a dictionary without the lines of some words, in whatever script and width."""
    removed = set(words)
    return "".join(line for line in text.splitlines(keepends=True) if _word(line) not in removed)


def check_listed(word: str, entries: Iterable[Entry]) -> None:
    """Raise `NotFoundError`, with similar words, if the dictionary does not list a word."""
    from difflib import get_close_matches

    listed = [entry.word for entry in entries]
    if word not in listed:
        near = tuple(get_close_matches(word, listed, n=3, cutoff=0.5))
        raise NotFoundError(f"{word} is not in words.txt.", near, "fangtan dict list shows all words.")


def line_of(entry: Entry) -> str:
    """Return the line of an entry: WORD FREQUENCY TAG."""
    frequency = "" if entry.frequency is None else f" {entry.frequency}"
    return f"{entry.word}{frequency}{f' {entry.tag}' if entry.tag else ''}"


def _word(line: str) -> str:
    """Return the word of a line in normal form, "" for an empty line."""
    match = _ENTRY.fullmatch(line.strip().lstrip("\ufeff"))
    return normalize(match[1]).text if match else ""


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
