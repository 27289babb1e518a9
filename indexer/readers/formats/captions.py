"""Cues to lines: what subtitle formats have in common.

The lines of a cue are joined, except where another speaker starts in it. Automatic captions roll: each cue repeats the
line above and adds one, or repeats its own words and adds some; there, each line is read once. Where most cues are in
Chinese and in another language, the lines of the other are translations.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from indexer.readers.bilingual import is_foreign
from indexer.readers.script import Line

_VOICE = re.compile(r"<v(?:\.[^\s>]*+)?\s++([^<>]+)>")
_TAG = re.compile(r"</?[a-z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}", re.IGNORECASE)
_STARTS_SPEECH = re.compile(r"[-–—]\s?\S|[^\s：:，。？！]{1,10}[：:]|【[^】]{1,12}】")
# Mara说：「…」, 他问道：“…”: a narrator who quotes
_QUOTES = re.compile(r"[^：:]{1,14}[说說道问問答喊叫想讲講][：:]\s*[「『“‘\"']")
_MIN_TRANSLATED, _TRANSLATED_SHARE = 3, 0.6  # times with both languages, and their share of those with Chinese
_MIN_ROLLING = 4  # cues
_ROLLING_SHARE = 0.5  # share of cues that begin with what the cue before has; of others, few songs reach a tenth
_ADDING_SHARE = 0.3  # share of cues that add to it: of two cues of YouTube one does, a word that is said again does not


class Cue(NamedTuple):
    """A cue: its number, its text with line breaks and mark-up, start and end in milliseconds, who speaks."""

    number: int
    text: str
    start: int | None
    end: int | None
    label: str | None = None


def cue_lines(cues: Sequence[Cue]) -> Iterator[Line]:
    """Yield the lines of cues: one per voice, or one without a speaker; what rolls is read once."""
    has_voices = any(cue.label or _VOICE.search(cue.text) for cue in cues)
    if not has_voices and (rolled := _rolled_lines(cues)) is not None:
        yield from rolled
    elif translated := _translated(cues):
        ordered = sorted(cues, key=lambda cue: cue.start or 0)  # the other language may stand behind all of one
        for number, cue in enumerate(ordered, start=1):
            yield from _lines(cue._replace(number=number), cue[2:4] in translated)
    else:
        yield from (line for cue in cues for line in _lines(cue))


def joined_lines(text: str) -> Iterator[str]:
    """Join the lines of a cue, except where another speaker starts: with a label, or with a dash.

    They are separated by a space only between Latin letters or digits.
    """
    joined = ""
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        if joined and _STARTS_SPEECH.match(line):
            yield joined
            joined = line
        else:
            needs_space = joined and joined[-1].isascii() and line[0].isascii()
            joined += f" {line}" if needs_space else line
    if joined:
        yield joined


def _lines(cue: Cue, translated: bool = False) -> Iterator[Line]:
    """Yield the lines of a cue; those in another language than Chinese are translations, if it is `translated`."""
    pieces = _VOICE.split(cue.text)
    before, voices = pieces[0], pieces[1:]
    for label, spoken in ((cue.label, before), *zip(voices[::2], voices[1::2], strict=True)):
        text = _plain(spoken)
        if translated:
            lines = text.split("\n")
            text = "\n".join(line for line in lines if not is_foreign(line))
        for line in joined_lines(text):
            name = unescape(label).strip() if label else "" if _QUOTES.match(line) else None
            yield Line(cue.number, line, label=name, start=cue.start, end=cue.end)
        for line in joined_lines("\n".join(filter(is_foreign, lines))) if translated else ():
            yield Line(cue.number, line, start=cue.start, end=cue.end, kind="translation")


def _translated(cues: Sequence[Cue]) -> frozenset[tuple[object, ...]]:
    """Return the times at which Chinese and another language are shown, empty if they seldom are.

    Both are lines of one cue, or cues of the same times.
    """
    chinese: set[tuple[object, ...]] = set()
    foreign: set[tuple[object, ...]] = set()
    for cue in cues:
        for line in filter(str.strip, _plain(cue.text).split("\n")):
            (foreign if is_foreign(line) else chinese).add(cue[2:4])
    both = chinese & foreign
    return (
        frozenset(both)
        if len(both) >= _MIN_TRANSLATED and len(both) >= _TRANSLATED_SHARE * len(chinese)
        else frozenset()
    )


def _plain(text: str) -> str:
    return unescape(_TAG.sub("", text))


def _rolled_lines(cues: Sequence[Cue]) -> Iterator[Line] | None:
    """Yield the lines of rolling captions, each once; None if the captions do not roll."""
    printed = [[line.strip() for line in _plain(cue.text).split("\n") if line.strip()] for cue in cues]
    shown = [(cue, lines) for cue, lines in zip(cues, printed, strict=True) if lines]
    if len(shown) < _MIN_ROLLING or not _roll([lines for _, lines in shown]):
        return None
    found: list[Line] = []
    above: list[str] = []
    for cue, lines in shown:
        repeated = _repeats(above, lines)
        if not repeated and _grows(above, lines):
            found[-1] = replace(found[-1], text=lines[0], end=cue.end)
            repeated = 1
        found += [Line(cue.number, line, start=cue.start, end=cue.end) for line in lines[repeated:]]
        above = lines
    return iter(found)


def _roll(shown: Sequence[Sequence[str]]) -> bool:
    """Return whether most cues begin with what the cue above has, and many of them go on with more."""
    repeated = [(_repeats(above, below), len(below), _grows(above, below)) for above, below in pairwise(shown)]
    rolling = sum(count > 0 or grows for count, _, grows in repeated)
    adding = sum(0 < count < length or grows for count, length, grows in repeated)
    return rolling >= _ROLLING_SHARE * len(repeated) and adding >= _ADDING_SHARE * len(repeated)


def _repeats(above: Sequence[str], lines: Sequence[str]) -> int:
    """Return how many lines of a cue repeat the last ones of the cue above."""
    return next((n for n in range(min(len(above), len(lines)), 0, -1) if above[-n:] == lines[:n]), 0)


def _grows(above: Sequence[str], lines: Sequence[str]) -> bool:
    """Return whether a cue begins with the last line of the cue above and goes on with it: 大家, 大家好."""
    return bool(above) and lines[0] != above[-1] and lines[0].startswith(above[-1])
