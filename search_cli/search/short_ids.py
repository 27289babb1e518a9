"""Interviews' ids as short as the command line takes them: a beginning that no other id has, as in git. Pure."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import takewhile

LEAST = 4
"""Characters at least: qz would do for qzone-xiaomi, and tells a reader nothing."""

_PART = re.compile(r"[^\W_]*")


def short_ids(wanted: Iterable[str], every: Sequence[str]) -> dict[str, str]:
    """Return for each wanted id its shortest beginning that is no other's of `every`, to the end of a word.

    qzone for qzone-xiaomi; qinghe-2018 where there is a qinghe-2024. An id that another begins with stays whole.
    """
    ordered = sorted(every)
    return {one: _short(one, ordered) for one in wanted}


def _short(one: str, ordered: Sequence[str]) -> str:
    at = bisect_left(ordered, one)
    beside = [other for other in ordered[max(at - 1, 0) : at + 2] if other != one]
    shared = max((_shared(one, other) for other in beside), default=0)
    length = max(shared + 1, LEAST)
    rest = _PART.match(one, length)
    return one[: rest.end()] if rest and length < len(one) else one


def _shared(one: str, other: str) -> int:
    """Return how many characters two ids begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
