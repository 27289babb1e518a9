"""The words that are characteristic of a text: jieba's TF-IDF, on tokens that are there already.

The formula and the table are those of `jieba.analyse.extract_tags` (importing that takes 0.6 s; this reads its table
in 0.1 s, when first needed): a word's count times its inverse document frequency, the median one for words that the
table does not know, words of one character left out. Left out besides: what everybody says in an interview (我们,
就是, 觉得), which the table rates as if it were news, and runs without a letter.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from indexer.language import jieba_files

Words = Iterable[str]

NOUNS = frozenset({"n", "ns", "nt", "nz", "vn"})
"""Tags of jieba's for things, places, bodies, brands and activities; not nr, people."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare each word is: jieba's inverse document frequencies, and the one for words that are not among them."""

    of: Mapping[str, float]
    unknown: float


def keywords(words: Words, most: int = 8) -> tuple[str, ...]:
    """Return the most characteristic words of a text, at most `most`, the first ones first."""
    return characteristic(words, most, lambda word: True)


def nouns(words: Words, most: int, own: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the most characteristic nouns: those of jieba's dictionary (see `NOUNS`) and the user's `own`."""
    known = _nouns()
    return characteristic(words, most, lambda word: word in known or word in own)


def characteristic(words: Words, most: int, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the words with the highest TF-IDF among those that fit; of equals the one said first."""
    rarity, common = _rarity(), _said_by_all()
    counts = Counter(words)
    scores = {
        word: count * rarity.of.get(word, rarity.unknown)
        for word, count in counts.items()
        if len(word) > 1 and word not in common and fits(word) and not _is_digits(word)
    }
    return tuple(sorted(scores, key=scores.__getitem__, reverse=True)[:most])


@cache
def _said_by_all() -> frozenset[str]:
    """Return the words that are in every interview."""
    return frozenset(Path(__file__).with_name("said_by_all.txt").read_text(encoding="utf-8").split())


def _is_digits(word: str) -> bool:
    """Tell whether a word has no letter: 2013, 6.11, 70%."""
    return not any(character.isalpha() for character in word)


@cache
def _rarity() -> Rarity:
    """Return jieba's table (270 thousand words)."""
    fields = jieba_files.path("analyse", "idf.txt").read_text(encoding="utf-8").split()
    values = [float(value) for value in fields[1::2]]
    return Rarity(dict(zip(fields[::2], values, strict=True)), sorted(values)[len(values) // 2])


@cache
def _nouns() -> frozenset[str]:
    """Return the words of jieba's dictionary that name a thing, a place, a body or an activity."""
    fields = jieba_files.path("dict.txt").read_text(encoding="utf-8").split()
    return frozenset(word for word, tag in zip(fields[::3], fields[2::3], strict=True) if tag in NOUNS)
