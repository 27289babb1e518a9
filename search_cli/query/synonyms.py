"""`synonyms.txt` of the data folder: words that mean the same, a group a line, read when a search is made.

    # what follows is a comment
    腾讯, 鹅厂, Tencent          any of them finds all of them
    企鹅 => 腾讯                  企鹅 also finds 腾讯, but 腾讯 does not find 企鹅

Words are compared in normal form, so a group holds for Traditional and Simplified, and for letters of any case and
width. A word may hold spaces (深度学习, Deep Learning). Commas may be full-width (，、). A line that cannot be used is
told and left out: the others hold.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from indexer.settings import Settings
from indexer.text.normalize import fold

FILE = "synonyms.txt"

MOST = 20
"""Words of a group: each is one more condition for every search of one of them."""

LONGEST = 50
"""Characters of a word: more are no word, but a line that was meant as text."""

_COMMENT = re.compile(r"(?:^|\s)#.*$")
_BETWEEN = re.compile(r"[,，、;；\t]")
_ARROW = re.compile(r"=>|＝＞|=＞|＝>|→")
_NEXT_STEP = "Write a group a line, commas between: 腾讯,鹅厂. One way only: 企鹅 => 腾讯."


class Fault(NamedTuple):
    """A line that is left out: where and why, and what to write instead."""

    message: str
    next_step: str = _NEXT_STEP


@dataclass(frozen=True, slots=True)
class Synonyms:
    """By each word, in normal form without spaces, the words it also finds, as they are written in the file."""

    of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def of_settings(settings: Settings) -> Synonyms:
    """Return the synonyms that the settings say: those of the data folder, or none."""
    return load(settings.data / FILE) if settings.synonyms else Synonyms()


def load(path: Path) -> Synonyms:
    """Return the synonyms of a file, none where there is no file; read again only after it was changed."""
    try:
        about = path.stat()
    except OSError:
        return Synonyms()
    return _load(path, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=8)
def _load(path: Path, changed: int, size: int) -> Synonyms:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        fault = Fault(f"{path}: the synonyms cannot be read: {error.strerror}.", "Make it readable, or delete it.")
        return Synonyms(faults=(fault,))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return Synonyms(faults=(Fault(f"{path}:{line}: not UTF-8: no synonyms are used.", "Save it as UTF-8 text."),))
    return read(text, str(path))


def read(text: str, name: str = "synonyms.txt") -> Synonyms:
    """Return the synonyms of a file's text; `name` stands before the number of a line that cannot be used."""
    found: dict[str, dict[str, str]] = {}
    faults: list[Fault] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not (said := _COMMENT.sub("", line).strip()):
            continue
        sides = [_words(side) for side in _ARROW.split(said)]
        if wrong := _wrong(said, sides):
            faults.append(Fault(f"{name}:{number}: {wrong}: {said[:60]}"))
            continue
        for word in sides[0]:
            also = found.setdefault(fold(word), {})
            also.update((fold(other), other) for other in sides[-1] if fold(other) != fold(word))
    return Synonyms({word: tuple(also.values())[:MOST] for word, also in found.items()}, tuple(faults))


def _words(side: str) -> list[str]:
    """Return the words between commas, each once; empty ones are left out."""
    words = (" ".join(word.split()) for word in _BETWEEN.split(side))
    return list({fold(word): word for word in words if word}.values())


def _wrong(said: str, sides: list[list[str]]) -> str:
    """Say what is wrong with a line, "" if nothing is."""
    words = [word for side in sides for word in side]
    if len(sides) > 2:
        return "more than one arrow"
    if not all(sides):
        return "no word on one side of the arrow" if len(sides) > 1 else "no word"
    if len({fold(word) for word in words}) < 2:
        return "a word alone has no synonym"
    if len(words) > MOST:
        return f"more than {MOST} words"
    if bad := next(_unusable(words), ""):
        return bad
    return ""


def _unusable(words: list[str]) -> Iterator[str]:
    """Yield what makes a word unusable: only signs, or as long as a sentence."""
    for word in words:
        if not any(character.isalnum() for character in fold(word)):
            yield f"{word} holds no letter, character or digit"
        if len(word) > LONGEST:
            yield f"a word of {len(word)} characters"
