"""Rug plots of a dispersion: a strip for each interview from start to end, with a tick where a word falls."""

from indexer.language.messages import gettext as _
from indexer.language.messages import pgettext
from search_cli.charts.drawing import COLUMN, Drawing, Rect, Shape, Table, Text, widest
from search_cli.kwic.dispersion import Dispersion, DispersionLine, stretches
from search_cli.rendering.pages.crosstab_table import rate_text
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.wrapping import clip

_STRIP, _ROW, _HEAD = 420, 28, 28
"""Pixels: of a strip from start to end, of a row, of the head."""
_TICK = 2
_NAME = 26
"""Columns of an interview's id."""


def rug_plot(found: Dispersion) -> Drawing:
    """Draw the occurrences of a query's words in the interviews of a dispersion."""
    left = COLUMN * (widest([one.short for one in found.lines], _NAME) + 11) + 16
    width = left + _STRIP + 60
    shapes: list[Shape] = [
        Text(left, 16, pgettext("interview", "start"), "number"),
        Text(left + _STRIP, 16, pgettext("interview", "end"), "number", "end"),
        Text(width, 16, pgettext("interview", "times"), "number", "end"),
    ]
    for index, one in enumerate(found.lines):
        top = _HEAD + index * _ROW
        shapes += [
            Text(0, top + 17, one.date or _("no date"), "number"),
            Text(COLUMN * 11 + 4, top + 17, clip(one.short, _NAME)),
            Rect(left, top + 3, _STRIP, _ROW - 8, "track"),
            *_ticks(one, left, top),
            Text(width, top + 17, f"{one.occurrences:,}", "number", "end"),
        ]
    more = found.found - len(found.lines)
    description = _("A strip for each interview, from start to end: {occurrences}, {interviews}, DP {dp}.").format(
        occurrences=humanize.count(found.occurrences, "occurrence"),
        interviews=humanize.count(found.found, "interview"),
        dp=f"{found.dp:.2f}",
    )
    return Drawing(
        _("Where {query} falls in each interview").format(query=found.query),
        description,
        width,
        _HEAD + _ROW * len(found.lines),
        tuple(shapes),
        _table(found),
        (_("+{values}").format(values=humanize.count(more, "more interview")),) if more else (),
    )


def _ticks(one: DispersionLine, left: float, top: float) -> list[Shape]:
    """Return the ticks of an interview: occurrences closer than a pixel or two are one, the more the darker."""
    counts = stretches(one.positions, _STRIP // _TICK)
    return [
        Rect(left + place * _TICK, top + 3, _TICK, _ROW - 8, f"tick-{min(count, 3)}")
        for place, count in enumerate(counts)
        if count
    ]


def _table(found: Dispersion) -> Table:
    rows = (
        (one.interview_id, one.date, f"{one.occurrences:,}", rate_text(one.per_10k) if one.per_10k else "·")
        for one in found.lines
    )
    header = (humanize.field("interview"), humanize.field("date"), _("occurrences"), _("per 10,000 characters"))
    return Table(header, tuple(rows))
