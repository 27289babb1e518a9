"""Decide which words may describe a topic: nouns, new words, and words of other scripts that are said in Chinese talk.

Jieba's dictionary has the parts of speech of Han words only, and knows no new ones. Of the words that it does not have,
these describe nothing:

- parts of the names of speakers: 子维, who is also 张子维; audrey, who is also audrey tang
- words that are two words side by side: 会先, 部会来
- common words of interviews that are held in another language: people, because, very

Pure.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from itertools import chain

from indexer.text.keywords import inverse_frequency, is_noun, is_unlisted
from indexer.text.tokens import HAN
from indexer.topics.stretch_words import StretchWords

LIFT = 30
"""How many times more often than by chance two words are said side by side that are one. Of 3,900 new words that
420 interviews have, those below are pieces of sentences, but for some twenty."""

COMMON_FOREIGN = 0.1
"""Share of the stretches in another language that a word of it may occur in, at most: half of that of a Chinese word,
as nouns are not known."""

_HAN = re.compile(f"[{HAN}]")
_FULL_NAME = re.compile(f"[{HAN}]{{3}}")


class Usable(dict[str, bool]):
    """Whether a word may describe a topic, by itself: a noun, or new; not a name."""

    def __init__(self, user_nouns: Collection[str], excluded: Iterable[str]) -> None:
        super().__init__()
        self._user_nouns = user_nouns
        self._excluded = frozenset(excluded)
        self._parts_of_names = frozenset(chain.from_iterable(map(_parts, self._excluded)))

    def __missing__(self, word: str) -> bool:
        self[word] = found = bool(inverse_frequency(word)) and word not in self._excluded and self._is_noun(word)
        return found

    def _is_noun(self, word: str) -> bool:
        if is_noun(word) or word in self._user_nouns:
            return True
        return is_unlisted(word) and word not in self._parts_of_names


def pieces(words: Iterable[str], said: Counter[str]) -> frozenset[str]:
    """Return the new words that are two words side by side; `said` are the counts of all words, also of one letter."""
    total = said.total()
    return frozenset(
        word
        for word in words
        if is_unlisted(word)
        and _HAN.match(word)
        and any(
            said[word] * total < LIFT * (said[word[:place]] + 1) * (said[word[place:]] + 1)
            for place in range(1, len(word))
        )
    )


def common_foreign(found: StretchWords) -> list[int]:
    """Return the columns of the common words of another script: those of many stretches in it, and of few others."""
    import numpy as np

    counts, number = found.counts, found.counts.shape[0]
    is_foreign = np.fromiter((_HAN.search(word) is None for word in found.words), bool, len(found.words))
    of_foreign = is_foreign[counts.indices]
    stretch = np.repeat(np.arange(number), np.diff(counts.indptr))
    all_counts = np.bincount(stretch, counts.data, number)
    is_mostly = 2 * np.bincount(stretch, counts.data * of_foreign, number) > all_counts
    with_word = np.bincount(counts.indices[of_foreign], minlength=len(found.words))
    mostly_with_word = np.bincount(counts.indices[of_foreign & is_mostly[stretch]], minlength=len(found.words))
    limit = COMMON_FOREIGN * is_mostly.sum()
    return np.flatnonzero((mostly_with_word > limit) & (2 * mostly_with_word > with_word)).tolist()


def _parts(name: str) -> Iterable[str]:
    """Return the given name of a Chinese name of three characters, and the words of a foreign one."""
    if _FULL_NAME.fullmatch(name):
        return [name[1:]]
    return [] if _HAN.search(name) else name.split()
