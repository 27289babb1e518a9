"""Teach rjieba the user's words, each with the frequency jieba would give it.

jieba's total (the sum of all frequencies) grows by each word's frequency and never shrinks, even where the word had
one before; rjieba takes that one back, and counts B超, twice in the dictionary, once. A word no text holds makes up
for it, so that both weigh every reading the same to the last bit: where two are equally likely, that bit decides.

One thing is not jieba's: with all words learned, the total is rounded up to whole `STEP`s. Else each word added or
removed would shift the weights of all texts a little, also of those that do not hold it, and a reading as likely as
another would change (谢谢谢 in one of 98,000 paragraphs, when a word that stands in none of them was added): then no
turn could be left as it is. A step is a six-thousandth of the total: readings that near to each other are a toss-up.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from indexer.text.jieba_data import TOTAL, TWICE, Frequencies
from indexer.text.word_list import Entry

if TYPE_CHECKING:
    from rjieba import Jieba

STEP = 10_000
"""What the total is rounded up to, above jieba's own: room for some thousand words with jieba's frequencies."""

_NO_TEXT_HOLDS_THIS = "\ue000"  # a private character: jieba never looks one up


class Learner:
    """Adds entries to `rust` in their order; `cut` gives the most frequent words a text consists of, without HMM."""

    def __init__(self, rust: "Jieba", cut: Callable[[str], Iterable[str]]) -> None:
        self._rust, self._cut = rust, cut
        self._total = TOTAL
        self._missing = TWICE  # what jieba counts and rjieba does not
        self._make_up()
        self._learned: dict[str, int] = {}
        self._beginnings: set[str] = set()

    def add(self, entry: Entry) -> None:
        """Add one entry; its frequency is computed where it has none. Frequency 0 is only remembered."""
        word = entry.word
        frequency = self._suggested(word) if entry.frequency is None else entry.frequency
        if frequency:
            self._add(word, frequency, entry.tag)
        self._total += frequency
        self._learned[word] = frequency
        self._beginnings.update(accumulate(word))

    @property
    def rounding(self) -> int:
        """Return what the total lacks to a whole number of steps above jieba's own."""
        return -(self._total - TOTAL) % STEP

    @property
    def learned(self) -> Mapping[str, int]:
        """Return the frequency of every word that was added."""
        return dict(self._learned)

    @property
    def total(self) -> int:
        """Return the total, as it is with the words so far and rounded."""
        return self._total + self.rounding

    def finish(self) -> None:
        """Round the total, once all words are added."""
        self._missing += self.rounding
        self._make_up()

    def _add(self, word: str, frequency: int, tag: str) -> None:
        if self._rust.has_word(word) and (before := self._frequency(word)):
            self._missing += before
            self._make_up()
        self._rust.add_word(word, frequency, tag or None)

    def _make_up(self) -> None:
        self._rust.add_word(_NO_TEXT_HOLDS_THIS, self._missing, None)

    def _suggested(self, word: str) -> int:
        """Return what `jieba.suggest_freq` returns: just enough to win against the words `word` is cut into."""
        chance = 1.0
        for part in self._cut(word):
            chance *= self._frequency(part) / self._total
        return max(int(chance * self._total) + 1, self._frequency(word))

    def _frequency(self, word: str) -> int:
        """Return the frequency of `word` now: 0 where it only begins a word, 1 where nothing begins with it."""
        if word in self._learned:
            return self._learned[word]
        known = self._jieba.of(word)
        if known is None:
            return 0 if word in self._beginnings else 1
        return known

    @cached_property
    def _jieba(self) -> Frequencies:
        """Return jieba's own frequencies, read only for a dictionary that leaves frequencies out."""
        return Frequencies()
