"""Errors on standard error: the message, then the next step, safe for the terminal."""

import re
import sys
from collections.abc import Sequence

from indexer.errors import FangtanError, NotFoundError, QueryError
from indexer.language.messages import gettext as _
from indexer.text.printable import plain
from search_cli.rendering.terminal.console import message_width, write
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import indented

_STEP = re.compile(r"(?P<before>(?:.*(?:: |：))?)(?P<command>(?:fangtan |--)\S.*[^.。])")
"""A next step that is, or ends with, a command or an option."""


def print_error(error: FangtanError) -> None:
    """Print an error with the position in the query, or similar names, and the next step."""
    write(error_lines(error, message_width()), sys.stderr)


def print_note(message: str, next_step: str) -> None:
    """Print a problem that does not stop the command, and the next step."""
    columns = message_width()
    lines = _headed(Segment(_("Note: "), Style.ERROR), line(plain(message)), columns)
    write([*lines, *(next_step_lines(next_step, columns) if next_step else [])], sys.stderr)


def error_lines(error: FangtanError, columns: int) -> list[StyledLine]:
    """Lay out an error.

    Error: This quotation mark is not closed.
      小米 "合作
           ^
    Try: fangtan search '小米 "合作"'
    """
    lines = _headed(Segment(_("Error: "), Style.ERROR), line(plain(error.message)), columns)
    if isinstance(error, QueryError) and error.query:
        lines += _query_lines(error.query, error.position, columns)
    if isinstance(error, NotFoundError) and error.near:
        lines += indented(_similar_names(error.near), columns, line(f"  {_('Did you mean: ')}"), 4)
    if error.next_step:
        lines += next_step_lines(error.next_step, columns)
    return lines


def next_step_lines(next_step: str, columns: int) -> list[StyledLine]:
    """Lay out a next step; the command in it, which is copied, is never broken."""
    match = _STEP.fullmatch(plain(next_step))
    step = line(match["before"], Segment(match["command"], Style.COMMAND)) if match else line(plain(next_step))
    return _headed(Segment(_("Try: "), Style.DIM), step, columns)


def _headed(head: Segment, text: StyledLine, columns: int) -> list[StyledLine]:
    """Lay out a text after its head: further lines begin where it begins."""
    return indented(text, columns, line(head), cells(line(head)))


def _query_lines(query: str, position: int, columns: int) -> list[StyledLine]:
    """Lay out the query, or its part around `position`, with ^ below the wrong character."""
    before, after = plain(query[:position]), plain(query[position:])
    room = columns - 4
    while before and cells(line(before)) > room * 2 // 3:
        before = before[1:]
    if len(before) < len(plain(query[:position])):
        before = f"…{before[1:]}"
    while after and cells(line(before, after)) > room:
        after = after[:-1]
    return [line("  ", before, after), line(" " * (2 + cells(line(before))), Segment("^", Style.ERROR))]


def _similar_names(names: Sequence[str]) -> StyledLine:
    """Return the names similar to the one that was not found: 郑志昊 · 郑志刚."""
    segments: list[Segment] = []
    for name in names:
        segments += [Segment(" · " if segments else ""), Segment(plain(name), Style.ADDRESS)]
    return line(*segments)
