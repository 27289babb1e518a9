"""Tokenize a normal text into words, bigrams and characters; the latter two do not depend on segmentation.

`bigrams` yields, in arbitrary order (only frequencies are indexed):
- the overlapping pairs of a run of Han, kana or Hangul (小米手机: 小米 米手 手机); a single character is its own token;
- every other run of letters and digits, with decimals (iphone6s, 6.11, v1.2.3), and the parts of a run of letters and
  digits as well (iphone, 6, s; v, 1.2.3): iPhone finds iPhone6, and `iPhone 6s` finds `iPhone6s`.
`chars` yields every character but spaces, including punctuation: a phrase query on it matches the exact substring.
"""

import re
from collections.abc import Iterable
from functools import cache
from operator import add
from typing import TYPE_CHECKING

from indexer.text.joined_texts import SEPARATOR, separated
from indexer.text.memo import Memo

if TYPE_CHECKING:
    from typing import Any

    Vector = Any

# 々 and 〇 occur among Han characters (人々, 二〇二〇); kana and Hangul have no spaces between words either
HAN = "々〇ぁ-ゖァ-ヺー㐀-䶿一-鿿가-힣豈-龎\U00020000-\U0002fa1f\U00030000-\U000323af"
_HAN_RUN = re.compile(f"[{HAN}]+")
_OTHER = f"[^\\W_{HAN}]+(?:\\.[0-9]+)*"
_OTHER_RUN = re.compile(_OTHER)
_OTHER_OR_SEPARATOR = re.compile(f"{SEPARATOR}|{_OTHER}")
_PARTS = re.compile(r"[0-9]+(?:\.[0-9]+)*|[^\W_0-9]+")
_LETTER = re.compile(r"[^\W_]")
# faster than the pattern for the most frequent ones; the normal form has no full-width punctuation
_PUNCTUATION = frozenset("。、“”‘’《》「」【】—·,.?!:;()[]-\"' \n")


def bigrams(normal: str) -> list[str]:
    """Return the Han bigrams and the runs of Latin letters and digits of a normal text."""
    found: list[str] = []
    for run in _HAN_RUN.findall(normal):
        if len(run) > 1:
            found += map(add, run, run[1:])
        else:
            found.append(run)
    for run in _OTHER_RUN.findall(normal):
        found += _with_parts(run)
    return found


def bigrams_of_all(together: str) -> list[str]:
    """Return the bigrams of each of the normal texts that were joined, joined by spaces.

    The same as `bigrams`, several times as fast: numpy pairs the characters.
    """
    import numpy as np

    codes = np.frombuffer(f"{SEPARATOR}{together}{SEPARATOR}".encode("utf-32-le", "surrogatepass"), "<u4")
    is_han = _han_table()[codes]
    pairs = separated(_pairs(codes, is_han))
    runs = _OTHER_OR_SEPARATOR.findall(_without_han(codes, is_han))
    others = separated(" ".join(map(_joined_parts.__getitem__, runs)))
    return [f"{two} {other}" if two and other else two or other for two, other in zip(pairs, others, strict=True)]


def _with_parts(run: str) -> list[str]:
    """Return a run of letters and digits, and its parts if it has several."""
    parts = _PARTS.findall(run)
    return [run, *parts] if len(parts) > 1 else [run]


_joined_parts: Memo[str, str] = Memo(lambda run: " ".join(_with_parts(run)) if run != SEPARATOR else run)


def _pairs(codes: "Vector", is_han: "Vector") -> str:
    """Return the pairs and the single characters of the runs of Han, joined by spaces, with the separators within."""
    import numpy as np

    inner, here, before, after = codes[1:-1], is_han[1:-1], is_han[:-2], is_han[2:]
    is_pair = here & after
    begins = is_pair | (here & ~before) & ~after | (inner == ord(SEPARATOR))
    table = np.full((np.count_nonzero(begins), 3), ord(" "), np.uint32)
    table[:, 0] = inner[begins]
    table[:, 1] = np.where(is_pair, codes[2:], 0)[begins]
    return _decoded(table[table != 0])


def _without_han(codes: "Vector", is_han: "Vector") -> str:
    """Return what is not Han, with a space for each run of it; without the first and the last character."""
    import numpy as np

    kept = ~is_han | ~np.roll(is_han, 1)
    return _decoded(np.where(is_han, ord(" "), codes)[kept][1:-1])


def _decoded(codes: "Vector") -> str:
    return bytes(codes.astype("<u4").tobytes()).decode("utf-32-le", "surrogatepass")


@cache
def _han_table() -> "Vector":
    """Return for each code point whether it is one of `HAN`."""
    import numpy as np

    table = np.zeros(0x110000, dtype=bool)
    for first, last, single in re.findall("(.)-(.)|(.)", HAN):
        table[ord(first or single) : ord(last or single) + 1] = True
    return table


def is_pair(bigram: str) -> bool:
    """Tell whether one of the bigrams of a text is two Han characters: every text that contains them has it too."""
    return len(bigram) == 2 and _HAN_RUN.fullmatch(bigram) is not None


def chars(normal: str) -> list[str]:
    """Return the characters of a normal text, without spaces."""
    return list("".join(normal.split()))


def words(tokens: Iterable[str]) -> list[str]:
    """Filter jieba's tokens: only those with a letter or a digit, no spaces and punctuation."""
    return [token for token in tokens if token.isalnum() or (token not in _PUNCTUATION and _LETTER.search(token))]
