"""Normalize text for indexing and searching, with a mapping of offsets back to the original.

Normal form = NFKC, lower case, Traditional to Simplified: the form in which texts and queries are compared. It differs
from `unicodedata.normalize("NFKC", text).lower()`, converted to Simplified, in four ways:
- invisible characters are removed first (zero-width spaces, joiners and direction marks, soft hyphens, byte order
  marks, variation selectors): web pages have them inside words, and nobody can type them into a query;
- a character has at most `_MOST_MARKS` combining marks, the others are removed;
- a lone surrogate, which neither UTF-8 nor Elasticsearch accepts, becomes U+FFFD;
- NFKC is applied again after lower case, whose result may not be in NFKC (J̌ becomes ǰ, two characters that compose to
  one).

The conversion to Simplified keeps lengths (a test reads all of OpenCC's entries), NFKC and lower case do not: … becomes
three dots, ㈱ becomes (株), ｶﾞ becomes one ガ. Offsets are therefore mapped by clusters, a character with everything
that combines with it, and only the clusters that are not one character for one are stored.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from indexer.text.joined_texts import SEPARATOR, joined
from indexer.text.simplify import simplified

# Each of these is one character in normal form and never combines with the character before it (a test checks every
# one against Unicode). Ordinary turns have no others, and need neither NFKC nor a mapping.
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
_MOST_MARKS = 30  # as in the Stream-Safe Text Format of Unicode (UAX 15)
_MANY_UNUSUAL = re.compile(f"[^{_USUAL}{_WIDE}]{{{_MOST_MARKS}}}")
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
)
_DROPPED = re.compile(f"[{_INVISIBLE}]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Cluster(NamedTuple):
    """A cluster that is not one character for one: its span in the normal form, its span in the original."""

    start: int
    end: int
    original_start: int
    original_end: int


@dataclass(frozen=True, slots=True)
class NormalText:
    """A text in normal form; `clusters`, in order, map its offsets to those of the original."""

    text: str
    clusters: tuple[Cluster, ...] = ()

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the original text of the characters `start` to `end` (exclusive) of the normal form.

        Part of a cluster gives the span of all of it: for a dot of "…", the "…".
        """
        first = self._original_character(start)[0]
        return first, max(first, self._original_character(end - 1)[1]) if end > start else first

    def _original_character(self, offset: int) -> tuple[int, int]:
        """Return the original span of one character; the offset after the last gives the end of the text."""
        index = bisect_right(self.clusters, offset, key=lambda cluster: cluster.start) - 1
        if index < 0:
            return offset, offset + 1
        cluster = self.clusters[index]
        if offset < cluster.end:
            return cluster.original_start, cluster.original_end
        original = offset - cluster.end + cluster.original_end
        return original, original + 1


def normalize(text: str) -> NormalText:
    """Return the normal form of `text`, with its offset mapping."""
    if _UNUSUAL.search(text) is None:
        return NormalText(simplified(_usual_form(text)))
    return NormalText(simplified(_form(text)), tuple(_clusters(text)))


def normalize_all(texts: Sequence[str]) -> list[NormalText]:
    """Return the normal forms of the turns of an interview: those of usual characters are converted all at once."""
    unusual = [_UNUSUAL.search(text) is not None for text in texts]
    together = joined(["" if rare else text for text, rare in zip(texts, unusual, strict=True)])
    if together is None:
        return list(map(normalize, texts))
    forms = simplified(_usual_form(together)).split(SEPARATOR)
    return [
        normalize(text) if rare else NormalText(form) for text, form, rare in zip(texts, forms, unusual, strict=True)
    ]


def fold(text: str) -> str:
    """Return the normal form without spaces, for comparing names and words."""
    return "".join(normalize(text).text.split())


def _usual_form(text: str) -> str:
    """Return the normal form of a text of usual characters; replacing wide ones is 7 times as fast as NFKC."""
    for wide, narrow in _COMMON:
        text = text.replace(wide, narrow)
    for wide in set(_WIDE_ONES.findall(text)):
        text = text.replace(wide, unicodedata.normalize("NFKC", wide))
    return text.lower()


def _form(text: str) -> str:
    """Return the normal form of any text, before conversion to Simplified."""
    clean = _SURROGATE.sub("\ufffd", _DROPPED.sub("", text))
    if _MANY_UNUSUAL.search(clean):
        clean = _with_fewer_marks(clean)
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", clean).lower())


def _with_fewer_marks(text: str) -> str:
    """Return a text with at most `_MOST_MARKS` marks on a character: NFKC sorts them, in the square of their number."""
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _clusters(text: str) -> Iterator[Cluster]:
    """Yield the clusters of `text` that are not one character for one."""
    shift = 0  # offset in the normal form minus offset in the original
    for start, end in _unusual_spans(text):
        length = len(_form(text[start:end]))
        if length == end - start == 1:
            continue
        yield Cluster(start + shift, start + shift + length, start, end)
        shift += length - (end - start)


def _unusual_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each unusual character and what it combines with: `e` and a combining accent, 하 and ᆫ."""
    start = end = 0
    for run in _UNUSUAL.finditer(text):
        for offset in range(run.start(), run.end()):
            base = start if end == offset else offset - 1
            if offset and (_is_mark(text[offset]) or _combines(text[base:offset], text[offset])):
                if base != start and end > start:
                    yield start, end
                start = base
            else:
                if end > start:
                    yield start, end
                start = offset
            end = offset + 1
    if end > start:
        yield start, end


def _combines(cluster: str, character: str) -> bool:
    """Check whether `character`, which is no mark, belongs to the cluster before it: half a syllable."""
    return _form(cluster + character) != _form(cluster) + _form(character)


@cache
def _is_mark(character: str) -> bool:
    """Check whether `character` is invisible, or decomposes to a combining mark first (ﾞ is U+3099 in NFKC)."""
    first = unicodedata.normalize("NFKD", character)[0]
    return unicodedata.category(first)[0] == "M" or _DROPPED.match(character) is not None
