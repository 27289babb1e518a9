"""Which script a transcript is written in."""

from collections.abc import Iterable
from itertools import islice

from indexer.language.normal import normalise

_SAMPLE = 2000  # characters that are looked at
_SHARE = 0.02
"""Share of Traditional characters a text must have: about one in three of such a text, next to none of any other."""


def tag(texts: Iterable[str]) -> str:
    """Return zh-Hant for a text written in Traditional characters, zh-Hans for any other."""
    han = (character for text in texts for character in text if "㐀" <= character <= "鿿")
    sample = "".join(islice(han, _SAMPLE))
    differing = sum(printed != simple for printed, simple in zip(sample, normalise(sample).text, strict=True))
    return "zh-Hant" if differing > _SHARE * len(sample) else "zh-Hans"
