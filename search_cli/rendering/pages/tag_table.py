"""The pages of tags: what turns have after a change, and all tags of an archive."""

from collections.abc import Sequence

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.text.printable import plain
from search_cli.models import TurnTags
from search_cli.rendering.pages.hits import tags_line
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, filled, line
from search_cli.rendering.terminal.tables import Column, table
from search_cli.rendering.terminal.wrapping import indented
from search_cli.tags.placement import PlacedEntry, Whereabouts
from search_cli.tags.tag_edits import TaggedTurn
from search_cli.tags.tag_list import NotedTurn, TagList

_LOST = {
    Whereabouts.CHANGED: gettext_noop("its words were changed"),
    Whereabouts.GONE: gettext_noop("it is not in the archive"),
}
_LOST_WITH_OPENING = {
    Whereabouts.CHANGED: gettext_noop("its words were changed; it began: {opening}"),
    Whereabouts.GONE: gettext_noop("it is not in the archive; it began: {opening}"),
}
"""Why a tagged turn is not found, without and with its first words."""


def tagged_lines(turns: Sequence[TaggedTurn], width: int) -> list[StyledLine]:
    """Lay out what turns have after a change."""
    lines: list[StyledLine] = []
    for one in turns:
        has_any = one.tags or one.note
        own = tags_line(TurnTags(one.tags, one.note)) if has_any else line(Segment(_("no tags"), Style.DIM))
        lines += indented(line(Segment(plain(one.address), Style.ADDRESS), "  ", *own), width, line(" "), 3)
    return lines


def list_lines(found: TagList, width: int) -> list[StyledLine]:
    """Lay out the tags with their counts, then the turns whose tags count no longer."""
    if not found.turns:
        step = filled(
            _("No turn has a tag. {command} gives it one."),
            command=Segment("fangtan tag qzone-xiaomi#3 信任", Style.COMMAND),
        )
        return indented(step, width, line(" "), 1)
    lines = table(
        [
            Column(humanize.field("tag"), [plain(one.name) for one in found.tags], least=8, style=Style.NAME),
            Column(_("turns"), [f"{one.turns:,}" for one in found.tags], right=True, rank=1),
            Column(_("interviews"), [f"{one.interviews:,}" for one in found.tags], right=True, rank=2),
        ],
        width,
    )
    if found.lost:
        turns = humanize.count(len(found.lost), "tagged turn")
        head = _("{turns} not found, whose tags do not count:").format(turns=turns)
        lines += [(), *indented(line(Segment(head, Style.DIM)), width, line(" "), 1)]
        lines += [row for one in found.lost for row in _lost(one, width)]
    return lines


def _lost(one: NotedTurn, width: int) -> list[StyledLine]:
    """Lay out a turn that was tagged, why it is not found, and what it said."""
    why = _((_LOST_WITH_OPENING if one.opening else _LOST)[one.whereabouts]).format(opening=plain(one.opening))
    own = tags_line(TurnTags(one.tags, one.note))
    text = line(Segment(plain(one.address), Style.ADDRESS), "  ", *own, f"  {why}")
    lines = indented(text, width, line("   "), 5)
    if one.likely:
        likely = Segment(plain(one.likely), Style.ADDRESS)
        now = filled(_("now perhaps {address}  (fangtan tags --accept)"), address=likely)
        lines += indented(now, width, line("     "), 5)
    return lines


def accepted_lines(moved: Sequence[PlacedEntry], width: int) -> list[StyledLine]:
    """Lay out the turns that got the tags of others that are changed or gone."""
    if not moved:
        return [line(f" {_('No turn begins as one that is changed or gone did.')}"), ()]
    lines = [row for one in moved for row in indented(_step(one), width, line(" "), 1)]
    return [*lines, ()]


def _step(one: PlacedEntry) -> StyledLine:
    return line(f"{plain(one.entry.address)} → ", Segment(plain(one.likely), Style.ADDRESS))


def dropped_lines(lost: Sequence[PlacedEntry], width: int) -> list[StyledLine]:
    """Lay out the entries that were removed."""
    lines: list[StyledLine] = []
    for one in lost:
        own = tags_line(TurnTags(one.entry.tags, one.entry.note))
        removed = _("Removed {address}").format(address=plain(one.entry.address))
        lines += indented(line(removed, "  ", *own), width, line(" "), 3)
    return [*lines, ()] if lines else [line(f" {_('Every tagged turn is found.')}"), ()]


def renamed_lines(old: str, new: str, turns: int, width: int) -> list[StyledLine]:
    """Lay out the new name of a tag."""
    text = filled(
        _("{old} → {new}  in {turns}"),
        old=plain(old),
        new=Segment(plain(new), Style.NAME),
        turns=humanize.count(turns, "turn"),
    )
    return indented(text, width, line(" "), 1)
