"""A text as the index sees it: normal form, words, bigrams, characters."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from indexer.text import tokens
from indexer.text.normalize import Normal, normalize
from indexer.text.segment import Segmenter

VERSION = 2
"""Raise it when the same text and dictionary would give another normal form, or other terms or numbers."""

KEPT = 4096
"""Analyses kept: annotating, loading and the passages ask for the same turns. 1 to 2 kB each for an ordinary turn."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The terms of one text: each kind also as one space-joined string, which is what is indexed and cached."""

    normal: Normal
    joined_words: str
    joined_bigrams: str

    @property
    def words(self) -> tuple[str, ...]:
        """Return jieba's words, without spaces and punctuation."""
        return tuple(self.joined_words.split(" ")) if self.joined_words else ()

    @property
    def bigrams(self) -> tuple[str, ...]:
        """Return the pairs of Han characters and the other runs, as `terms.bigrams` says."""
        return tuple(self.joined_bigrams.split(" ")) if self.joined_bigrams else ()

    @property
    def chars(self) -> tuple[str, ...]:
        """Return the characters, spaces left out."""
        return tuple(tokens.chars(self.normal.text))

    @property
    def joined_chars(self) -> str:
        """Return the characters with a space between."""
        return " ".join("".join(self.normal.text.split()))


class Language:
    """One dictionary, and what it makes of texts. Index and query go through the same one."""

    def __init__(self, words: Path | None = None) -> None:
        self.segmenter = Segmenter(words)
        self.analyze: Callable[[str], Analysis] = lru_cache(maxsize=KEPT)(self._analyze)

    @cached_property
    def fingerprint(self) -> str:
        """Return a short text that changes whenever the same text could give other terms."""
        from hashlib import blake2b
        from importlib.metadata import version

        parts = (str(VERSION), version("opencc"), self.segmenter.fingerprint)
        return blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()

    @cached_property
    def nouns(self) -> frozenset[str]:
        """Return the nouns of the user dictionary, by the tags it gives."""
        from indexer.text.keywords import NOUNS

        return frozenset(entry.word for entry in self.segmenter.entries if entry.tag in NOUNS)

    def _analyze(self, text: str) -> Analysis:
        normal = normalize(text)
        segmented = tokens.words(self.segmenter.words(normal.text))
        return Analysis(normal, " ".join(segmented), " ".join(tokens.bigrams(normal.text)))


@cache
def load(words: Path) -> Language:
    """Return the language with the user dictionary at `words`."""
    return Language(words)
