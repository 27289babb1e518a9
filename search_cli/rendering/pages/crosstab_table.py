"""Crosstabs as heat tables: counts of turns, turns per 10,000 characters, or shares of the row's turns."""

from enum import Enum, auto

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.text.printable import plain
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.tables import Column, fitting, table
from search_cli.rendering.terminal.wrapping import clip, indented, spread
from search_cli.search.crosstab import Crosstab, CrosstabRow

PER = 10_000
FEW_CHARACTERS = 2_000
"""Characters below which a rate is unreliable: one turn changes it by five."""
FEW_TURNS = 30
"""Turns below which shares are unreliable: one turn changes them by 3 % and more."""
_NOTHING = "·"
_HOT = 0.5
"""Share of the largest cell of the table from which a cell stands out."""
_HEADING = 12
"""Columns of a heading at most."""


class Unit(Enum):
    """What the cells are: turns, turns per 10,000 characters of the row, or shares of the row's turns."""

    TURNS = auto()
    RATE = auto()
    SHARE = auto()


def cross_lines(crossed: Crosstab, width: int, unit: Unit = Unit.TURNS, query: str = "") -> list[StyledLine]:
    """Lay out the crosstab of two fields, or of one with its rate; the largest cells stand out."""
    columns = _columns(crossed, unit)
    kept = fitting(columns, width)
    notes = [_(FEW_NOTES[unit])] if any(_few(row, unit) for row in crossed.lines) else []
    hidden = len(columns) - len(kept) if crossed.lines else 0
    if more := hidden + crossed.more_columns:
        where = _("+{values} in a wider window, or with --csv") if hidden else _("+{values} with --csv")
        notes.append(where.format(values=humanize.count(more, f"more {crossed.columns}")))
    if crossed.more_rows:
        rows = humanize.count(crossed.more_rows, f"more {crossed.rows}")
        notes.append(_("+{values} with -n, or with --csv").format(values=rows))
    note_lines = [row for note in notes for row in indented(line(Segment(note, Style.DIM)), width, line(" "), 1)]
    return [*_head(crossed, width, unit, query), (), *table(kept, width), *note_lines]


def _head(crossed: Crosstab, width: int, unit: Unit, query: str) -> list[StyledLine]:
    """Lay out the head: speaker × topic, turns        8 interviews, 2013–2024."""
    axes = ((crossed.rows, crossed.chosen_rows), (crossed.columns, crossed.chosen_columns))
    fields = " × ".join(
        f"{humanize.field(name)} {humanize.chosen(chosen)}" if chosen else humanize.field(name)
        for name, chosen in axes
        if name
    )
    turns = humanize.with_words(_(UNITS[unit]), query, crossed.match if crossed.turns else "")
    years = crossed.first if crossed.first == crossed.last else f"{crossed.first}–{crossed.last}"
    interviews = humanize.clauses(filter(None, (humanize.count(crossed.interviews, "interview"), years)))
    left = line(Segment(fields, Style.NAME), Segment(_(", {turns}").format(turns=turns), Style.DIM))
    return [(Segment(" "), *row) for row in spread(left, line(Segment(interviews, Style.DIM)), width - 1)]


def _columns(crossed: Crosstab, unit: Unit) -> list[Column]:
    """Return the columns: the names of the rows, one per value, the total."""
    labels = [row_label(crossed.rows, row, unit) for row in crossed.lines]
    columns = [Column("", labels, least=8, style=Style.NAME)]
    most = max((cell_amount(count, row, unit) for row in crossed.lines for count in row.counts), default=0.0)
    for index, value in enumerate(crossed.across):
        cells = [cell_text(row.counts[index], row, unit) for row in crossed.lines]
        styles = [_heat(cell_amount(row.counts[index], row, unit), most) for row in crossed.lines]
        heading = clip(value_name(crossed.columns, value), _HEADING)
        columns.append(Column(heading, cells, right=True, rank=2 + index, styles=styles))
    if unit is Unit.RATE and not crossed.columns:
        columns.append(Column(_("turns"), [f"{row.turns:,}" for row in crossed.lines], right=True, rank=2))
        columns.append(Column(_("characters"), [f"{row.characters:,}" for row in crossed.lines], right=True, rank=3))
    return [*columns, _total(crossed, unit)]


def _total(crossed: Crosstab, unit: Unit) -> Column:
    """Return the last column: the turns of each row, of which the shares are shares, or their rate."""
    if unit is Unit.SHARE:
        return Column(_("turns"), [f"{row.turns:,}" for row in crossed.lines], right=True, rank=1)
    heading = _("all") if crossed.columns or unit is Unit.TURNS else _(PER_HEADING)
    return Column(heading, [cell_text(row.turns, row, unit) for row in crossed.lines], right=True, rank=1)


def _heat(amount: float, most: float) -> Style:
    """Return the style of a cell by its part of the largest one."""
    if not amount:
        return Style.DIM
    return Style.NAME if amount >= _HOT * most else Style.PLAIN


def row_label(field: str, row: CrosstabRow, unit: Unit) -> str:
    """Return a row's name, with * if its numbers are unreliable."""
    return value_name(field, row.value) + (" *" if _few(row, unit) else "")


def _few(row: CrosstabRow, unit: Unit) -> bool:
    """Tell whether a row has too few characters for a rate, or too few turns for shares."""
    if unit is Unit.RATE:
        return row.characters < FEW_CHARACTERS
    return unit is Unit.SHARE and row.turns < FEW_TURNS


def value_name(field: str, value: str) -> str:
    """Return a value as shown: roles by their Chinese word."""
    shown = humanize.role_name(value) if field == "role" else value
    return plain(shown).strip() or humanize.UNNAMED


def cell_amount(count: int, row: CrosstabRow, unit: Unit) -> float:
    """Return what a cell stands for; 0.0 if there is nothing that it could be a part of."""
    if unit is Unit.TURNS:
        return float(count)
    whole = row.characters / PER if unit is Unit.RATE else row.turns
    return count / whole if whole else 0.0


def cell_text(count: int, row: CrosstabRow, unit: Unit) -> str:
    """Return one cell: a count, a rate, a share, or · for nothing."""
    amount = cell_amount(count, row, unit)
    if not amount:
        return _NOTHING
    if unit is Unit.RATE:
        return rate_text(amount)
    return humanize.share(amount) if unit is Unit.SHARE else f"{count:,}"


def rate_text(rate: float) -> str:
    """Format a rate above zero, which is never shown as 0.0: 12.1, 0.04, <0.01."""
    if rate >= 0.095:
        return f"{rate:,.1f}"
    return f"{rate:.2f}" if rate >= 0.01 else "<0.01"


PER_HEADING = gettext_noop("per 10,000")
UNITS = {
    Unit.TURNS: gettext_noop("turns"),
    Unit.RATE: gettext_noop("turns per 10,000 characters"),
    Unit.SHARE: gettext_noop("shares of the turns of a row"),
}
FEW_NOTES = {
    Unit.TURNS: "",
    Unit.RATE: gettext_noop("* fewer than 2,000 characters: unreliable"),
    Unit.SHARE: gettext_noop("* fewer than 30 turns: unreliable"),
}
"""What * says: nothing of turns, whose rows have none."""
