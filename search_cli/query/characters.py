"""Kinds of characters in normal texts, as the index takes them: Han in pairs, letters and digits in runs."""

import re

from indexer.text.tokens import HAN

_HAN = re.compile(f"[{HAN}]+")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_RUN = re.compile(r"[^\W0-9_]+|[0-9]+(?:\.[0-9]+)*")


def is_han(text: str) -> bool:
    """Say whether all of a text is taken in pairs: Han characters, kana, Hangul."""
    return _HAN.fullmatch(text) is not None


def is_run(text: str) -> bool:
    """Say whether a text is letters alone or one number: it is indexed as one term, also where the two meet."""
    return _NUMBER.fullmatch(text) is not None or (text.isalpha() and _HAN.search(text) is None)


def edges(text: str) -> list[str]:
    """Return the runs of letters, or the numbers, that a text begins and ends with: 6.11 of 6.11亿, c of c++."""
    runs = _RUN.finditer(_HAN.sub(lambda han: " " * len(han[0]), text))
    return list(dict.fromkeys(run[0] for run in runs if run.start() == 0 or run.end() == len(text)))
