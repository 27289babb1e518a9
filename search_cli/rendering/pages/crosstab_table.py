"""Crosstabs: counts of turns, or turns per 10,000 characters."""

from indexer.text.printable import plain
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.tables import Column, fitting, table
from search_cli.rendering.terminal.wrapping import clip, indented, spread
from search_cli.search.crosstab import Crosstab, CrosstabRow

PER = 10_000
FEW_CHARACTERS = 2_000
"""Characters below which a rate is unreliable: one turn changes it by five."""
_NOTHING = "·"
_HEADING = 12
"""Columns of a heading at most."""


def cross_lines(crossed: Crosstab, width: int, per: bool = False, query: str = "") -> list[StyledLine]:
    """Lay out the crosstab of two fields, or of one with its rate; `per`: turns per 10,000 characters of the row."""
    columns = _columns(crossed, per)
    kept = fitting(columns, width)
    notes = [f"* fewer than {FEW_CHARACTERS:,} characters: unreliable"] if per and any(map(_few, crossed.lines)) else []
    hidden = len(columns) - len(kept) if crossed.lines else 0
    if more := hidden + crossed.more_columns:
        where = "in a wider window, or with --csv" if hidden else "with --csv"
        notes.append(f"+{humanize.count(more, f'more {crossed.columns}')} {where}")
    if crossed.more_rows:
        notes.append(f"+{humanize.count(crossed.more_rows, f'more {crossed.rows}')} with -n, or with --csv")
    note_lines = [row for note in notes for row in indented(line(Segment(note, Style.DIM)), width, line(" "), 1)]
    return [*_head(crossed, width, per, query), (), *table(kept, width), *note_lines]


def _head(crossed: Crosstab, width: int, per: bool, query: str) -> list[StyledLine]:
    """Lay out the head: speaker × topic, turns        8 interviews, 2013–2024."""
    axes = ((crossed.rows, crossed.chosen_rows), (crossed.columns, crossed.chosen_columns))
    fields = " × ".join(f"{name} {humanize.chosen(chosen)}" if chosen else name for name, chosen in axes if name)
    unit = f"turns per {PER:,} characters" if per else "turns"
    about = humanize.with_words(query, crossed.match if crossed.turns else "")
    years = crossed.first if crossed.first == crossed.last else f"{crossed.first}–{crossed.last}"
    interviews = humanize.count(crossed.interviews, "interview") + (f", {years}" if years else "")
    left = line(Segment(fields, Style.NAME), Segment(f", {unit}{about}", Style.DIM))
    return [(Segment(" "), *row) for row in spread(left, line(Segment(interviews, Style.DIM)), width - 1)]


def _columns(crossed: Crosstab, per: bool) -> list[Column]:
    """Return the columns: the names of the rows, one per value, the total."""
    labels = [_label(crossed.rows, row, per) for row in crossed.lines]
    columns = [Column("", labels, least=8, style=Style.NAME)]
    for index, value in enumerate(crossed.across):
        cells = [_cell(row.counts[index], row, per) for row in crossed.lines]
        columns.append(Column(clip(_value(crossed.columns, value), _HEADING), cells, right=True, rank=2 + index))
    if per and not crossed.columns:
        columns.append(Column("turns", [f"{row.turns:,}" for row in crossed.lines], right=True, rank=2))
        columns.append(Column("characters", [f"{row.characters:,}" for row in crossed.lines], right=True, rank=3))
    heading = "all" if crossed.columns or not per else f"per {PER:,}"
    columns.append(Column(heading, [_cell(row.turns, row, per) for row in crossed.lines], right=True, rank=1))
    return columns


def _label(field: str, row: CrosstabRow, per: bool) -> str:
    """Return a row's name, with * if its rate is unreliable."""
    return _value(field, row.value) + (" *" if per and _few(row) else "")


def _few(row: CrosstabRow) -> bool:
    """Tell whether a row has too few characters for a rate."""
    return row.characters < FEW_CHARACTERS


def _value(field: str, value: str) -> str:
    """Return a value as shown: roles by their Chinese word."""
    shown = humanize.role(value) if field == "role" else value
    return plain(shown or value).strip() or humanize.UNNAMED


def _cell(count: int, row: CrosstabRow, per: bool) -> str:
    """Return one cell: a count, a rate, or · for nothing."""
    if not count or (per and not row.characters):
        return _NOTHING
    return rate_text(PER * count / row.characters) if per else f"{count:,}"


def rate_text(rate: float) -> str:
    """Format a rate above zero, which is never shown as 0.0: 12.1, 0.04, <0.01."""
    if rate >= 0.095:
        return f"{rate:,.1f}"
    return f"{rate:.2f}" if rate >= 0.01 else "<0.01"
