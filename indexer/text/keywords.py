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

from indexer.text import jieba_data

Words = Iterable[str]

NOUNS = frozenset({"n", "ns", "nt", "nz", "vn"})
"""Tags of jieba's for things, places, bodies, brands and activities; not nr, people."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare each word is: jieba's inverse document frequencies (0 for what is left out), and the one for others."""

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
    rarity = _rarity()
    rarity_of, unknown = rarity.of.get, rarity.unknown
    scores = {}
    for word, count in Counter(words).items():
        if len(word) > 1:
            weight = rarity_of(word)
            if weight is None:
                weight = unknown if _has_letter(word) else 0.0
            if weight:
                scores[word] = count * weight
    return scores


def _highest(scores: Mapping[str, float], most: int) -> tuple[str, ...]:
    """Return the words with the highest scores; of equals the one said first."""
    return tuple(sorted(scores, key=scores.__getitem__, reverse=True)[:most])


@cache
def _said_by_all() -> frozenset[str]:
    """Return the words that are in every interview."""
    return frozenset(Path(__file__).with_name("said_by_all.txt").read_text(encoding="utf-8").split())


def _has_letter(word: str) -> bool:
    """Tell a word from a number: 2013, 6.11 and 70% have no letter."""
    return word.isalpha() or any(character.isalpha() for character in word)


@cache
def _rarity() -> Rarity:
    """Return jieba's table (270 thousand words), without what is no keyword."""
    fields = jieba_data.path("analyse", "idf.txt").read_text(encoding="utf-8").split()
    values = [float(value) for value in fields[1::2]]
    left_out = dict.fromkeys(_said_by_all(), 0.0) | {word: 0.0 for word in fields[::2] if not _has_letter(word)}
    return Rarity(dict(zip(fields[::2], values, strict=True)) | left_out, sorted(values)[len(values) // 2])


@cache
def _nouns() -> frozenset[str]:
    """Return the words of jieba's dictionary that name a thing, a place, a body or an activity."""
    fields = jieba_data.path("dict.txt").read_text(encoding="utf-8").split()
    return frozenset(word for word, tag in zip(fields[::3], fields[2::3], strict=True) if tag in NOUNS)
