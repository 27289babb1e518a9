"""jieba's words, cut by rjieba: the same dictionary and the same algorithm in Rust, twenty times as fast.

rjieba finds the likeliest way through the dictionary, exactly as jieba 0.42.1 does once three things are seen to:
- the total that words are weighed against, and the frequency a new word of the user's gets: see `learning`;
- Han outside U+4E00-9FD5, which rjieba takes into a run of Han and jieba makes tokens of their own (𠮷野家: 𠮷 野家);
- what the dictionary leaves over is cut by `new_words`: rjieba's own model is rounded, and it keeps letters and digits
  joined by a sign whole (hhczy.com, t-shirt, 2019-11-13), where jieba cuts.
And it cannot forget a word: the rare text that holds a word which the user dictionary removes is cut by jieba itself.
"""

import re
import warnings
from collections.abc import Callable
from functools import cache, cached_property, lru_cache
from importlib import import_module
from pathlib import Path
from types import MethodType, ModuleType
from typing import TYPE_CHECKING, cast

from indexer.text import hmm
from indexer.text.user_words import Learner
from indexer.text.word_list import read

if TYPE_CHECKING:
    from jieba import Tokenizer
    from rjieba import Jieba

_MARK = "\ud800"  # between tokens, and around all: no text that Rust has taken holds a lone surrogate
# Tokens the dictionary may have left over, two and more in a row: single Han and signs, letters and digits
_LEFT = r"(?:[\u4e00-\u9fd5+#&._%\-]|[a-zA-Z0-9]+)"
_LOOSE = re.compile(f"{_MARK}{_LEFT}(?:{_MARK}{_LEFT})+(?={_MARK})")
# Han outside jieba's range, and lone surrogates, which Rust does not take: a token each
_ALONE = re.compile("([\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f\ud800-\udfff])")

KEPT = 32768
"""Runs of loose characters whose words are kept (8 MB): two of three that come have been there before."""


class Segmenter:
    """Cut normal texts into words, with jieba's dictionary and the user's; may be shared by threads.

    `frequencies` are those of the user's words, `total` what they and jieba's are weighed against: texts that hold none
    of the words by which two dictionaries of one total differ are cut the same by both.
    """

    def __init__(self, words: Path | None = None) -> None:
        self.entries = read(words) if words else ()
        self._removed = tuple(entry.word for entry in self.entries if entry.frequency == 0)
        self._rust = _fresh()
        known = lru_cache(maxsize=KEPT)(self._new_words)
        self._reread: Callable[[re.Match[str]], str] = lambda match: known(match[0])
        learner = Learner(self._rust, self._most_frequent)
        for entry in self.entries:
            learner.add(entry)
        learner.finish()
        self.frequencies, self.total, self._rounding = learner.learned, learner.total, learner.rounding

    def words(self, normal: str) -> list[str]:
        """Return the tokens of a normal text, equal to `jieba.lcut`: nothing left out, spaces and signs too."""
        if self._removed and any(word in normal for word in self._removed):
            return list(self._python.lcut(normal))
        if _ALONE.search(normal):
            return [word for piece in _ALONE.split(normal) for word in (self._cut(piece) if len(piece) > 1 else piece)]
        return self._cut(normal)

    def _cut(self, text: str) -> list[str]:
        """Return the tokens of a text without rare characters: words of the dictionary, new words in what it leaves."""
        if not text:
            return []
        way = _MARK.join(["", *self._rust.cut(text, False), ""])
        return _LOOSE.sub(self._reread, way)[1:-1].split(_MARK)

    def _new_words(self, loose: str) -> str:
        """Return what jieba makes of tokens that may be loose; here and there, a mark before each token."""
        words: list[str] = []
        together = ""
        for token in loose[1:].split(_MARK):
            if len(token) > 1 and self._rust.has_word(token):  # letters the user's dictionary holds
                words += (*self._read(together), token)
                together = ""
            else:
                together += token
        return _MARK.join(["", *words, *self._read(together)])

    def _read(self, loose: str) -> list[str]:
        """Return the words of characters that no word of the dictionary took."""
        if len(loose) < 2 or self._rust.has_word(loose):  # then its characters are likelier one by one
            return list(loose)
        return hmm.cut(loose)

    def _most_frequent(self, word: str) -> list[str]:
        """Return the dictionary words `word` consists of, without the HMM."""
        return [part for piece in _ALONE.split(word) if piece for part in self._rust.cut(piece, False)]

    @cached_property
    def fingerprint(self) -> str:
        """Return a hash of all that decides how a text is cut: the user's words, jieba's and rjieba's versions."""
        from hashlib import blake2b
        from importlib.metadata import version

        content = repr((version("jieba"), version("rjieba"), [tuple(entry) for entry in self.entries]))
        return blake2b(content.encode(), digest_size=8).hexdigest()

    @cached_property
    def _python(self) -> "Tokenizer":
        """Return jieba itself with the same dictionary (0.6 s)."""
        tokenizer = _original().Tokenizer()
        for word, frequency, tag in self.entries:
            tokenizer.add_word(word, frequency, tag or None)
        tokenizer.total += self._rounding
        return tokenizer


@cache
def _original() -> ModuleType:
    """Return jieba itself, imported (0.1 s) without its notes and those of the setuptools it may find."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        jieba = import_module("jieba")
    jieba.setLogLevel("WARNING")
    return jieba


def _fresh() -> "Jieba":
    """Return a jieba nobody has taught yet: the first time the one that importing rjieba builds anyway (80 ms each)."""
    from rjieba import Jieba

    try:
        jieba: Jieba = _ready_made().pop()
    except IndexError:
        jieba = Jieba()
    return jieba


@cache
def _ready_made() -> list["Jieba"]:
    import rjieba

    owner = cast("Jieba", cast(MethodType, rjieba.cut).__self__)  # its type stub says that this is a plain function
    return [owner]
