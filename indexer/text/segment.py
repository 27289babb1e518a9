"""Segment text into jieba's words with rjieba: dictionary and algorithm of jieba, in Rust, twenty times as fast.

rjieba finds the most likely path through the dictionary exactly as jieba 0.42.1 does, but for three differences, which
are compensated here:
- the total frequency, and the frequency of user words: see `user_words`;
- Han outside U+4E00-9FD5, which rjieba takes for part of a Han run and jieba makes separate tokens (𠮷野家: 𠮷 野家);
- out-of-dictionary text is segmented by `hmm`: rjieba's own model is rounded, and it does not split letters and digits
  joined by punctuation (hhczy.com, t-shirt, 2019-11-13), as jieba does.
rjieba cannot remove words: the rare text that contains a word with frequency 0 is segmented by jieba itself.
"""

import re
import warnings
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from types import MethodType, ModuleType
from typing import TYPE_CHECKING, cast

from indexer.text import hmm, tokens
from indexer.text.joined_texts import SEPARATOR, separated
from indexer.text.memo import Memo
from indexer.text.short_texts import ShortTexts
from indexer.text.user_words import FILLER, UserWords
from indexer.text.word_list import read

if TYPE_CHECKING:
    from jieba import Tokenizer
    from rjieba import Jieba

_MARK = "\ud800"  # token separator: no text that Rust accepts has a lone surrogate
# Tokens that may be out of the dictionary, two or more in a row: single Han and punctuation, letters and digits
_UNKNOWN = r"(?:[\u4e00-\u9fd5+#&._%\-]|[a-zA-Z0-9]+)"
_UNKNOWN_RUN = re.compile(f"({_MARK}{_UNKNOWN}(?:{_MARK}{_UNKNOWN})+)(?={_MARK})")
_HAN_RUN = re.compile("[\u4e00-\u9fd5]+")
_NOT_A_WORD = re.compile(f"{_MARK}(?:[^\\w{_MARK}{SEPARATOR}]|_)+(?={_MARK})")
# Han outside jieba's range, and lone surrogates, which Rust does not accept: one token each
_SEPARATE = re.compile("([\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f\ud800-\udfff])")

REMEMBERED = 2**16
"""Runs of out-of-dictionary characters whose words are kept (16 MB): two in three were met before."""


class Segmenter:
    """Segments normal texts with jieba's dictionary and the user's. Thread-safe.

    `frequencies` are those of the user's words, `total` is the sum of all frequencies: two dictionaries with the same
    total segment texts that have none of the words in which they differ identically.
    """

    def __init__(self, words: Path | None = None) -> None:
        self.entries = read(words) if words else ()
        self._removed = tuple(entry.word for entry in self.entries if entry.frequency == 0)
        self._rust = ShortTexts(_fresh, FILLER)
        self._resegmented = Memo(self._resegment, REMEMBERED)
        user_words = UserWords(self._rust, self._dictionary_words)
        for entry in self.entries:
            user_words.add(entry)
        user_words.finish()
        self.frequencies, self.total, self._rounding = user_words.frequencies, user_words.total, user_words.rounding

    def words(self, normal: str) -> list[str]:
        """Return all tokens of a normal text, as `jieba.lcut` does, including spaces and punctuation."""
        if self._is_slow(normal):
            return list(self._python.lcut(normal))
        if _SEPARATE.search(normal):
            runs = _SEPARATE.split(normal)
            return [word for run in runs for word in (self._cut(run) if len(run) > 1 else run)]
        return self._cut(normal)

    def words_of_all(self, together: str) -> list[str]:
        """Return the words with a letter or a digit of each of the normal texts that were joined, joined by spaces."""
        if self._is_slow(together) or _SEPARATE.search(together):
            return [" ".join(tokens.words(self.words(text))) for text in together.split(SEPARATOR)]
        return separated(_NOT_A_WORD.sub("", self._marked(together)).replace(_MARK, " "))

    def _is_slow(self, normal: str) -> bool:
        """Tell whether jieba itself segments a text, as it contains a word with frequency 0."""
        return any(word in normal for word in self._removed)

    def _cut(self, text: str) -> list[str]:
        """Return the tokens of a text without rare characters: dictionary words, and HMM words between them."""
        return self._marked(text)[1:-1].split(_MARK) if text else []

    def _marked(self, text: str) -> str:
        """Return the same tokens as one text, with a mark before each and at the end."""
        marked = _MARK + _MARK.join(self._rust.cut(text, False)) + _MARK
        pieces = _UNKNOWN_RUN.split(marked)  # known tokens and unknown runs in turn
        pieces[1::2] = map(self._resegmented.__getitem__, pieces[1::2])
        return "".join(pieces)

    def _resegment(self, marked: str) -> str:
        """Return tokens as jieba segments them; `marked` and the result have a mark before each token."""
        run = marked.replace(_MARK, "")
        if _HAN_RUN.fullmatch(run):
            return _MARK.join(["", *(run if self._rust.has_word(run) else hmm.words(run))])
        words: list[str] = []
        unknown = ""
        for token in marked[1:].split(_MARK):
            if len(token) > 1 and self._rust.has_word(token):  # letters that are a word of the user dictionary
                words += (*self._unknown_words(unknown), token)
                unknown = ""
            else:
                unknown += token
        return _MARK.join(["", *words, *self._unknown_words(unknown)])

    def _unknown_words(self, run: str) -> list[str]:
        """Segment a run of characters that are not in dictionary words."""
        if len(run) < 2 or self._rust.has_word(run):  # a word, but single characters are more likely
            return list(run)
        return hmm.cut(run)

    def _dictionary_words(self, word: str) -> list[str]:
        """Return the dictionary words that `word` consists of, without the HMM."""
        return [part for run in _SEPARATE.split(word) if run for part in self._rust.cut(run, False)]

    @cached_property
    def fingerprint(self) -> str:
        """Return a hash of everything segmentation depends on: user words, versions of jieba and rjieba."""
        from hashlib import blake2b
        from importlib.metadata import version

        content = repr((version("jieba"), version("rjieba"), [tuple(entry) for entry in self.entries]))
        return blake2b(content.encode(), digest_size=8).hexdigest()

    @cached_property
    def _python(self) -> "Tokenizer":
        """Build a tokenizer of jieba itself with the same dictionary (0.6 s)."""
        tokenizer = _original().Tokenizer()
        for word, frequency, tag in self.entries:
            tokenizer.add_word(word, frequency, tag or None)
        tokenizer.total += self._rounding
        return tokenizer


@cache
def _original() -> ModuleType:
    """Import jieba itself (0.1 s), without its messages and the warnings of setuptools."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        jieba = import_module("jieba")
    jieba.setLogLevel("WARNING")
    return jieba


def _fresh() -> "Jieba":
    """Return an rjieba instance without user words: first the one that importing rjieba creates (80 ms each)."""
    from rjieba import Jieba

    try:
        jieba: Jieba = _default_instance().pop()
    except IndexError:
        jieba = Jieba()
    return jieba


@cache
def _default_instance() -> list["Jieba"]:
    import rjieba

    owner = cast("Jieba", cast(MethodType, rjieba.cut).__self__)  # a plain function according to its type stub
    return [owner]
