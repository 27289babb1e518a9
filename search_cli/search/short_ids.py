"""Abbreviate the ids of interviews to prefixes that no other id has, as in git. Pure."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import takewhile

SHORTEST = 4
"""Characters: qz would be unique for qzone-xiaomi, but means nothing to a reader."""

_PART = re.compile(r"[^\W_]*")


def short_ids(ids: Iterable[str], every: Sequence[str]) -> dict[str, str]:
    """Return the shortest unique prefix of each of `ids` among `every` id, up to the end of a word.

    qzone for qzone-xiaomi; qinghe-2018 if there is a qinghe-2024. The prefix of another id is not abbreviated.
    """
    ordered = sorted(every)
    return {one: _short(one, ordered) for one in ids}


def _short(one: str, ordered: Sequence[str]) -> str:
    at = bisect_left(ordered, one)
    beside = [other for other in ordered[max(at - 1, 0) : at + 2] if other != one]
    shared = max((_shared(one, other) for other in beside), default=0)
    length = max(shared + 1, SHORTEST)
    rest = _PART.match(one, length)
    return one[: rest.end()] if rest and length < len(one) else one


def _shared(one: str, other: str) -> int:
    """Return the length of the common prefix of two ids."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
