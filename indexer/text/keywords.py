"""Extract keywords with jieba's TF-IDF, from tokens that are already segmented.

Formula and table are those of `jieba.analyse.extract_tags` (importing it takes 0.6 s; this reads its table in 0.1 s, on
first use): a word's count times its inverse document frequency, the median for words that are not in the table; words
of one character are excluded. Also excluded are words that are common in every interview (我们, 就是, 觉得), whose IDF
is high because the table was made from news, and runs without a letter.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from indexer.text import jieba_data
from indexer.text.memo import Memo

Words = Iterable[str]

NOUNS = frozenset({"n", "ns", "nt", "nz", "vn"})
"""jieba's tags for things, places, organisations, brands and activities; not nr (people)."""


@dataclass(frozen=True, slots=True)
class InverseFrequencies:
    """jieba's inverse document frequencies: 0 for excluded words, `default` for words that are not in the table."""

    by_word: Mapping[str, float]
    default: float


def keywords(words: Words, limit: int = 8) -> tuple[str, ...]:
    """Return the `limit` words with the highest TF-IDF; ties in text order."""
    return tuple(ranked(words)[:limit])


def ranked(words: Words) -> list[str]:
    """Return the different words that can be keywords, those with the highest TF-IDF first; ties in text order."""
    kept = telling(words)
    different = dict.fromkeys(kept)
    if len(different) == len(kept):
        return sorted(kept, key=word_weights.__getitem__, reverse=True)
    scores = {word: count * word_weights[word] for word, count in Counter(kept).items()}
    return sorted(scores, key=scores.__getitem__, reverse=True)


def telling(words: Words) -> list[str]:
    """Return the words that can be keywords, as often and in the order in which they occur."""
    return list(filter(word_weights.__getitem__, words))


def inverse_frequency(word: str) -> float:
    """Return the inverse document frequency of a word; 0 for words of one character and other excluded ones."""
    if len(word) < 2:
        return 0.0
    known = _inverse_frequencies()
    weight = known.by_word.get(word)
    if weight is None:
        return known.default if _has_letter(word) else 0.0
    return weight


def is_unlisted(word: str) -> bool:
    """Check whether a word is in none of jieba's tables: a new one, or one of another language."""
    return len(word) > 1 and word.isalnum() and _has_letter(word) and word not in _inverse_frequencies().by_word


def is_noun(word: str) -> bool:
    """Check whether a word is a noun of jieba's dictionary; see `NOUNS`."""
    return word in _nouns()


word_weights = Memo(inverse_frequency, 2**17)
"""The inverse document frequencies of words met before: a look-up that costs half of a call."""


@cache
def _stopwords() -> frozenset[str]:
    """Return the words that are common in every interview."""
    return frozenset(Path(__file__).with_name("interview_stopwords.txt").read_text(encoding="utf-8").split())


def _has_letter(word: str) -> bool:
    """Check whether a word has a letter: 2013, 6.11 and 70% do not."""
    return word.isalpha() or any(character.isalpha() for character in word)


@cache
def _inverse_frequencies() -> InverseFrequencies:
    """Read jieba's table (270 thousand words); stopwords and numbers get 0."""
    fields = jieba_data.path("analyse", "idf.txt").read_text(encoding="utf-8").split()
    values = [float(value) for value in fields[1::2]]
    excluded = dict.fromkeys(_stopwords(), 0.0) | {word: 0.0 for word in fields[::2] if not _has_letter(word)}
    by_word = dict(zip(fields[::2], values, strict=True)) | excluded
    return InverseFrequencies(by_word, sorted(values)[len(values) // 2])


@cache
def _nouns() -> frozenset[str]:
    """Return the words of jieba's dictionary that are tagged as one of `NOUNS`."""
    fields = jieba_data.path("dict.txt").read_text(encoding="utf-8").split()
    return frozenset(word for word, tag in zip(fields[::3], fields[2::3], strict=True) if tag in NOUNS)
