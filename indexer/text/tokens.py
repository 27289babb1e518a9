"""Terms of a normal text: what is indexed besides jieba's words, so that nothing jieba cuts otherwise is lost.

`bigrams` gives, in no order that means anything (how often each stands is what is indexed):
- every overlapping pair of a run of Han, kana or Hangul (小米手机: 小米 米手 手机); a run of one gives itself;
- every other run of letters and digits whole, decimals kept together (iphone6s, 6.11, v1.2.3), and where letters and
  digits meet their parts too (iphone, 6, s; v, 1.2.3): iPhone finds iPhone6, and `iPhone 6s` and `iPhone6s` meet.
`chars` gives every character that is no space, punctuation and signs too: a phrase over it is the exact substring.
"""

import re
from collections.abc import Iterable
from operator import add

# 々 and 〇 stand among Han characters (人々, 二〇二〇); kana and Hangul have no spaces to cut at either
HAN = "々〇ぁ-ゖァ-ヺー㐀-䶿一-鿿가-힣豈-龎\U00020000-\U0002fa1f\U00030000-\U000323af"
_HAN_RUN = re.compile(f"[{HAN}]+")
_OTHER_RUN = re.compile(f"[^\\W_{HAN}]+(?:\\.[0-9]+)*")
_PARTS = re.compile(r"[0-9]+(?:\.[0-9]+)*|[^\W_0-9]+")
_SPOKEN = re.compile(r"[^\W_]")
# looked up first, it saves a search; in normal form full-width signs are narrow
_SIGNS = frozenset("。、“”‘’《》「」【】—·,.?!:;()[]-\"' \n")


def bigrams(normal: str) -> list[str]:
    """Return the pairs of Han characters and the runs of Latin letters and digits of a normal text."""
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
    """Return the characters of a normal text, spaces left out."""
    return list("".join(normal.split()))


def words(tokens: Iterable[str]) -> list[str]:
    """Return those of jieba's tokens that hold a letter or a digit: no spaces, no punctuation."""
    return [token for token in tokens if token.isalnum() or (token not in _SIGNS and _SPOKEN.search(token))]
