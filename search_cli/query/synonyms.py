"""Read `synonyms.txt` of the data folder, one group per line; changes apply to the next search.

    # a comment
    腾讯, 鹅厂, Tencent          each also finds the others
    企鹅 => 腾讯                  企鹅 also finds 腾讯, but 腾讯 does not find 企鹅

Words are compared in normal form, so a group applies to Traditional and Simplified, and to letters of any case and
width. A word may contain spaces (深度学习, Deep Learning). Commas may be full-width (，、). A line that cannot be used
is reported and ignored.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.safe_file import MAX_KNOWLEDGE_BYTES, read_bytes
from indexer.text.normalize import fold

FILE = "synonyms.txt"

MOST = 20
"""Words per group: each is one more condition of every search for one of them."""

LONGEST = 50
"""Characters per word: a longer one is probably a line of text."""

_COMMENT = re.compile(r"(?:^|\s)#.*$")
_BETWEEN = re.compile(r"[,，、;；\t]")
_ARROW = re.compile(r"=>|＝＞|=＞|＝>|→")
_NEXT_STEP = gettext_noop("Write one group per line, separated by commas: 腾讯,鹅厂. One way only: 企鹅 => 腾讯.")


class Fault(NamedTuple):
    """A line that is ignored: where and why, and what to write instead."""

    message: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The words that each word also finds, as written in the file, by its normal form without spaces."""

    of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def load(path: Path) -> Synonyms:
    """Return the synonyms of a file, none if there is no file; an unchanged file is read once."""
    try:
        about = path.stat()
    except OSError:
        return Synonyms()
    return _load(path, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=8)
def _load(path: Path, changed: int, size: int) -> Synonyms:
    try:
        text = read_bytes(path, MAX_KNOWLEDGE_BYTES).decode("utf-8-sig")
    except ReadingError as error:
        fault = _("{reason}: no synonyms are used.").format(reason=error)
        return Synonyms(faults=(Fault(fault, error.next_step or _(_NEXT_STEP)),))
    except OSError as error:
        from indexer.language.system_errors import system_reason

        fault = _("{path}: the synonyms cannot be read: {reason}.").format(path=path, reason=system_reason(error))
        return Synonyms(faults=(Fault(fault, _("Make it readable, or delete it.")),))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        fault = _("{path}:{line}: not UTF-8: no synonyms are used.").format(path=path, line=line)
        return Synonyms(faults=(Fault(fault, _("Save it as UTF-8 text.")),))
    return read(text, str(path))


def read(text: str, name: str = "synonyms.txt") -> Synonyms:
    """Parse synonyms; `name` is the file in the messages about lines that cannot be used."""
    found: dict[str, dict[str, str]] = {}
    faults: list[Fault] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not (content := _COMMENT.sub("", line).strip()):
            continue
        sides = [_words(side) for side in _ARROW.split(content)]
        if wrong := _wrong(sides):
            faults.append(Fault(f"{name}:{number}: {wrong}: {content[:60]}", _(_NEXT_STEP)))
            continue
        for word in sides[0]:
            others = found.setdefault(fold(word), {})
            others.update((fold(other), other) for other in sides[-1] if fold(other) != fold(word))
    synonyms = {word: tuple(others.values())[:MOST] for word, others in found.items() if others}  # 厂;腾 → 厂
    return Synonyms(synonyms, tuple(faults))


def _words(side: str) -> list[str]:
    """Return the words between commas, each once, without empty ones."""
    words = (" ".join(word.split()) for word in _BETWEEN.split(side))
    return list({fold(word): word for word in words if word}.values())


def _wrong(sides: list[list[str]]) -> str:
    """Return what is wrong with a line, or ""."""
    words = [word for side in sides for word in side]
    if len(sides) > 2:
        return _("more than one arrow")
    if not all(sides):
        return _("no word on one side of the arrow") if len(sides) > 1 else _("no word")
    if len({fold(word) for word in words}) < 2:
        return _("a word alone has no synonym")
    if len(words) > MOST:
        return _("more than {number} words").format(number=MOST)
    if bad := next(_unusable(words), ""):
        return bad
    return ""


def _unusable(words: list[str]) -> Iterator[str]:
    """Yield why words cannot be used: only punctuation, or too long."""
    for word in words:
        if not any(character.isalnum() for character in fold(word)):
            yield _("{word} has no letter, character or digit").format(word=word)
        if len(word) > LONGEST:
            yield _("a word of {number} characters").format(number=len(word))
