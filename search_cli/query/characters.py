"""Classify the characters of a normal text as they are indexed: Han in pairs, letters and digits in runs."""

import re

from indexer.text.tokens import HAN

_HAN = re.compile(f"[{HAN}]+")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_PART = re.compile(rf"[{HAN}]+|[^\W0-9_{HAN}]+|[0-9]+(?:\.[0-9]+)*")
_RUN = re.compile(r"[^\W0-9_]+|[0-9]+(?:\.[0-9]+)*")


def is_han(text: str) -> bool:
    """Return whether a text has only characters that are indexed in pairs: Han, kana, Hangul."""
    return _HAN.fullmatch(text) is not None


def is_run(text: str) -> bool:
    """Return whether a text is only letters, or one number: one term of the index, even inside a longer run."""
    return _NUMBER.fullmatch(text) is not None or (text.isalpha() and _HAN.search(text) is None)


def edges(text: str) -> list[str]:
    """Return the runs of letters or numbers at the start and end of a text: 6.11 of 6.11亿, c of c++."""
    runs = _RUN.finditer(_HAN.sub(lambda han: " " * len(han[0]), text))
    return list(dict.fromkeys(run[0] for run in runs if run.start() == 0 or run.end() == len(text)))


def parts(text: str) -> list[str]:
    """Return the runs of Han characters, of letters, and the numbers of a text: iphone, 6, 手机 of iphone6手机."""
    return list(dict.fromkeys(_PART.findall(text)))
