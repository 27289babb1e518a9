"""The one place where lines are written to a terminal: its width, its colours, its encoding.

Answers are painted without Rich's console, which costs 25 ms to import; progress bars and spinners use it (`err`).
"""

import os
import shutil
import sys
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, TextIO

from search_cli.rendering.terminal.styles import ColorMode, StyledLine, paint

if TYPE_CHECKING:
    from rich.console import Console

WIDEST = 120
"""Columns at most: longer lines of Chinese are hard to follow from one to the next."""
_NARROWEST = 24


def width() -> int:
    """Return the columns to use: the terminal's (or COLUMNS), at most 120; 80 where nothing is known."""
    return max(_NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns))


def message_width() -> int:
    """Return the columns of messages: those of a terminal; in a pipe or a file a line stays whole, however long.

    `path:line: reason` in one piece is what editors and grep go by, whatever COLUMNS says.
    """
    return width() if sys.stderr.isatty() else sys.maxsize


def ink(stream: TextIO) -> ColorMode:
    """Return how `stream` may be painted: FORCE_COLOR and NO_COLOR first, colour on a terminal, nothing elsewhere.

    NO_COLOR (no-color.org) forbids colour only: on a terminal bold and dim stay, so that what matched is still seen.
    """
    terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
    if os.environ.get("NO_COLOR"):
        return ColorMode.SHADES if terminal else ColorMode.NONE
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return ColorMode.COLOUR
    return ColorMode.COLOUR if terminal else ColorMode.NONE


def write(lines: Iterable[StyledLine], stream: TextIO | None = None) -> None:
    """Write lines to standard output (or `stream`), painted as it allows."""
    target = stream or sys.stdout
    colour = ink(target)
    for line in lines:
        target.write(paint(line, colour).rstrip(" ") + "\n")


def prepare(*streams: TextIO) -> None:
    """Let no character fail: what a stream's encoding lacks (an emoji, in GBK) becomes a question mark."""
    for stream in streams:
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")


@cache
def err() -> "Console":
    """Return the console for progress: standard error, no markup from text, colour only on a terminal."""
    from rich.console import Console

    return Console(stderr=True, markup=False, highlight=False, emoji=False)


@cache
def out() -> "Console":
    """Return Rich's console for standard output, for what is made of Rich's own parts."""
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False)
