"""Analyze a text for the index and for queries: normal form, words, bigrams, characters."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from indexer.text import tokens
from indexer.text.joined_texts import batches, joined
from indexer.text.normalize import NormalText, normalize, normalize_all
from indexer.text.segment import Segmenter

ANALYSIS_VERSION = 3
"""Increment when the same text and dictionary give a different normal form, or different terms or numbers."""

CACHE_SIZE = 4096
"""Cached analyses: short turns recur (好的，谢谢), a search analyzes its words again. 1 to 2 kB for most turns."""

JOIN_AFTER = 100_000
"""Characters after which the texts of an interview are analyzed at once, which imports numpy (0.1 s)."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The terms of a text, cached as the space-joined strings that are indexed."""

    normal: NormalText
    joined_words: str
    joined_bigrams: str

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words of jieba's segmentation, without spaces and punctuation."""
        return tuple(self.joined_words.split(" ")) if self.joined_words else ()

    @property
    def bigrams(self) -> tuple[str, ...]:
        """Return the Han bigrams and the other runs; see `tokens.bigrams`."""
        return tuple(self.joined_bigrams.split(" ")) if self.joined_bigrams else ()

    @property
    def chars(self) -> tuple[str, ...]:
        """Return the characters, without spaces."""
        return tuple(tokens.chars(self.normal.text))

    @property
    def joined_chars(self) -> str:
        """Return the characters, joined by spaces."""
        return " ".join("".join(self.normal.text.split()))


class Analyzer:
    """An analyzer with one user dictionary; indexing and searching use the same."""

    def __init__(self, words: Path | None = None) -> None:
        self.segmenter = Segmenter(words)
        self.analyze: Callable[[str], Analysis] = lru_cache(maxsize=CACHE_SIZE)(self._analyze)
        self._characters = 0

    @cached_property
    def fingerprint(self) -> str:
        """Return a hash that changes whenever the same text could give different terms."""
        from hashlib import blake2b
        from importlib.metadata import version

        parts = (str(ANALYSIS_VERSION), version("opencc"), self.segmenter.fingerprint)
        return blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()

    @cached_property
    def nouns(self) -> frozenset[str]:
        """Return the nouns of the user dictionary, according to its tags."""
        from indexer.text.keywords import NOUNS

        return frozenset(entry.word for entry in self.segmenter.entries if entry.tag in NOUNS)

    @cached_property
    def not_names(self) -> frozenset[str]:
        """Return the words of the user dictionary that are not tagged as names of people."""
        return frozenset(entry.word for entry in self.segmenter.entries if entry.tag != "nr")

    def analyze_all(self, texts: Iterable[str]) -> Iterator[Analysis]:
        """Yield the analyses of the turns of an interview, as `analyze` returns them: half the time for many."""
        for batch in batches(texts):
            yield from self._analyze_all(batch)

    def _analyze_all(self, texts: Sequence[str]) -> Iterable[Analysis]:
        self._characters += sum(map(len, texts))
        if self._characters < JOIN_AFTER:
            return map(self.analyze, texts)
        normal = normalize_all(texts)
        together = joined([one.text for one in normal])
        if together is None:
            return map(self.analyze, texts)
        return map(Analysis, normal, self.segmenter.words_of_all(together), tokens.bigrams_of_all(together))

    def _analyze(self, text: str) -> Analysis:
        normal = normalize(text)
        segmented = tokens.words(self.segmenter.words(normal.text))
        return Analysis(normal, " ".join(segmented), " ".join(tokens.bigrams(normal.text)))


@cache
def load(words: Path) -> Analyzer:
    """Return the analyzer with the user dictionary `words`; one instance per path."""
    return Analyzer(words)
