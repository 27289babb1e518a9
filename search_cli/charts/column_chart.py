"""Column charts of a timeline: a column for each period, in equal distances."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor, log10

from indexer.language.messages import gettext as _
from search_cli.charts.drawing import Drawing, Rect, Rule, Shape, Table, Text, percent
from search_cli.rendering.pages.crosstab_table import PER, rate_text
from search_cli.rendering.terminal import humanize
from search_cli.search.timeline import Period, Timeline

_WIDTH, _HEIGHT = 720, 180
_TOP, _BOTTOM = 18, 24
_LEFT = 0.07
"""Share of the width for the numbers of the scale."""
_NUMBERED = 16
"""Columns that have their count above them at most: more of them are too narrow."""
_FEWEST = 8
"""Columns that fill the width: fewer are not wider."""
_LABELS, _SHORT_LABELS = 6, 9
"""Periods that are named below the columns: of months, of years."""


def column_chart(found: Timeline, *, per: bool = False) -> Drawing:
    """Draw a timeline that is not split: its turns, or with `per` turns per 10,000 characters."""
    periods = found.periods
    heights = [_height(one, per) for one in periods]
    top = _scale(max(heights, default=0.0) or 1.0)
    step = (1 - _LEFT) / max(len(periods), _FEWEST)
    shapes: list[Shape] = list(_grid(top))
    for index, (one, height) in enumerate(zip(periods, heights, strict=True)):
        left, pixels = _LEFT + index * step, _HEIGHT * height / top
        tip = _("{name}: {number}").format(name=one.period, number=_number(one, height, per))
        shapes.append(Rect(percent(left + step * 0.14), _y(height, top), percent(step * 0.72), pixels, "bar", tip))
        if len(periods) <= _NUMBERED and height:
            shapes.append(
                Text(percent(left + step / 2), _y(height, top) - 5, _count_text(height, per), "number", "middle")
            )
    shapes += _period_labels(periods, step)
    shapes += (
        Rule(percent(_LEFT + at * step), _TOP, percent(_LEFT + at * step), _TOP + _HEIGHT, "break")
        for at in breaks(periods)
    )
    field = humanize.field(found.by)
    turns = humanize.with_words(_unit(per), found.query, found.match if found.turns else "")
    description = _("A column for each {field}: {turns}, {interviews}.").format(
        field=field,
        turns=humanize.count(found.turns, "turn"),
        interviews=humanize.count(found.interviews, "interview"),
    )
    return Drawing(
        _("{turns} by {field}").format(turns=turns, field=field),
        description,
        _WIDTH,
        _TOP + _HEIGHT + _BOTTOM,
        tuple(shapes),
        _table(found),
        period_notes(found),
        fluid=True,
    )


def _unit(per: bool) -> str:
    """Return what the columns stand for."""
    return _("Turns per {number} characters").format(number=f"{PER:,}") if per else _("Turns")


def breaks(periods: Sequence[Period]) -> list[int]:
    """Return the places in a timeline before which periods without a turn are left out."""
    return [
        place
        for place, (one, following) in enumerate(pairwise(periods), start=1)
        if date.fromisoformat(one.until) + timedelta(days=1) < date.fromisoformat(following.since)
    ]


def period_notes(found: Timeline) -> tuple[str, ...]:
    """Return what a drawing of periods leaves out."""
    notes = []
    if found.undated:
        notes.append(_("{turns} without a date").format(turns=humanize.count(found.undated, "turn")))
    if breaks(found.periods):
        notes.append(_("dotted lines: years without a turn, left out"))
    return tuple(notes)


def _table(found: Timeline) -> Table:
    rows = ((one.period, f"{one.turns:,}", f"{one.characters:,}") for one in found.periods)
    return Table((humanize.field(found.by), _("turns"), _("characters")), tuple(rows))


def _height(one: Period, per: bool) -> float:
    """Return what a column stands for: turns, or their rate."""
    if not per:
        return one.turns
    return PER * one.turns / one.characters if one.characters else 0.0


def _number(one: Period, height: float, per: bool) -> str:
    counted = humanize.count(one.turns, "turn")
    if not (per and height):
        return counted
    text = _("{turns}, {rate} per {number} characters")
    return text.format(turns=counted, rate=rate_text(height), number=f"{PER:,}")


def _count_text(height: float, per: bool) -> str:
    return rate_text(height) if per else _compact(height)


def _scale(most: float) -> float:
    """Return the height of the scale: 1, 2 or 5 with zeros, or twice that, not below `most`."""
    unit = 10.0 ** floor(log10(most))
    return next(unit * step for step in (1, 2, 4, 6, 8, 10) if unit * step >= most)


def _grid(top: float) -> Iterator[Shape]:
    """Yield the lines of the scale with their numbers: nothing, half, all."""
    for part in (0.0, 0.5, 1.0) if top > 1 else (0.0, 1.0):
        y = _y(top * part, top)
        yield Rule(percent(_LEFT), y, "100%", y, "grid" if part else "axis")
        if part:
            yield Text("0%", y + 4, _compact(top * part), "number")


def _period_labels(periods: Sequence[Period], step: float) -> Iterator[Shape]:
    """Yield the names of as many periods as have room."""
    longest = max((len(one.period) for one in periods), default=0)
    every = ceil(len(periods) / (_LABELS if longest > 4 else _SHORT_LABELS)) or 1
    for index, one in enumerate(periods):
        if index % every == 0:
            yield Text(percent(_LEFT + (index + 0.5) * step), _TOP + _HEIGHT + 17, one.period, "number", "middle")


def _y(height: float, top: float) -> float:
    return round(_TOP + _HEIGHT * (1 - height / top), 2)


def _compact(number: float) -> str:
    """Return a number in four characters or five: 40, 2.5, 12k, 3M."""
    for size, unit in ((1_000_000, "M"), (10_000, "k")):
        if number >= size:
            return f"{number / (1000 if unit == 'k' else size):.3g}{unit}"
    return f"{number:,.3g}" if number < 100 else f"{number:.0f}"
