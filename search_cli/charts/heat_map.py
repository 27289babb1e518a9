"""Heat maps: counts by two fields, the darker the more; crosstabs, and timelines that are split by a field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.language.messages import gettext as _
from search_cli.charts.column_chart import period_notes
from search_cli.charts.drawing import COLUMN, Drawing, Rect, Shape, Table, Text, broken, widest, width_of
from search_cli.rendering.pages.crosstab_table import (
    FEW_NOTES,
    UNITS,
    Unit,
    cell_amount,
    cell_text,
    row_label,
    value_name,
)
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.wrapping import clip
from search_cli.search.crosstab import Crosstab, CrosstabRow
from search_cli.search.timeline import Timeline

LEVELS = 5
"""Shades of a cell, besides that of nothing."""

_POWER = 0.6

_ROW, _HEAD = 30, 44
_NAME, _HEADING = 24, 10
"""Columns of a row's name, and of each line of a heading."""
_NARROW, _NUMBERED = 14, 24
"""Pixels of a column without numbers, and the columns that have numbers at most."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell: what it stands for, 0.0 for nothing, and the text in it."""

    amount: float
    text: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row with its name, its cells, and the text of its total."""

    name: str
    cells: tuple[HeatCell, ...]
    total: str


def crosstab_map(crossed: Crosstab, unit: Unit = Unit.TURNS, query: str = "") -> Drawing:
    """Draw a crosstab of two fields."""
    rows = [_row(crossed, row, unit) for row in crossed.lines]
    notes = [_(FEW_NOTES[unit])] if any(row.name.endswith(" *") for row in rows) else []
    if crossed.more_columns:
        notes.append(_("+{values}").format(values=humanize.count(crossed.more_columns, f"more {crossed.columns}")))
    if crossed.more_rows:
        notes.append(_("+{values}").format(values=humanize.count(crossed.more_rows, f"more {crossed.rows}")))
    turns = humanize.with_words(_(UNITS[unit]), query, crossed.match if crossed.turns else "")
    title = _title(crossed.rows, crossed.columns, turns)
    headings = [value_name(crossed.columns, value) for value in crossed.across]
    total = _("turns") if unit is Unit.SHARE else _("all")
    return heat_map(title, humanize.field(crossed.rows), headings, rows, total, tuple(notes))


def _row(crossed: Crosstab, row: CrosstabRow, unit: Unit) -> HeatRow:
    cells = tuple(HeatCell(cell_amount(count, row, unit), cell_text(count, row, unit)) for count in row.counts)
    total = f"{row.turns:,}" if unit is Unit.SHARE else cell_text(row.turns, row, unit)
    return HeatRow(row_label(crossed.rows, row, unit), cells, total)


def timeline_map(found: Timeline, *, per: bool = False) -> Drawing:
    """Draw a timeline that is split by a field: a row for each value, a column for each period."""
    unit = Unit.RATE if per else Unit.TURNS
    rows = []
    for index, value in enumerate(found.across):
        counted = [(one.counts[index], CrosstabRow("", one.turns, one.characters)) for one in found.periods]
        cells = tuple(HeatCell(cell_amount(count, one, unit), cell_text(count, one, unit)) for count, one in counted)
        rows.append(HeatRow(value_name(found.split, value), cells, f"{sum(count for count, _period in counted):,}"))
    turns = humanize.with_words(_(UNITS[unit]), found.query, found.match if found.turns else "")
    notes = [_("+{values}").format(values=humanize.count(found.more, f"more {found.split}"))] if found.more else []
    title = _title(found.split, found.by, turns)
    headings = [one.period for one in found.periods]
    return heat_map(title, humanize.field(found.split), headings, rows, _("turns"), (*notes, *period_notes(found)))


def _title(rows: str, columns: str, turns: str) -> str:
    """Return the title: speaker × topic, turns with 小米."""
    return _("{fields}, {turns}").format(fields=f"{humanize.field(rows)} × {humanize.field(columns)}", turns=turns)


def heat_map(
    title: str, field: str, headings: Sequence[str], rows: Sequence[HeatRow], total: str, notes: tuple[str, ...] = ()
) -> Drawing:
    """Draw rows of cells: the largest has the darkest shade."""
    left = COLUMN * widest([row.name for row in rows], _NAME) + 12
    numbered = len(headings) <= _NUMBERED
    each = max(54.0, COLUMN * widest(headings, _HEADING) + 10) if numbered else _NARROW
    right = COLUMN * widest([total, *(row.total for row in rows)], _NAME) + 14
    width = left + each * len(headings) + right
    shapes: list[Shape] = list(_headings(headings, left, each, numbered))
    shapes.append(Text(width, _HEAD - 10, total, "number", "end"))
    most = max((cell.amount for row in rows for cell in row.cells), default=0.0)
    for index, row in enumerate(rows):
        top = _HEAD + index * _ROW
        shapes.append(Text(0, top + 20, clip(row.name, _NAME)))
        shapes += _cells(row, headings, left, top, each, most, numbered)
        shapes.append(Text(width, top + 20, row.total, "number", "end"))
    table = Table(
        (field, *headings, total), tuple((row.name, *(cell.text for cell in row.cells), row.total) for row in rows)
    )
    about = _("{rows} rows and {columns} columns; the darker a cell, the more turns.")
    about = about.format(rows=f"{len(rows):,}", columns=f"{len(headings):,}")
    return Drawing(title, about, width, _HEAD + _ROW * max(len(rows), 1), tuple(shapes), table, notes)


def _headings(headings: Sequence[str], left: float, each: float, numbered: bool) -> Iterator[Shape]:
    """Yield the headings above the columns; of narrow columns, as many as have room."""
    every = 1 if numbered else max(int(max(map(width_of, headings), default=1) // each) + 1, 1)
    for index, heading in enumerate(headings):
        if index % every == 0:
            lines = broken(heading, _HEADING) if numbered else (heading,)
            x, anchor = (left + (index + 0.5) * each, "middle") if numbered else (left + index * each, "start")
            for number, text in enumerate(lines):
                yield Text(x, _HEAD - 10 - 16 * (len(lines) - 1 - number), text, "number", anchor)


def _cells(
    row: HeatRow, headings: Sequence[str], left: float, top: float, each: float, most: float, numbered: bool
) -> Iterator[Shape]:
    """Yield the cells of a row, with numbers where they have room."""
    for index, cell in enumerate(row.cells):
        level, x = heat_level(cell.amount, most), left + index * each
        tip = _("{row}, {column}: {number}").format(row=row.name, column=headings[index], number=cell.text)
        yield Rect(round(x + 1, 2), top + 1, round(each - 2, 2), _ROW - 2, f"heat-{level}", tip)
        if numbered:
            yield Text(round(x + each / 2, 2), top + 20, cell.text, f"on-{level}", "middle")


def heat_level(amount: float, most: float) -> int:
    """Return the shade of a cell: 0 for nothing, 1 to 5 in equal steps of a power up to the largest.

    In steps of the amounts, one speaker who says most would leave all the others in the lightest shade; in steps of
    their square roots, two and three would have the same.
    """
    if amount <= 0 or most <= 0:
        return 0
    return min(int(LEVELS * (amount / most) ** _POWER * (1 - 1e-9)) + 1, LEVELS)
