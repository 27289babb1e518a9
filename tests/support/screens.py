"""The width of lines, as a screen is judged by it."""

from search_cli.rendering.terminal.styles import Style, StyledLine, cells

_WHOLE = {Style.ADDRESS, Style.COMMAND}


def broken_width(row: StyledLine) -> int:
    """The columns of a line; 0 for one of a single address or command, which is whole however long."""
    visible = [segment for segment in row if segment.text.strip(" ·")]
    return 0 if len(visible) == 1 and visible[0].style in _WHOLE else cells(row)
