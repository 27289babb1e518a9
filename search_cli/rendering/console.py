"""The two consoles, and the one place where foreign text is made safe for a terminal."""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def plain(text: str) -> str:
    """Return `text` without control, format or bidirectional characters: a transcript cannot steer the terminal."""
    if text.isprintable():
        return text
    return "".join(character for character in text if unicodedata.category(character) not in _UNSAFE)


@cache
def out() -> "Console":
    """Return the console for answers: standard output, no markup from text, colour only on a terminal."""
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False)


@cache
def err() -> "Console":
    """Return the console for errors and progress: standard error."""
    from rich.console import Console

    return Console(stderr=True, markup=False, highlight=False, emoji=False)
