"""Text without the characters that could steer a terminal, for everything that is shown of a transcript."""

import re
import unicodedata

UNSAFE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""The Unicode categories that are not shown: control, format and private characters, surrogates, separators."""

_BREAKS = frozenset("\n\r\t\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029")
_PICTURE = r"[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?"
# Pictures that a joiner makes one (a family, a profession), and flags of regions: a black flag with letters as tags.
_FLAG = r"\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f"
_PIECE = re.compile(rf"{_PICTURE}(?:\u200d{_PICTURE})+|{_FLAG}|.", re.DOTALL)


def plain(text: str) -> str:
    """Return `text` without control, format or bidirectional characters: a transcript cannot steer the terminal.

    Line breaks and tabs become spaces, so that two words do not run into each other. The joiners of emoji stay: a
    family is one picture, not four people.
    """
    return text if text.isprintable() else without_unsafe(text, _BREAKS, " ")


def without_unsafe(text: str, kept: frozenset[str] = frozenset(), as_: str = "") -> str:
    """Return `text` without the characters of `UNSAFE` but those of emoji; those in `kept` stay, or become `as_`."""

    def piece(match: re.Match[str]) -> str:
        found = match[0]
        if len(found) > 1:
            return found
        if found in kept:
            return as_ or found
        return "" if unicodedata.category(found) in UNSAFE else found

    return _PIECE.sub(piece, text)
