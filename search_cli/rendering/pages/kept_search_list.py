"""The pages of saved searches: one that was saved, all of them, and what their single steps did."""

from collections.abc import Sequence

from indexer.language.messages import gettext as _
from indexer.language.messages import pgettext
from indexer.text.printable import plain
from indexer.text.shell import argument
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, filled, line
from search_cli.rendering.terminal.tables import Column, table
from search_cli.rendering.terminal.wrapping import indented
from search_cli.saved.saved_search import SavedSearch
from search_cli.search.kept_searches import KeptSearch


def saved_lines(kept: KeptSearch, width: int, hints: bool) -> list[StyledLine]:
    """Lay out what was saved: its name, how many turns it has now, and what can be done with it."""
    saved = filled(
        _("Saved {name}: {turns} of {interviews} now."),
        name=Segment(f"@{plain(kept.name)}", Style.NAME),
        turns=humanize.count(kept.turns, "turn"),
        interviews=humanize.count(kept.interviews, "interview"),
    )
    lines = indented(saved, width, line(" "), 1)
    if hints:
        name = argument(plain(kept.name))
        step = line(Segment(_("What comes: "), Style.DIM), Segment(f"fangtan new {name}", Style.COMMAND))
        lines += indented(step, width, line(" "), 1)
    return lines


def list_lines(searches: Sequence[KeptSearch], width: int) -> list[StyledLine]:
    """Lay out the saved searches: name, query, turns, interviews, when they were looked at."""
    if not searches:
        return no_searches_lines(width)
    return table(
        [
            Column(
                pgettext("saved search", "name"), [f"@{plain(one.name)}" for one in searches], least=8, style=Style.NAME
            ),
            Column(_("turns"), [_count(one, one.turns) for one in searches], right=True, rank=1),
            Column(_("interviews"), [_count(one, one.interviews) for one in searches], right=True, rank=3),
            Column(
                pgettext("saved search", "looked at"),
                [humanize.moment(one.looked_at) or pgettext("saved search", "never") for one in searches],
                rank=2,
            ),
            Column(pgettext("saved search", "search"), [plain(one.typed) for one in searches], least=20, rank=1),
        ],
        width,
    )


def _count(one: KeptSearch, number: int) -> str:
    return f"{number:,}" if one.looked_at else ""


def no_searches_lines(width: int) -> list[StyledLine]:
    """Lay out that no search is saved, and how one is."""
    step = filled(
        _("No search is saved. {command} saves one."),
        command=Segment("fangtan save 小米合作 小米 合作", Style.COMMAND),
    )
    return indented(step, width, line(" "), 1)


def renamed_lines(old: str, new: str, width: int) -> list[StyledLine]:
    """Lay out the new name of a saved search."""
    return indented(line(f"@{plain(old)} → ", Segment(f"@{plain(new)}", Style.NAME)), width, line(" "), 1)


def removed_lines(removed: Sequence[SavedSearch], width: int) -> list[StyledLine]:
    """Lay out the saved searches that were removed, with what they were."""
    return [row for one in removed for row in indented(_removed(one), width, line(" "), 1)]


def _removed(one: SavedSearch) -> StyledLine:
    name = Segment(f"@{plain(one.name)}", Style.NAME)
    return filled(_("Removed {name}: {search}"), name=name, search=plain(one.typed))
