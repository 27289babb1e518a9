"""Find the word for the same thing in Taiwan or on the mainland, in OpenCC's tables of phrases: 软件 and 軟體.

Both are in normal form (Simplified), like the index: OpenCC's `s2twp` converts 软件 to 軟體, `tw2sp` 軟體 to 软件. A
word is converted as a whole, so the longest phrase counts (网络安全: 網路安全), and each direction has one word at
most: OpenCC's first.
"""

from collections.abc import Callable
from functools import cache, lru_cache

from indexer.text.simplify import simplified


@lru_cache(maxsize=4096)
def regional_variants(word: str) -> tuple[str, ...]:
    """Return the regional variants of a word in normal form, without the word itself."""
    taiwan = simplified(_conversion("s2twp")(word))
    mainland = _conversion("tw2sp")(_conversion("s2tw")(word))
    return tuple(dict.fromkeys(one for one in (taiwan, mainland) if one != word))


@cache
def _conversion(name: str) -> Callable[[str], str]:
    """Load one of OpenCC's conversions (10 ms)."""
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(name).convert
    return convert
