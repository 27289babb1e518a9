"""Add the user's words to rjieba, each with the frequency that jieba would give it.

jieba's total (the sum of all frequencies) grows by each word's frequency and never shrinks, even if the word had one
before; rjieba subtracts the old frequency, and counts B超, twice in the dictionary, once. A word that no text contains
makes up the difference, so that both compute the same probabilities to the last bit, which breaks ties between two
segmentations.

Unlike in jieba, the total with all user words is rounded up to a multiple of `STEP`. Otherwise each word added or
removed would change the probabilities of all texts a little, also of those without it, and with them the choice between
two equally likely segmentations (谢谢谢 in one of 98,000 paragraphs, after adding a word that none of them contains):
every turn would have to be indexed again. A step is a six-thousandth of the total: segmentations that close are a
toss-up.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from indexer.text.jieba_data import DUPLICATE, TOTAL, Frequencies
from indexer.text.word_list import Entry

if TYPE_CHECKING:
    from rjieba import Jieba

    from indexer.text.short_texts import ShortTexts

STEP = 10_000
"""The user words' share of the total is rounded up to a multiple of this: room for thousands of ordinary words."""

FILLER = "\ue000"  # a private-use character: jieba never looks one up


class UserWords:
    """Adds entries to `rust` in order; `cut` segments a text into dictionary words, without the HMM."""

    def __init__(self, rust: "Jieba | ShortTexts", cut: Callable[[str], Iterable[str]]) -> None:
        self._rust, self._cut = rust, cut
        self._total = TOTAL
        self._missing = DUPLICATE  # counted by jieba and not by rjieba
        self._compensate()
        self._frequencies: dict[str, int] = {}
        self._prefixes: set[str] = set()

    def add(self, entry: Entry) -> None:
        """Add an entry, computing its frequency if it has none. A frequency of 0 is recorded only."""
        word = entry.word
        frequency = self._suggested(word) if entry.frequency is None else entry.frequency
        if frequency:
            self._add(word, frequency, entry.tag)
        self._total += frequency
        self._frequencies[word] = frequency
        self._prefixes.update(accumulate(word))

    @property
    def rounding(self) -> int:
        """Return the difference between the total and the next multiple of `STEP` above jieba's own."""
        return -(self._total - TOTAL) % STEP

    @property
    def frequencies(self) -> Mapping[str, int]:
        """Return the frequencies of the words added."""
        return dict(self._frequencies)

    @property
    def total(self) -> int:
        """Return the total with the words added so far, rounded up."""
        return self._total + self.rounding

    def finish(self) -> None:
        """Round the total up, after all words were added."""
        self._missing += self.rounding
        self._compensate()

    def _add(self, word: str, frequency: int, tag: str) -> None:
        if self._rust.has_word(word) and (before := self._frequency(word)):
            self._missing += before
            self._compensate()
        self._rust.add_word(word, frequency, tag or None)

    def _compensate(self) -> None:
        self._rust.add_word(FILLER, self._missing, None)

    def _suggested(self, word: str) -> int:
        """Return the result of `jieba.suggest_freq`: the lowest frequency at which `word` is kept whole."""
        chance = 1.0
        for part in self._cut(word):
            chance *= self._frequency(part) / self._total
        return max(int(chance * self._total) + 1, self._frequency(word))

    def _frequency(self, word: str) -> int:
        """Return the current frequency of `word`: 0 if it is only a prefix of words, 1 if it is not even that."""
        if word in self._frequencies:
            return self._frequencies[word]
        known = self._jieba.of(word)
        if known is None:
            return 0 if word in self._prefixes else 1
        return known

    @cached_property
    def _jieba(self) -> Frequencies:
        """Read jieba's own frequencies, needed only for words without a frequency."""
        return Frequencies()
