"""The screen of counted occurrences: a table by one field, or by two."""

from indexer.language.messages import gettext as _
from indexer.language.messages import listed
from indexer.text.printable import plain
from search_cli.kwic.counts import OccurrenceCounts
from search_cli.rendering.pages.occurrence_head import also_searched, more_rows, occurrences_of
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.tables import Column, fitting, table
from search_cli.rendering.terminal.wrapping import clip, indented, wrap

_NOTHING = "·"
_HEADING = 12
"""Columns of a heading at most."""
_NONE = "—"
_SEVERAL = frozenset({"topic", "keyword"})


def count_lines(found: OccurrenceCounts, width: int) -> list[StyledLine]:
    """Lay out the counts: the head, a row per value, and notes on what is not shown."""
    columns = _columns(found)
    kept = fitting(columns, width)
    return [*_head(found, width), (), *table(kept, width), *_notes(found, len(columns) - len(kept), width)]


def _head(found: OccurrenceCounts, width: int) -> list[StyledLine]:
    """Lay out the counts: speaker × year · 14 occurrences of 小米 · 8 turns · 4 of 15 interviews."""
    fields = " × ".join(map(humanize.field, filter(None, (found.rows, found.columns))))
    parts = [
        "",
        occurrences_of(found.occurrences, found.query),
        *also_searched(found.also),
        humanize.count(found.turns, "turn"),
        humanize.part_of(found.interviews, found.archive_interviews, "interview"),
    ]
    return wrap(line(" ", Segment(fields, Style.NAME), Segment(" · ".join(parts), Style.DIM)), width)


def _columns(found: OccurrenceCounts) -> list[Column]:
    """Return the columns: the values, a column each (the least frequent dropped first), the turns, all."""
    columns = [Column("", [_value(found.rows, row.value) for row in found.lines], least=8, style=Style.NAME)]
    totals = [sum(row.counts[index] for row in found.lines) for index in range(len(found.across))]
    ranks = {index: rank for rank, index in enumerate(sorted(range(len(totals)), key=lambda one: -totals[one]))}
    for index, value in enumerate(found.across):
        cells = [_cell(row.counts[index]) for row in found.lines]
        columns.append(Column(clip(_value(found.columns, value), _HEADING), cells, right=True, rank=3 + ranks[index]))
    if not found.columns:
        columns.append(Column(_("turns"), [_cell(row.turns) for row in found.lines], right=True, rank=2))
    heading = _("all") if found.columns else _("occurrences")
    return [*columns, Column(heading, [_cell(row.occurrences) for row in found.lines], right=True, rank=1)]


def _notes(found: OccurrenceCounts, hidden: int, width: int) -> list[StyledLine]:
    """Lay out what the table leaves out, and what its rows add up to."""
    notes = []
    if more := found.found - len(found.lines):
        notes.append(more_rows(humanize.count(more, f"more {found.rows}"), found.found))
    if hidden:
        more_columns = humanize.count(hidden, f"more {found.columns or 'column'}")
        notes.append(_("+{values} in a wider window, or with --csv").format(values=more_columns))
    if several := [humanize.field(field) for field in (found.rows, found.columns) if field in _SEVERAL]:
        notes.append(_("An occurrence counts for each {fields} of its turn.").format(fields=listed(several)))
    return [row for note in notes for row in indented(line(Segment(note, Style.DIM)), width, line(" "), 1)]


def _value(field: str, value: str) -> str:
    """Return a value as shown: roles by their Chinese word, — where there is none."""
    shown = humanize.role_name(value) if field == "role" else value
    return plain(shown).strip() or (humanize.UNNAMED if field == "speaker" else _NONE)


def _cell(count: int) -> str:
    return f"{count:,}" if count else _NOTHING
