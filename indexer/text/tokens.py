"""Tokenize a normal text into words, bigrams and characters; the latter two do not depend on segmentation.

`bigrams` yields, in arbitrary order (only frequencies are indexed):
- the overlapping pairs of a run of Han, kana or Hangul (小米手机: 小米 米手 手机); a single character is its own token;
- every other run of letters and digits, with decimals (iphone6s, 6.11, v1.2.3), and the parts of a run of letters and
  digits as well (iphone, 6, s; v, 1.2.3): iPhone finds iPhone6, and `iPhone 6s` finds `iPhone6s`.
`chars` yields every character but spaces, including punctuation: a phrase query on it matches the exact substring.
"""

import re
from collections.abc import Iterable
from operator import add

# 々 and 〇 occur among Han characters (人々, 二〇二〇); kana and Hangul have no spaces between words either
HAN = "々〇ぁ-ゖァ-ヺー㐀-䶿一-鿿가-힣豈-龎\U00020000-\U0002fa1f\U00030000-\U000323af"
_HAN_RUN = re.compile(f"[{HAN}]+")
_OTHER_RUN = re.compile(f"[^\\W_{HAN}]+(?:\\.[0-9]+)*")
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
        found.append(run)
        parts = _PARTS.findall(run)
        if len(parts) > 1:
            found += parts
    return found


def chars(normal: str) -> list[str]:
    """Return the characters of a normal text, without spaces."""
    return list("".join(normal.split()))


def words(tokens: Iterable[str]) -> list[str]:
    """Filter jieba's tokens: only those with a letter or a digit, no spaces and punctuation."""
    return [token for token in tokens if token.isalnum() or (token not in _PUNCTUATION and _LETTER.search(token))]
