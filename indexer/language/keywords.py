"""The words that are characteristic of a text: jieba's TF-IDF, on tokens that are there already.

The formula and the table are those of `jieba.analyse.extract_tags` (importing that takes 0.6 s; this reads its table
in 0.1 s, when first needed): a word's count times its inverse document frequency, the median one for words that the
table does not know, words of one character left out. Left out besides: what everybody says in an interview (我们,
就是, 觉得), which the table rates as if it were news, and runs without a letter.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
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
    return _highest(_scores(words), most)


def nouns(words: Words, most: int, own: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the most characteristic nouns: those of jieba's dictionary (see `NOUNS`) and the user's `own`."""
    known = _nouns()
    fitting = {word: score for word, score in _scores(words).items() if word in known or word in own}
    return _highest(fitting, most)


def _scores(words: Words) -> dict[str, float]:
    """Return each word's TF-IDF, in the order they are said; only words of two characters and more with a letter."""
    rarity, common = _rarity(), _said_by_all()
    rarity_of, unknown = rarity.of.get, rarity.unknown
    return {
        word: count * rarity_of(word, unknown)
        for word, count in Counter(words).items()
        if len(word) > 1 and word not in common and (word.isalpha() or _has_letter(word))
    }


def _highest(scores: Mapping[str, float], most: int) -> tuple[str, ...]:
    """Return the words with the highest scores; of equals the one said first."""
    return tuple(sorted(scores, key=scores.__getitem__, reverse=True)[:most])


@cache
def _said_by_all() -> frozenset[str]:
    """Return the words that are in every interview."""
    return frozenset(Path(__file__).with_name("said_by_all.txt").read_text(encoding="utf-8").split())


def _has_letter(word: str) -> bool:
    """Tell a word from a number: 2013, 6.11 and 70% have no letter."""
    return any(character.isalpha() for character in word)


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
