"""The screen of a dispersion: a line per interview, from its start to its end."""

from collections.abc import Iterator, Sequence

from indexer.language.messages import gettext as _
from indexer.text.printable import plain
from search_cli.kwic.dispersion import Dispersion, DispersionLine, stretches
from search_cli.rendering.pages.crosstab_table import FEW_CHARACTERS, FEW_NOTES, Unit, rate_text
from search_cli.rendering.pages.occurrence_head import also_searched, more_rows, occurrences_of
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.tables import Column, fitting, table
from search_cli.rendering.terminal.wrapping import indented, wrap

_LEVELS = "·▂▄▆█"
"""No occurrence in a stretch, one, two, three, more."""
_NARROWEST, _WIDEST = 12, 60
"""Stretches of a line."""
_ID = 24
"""Columns of an id at most: what is cut off stands in --csv."""


def dispersion_lines(
    found: Dispersion, width: int, filters: Sequence[str] = (), hints: bool = True
) -> list[StyledLine]:
    """Lay out a dispersion that has occurrences; `filters` are those of the command as typed."""
    columns = _columns(found.lines)
    kept = fitting(columns, max(width - _NARROWEST - 2, 1))
    room = min(width - _table_width(kept, width) - 2, _WIDEST)
    if room >= _NARROWEST:
        kept.append(Column(_("start … end"), [_drawn(one, room) for one in found.lines], style=Style.BAR))
    lines = [*_head(found, width), (), *table(kept, width)]
    for note in _notes(found):
        lines += indented(line(Segment(note, Style.DIM)), width, line(" "), 1)
    return [*lines, *(_next_step(found, filters, width) if hints else [])]


def _columns(lines: Sequence[DispersionLine]) -> list[Column]:
    """Return the columns before the lines; the id is dropped last."""
    return [
        Column(humanize.field("date"), [one.date for one in lines], rank=5),
        Column(
            humanize.field("interview"), [plain(one.short) for one in lines], least=min(8, _ID), style=Style.ADDRESS
        ),
        Column(_("count"), [f"{one.occurrences:,}" for one in lines], right=True, rank=2),
        Column(_("per 10k"), [_rate(one) for one in lines], right=True, rank=3),
    ]


def _rate(one: DispersionLine) -> str:
    return rate_text(one.per_10k) + (" *" if one.characters < FEW_CHARACTERS else "")


def _table_width(columns: Sequence[Column], width: int) -> int:
    """Return the columns that a table takes."""
    return max((cells(row) for row in table(columns, width - _NARROWEST - 2)), default=0)


def _drawn(one: DispersionLine, room: int) -> str:
    """Draw the occurrences of an interview in `room` stretches."""
    return "".join(_LEVELS[min(count, len(_LEVELS) - 1)] for count in stretches(one.positions, room))


def _head(found: Dispersion, width: int) -> list[StyledLine]:
    """Lay out the counts: 37 occurrences of 手机 · 24 turns · 9 of 15 interviews · DP 0.55."""
    parts = [
        occurrences_of(found.occurrences, found.query),
        *also_searched(found.also),
        humanize.count(found.turns, "turn"),
        humanize.part_of(found.found, found.parts, "interview"),
        f"DP {found.dp:.2f}",
    ]
    return wrap(line(" ", Segment(" · ".join(parts), Style.DIM)), width)


def _notes(found: Dispersion) -> Iterator[str]:
    """Yield what the numbers and lines mean, and what is left out."""
    if more := found.found - len(found.lines):
        yield more_rows(humanize.count(more, "more interview"), found.found)
    yield _("A line is an interview from start to end; ▂ ▄ ▆ █: one to four occurrences or more")
    yield _("DP (Gries 2008): 0 is spread like the text itself, near 1 is all in one interview")
    if any(one.characters < FEW_CHARACTERS for one in found.lines):
        yield _(FEW_NOTES[Unit.RATE])


def _next_step(found: Dispersion, filters: Sequence[str], width: int) -> list[StyledLine]:
    """Lay out the command that shows the occurrences of the first interview."""
    first = found.lines[0]
    kept = [one for one in filters if not one.startswith("--interview ")]
    place = f"--interview {humanize.argument(first.short)}"
    typed = " ".join(["fangtan kwic", humanize.query_arguments(found.query), place, *kept])
    return indented(
        line(Segment(plain(typed), Style.COMMAND)), width, line(Segment(f" {_('Read on: ')}", Style.DIM)), 3
    )
