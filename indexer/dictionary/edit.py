"""Edit the text of `words.txt`: append a word or remove it, and keep every other line. Pure.

What is not a word is refused with the reason: a sentence, punctuation, what jieba would split whatever the dictionary
says (a full stop, a space), what is a word already.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from indexer.errors import NotFoundError, UsageError
from indexer.language.messages import gettext as _
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
        raise UsageError(
            _("A word cannot contain control characters."), _("Type the word alone: fangtan dict add 红米手机")
        )
    word = normalize(typed).text.strip()
    if not any(character.isalnum() for character in word):
        raise UsageError(_("There is no word to add."), _("Type one: fangtan dict add 红米手机"))
    if tag not in TAGS:
        step = _("Give one of {tags}: --tag nr for a person.").format(tags=", ".join(TAGS))
        raise UsageError(_("{tag} is not a part of speech.").format(tag=tag), step)
    if len(word) > LONGEST or (_SENTENCE.search(typed.strip()) and len(word) > 1):
        raise UsageError(
            _("{text} is not a word, but a piece of text.").format(text=_short(typed)),
            _("Add its words one by one, each of at most {number} characters.").format(number=LONGEST),
        )
    if breaking := [character for character in word if not character.isalnum() and character not in _JOINING]:
        parts = [part for part in re.split(r"[^\w+#&.%-]+", word) if len(part) > 1]
        raise _broken(word, breaking[0], parts)
    if len(word) == 1:
        told = _("{word} is one character, which is a word already.").format(word=word)
        raise UsageError(told, _("Add words of two characters or more."))
    if word.replace(".", "").isdigit():
        told = _("{word} is a number, which is a word already.").format(word=word)
        raise UsageError(told, _("Search for it: fangtan search {word}").format(word=word))
    return word


def _broken(word: str, character: str, parts: Sequence[str]) -> UsageError:
    """Return the error for a word with a character at which jieba ends words."""
    at_space = _("jieba ends a word at a space: {word} cannot be one.")
    at_character = _("jieba ends a word at {character}: {word} cannot be one.")
    told = (at_space if character.isspace() else at_character).format(word=word, character=character)
    add_parts = _("Add its parts: fangtan dict add {words}").format(words=" ".join(parts))
    return UsageError(told, add_parts if parts else _("Add it without this character."))


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
        told = _("{word} is not in words.txt.").format(word=word)
        raise NotFoundError(told, near, _("fangtan dict list shows all words."))


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
