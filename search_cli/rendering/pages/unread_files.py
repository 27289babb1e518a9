"""The files of a folder that an index run does not read, on a terminal."""

from collections.abc import Sequence

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.report import LINK, NO_FILE, UnreadFiles
from indexer.text.printable import plain
from search_cli.rendering.terminal.styles import StyledLine, line
from search_cli.rendering.terminal.wrapping import indented, wrap

_LISTED = 3
"""Names that are listed; the others are counted."""

_REASONS = {
    LINK: gettext_noop("Not followed, as they lead out of the folder:"),
    NO_FILE: gettext_noop("Not read, as they are pipes, sockets or devices:"),
}
_UNKNOWN = gettext_noop("Not read, as their formats hold no text that fangtan knows:")


def unread_lines(unread: Sequence[UnreadFiles], width: int) -> list[StyledLine]:
    """Return the files that are not read, a line for each kind, with what would read them."""
    lines: list[StyledLine] = []
    told = ""
    for files in unread:
        if (reason := _REASONS.get(files.kind, _UNKNOWN)) != told:
            lines += wrap(line(_(reason)), width)
            told = reason
        text = _("{files} ({suffixes})") if files.suffixes else _("{files}: {names}")
        told_of = text.format(files=files.counted, suffixes=plain(files.suffixes), names=_listed(files))
        lines += indented(line(told_of), width, line("  "), 4)
        if files.next_step:
            lines += indented(line(files.next_step), width, line(f"    {_('Try: ')}"), 6)
    return lines


def _listed(files: UnreadFiles) -> str:
    """Return the first names, and the number of the others."""
    more = files.count - len(files.paths[:_LISTED])
    first = _(", ").join(map(plain, files.paths[:_LISTED]))
    return _("{names} and {number} more").format(names=first, number=f"{more:,}") if more > 0 else first
