"""The page of `fangtan new`: for each saved search how much is new, and the new turns."""

from collections.abc import Sequence

from indexer.language.messages import gettext as _
from indexer.text.printable import plain
from indexer.text.shell import argument
from search_cli.rendering.pages.hits import Layout, hit_lines
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.wrapping import indented
from search_cli.search.new_turns import NewTurns


def news_lines(found: Sequence[NewTurns], width: int, *, full: bool, keep: bool, hints: bool) -> list[StyledLine]:
    """Lay out what is new in saved searches; `keep`: it is not marked as seen."""
    lines: list[StyledLine] = []
    for index, one in enumerate(found):
        lines += [()] if index and (one.new or found[index - 1].new) else []
        lines += indented(line(Segment(f"@{plain(one.name)}", Style.NAME), f"  {_head(one)}"), width, line(" "), 1)
        for hit in one.hits:
            lines += [(), *hit_lines(hit, Layout(width, full))]
        if one.more:
            lines += [(), *_more(one, width, keep=keep, hints=hints)]
    return lines


def _head(one: NewTurns) -> str:
    """Return how much is new, of how many, since when."""
    head = _head_since(one).format(
        number=f"{one.new:,}", turns=humanize.count(one.turns, "turn"), since=humanize.moment(one.since)
    )
    if not (one.new and one.since and one.changed):
        return head
    return f"{head} · {_('{number} of interviews that were there').format(number=f'{one.changed:,}')}"


def _head_since(one: NewTurns) -> str:
    """Return the text of a head: with something new or not, looked at before or not."""
    if one.new and one.since:
        return _("{number} new of {turns} since {since}")
    if one.new:
        return _("{number} new of {turns}, not looked at before")
    if one.since:
        return _("nothing new since {since} ({turns})")
    return _("nothing new, not looked at before ({turns})")


def _more(one: NewTurns, width: int, *, keep: bool, hints: bool) -> list[StyledLine]:
    """Lay out how many new turns are not shown, and how they are."""
    text = line(Segment(_("{number} more, still new. ").format(number=f"{one.more:,}"), Style.DIM))
    if hints:
        number = f" -n {one.new if keep else one.more}"
        command = f"fangtan new {argument(plain(one.name))}{number}{' --keep' if keep else ''}"
        text = line(*text, Segment(command, Style.COMMAND))
    return indented(text, width, line(" "), 1)
