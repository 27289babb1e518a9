"""Text without the characters that could steer a terminal, for everything that is shown of a transcript."""

import unicodedata

UNSAFE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""The Unicode categories that are not shown: control, format and private characters, surrogates, separators."""

_BREAKS = frozenset("\n\r\t\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029")


def plain(text: str) -> str:
    """Return `text` without control, format or bidirectional characters: a transcript cannot steer the terminal.

    Line breaks and tabs become spaces, so that two words do not run into each other.
    """
    if text.isprintable():
        return text
    return "".join(_safe(character) for character in text)


def _safe(character: str) -> str:
    """Return what is shown of one character: itself, a space or nothing."""
    if character in _BREAKS:
        return " "
    return "" if unicodedata.category(character) in UNSAFE else character
