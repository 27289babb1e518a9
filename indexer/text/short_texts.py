"""Segment short texts with jieba's dictionary where it lies, in dict.txt: a query has few words.

To load the dictionary takes 0.1 s, a third of what a search needs otherwise. dict.txt is in the order of the first
characters, so that the words of one are found by bisection. A `ShortTexts` answers as rjieba does, to the token, until
a word is added, or more text comes than is worth it: then rjieba is loaded and answers instead.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from math import log
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING

from indexer.text.jieba_data import TOTAL, path

if TYPE_CHECKING:
    from rjieba import Jieba

_BYTES = 5_071_852
"""Of dict.txt, jieba 0.42.1: the order of another one is not known."""

_ORDERED = "\n一 ".encode()
"""Where the order begins: before it are 72 words with letters or digits."""

_ENOUGH = 200
"""Characters in all: each takes 0.2 ms, so that 700 take as long as loading the dictionary."""

_LONGEST = 16  # characters of a word
_BLOCK = re.compile(r"([\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+)")
_SPACE = re.compile(r"(\r\n|\s)")
_LETTER = re.compile(r"[a-zA-Z0-9]")

Words = dict[str, int]
"""Words and their frequencies."""


class ShortTexts:
    """Stands for the `Jieba` that `load` returns, in what is used of it, and loads it when its file is not enough.

    `filler` is the word that only makes up for the total of all frequencies.
    """

    cut: Callable[[str, bool], list[str]]
    """Return the most likely words of a text; the second argument is whether the HMM finds others."""

    has_word: Callable[[str], bool]

    def __init__(self, load: "Callable[[], Jieba]", filler: str) -> None:
        self._load, self._filler = load, filler
        self._added: list[tuple[str, int, str | None]] = []
        self._characters = 0
        self._known: dict[str, Words] = {}
        self.cut, self.has_word = self._cut, self._has_word

    def add_word(self, word: str, frequency: int, tag: str | None) -> None:
        """Add a word, to the loaded dictionary if it is not the filler."""
        if "_loaded" in self.__dict__:
            self._loaded.add_word(word, frequency, tag)
            return
        self._added.append((word, frequency, tag))
        if word != self._filler:
            self._loaded  # noqa: B018  is loaded

    def _cut(self, text: str, hmm: bool) -> list[str]:
        """Return the most likely words of a text, as rjieba does without the HMM."""
        self._characters += len(text)
        if hmm or self._characters > _ENOUGH or self._file is None:
            return self._loaded.cut(text, hmm)
        runs = enumerate(_BLOCK.split(text))  # the blocks are the odd ones
        return [word for place, run in runs for word in self._run(run, is_block=place % 2 == 1)]

    def _has_word(self, word: str) -> bool:
        return self._loaded.has_word(word) if self._file is None else word in self._words(word[:1])

    @cached_property
    def _loaded(self) -> "Jieba":
        """Load the dictionary, which answers from now on."""
        loaded = self._load()
        for word, frequency, tag in self._added:
            loaded.add_word(word, frequency, tag)
        self.cut, self.has_word = loaded.cut, loaded.has_word
        return loaded

    def _run(self, run: str, *, is_block: bool) -> Iterator[str]:
        """Yield the words of a run of Han, letters and digits, or the spaces and signs between two."""
        if is_block:
            yield from _joined(self._most_likely(run))
        else:
            for part in _SPACE.split(run):
                yield from (part,) if _SPACE.fullmatch(part) else part

    def _most_likely(self, run: str) -> Iterator[str]:
        """Yield the words of the most likely way through a run; of equal ways, the one with the longer first word."""
        total, length = log(TOTAL), len(run)
        best: list[tuple[float, int]] = [(0.0, 0)] * (length + 1)
        for start in range(length - 1, -1, -1):
            words = self._words(run[start])
            ends = [end for end in range(start + 1, min(length, start + _LONGEST) + 1) if run[start:end] in words]
            best[start] = max(
                (log(words.get(run[start:end]) or 1) - total + best[end][0], end) for end in ends or [start + 1]
            )
        start = 0
        while start < length:
            end = best[start][1]
            yield run[start:end]
            start = end

    def _words(self, first: str) -> Words:
        """Return the words that begin with a character."""
        if first not in self._known:
            key = first.encode("utf-8", "surrogatepass")
            lines = self._head + self._file[self._place(key) : self._place(key + b"\xff")] if self._file else b""
            fields = lines.decode().split()  # word frequency tag, on every line
            words = zip(fields[::3], fields[1::3], strict=True)
            self._known[first] = {word: int(frequency) for word, frequency in words if word[0] == first}
        return self._known[first]

    def _place(self, key: bytes) -> int:
        """Return where the first line that is not before `key` begins, after the head."""
        assert self._file is not None
        low, high = len(self._head), _BYTES  # each begins a line, or ends the file
        while low < high:
            line = self._file.rfind(b"\n", low, (low + high) // 2) + 1 or low
            if self._file[line : line + len(key)] < key:
                low = self._file.find(b"\n", line) + 1
            else:
                high = line
        return low

    @cached_property
    def _head(self) -> bytes:
        """Return the lines of words with letters and digits, which are in no order."""
        assert self._file is not None
        return self._file[: self._file.find(_ORDERED) + 1]

    @cached_property
    def _file(self) -> mmap | None:
        """Return dict.txt, None if it is not the one that is known."""
        with path("dict.txt").open("rb") as file:
            content = mmap(file.fileno(), 0, access=ACCESS_READ)
        return content if len(content) == _BYTES else None


def _joined(words: Iterable[str]) -> Iterator[str]:
    """Yield words with single letters and digits that follow each other as one."""
    letters = ""
    for word in words:
        if _LETTER.fullmatch(word):
            letters += word
            continue
        if letters:
            yield letters
            letters = ""
        yield word
    if letters:
        yield letters
