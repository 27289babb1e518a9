"""The width of lines and their language, as a screen is judged by them."""

import re
from collections.abc import Iterable

from search_cli.rendering.terminal.styles import Style, StyledLine, cells

_WHOLE = {Style.ADDRESS, Style.COMMAND}
_ENGLISH = re.compile(r"\b[A-Za-z]+(?:[,;]? [a-z]+){3,}")
_COMMAND = re.compile(r"fangtan .*")


def broken_width(row: StyledLine) -> int:
    """The columns of a line; 0 for one of a single address or command, which is whole however long."""
    visible = [segment for segment in row if segment.text.strip(" ·")]
    return 0 if len(visible) == 1 and visible[0].style in _WHOLE else cells(row)


def english(rows: Iterable[str]) -> list[str]:
    """The lines of a Chinese screen that have four words of English in a row, but for commands."""
    return [row for row in rows if _ENGLISH.search(_COMMAND.sub("", row))]
