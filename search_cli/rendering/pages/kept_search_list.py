"""The pages of saved searches: one that was saved, all of them, and what their single steps did."""

from collections.abc import Sequence

from indexer.text.printable import plain
from indexer.text.shell import argument
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.tables import Column, table
from search_cli.rendering.terminal.wrapping import indented
from search_cli.saved.saved_search import SavedSearch
from search_cli.search.kept_searches import KeptSearch


def saved_lines(kept: KeptSearch, width: int, hints: bool) -> list[StyledLine]:
    """Lay out what was saved: its name, how many turns it has now, and what can be done with it."""
    found = f": {humanize.count(kept.turns, 'turn')} of {humanize.count(kept.interviews, 'interview')} now."
    saved = line("Saved ", Segment(f"@{plain(kept.name)}", Style.NAME), found)
    lines = indented(saved, width, line(" "), 1)
    if hints:
        name = argument(plain(kept.name))
        step = line(Segment("What comes: ", Style.DIM), Segment(f"fangtan new {name}", Style.COMMAND))
        lines += indented(step, width, line(" "), 1)
    return lines


def list_lines(searches: Sequence[KeptSearch], width: int) -> list[StyledLine]:
    """Lay out the saved searches: name, query, turns, interviews, when they were looked at."""
    if not searches:
        return no_searches_lines(width)
    return table(
        [
            Column("name", [f"@{plain(one.name)}" for one in searches], least=8, style=Style.NAME),
            Column("turns", [_count(one, one.turns) for one in searches], right=True, rank=1),
            Column("interviews", [_count(one, one.interviews) for one in searches], right=True, rank=3),
            Column("looked at", [humanize.moment(one.looked_at) or "never" for one in searches], rank=2),
            Column("search", [plain(one.typed) for one in searches], least=20, rank=1),
        ],
        width,
    )


def _count(one: KeptSearch, number: int) -> str:
    return f"{number:,}" if one.looked_at else ""


def no_searches_lines(width: int) -> list[StyledLine]:
    """Lay out that no search is saved, and how one is."""
    step = line("No search is saved. ", Segment("fangtan save 小米合作 小米 合作", Style.COMMAND), " saves one.")
    return indented(step, width, line(" "), 1)


def renamed_lines(old: str, new: str, width: int) -> list[StyledLine]:
    """Lay out the new name of a saved search."""
    return indented(line(f"@{plain(old)} → ", Segment(f"@{plain(new)}", Style.NAME)), width, line(" "), 1)


def removed_lines(removed: Sequence[SavedSearch], width: int) -> list[StyledLine]:
    """Lay out the saved searches that were removed, with what they were."""
    return [
        row
        for one in removed
        for row in indented(
            line("Removed ", Segment(f"@{plain(one.name)}", Style.NAME), f": {plain(one.typed)}"), width, line(" "), 1
        )
    ]
