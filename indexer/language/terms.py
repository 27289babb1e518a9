"""Terms of a normal text: what is indexed besides jieba's words, so that nothing jieba cuts otherwise is lost.

`bigrams` gives, in the order of the text:
- every overlapping pair of a run of Han, kana or Hangul (小米手机: 小米 米手 手机); a run of one gives itself;
- every other run of letters and digits whole, decimals kept together (iphone6s, 6.11, v1.2.3), and where letters and
  digits meet their parts too (iphone, 6, s; v, 1.2.3): iPhone finds iPhone6, and `iPhone 6s` and `iPhone6s` meet.
`chars` gives every character that is no space, punctuation and signs too: a phrase over it is the exact substring.
"""

import re
from collections.abc import Iterable
from operator import add

# 々 and 〇 stand among Han characters (人人 as 人々, 二〇二〇); kana and Hangul have no spaces to cut at either
HAN = "々〇ぁ-ゖァ-ヺー㐀-䶿一-鿿가-힣豈-龎\U00020000-\U0002fa1f\U00030000-\U000323af"
_RUNS = re.compile(f"([{HAN}]+)|([^\\W_{HAN}]+(?:\\.[0-9]+)*)")
_PARTS = re.compile(r"[0-9]+(?:\.[0-9]+)*|[^\W_0-9]+")
_SPOKEN = re.compile(r"[^\W_]")


def bigrams(normal: str) -> list[str]:
    """Return the pairs of Han characters and the runs of Latin letters and digits of a normal text."""
    found: list[str] = []
    for han, run in _RUNS.findall(normal):
        if not han:
            found.append(run)
            parts = _PARTS.findall(run)
            if len(parts) > 1:
                found += parts
        elif len(han) > 1:
            found += map(add, han, han[1:])
        else:
            found.append(han)
    return found


def chars(normal: str) -> list[str]:
    """Return the characters of a normal text, spaces left out."""
    return list("".join(normal.split()))


def words(tokens: Iterable[str]) -> list[str]:
    """Return those of jieba's tokens that hold a letter or a digit: no spaces, no punctuation."""
    return [token for token in tokens if token.isalnum() or _SPOKEN.search(token)]
