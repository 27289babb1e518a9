"""The normal form of a text, and the way back to the printed one.

Normal form = NFKC, lower case, Traditional to Simplified: the one form in which texts and queries meet. Three things
differ from `unicodedata.normalize("NFKC", text).lower()`, converted:
- invisible characters are dropped first (zero-width spaces, joiners and direction marks, soft hyphens, byte order
  marks, variation selectors): a page puts them inside words, and nobody can type them into a query;
- a lone surrogate, which no UTF-8 and no Elasticsearch takes, becomes U+FFFD;
- NFKC runs again after lower case, which can leave its form (J̌ becomes ǰ, two characters that compose to one).

The conversion to Simplified keeps lengths (a test reads all of OpenCC's entries), NFKC and lower case do not: … becomes
three dots, ㈱ becomes (株), ｶﾞ becomes one ガ. So the map back is kept by clusters, a character with all that joins it,
and only of those clusters that are not one character for one.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from indexer.text.simplify import simplified

# Each of these is one character in normal form and never joins the character before it (a test asks Unicode about
# every one). Ordinary turns hold no others, and need neither NFKC nor a map.
_USUAL = (
    "\\x00-\\x7f¡-§©«¬®°±¶·»¿-ÿĀ-įńňǎǐǒǔǖǘǚǜΑ-ΡΣ-Ωα-ωА-яёЁ"
    "‐‒-―‖‘-‣‧‰′※€→←↑↓⋯─-⟿"
    "、-〩〰-〵〼-〿ぁ-ゖゝゞァ-ヾㄅ-ㄯ㐀-䶿一-鿿가-힣\U0001f300-\U0001f64f\U0001f680-\U0001f6fc\U0001f900-\U0001f9ff"
    "\U00020000-\U0002a6dd\U0002a700-\U0002ebe0"
)
_WIDE = "\u3000！-～"  # full-width ASCII and the ideographic space: NFKC makes each one ASCII character
_WIDE_ONES = re.compile(f"[{_WIDE}]")
_COMMON = tuple(zip("，？：！（）；", ",?:!();", strict=True))
_UNUSUAL = re.compile(f"[^{_USUAL}{_WIDE}]+")
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
)
_DROPPED = re.compile(f"[{_INVISIBLE}]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Stretch(NamedTuple):
    """A cluster that is not one character for one: where its normal form lies, where its print lies."""

    start: int
    end: int
    printed_start: int
    printed_end: int


@dataclass(frozen=True, slots=True)
class Normal:
    """A text in normal form; `stretches`, in order, hold all that is needed to find the print again."""

    text: str
    stretches: tuple[Stretch, ...] = ()

    def printed(self, start: int, end: int) -> tuple[int, int]:
        """Return where the normal characters `start` to `end` (exclusive) stand in the printed text.

        A character that shares its print with others gives the whole of it: a dot of "…" is the "…".
        """
        first = self._print_of(start)[0]
        return first, max(first, self._print_of(end - 1)[1]) if end > start else first

    def _print_of(self, position: int) -> tuple[int, int]:
        """Return the printed stretch of one normal character; one past the last gives the end of the text."""
        found = bisect_right(self.stretches, position, key=lambda stretch: stretch.start) - 1
        if found < 0:
            return position, position + 1
        stretch = self.stretches[found]
        if position < stretch.end:
            return stretch.printed_start, stretch.printed_end
        place = position - stretch.end + stretch.printed_end
        return place, place + 1


def normalize(text: str) -> Normal:
    """Return the normal form of `text` with its map to the print."""
    if _UNUSUAL.search(text) is None:
        return Normal(simplified(_usual_form(text)))
    return Normal(simplified(_form(text)), tuple(_stretches(text)))


def _usual_form(text: str) -> str:
    """Return the normal form of a text of usual characters: the common wide ones by hand, seven times as fast."""
    for wide, narrow in _COMMON:
        text = text.replace(wide, narrow)
    if _WIDE_ONES.search(text):
        text = unicodedata.normalize("NFKC", text)
    return text.lower()


def _form(text: str) -> str:
    """Return the normal form of any text, still in its own script."""
    clean = _SURROGATE.sub("\ufffd", _DROPPED.sub("", text))
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", clean).lower())


def _stretches(text: str) -> Iterator[Stretch]:
    """Yield the clusters of `text` that are not one character for one."""
    shift = 0  # how far the normal form is ahead of the print
    for start, end in _clusters(text):
        length = len(_form(text[start:end]))
        if length == end - start == 1:
            continue
        yield Stretch(start + shift, start + shift + length, start, end)
        shift += length - (end - start)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield each unusual character of `text` together with what it joins: `e` and a combining accent, 하 and ᆫ."""
    start = end = 0
    for run in _UNUSUAL.finditer(text):
        for place in range(run.start(), run.end()):
            base = start if end == place else place - 1
            if place and _joins(text[base:place], text[place]):
                if base != start and end > start:
                    yield start, end
                start = base
            else:
                if end > start:
                    yield start, end
                start = place
            end = place + 1
    if end > start:
        yield start, end


def _joins(cluster: str, character: str) -> bool:
    """Say whether `character` belongs to the cluster before it: a mark, something invisible, or half of a syllable."""
    if _is_mark(character):
        return True
    return _form(cluster + character) != _form(cluster) + _form(character)


@cache
def _is_mark(character: str) -> bool:
    """Say whether `character` is invisible or, taken apart, starts with a combining mark (ﾞ is U+3099 in NFKC)."""
    first = unicodedata.normalize("NFKD", character)[0]
    return unicodedata.category(first)[0] == "M" or _DROPPED.match(character) is not None
