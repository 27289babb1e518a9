r"""Praat TextGrids: an interval tier for each person, or for words and sounds.

    class = "IntervalTier"  name = "陈米"  …  intervals [1]: xmin = 0 xmax = 2.5 text = "几岁下田？"

Read as Praat reads it: only quoted texts (a quote in one is doubled), free-standing numbers and <flags> count, so that
the long, the short and any other text form are one. Chronological TextGrids name the tier before each interval. The
text is UTF-16 if it has other than ASCII characters; binary ones are refused.
"""

import re
from collections.abc import Iterator, Sequence

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.readers import encoding
from indexer.readers.formats.annotation import tiers
from indexer.readers.formats.annotation.tiers import Annotation, Tier
from indexer.readers.script import Script
from indexer.readers.source import Item, Source

_TOKEN = re.compile(r'"([^"]*(?:""[^"]*)*)"|(?<!\S)(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?!\S)')
_COMMENT = re.compile(r"^[ \t]*!.*", re.MULTILINE)
_INTERVALS, _POINTS = "IntervalTier", "TextTier"
_CHRONOLOGICAL = "Praat chronological TextGrid text file"
_NEXT_STEP = gettext_noop("In Praat: Save as text file…")

Token = str | float
"""A quoted text or a number (seconds, a count)."""


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a TextGrid; raise `ReadingError` if there is no text in it, or it is a binary one."""
    with source.open() as file:
        if file.read(12) == b"ooBinaryFile":
            raise ReadingError(source.name, _("a binary TextGrid"), next_step=_(_NEXT_STEP))
    decoded = encoding.read_text(source)
    text = decoded.text.removeprefix("\ufeff")
    chronological = _CHRONOLOGICAL in text[:200]
    tokens = list(_tokens(text))
    lines = tiers.merge(tuple(_chronological(tokens) if chronological else _tiers(tokens)))
    if not lines:
        raise ReadingError(source.name, _("there is no text in its tiers"))
    yield Script(lines)
    if decoded.damage is not None:
        yield decoded.damage


def _tokens(text: str) -> Iterator[Token]:
    """Yield the quoted texts and the numbers of a TextGrid."""
    for match in _TOKEN.finditer(_COMMENT.sub("", text)):
        yield float(match[2]) if match[2] else match[1].replace('""', '"')


def _tiers(tokens: Sequence[Token]) -> Iterator[Tier]:
    """Yield the tiers: class, name, limits and number, then two numbers and a text, or one of each for a point."""
    index = 0
    while index < len(tokens):
        kind = tokens[index]
        index += 1
        if kind in (_INTERVALS, _POINTS) and index < len(tokens) and isinstance(tokens[index], str):
            name = str(tokens[index])
            index, annotations = _annotations(tokens, index + 4, kind == _INTERVALS)
            yield Tier(name, tuple(annotations), spoken=None if kind == _INTERVALS else False)


def _annotations(tokens: Sequence[Token], index: int, intervals: bool) -> tuple[int, list[Annotation]]:
    """Return the annotations from a token on, and the index of the first token behind them."""
    found: list[Annotation] = []
    numbers: list[float] = []
    while index < len(tokens):
        token = tokens[index]
        if isinstance(token, float):
            numbers.append(token)
        elif not numbers:
            break  # the class of the next tier
        else:
            found.append(_annotation(token, numbers[-2:] if intervals else numbers[-1:]))
            numbers = []
        index += 1
    return index, found


def _annotation(text: str, seconds: Sequence[float]) -> Annotation:
    """Return an interval, or a point."""
    first, last = (1000 * min(max(second, 0.0), 1e9) for second in (seconds[0], seconds[-1]))
    return Annotation(text, first, last, tiers.in_range(first), tiers.in_range(last))


def _chronological(tokens: Sequence[Token]) -> Iterator[Tier]:
    """Yield the tiers of a chronological TextGrid: its head names them, each interval has the number of one."""
    names: list[str] = []
    found: dict[int, list[Annotation]] = {}
    index = 0
    while index + 1 < len(tokens):
        token, following = tokens[index], tokens[index + 1]
        if token in (_INTERVALS, _POINTS) and isinstance(following, str):
            names.append(following)
            index += 2
        elif isinstance(token, float) and isinstance(following, float) and 1 <= token <= len(names):
            numbers, index = _numbers(tokens, index + 1)
            if index < len(tokens):
                found.setdefault(int(token) - 1, []).append(_annotation(str(tokens[index]), numbers[:2]))
            index += 1
        else:
            index += 1
    for place, annotations in found.items():
        yield Tier(names[place], tuple(annotations))


def _numbers(tokens: Sequence[Token], index: int) -> tuple[list[float], int]:
    """Return the numbers from a token on, and the index of the text behind them."""
    numbers: list[float] = []
    while index < len(tokens) and isinstance(number := tokens[index], float):
        numbers.append(number)
        index += 1
    return numbers, index
