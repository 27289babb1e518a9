"""Who speaks, what is spoken of, and which interviews there are, as tables."""

from collections.abc import Sequence

from indexer.text.printable import plain
from search_cli.models import ArchivedInterview, ArchivedSpeaker, ArchivedTopic, ArchivedVersion
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Style, StyledLine
from search_cli.rendering.terminal.tables import Column, table

_ID = 28
"""Columns of an id that stay: the beginning of one is enough to type."""


def speaker_lines(speakers: Sequence[ArchivedSpeaker], width: int) -> list[StyledLine]:
    """Return the speakers, the most turns first: name, role, turns, characters, interviews, years, affiliation."""
    return table(
        [
            Column("speaker", [plain(one.name) or humanize.UNNAMED for one in speakers], least=10, style=Style.NAME),
            Column("role", [_roles(one.roles) for one in speakers], rank=4),
            Column("turns", [f"{one.turns:,}" for one in speakers], right=True, rank=1),
            Column("characters", [f"{one.characters:,}" for one in speakers], right=True, rank=5),
            Column("interviews", [f"{one.interviews:,}" for one in speakers], right=True, rank=3),
            Column("years", [_years(one.first, one.last) for one in speakers], rank=2),
            Column("affiliation", [plain("；".join(one.affiliations)) for one in speakers], least=12, rank=6),
        ],
        width,
    )


def topic_lines(topics: Sequence[ArchivedTopic], width: int) -> list[StyledLine]:
    """Return the topics, the most turns first: name, turns, interviews, who speaks of it most."""
    return table(
        [
            Column("topic", [plain(one.name) for one in topics], least=10, style=Style.NAME),
            Column("turns", [f"{one.turns:,}" for one in topics], right=True, rank=1),
            Column("interviews", [f"{one.interviews:,}" for one in topics], right=True, rank=2),
            Column("spoken of most by", ["、".join(map(_named, one.speakers)) for one in topics], least=16, rank=3),
        ],
        width,
    )


def interview_lines(interviews: Sequence[ArchivedInterview], width: int) -> list[StyledLine]:
    """Return the interviews, the latest first: date, id, turns, title, outlet, guests, versions where there are any."""
    several = any(one.versions for one in interviews)
    return table(
        [
            Column("date", [one.date for one in interviews], rank=2),
            Column("interview", [plain(one.id) for one in interviews], least=_ID, style=Style.ADDRESS),
            Column("turns", [f"{one.turns:,}" for one in interviews], right=True, rank=4),
            Column("title", [plain(one.title) for one in interviews], least=16, rank=1),
            Column("outlet", [plain(one.outlet) for one in interviews], least=8, rank=5),
            Column("guests", [plain("、".join(one.guests)) for one in interviews], least=12, rank=6),
            *([Column("versions", [_more(one.versions) for one in interviews], right=True, rank=3)] if several else []),
        ],
        width,
    )


def version_lines(versions: Sequence[ArchivedVersion], width: int) -> list[StyledLine]:
    """Return the versions by their main ones: both ids, how alike they are, both files."""
    return table(
        [
            Column("main version", [plain(one.main) for one in versions], least=16, style=Style.ADDRESS),
            Column("version", [plain(one.version) for one in versions], least=16),
            Column("alike", ["exact" if one.exact else f"{one.likeness:.0%}" for one in versions], right=True, rank=1),
            Column("its file", [plain(one.source) for one in versions], least=16, rank=2),
            Column("main file", [plain(one.main_source) for one in versions], least=16, rank=3),
        ],
        width,
    )


def _more(versions: Sequence[str]) -> str:
    """Return how many other transcripts there are: +2, or ""."""
    return f"+{len(versions)}" if versions else ""


def _roles(roles: Sequence[str]) -> str:
    """Return the roles with their Chinese words: 采访、主持."""
    return "、".join(word for word in map(humanize.role, roles) if word)


def _years(first: str, last: str) -> str:
    """Return the years of two ISO dates: 2013, 2013–2019, or "" where there are none."""
    begin, end = first[:4], last[:4]
    return begin if begin == end else f"{begin}–{end}"


def _named(name: str) -> str:
    """Return a speaker's name, safe to print."""
    return plain(name) or humanize.UNNAMED
