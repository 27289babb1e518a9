"""Which script a transcript is written in."""

import re
from collections.abc import Iterable

from indexer.text.normalize import normalize

_HAN = re.compile("[㐀-鿿]+")
_SAMPLE = 2000  # characters that are looked at
_SHARE = 0.02
"""Share of Traditional characters a text must have: about one in three of such a text, next to none of any other."""


def tag(texts: Iterable[str]) -> str:
    """Return zh-Hant for a text written in Traditional characters, zh-Hans for any other."""
    beginning = ""
    for text in texts:
        beginning += text[:_SAMPLE]
        if len(beginning) >= _SAMPLE:
            break
    sample = "".join(_HAN.findall(beginning[:_SAMPLE]))
    differing = sum(printed != simple for printed, simple in zip(sample, normalize(sample).text, strict=True))
    return "zh-Hant" if differing > _SHARE * len(sample) else "zh-Hans"
