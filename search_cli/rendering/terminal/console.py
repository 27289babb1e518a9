"""Write lines to the terminal in its width, colors and encoding.

Lines are painted without Rich's console, which takes 25 ms to import; progress bars and spinners use it (`err`).
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
"""Columns at most: longer lines of Chinese are hard to read."""
_NARROWEST = 24


def width() -> int:
    """Return the columns to use: those of the terminal (or COLUMNS), at most 120; 80 if unknown."""
    return max(_NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns))


def message_width() -> int:
    """Return the columns of messages: those of a terminal; in a pipe or a file a line stays whole, however long.

    `path:line: reason` in one piece is what editors and grep go by, whatever COLUMNS says.
    """
    return width() if sys.stderr.isatty() else sys.maxsize


def color_mode(stream: TextIO) -> ColorMode:
    """Return how `stream` is painted: by FORCE_COLOR and NO_COLOR, else in color on a terminal only.

    NO_COLOR (no-color.org) forbids only color: on a terminal bold and dim text still shows the matches.
    """
    terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
    if os.environ.get("NO_COLOR"):
        return ColorMode.SHADES if terminal else ColorMode.NONE
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return ColorMode.COLOR
    return ColorMode.COLOR if terminal else ColorMode.NONE


def shows_links(stream: TextIO) -> bool:
    """Tell whether hyperlinks are written to `stream`: a terminal, other than Linux's own, which prints their codes."""
    return stream.isatty() and os.environ.get("TERM", "") not in {"", "dumb", "linux"}


def write(lines: Iterable[StyledLine], stream: TextIO | None = None) -> None:
    """Write lines to standard output or `stream`, in its color mode."""
    target = stream or sys.stdout
    mode, links = color_mode(target), shows_links(target)
    for line in lines:
        target.write(paint(line, mode, links=links).rstrip(" ") + "\n")


def prepare(*streams: TextIO) -> None:
    """Replace characters that a stream's encoding lacks (an emoji in GBK) by question marks instead of raising."""
    for stream in streams:
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")


@cache
def err() -> "Console":
    """Return Rich's console for progress: on standard error, without markup in text, in color on a terminal only."""
    from rich.console import Console

    return Console(stderr=True, markup=False, highlight=False, emoji=False)


@cache
def out() -> "Console":
    """Return Rich's console for standard output, for Rich's own renderables."""
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False)
