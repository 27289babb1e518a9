"""Texts in Chinese and in another language: which lines are a translation of those above.

    CN: 几岁下田？                    marked: the line of the other language follows, CN: and EN: are removed
    EN: How old were you?
    记者：几岁下田？                   a paragraph in each language, all through: the other one has no label of its own
    How old were you when you first went out?

The Chinese is what is said, the other line is kept beside it. Where both have labels (`记者：`, `Reporter:`) or times
of their own, or people speak different languages, every line stays what it is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.readers.script import Line

_HAN = re.compile(r"[㐀-鿿𠀀-𲎯]")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_CHINESE_MARK = re.compile(
    r"\s*[\[(（【]?(?:CN|ZH|CHN|Chinese|中|中文|汉|汉语|原文)[\])）】]?\s*[：:]\s*(?=\S)", re.IGNORECASE
)
_FOREIGN_MARK = re.compile(
    r"\s*[\[(（【]?(?:EN|ENG|English|英|英文|英语|译|译文)[\])）】]?\s*[：:]\s*(?=\S)", re.IGNORECASE
)
_HAN_MARKS = "英译"  # first characters of the marks in Chinese
_LABEL = re.compile(r"\s*(?:\*\*)?[^\s：:.,!?][^：:.,!?]{0,30}[：:]")
_PARAGRAPHS = ("", "item", "quote")
_MIN_MARKED, _MIN_PAIRS = 2, 4
_SHARE = 0.8  # share of paragraphs in Chinese that one in another language follows
_MIN_LENGTH, _MAX_LENGTH, _MORE = 1.2, 6.0, 40  # letters for a Han character, and that many more: English has 3 to 5


def is_foreign(text: str) -> bool:
    """Return whether a line has words, and none in Chinese characters."""
    return bool(_LETTERS.search(text)) and not _HAN.search(text)


def mark_translations(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines with those that translate the one above marked as translations."""
    # most lines of a Chinese text start with a Han character: then only a mark (英：) makes them foreign
    others = [
        index for index, line in enumerate(lines) if not "㐀" <= line.text[:1] <= "鿿" or line.text[:1] in _HAN_MARKS
    ]
    if len(others) < _MIN_MARKED:
        return tuple(lines)
    if marked := _marked(lines, others):
        return marked
    foreign = frozenset(index for index in others if is_foreign(lines[index].text))
    return (len(foreign) >= _MIN_PAIRS and _alternating(lines, foreign)) or tuple(lines)


def _marked(lines: Sequence[Line], others: Sequence[int]) -> tuple[Line, ...]:
    """Return the lines without their marks of language, empty if they have none."""
    found = _marks(lines, _FOREIGN_MARK, others)
    foreign = {index: end for index, end in found.items() if is_foreign(lines[index].text[end:])}
    if len(foreign) < _MIN_MARKED:
        return ()
    chinese = _marks(lines, _CHINESE_MARK, range(len(lines)))
    pairs = sum(index + 1 in foreign or index - 1 in foreign for index in chinese)
    if pairs < _MIN_MARKED or pairs < _SHARE * max(len(chinese), len(foreign)):
        return ()
    return tuple(_without_marks(lines, chinese, foreign))


def _marks(lines: Sequence[Line], pattern: re.Pattern[str], among: Iterable[int]) -> dict[int, int]:
    """Return which lines among some start with a mark of language, and where it ends."""
    return {index: match.end() for index in among if (match := pattern.match(lines[index].text))}


def _without_marks(lines: Sequence[Line], chinese: dict[int, int], foreign: dict[int, int]) -> Iterator[Line]:
    """Yield the lines without their marks, what is in Chinese before its translation."""
    comes_first = min(foreign) < min(chinese)
    held: list[Line] = []
    for index, line in enumerate(lines):
        mark = chinese.get(index) or foreign.get(index) or 0
        unmarked = replace(line, text=line.text[mark:], bold_prefix_length=0) if mark else line
        if index in foreign:
            held.append(replace(unmarked, kind="translation"))
        else:
            yield unmarked
        if held and not (index in foreign and comes_first):
            yield from (replace(each, number=line.number) for each in held)
            held = []
    yield from held


def _alternating(lines: Sequence[Line], foreign: frozenset[int]) -> tuple[Line, ...]:
    """Return the lines of a text with a paragraph in each language, empty if it is another text."""
    plain = [index for index, line in enumerate(lines) if line.kind in _PARAGRAPHS and line.label is None]
    plain = [index for index in plain if lines[index].start is None]
    chinese = sum(index not in foreign for index in plain)
    translations = {below for above, below in pairwise(plain) if below in foreign and _translates(lines, above, below)}
    if len(translations) < max(_MIN_PAIRS, _SHARE * chinese, _SHARE * sum(index in foreign for index in plain)):
        return ()
    return tuple(
        replace(line, kind="translation") if index in translations else line for index, line in enumerate(lines)
    )


def _translates(lines: Sequence[Line], above: int, below: int) -> bool:
    """Return whether a line can translate the one above: that is in Chinese, and this has no label."""
    characters, text = len(_HAN.findall(lines[above].text)), lines[below].text
    fits = _MIN_LENGTH * characters <= len(text) <= _MAX_LENGTH * characters + _MORE
    return below == above + 1 and characters > 0 and fits and not _LABEL.match(text)
