"""Convert Traditional to Simplified Chinese with OpenCC's `t2s`, one character for one; detect the script of a text.

One of OpenCC's conversions is undone: 坏 is Simplified (Traditional 壞), but OpenCC's phrases have it as an old form of
坯 and turn 打坏 into 打坯, where neither 坏 nor 坏了 would find it.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache

PREFILTER_AFTER = 100
"""Texts after which a pre-filter for Traditional characters is built (6 ms, then ten times as fast)."""

# OpenCC converts these only in some words (沈默, 瞭解); all others that begin a phrase are converted on their own too
ONLY_IN_WORDS = "沈藉覆瞭衹甦哩"
_RARE = "\U00020000-\U000323af"

_HAN = re.compile("[㐀-鿿]+")
_SAMPLE = 2000  # characters examined to detect the script
_MIN_TRADITIONAL = 0.02
"""Share of Traditional characters: about one in three in a Traditional text, next to none in any other."""


class Simplifier:
    """OpenCC's conversion, loaded when first needed (8 ms)."""

    def __init__(self) -> None:
        from opencc import OpenCC

        self._convert: Callable[[str], str] = OpenCC("t2s").convert
        self._texts = 0
        self._traditional: re.Pattern[str] | None = None

    def __call__(self, text: str) -> str:
        """Convert `text` to Simplified; its length stays the same."""
        if self._traditional is None:
            self._texts += 1
            if self._texts > PREFILTER_AFTER:
                self._traditional = self._prefilter()
        elif self._traditional.search(text) is None:
            return text
        converted = self._convert(text)
        if "坏" in text:
            return "".join("坏" if before == "坏" else after for before, after in zip(text, converted, strict=True))
        return converted

    def _prefilter(self) -> re.Pattern[str]:
        """Return a pattern that matches every character that OpenCC may convert."""
        han = "".join(map(chr, range(0x3400, 0xA000)))
        changed = (before for before, after in zip(han, self._convert(han), strict=True) if before != after)
        return re.compile(f"[{''.join(changed)}{ONLY_IN_WORDS}{_RARE}]")


@cache
def _simplifier() -> Simplifier:
    return Simplifier()


def simplified(text: str) -> str:
    """Convert a text to Simplified; its length stays the same."""
    return _simplifier()(text) if text else ""


def detect_script(texts: Iterable[str]) -> str:
    """Return zh-Hant for a text in Traditional characters, zh-Hans for any other."""
    beginning = ""
    for text in texts:
        beginning += text[:_SAMPLE]
        if len(beginning) >= _SAMPLE:
            break
    sample = "".join(_HAN.findall(beginning[:_SAMPLE]))
    differing = sum(original != simple for original, simple in zip(sample, simplified(sample), strict=True))
    return "zh-Hant" if differing > _MIN_TRADITIONAL * len(sample) else "zh-Hans"
