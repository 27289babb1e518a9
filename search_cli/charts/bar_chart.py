"""Bar charts of a facet: a bar for each value, below its name and count."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.language.messages import gettext as _
from search_cli.charts.drawing import Drawing, Rect, Shape, Table, Text, percent
from search_cli.models import Facet
from search_cli.rendering.pages.crosstab_table import FEW_NOTES, PER, UNITS, Unit, cell_amount, cell_text, row_label
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.bars import shown_buckets, value_label
from search_cli.rendering.terminal.wrapping import clip
from search_cli.search.crosstab import Crosstab

_WIDTH, _ROW = 480, 34
_NAME = 38
"""Columns of a name at most: those of a telephone's screen, without the count."""


@dataclass(frozen=True, slots=True)
class _Bar:
    """A bar: its name, what its length stands for, the text beside it, and the cells of its row in the table."""

    name: str
    amount: float
    text: str
    cells: tuple[str, ...]


def bar_chart(facet: Facet, query: str = "") -> Drawing:
    """Draw a facet: dates in their order, others by count, parts of a topic below it."""
    bars = []
    for bucket in shown_buckets(facet):
        count, share = f"{bucket.count:,}", humanize.share(bucket.share)
        bars.append(_Bar(value_label(facet.field, bucket.value), bucket.count, f"{count} · {share}", (count, share)))
    field = humanize.field(facet.field)
    turns = humanize.with_words(_("Turns"), query, facet.match if facet.total else "")
    title = _("{turns} by {field}").format(turns=turns, field=field)
    counted = humanize.count(facet.total, "turn")
    description = _("A bar for each {field}, of {turns}.").format(field=field, turns=counted)
    return _drawing(title, description, bars, (field, _("turns"), _("share")), _notes(facet))


def rate_chart(crossed: Crosstab, query: str = "") -> Drawing:
    """Draw a crosstab of one field: turns per 10,000 characters of each value."""
    bars = []
    for row in crossed.lines:
        rate = cell_text(row.turns, row, Unit.RATE)
        cells = (f"{row.turns:,}", f"{row.characters:,}", rate)
        name = row_label(crossed.rows, row, Unit.RATE)
        bars.append(_Bar(name, cell_amount(row.turns, row, Unit.RATE), rate, cells))
    notes = [_(FEW_NOTES[Unit.RATE])] if any(one.name.endswith(" *") for one in bars) else []
    if crossed.more_rows:
        notes.append(_("+{values}").format(values=humanize.count(crossed.more_rows, f"more {crossed.rows}")))
    field = humanize.field(crossed.rows)
    turns = humanize.with_words(_(UNITS[Unit.RATE]), query, crossed.match if crossed.turns else "")
    title = _("{fields}, {turns}").format(fields=field, turns=turns)
    header = (field, _("turns"), _("characters"), _("per {number}").format(number=f"{PER:,}"))
    return _drawing(title, _("A bar for each {field}.").format(field=field), bars, header, tuple(notes))


def _drawing(
    title: str, description: str, bars: Sequence[_Bar], header: tuple[str, ...], notes: tuple[str, ...]
) -> Drawing:
    """Draw bars, each below its name and its number."""
    most = max((one.amount for one in bars), default=0.0) or 1.0
    shapes: list[Shape] = []
    for index, one in enumerate(bars):
        top = index * _ROW
        shapes += [
            Text("0%", top + 15, clip(one.name, _NAME)),
            Text("100%", top + 15, one.text, "number", "end"),
            Rect("0%", top + 21, "100%", 6, "track"),
            Rect("0%", top + 21, percent(one.amount / most), 6, "bar"),
        ]
    table = Table(header, tuple((one.name, *one.cells) for one in bars))
    height = max(_ROW * len(bars), _ROW)
    return Drawing(title, description, _WIDTH, height, tuple(shapes), table, notes, fluid=True)


def _notes(facet: Facet) -> tuple[str, ...]:
    """Return what the bars leave out."""
    more = facet.values - len(facet.buckets)
    notes = []
    if more > 0 and facet.other:
        turns = humanize.count(facet.other, "turn")
        notes.append(_("+{number} more, with {turns}").format(number=f"{more:,}", turns=turns))
    if facet.chosen:
        notes.append(_("all values, not only {values}").format(values=_(", ").join(facet.chosen)))
    return tuple(notes)
