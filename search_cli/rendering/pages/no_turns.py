"""The screen of counts without any turn."""

from collections.abc import Sequence

from indexer.language.messages import gettext as _
from indexer.text.printable import plain
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.wrapping import indented, wrap


def no_turns_lines(query: str, filters: Sequence[str], width: int, hints: bool = True) -> list[StyledLine]:
    """Lay out the message that no turn matches; a search tells why, and what is near. `filters` are as typed."""
    said = _("No turn matches {query}.").format(query=plain(query)) if query else _("No turn matches.")
    lines = wrap(line(f" {said}"), width)
    if hints:
        typed = " ".join(filter(None, ["fangtan search", humanize.query_arguments(query), *filters]))
        command = line(Segment(plain(typed), Style.COMMAND))
        lines += indented(command, width, line(Segment(f" {_('Try: ')}", Style.DIM)), 3)
    return lines
