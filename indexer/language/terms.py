"""Terms of a normal text: what is indexed besides jieba's words, so that nothing jieba cuts otherwise is lost.

`bigrams` gives, in no order that means anything (how often each stands is what is indexed):
- every overlapping pair of a run of Han, kana or Hangul (小米手机: 小米 米手 手机); a run of one gives itself;
- every other run of letters and digits whole, decimals kept together (iphone6s, 6.11, v1.2.3), and where letters and
  digits meet their parts too (iphone, 6, s; v, 1.2.3): iPhone finds iPhone6, and `iPhone 6s` and `iPhone6s` meet.
`chars` gives every character that is no space, punctuation and signs too: a phrase over it is the exact substring.
"""

import re
from collections.abc import Iterable

# 々 and 〇 stand among Han characters (人々, 二〇二〇); kana and Hangul have no spaces to cut at either
HAN = "々〇ぁ-ゖァ-ヺー㐀-䶿一-鿿가-힣豈-龎\U00020000-\U0002fa1f\U00030000-\U000323af"
# One search finds the pairs at even places of each run, another those at odd ones: no loop of our own
_EVEN, _ODD = re.compile(f"[{HAN}]{{2}}"), re.compile(f"(?<=[{HAN}])[{HAN}]{{2}}")
_LONELY = re.compile(f"(?<![{HAN}])[{HAN}](?![{HAN}])")
_OTHER = re.compile(f"[^\\W_{HAN}]+(?:\\.[0-9]+)*")
_PARTS = re.compile(r"[0-9]+(?:\.[0-9]+)*|[^\W_0-9]+")
_SPOKEN = re.compile(r"[^\W_]")


def bigrams(normal: str) -> list[str]:
    """Return the pairs of Han characters and the runs of Latin letters and digits of a normal text."""
    found = [*_EVEN.findall(normal), *_ODD.findall(normal), *_LONELY.findall(normal)]
    for run in _OTHER.findall(normal):
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
    return [token for token in tokens if token.isalnum() or _SPOKEN.search(token)]
