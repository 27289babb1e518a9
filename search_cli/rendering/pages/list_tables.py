"""Tables of speakers, topics, interviews and duplicates."""

from collections.abc import Collection, Sequence

from indexer.language.messages import gettext as _
from indexer.text.printable import plain
from indexer.text.topic_path import in_tree_order, parents
from search_cli.catalog import ArchivedInterview, ArchivedSpeaker, ArchivedTopic, ArchivedVersion
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, columns_of, line
from search_cli.rendering.terminal.tables import Column, fits, table
from search_cli.rendering.terminal.wrapping import indented
from search_cli.search.partners import Partner

_ID = 28
"""Least columns of an id: a prefix of it is enough to type."""


def speaker_lines(speakers: Sequence[ArchivedSpeaker], width: int) -> list[StyledLine]:
    """Lay out the speakers: name, role, turns, characters, interviews, years, affiliation."""
    return table(
        [
            Column(_("speaker"), [plain(one.name) or humanize.UNNAMED for one in speakers], least=10, style=Style.NAME),
            Column(_("role"), [_roles(one.roles) for one in speakers], rank=4),
            Column(_("turns"), [f"{one.turns:,}" for one in speakers], right=True, rank=1),
            Column(_("characters"), [f"{one.characters:,}" for one in speakers], right=True, rank=5),
            Column(
                _("share"), [humanize.share(one.share) if one.share else "" for one in speakers], right=True, rank=7
            ),
            Column(_("interviews"), [f"{one.interviews:,}" for one in speakers], right=True, rank=3),
            Column(_("years"), [_years(one.first, one.last) for one in speakers], rank=2),
            Column(_("affiliation"), [plain("；".join(one.affiliations)) for one in speakers], least=12, rank=6),
        ],
        width,
    )


def partner_lines(partners: Sequence[Partner], width: int, name: str) -> list[StyledLine]:
    """Lay out who speaks with somebody: name, interviews in common, answers to and from, years."""
    note = _("Interviews with {name}, answers to questions of {name}, answers from {name}.")
    notes = indented(line(Segment(note.format(name=plain(name)), Style.DIM)), width, line(" "), 1)
    return [
        *notes,
        (),
        *table(
            [
                Column(_("speaker"), [_named(one.name) for one in partners], least=10, style=Style.NAME),
                Column(_("interviews"), [f"{one.interviews:,}" for one in partners], right=True, rank=1),
                Column(_("answers to"), [f"{one.answers_to:,}" for one in partners], right=True, rank=2),
                Column(_("answers from"), [f"{one.answers_from:,}" for one in partners], right=True, rank=3),
                Column(_("years"), [_years(one.first, one.last) for one in partners], rank=4),
            ],
            width,
        ),
    ]


def topic_lines(topics: Sequence[ArchivedTopic], width: int) -> list[StyledLine]:
    """Lay out the topics as a tree: name, turns, share, interviews, first words, main speakers."""
    by_name = {one.name: one for one in topics}
    rows = [by_name[name] for name in in_tree_order(by_name)]
    return table(
        [
            Column(_("topic"), [_in_tree(one.name, by_name) for one in rows], least=12, style=Style.NAME),
            Column(_("turns"), [f"{one.turns:,}" for one in rows], right=True, rank=1),
            Column(_("share"), [_share(one.share) for one in rows], right=True, rank=2),
            Column(_("interviews"), [f"{one.interviews:,}" for one in rows], right=True, rank=3),
            Column(_("words"), [plain(" ".join(one.words)) for one in rows], least=24, rank=4),
            Column(_("main speakers"), ["、".join(map(_named, one.speakers)) for one in rows], least=16, rank=5),
        ],
        width,
    )


def _in_tree(name: str, names: Collection[str]) -> str:
    """Return a topic as it stands in the tree: indented, without the parents that are above it."""
    above = [parent for parent in parents(name) if parent in names]
    return "  " * len(above) + plain(name[len(above[-1]) + 1 :] if above else name)


def interview_lines(interviews: Sequence[ArchivedInterview], width: int) -> list[StyledLine]:
    """Lay out the interviews: date, id, turns, title, outlet, guests, and duplicates if there are any."""
    duplicates = [Column(_("duplicates"), [_count(one.versions) for one in interviews], right=True, rank=3)]
    return table(
        [
            Column(_("date"), [one.date for one in interviews], rank=2),
            Column(_("interview"), [plain(one.id) for one in interviews], least=_ID, style=Style.ADDRESS),
            Column(_("turns"), [f"{one.turns:,}" for one in interviews], right=True, rank=4),
            Column(_("title"), [plain(one.title) for one in interviews], least=16, rank=1),
            Column(_("outlet"), [plain(one.outlet) for one in interviews], least=8, rank=5),
            Column(_("guests"), [plain("、".join(one.guests)) for one in interviews], least=12, rank=6),
            *(duplicates if any(one.versions for one in interviews) else []),
        ],
        width,
    )


def duplicate_lines(duplicates: Sequence[ArchivedVersion], width: int) -> list[StyledLine]:
    """Lay out the duplicates with their primaries: ids, which are never cut, likeness, files."""
    likeness = [_("exact") if one.exact else f"{one.likeness:.0%}" for one in duplicates]
    ids = [
        Column(_("primary"), [plain(one.main) for one in duplicates], style=Style.ADDRESS),
        Column(_("duplicate"), [plain(one.version) for one in duplicates]),
        Column(_("likeness"), likeness, right=True),
    ]
    if not fits(ids, width):
        return _stacked(duplicates, likeness)
    files = [
        Column(_("file"), [plain(one.source) for one in duplicates], least=16, rank=2),
        Column(_("primary's file"), [plain(one.main_source) for one in duplicates], least=16, rank=3),
    ]
    return table([*ids, *files], width)


def _stacked(duplicates: Sequence[ArchivedVersion], likeness: Sequence[str]) -> list[StyledLine]:
    """Lay out each primary on a line, its duplicates below it."""
    lines: list[StyledLine] = []
    primary = None
    for one, like in zip(duplicates, likeness, strict=True):
        if one.main != primary:
            lines.append(line(" ", Segment(plain(one.main), Style.ADDRESS)))
            primary = one.main
        lines.append(line(Segment(f"{' ' * (6 - columns_of(like))}{like}  ", Style.DIM), plain(one.version)))
    return lines


def _share(part: float) -> str:
    return humanize.share(part) if part else ""


def _count(ids: Sequence[str]) -> str:
    """Return the number of duplicates, "" if there are none."""
    return f"+{len(ids)}" if ids else ""


def _roles(roles: Sequence[str]) -> str:
    """Return the roles with their Chinese words: 采访、主持."""
    return "、".join(word for word in map(humanize.role, roles) if word)


def _years(first: str, last: str) -> str:
    """Return the years of two ISO dates: 2013, 2013–2019; "" without dates."""
    begin, end = first[:4], last[:4]
    return begin if begin == end else f"{begin}–{end}"


def _named(name: str) -> str:
    """Return a speaker's name, safe to print."""
    return plain(name) or humanize.UNNAMED
