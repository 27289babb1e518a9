"""Words that the mainland and Taiwan have for the same thing, by OpenCC's own tables of phrases: 软件 and 軟體.

Both are in normal form (Simplified), as the index is: OpenCC's `s2twp` turns 软件 into 軟體, `tw2sp` turns 軟體 into
软件. A word is looked up as a whole, so that the longest phrase counts (网络安全: 網路安全), and each direction gives
one word at most: the first of OpenCC's.
"""

from collections.abc import Callable
from functools import cache, lru_cache

from indexer.text.simplify import simplified


@lru_cache(maxsize=4096)
def regional_variants(word: str) -> tuple[str, ...]:
    """Return what a word in normal form is called on the other side of the strait; nothing where it is the same."""
    there = simplified(_conversion("s2twp")(word))
    here = _conversion("tw2sp")(_conversion("s2tw")(word))
    return tuple(dict.fromkeys(one for one in (there, here) if one != word))


@cache
def _conversion(name: str) -> Callable[[str], str]:
    """Return one of OpenCC's conversions (10 ms to load)."""
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(name).convert
    return convert
