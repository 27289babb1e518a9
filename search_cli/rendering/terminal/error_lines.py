"""An error as a person reads it: what went wrong, then what to try. On standard error, made safe for a terminal."""

import sys
from collections.abc import Sequence

from indexer.errors import FangtanError, NotFoundError, QueryError
from indexer.text.printable import plain
from search_cli.rendering.terminal.console import message_width, write
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import indented


def tell(error: FangtanError) -> None:
    """Print the error, the place in the query or the names like it, and its next step."""
    write(error_lines(error, message_width()), sys.stderr)


def note(message: str, next_step: str) -> None:
    """Print what is wrong and does not stop the command, and what to do about it."""
    columns = message_width()
    lines = indented(line(plain(message)), columns, line(Segment("Note: ", Style.ERROR)), 6)
    write([*lines, *indented(line(plain(next_step)), columns, line(Segment("Try: ", Style.DIM)), 5)], sys.stderr)


def error_lines(error: FangtanError, columns: int) -> list[StyledLine]:
    """Return what is printed of an error.

    Error: A quote is opened and not closed.
      小米 "合作
           ^
    Try: fangtan search '小米 "合作"'
    """
    lines = indented(line(plain(error.message)), columns, line(Segment("Error: ", Style.ERROR)), 7)
    if isinstance(error, QueryError) and error.query:
        lines += _pointed(error.query, error.position, columns)
    if isinstance(error, NotFoundError) and (near := error.near):
        lines += indented(_named(near), columns, line("  Near it: "), 4)
    if error.next_step:
        lines += indented(line(plain(error.next_step)), columns, line(Segment("Try: ", Style.DIM)), 5)
    return lines


def _pointed(query: str, position: int, columns: int) -> list[StyledLine]:
    """Return the query with ^ below the character to blame, the stretch around it where the query is long."""
    before, after = plain(query[:position]), plain(query[position:])
    room = columns - 4
    while before and cells(line(before)) > room * 2 // 3:
        before = before[1:]
    if len(before) < len(plain(query[:position])):
        before = f"…{before[1:]}"
    while after and cells(line(before, after)) > room:
        after = after[:-1]
    return [line("  ", before, after), line(" " * (2 + cells(line(before))), Segment("^", Style.ERROR))]


def _named(near: Sequence[str]) -> StyledLine:
    """Return the names like the one that was not found: 郑志昊 · 郑志刚."""
    pieces: list[Segment] = []
    for name in near:
        pieces += [Segment(" · " if pieces else ""), Segment(plain(name), Style.ADDRESS)]
    return line(*pieces)
