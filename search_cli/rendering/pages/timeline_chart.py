"""The screen of a timeline: a bar a period, or a table of the values that it is split by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.language.messages import gettext as _
from indexer.language.messages import ngettext
from indexer.text.printable import plain
from search_cli.rendering.pages.crosstab_table import (
    FEW_CHARACTERS,
    FEW_NOTES,
    PER,
    PER_HEADING,
    UNITS,
    Unit,
    rate_text,
)
from search_cli.rendering.pages.no_turns import no_turns_lines
from search_cli.rendering.terminal import bars, humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, columns_of, line
from search_cli.rendering.terminal.tables import Column, fitting, table
from search_cli.rendering.terminal.wrapping import clip, indented, spread
from search_cli.search.timeline import Period, Timeline

_NOTHING = "·"
_LONGEST = 40
"""Columns of a bar at most."""
_HEADING = 12
"""Columns of a heading at most."""
_LISTED = 2
"""Periods without a turn that are listed one by one; more are one line."""


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """How a timeline is laid out: `per` for rates; `filters` are those of the next step, as typed."""

    width: int
    per: bool = False
    hints: bool = True
    filters: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A period, or a gap of several without a turn."""

    label: str
    period: Period | None = None


def timeline_lines(found: Timeline, page: TimelinePage) -> list[StyledLine]:
    """Lay out a timeline: the head, a row per period, the undated turns, how to see a period's turns."""
    if not found.turns:
        return no_turns_lines(found.query, page.filters, page.width, page.hints)
    rows = list(_rows(found, page.per))
    kept = fitting(_columns(found, rows, page), page.width)
    lines = [*_head(found, page), (), *table(kept, page.width)]
    if not found.periods:
        lines.append(line(Segment(f" {_('No turn has a date.')}", Style.DIM)))
    for note in _notes(found, rows, page, len(found.across) + 2 - len(kept) if found.split and rows else 0):
        lines += indented(line(Segment(note, Style.DIM)), page.width, line(" "), 1)
    return [*lines, *(_next_step(found, page) if page.hints and found.periods else [])]


def _rows(found: Timeline, per: bool) -> Iterator[_Row]:
    """Yield a row per period; several in turn without a turn are one."""
    for is_empty, group in groupby(found.periods, lambda one: not one.turns):
        periods = list(group)
        if is_empty and len(periods) > _LISTED:
            yield _Row(f"… {humanize.count(len(periods), found.by)}")
            continue
        for one in periods:
            few = per and one.turns and one.characters < FEW_CHARACTERS
            name = one.since if found.by == "week" else one.period  # a day is what --since takes
            yield _Row(name + (" *" if few else ""), one)


def _columns(found: Timeline, rows: Sequence[_Row], page: TimelinePage) -> list[Column]:
    """Return the columns: the periods, then bars, counts and shares, or a column per value and the total."""
    columns = [Column("", [row.label for row in rows], style=Style.NAME)]
    if found.split:
        for index, value in enumerate(found.across):
            cells = [_cell(row, row.period.counts[index] if row.period else 0, page.per) for row in rows]
            shown = (humanize.role_name(value) if found.split == "role" else plain(value).strip()) or humanize.UNNAMED
            columns.append(Column(clip(shown, _HEADING), cells, right=True, rank=2 + index))
    else:
        columns += _bars(rows, page)
    return [*columns, *_totals(found, rows, page.per)]


def _bars(rows: Sequence[_Row], page: TimelinePage) -> list[Column]:
    """Return the bars and, of rates, the turns and characters they are made of."""
    heights = [_height(row, page.per) for row in rows]
    most = max(heights, default=0) or 1
    room = min(_LONGEST, page.width - max((columns_of(row.label) for row in rows), default=0) - 30)
    drawn = [bars.bar(height, most, room) for height in heights]
    columns = [Column("", drawn, rank=4, style=Style.BAR)] if room >= 4 else []
    if page.per:
        turns = [f"{_turns(row):,}" if row.period else "" for row in rows]
        columns.append(Column(_("turns"), turns, right=True, rank=2))
        characters = [f"{row.period.characters:,}" if row.period else "" for row in rows]
        columns.append(Column(_("characters"), characters, right=True, rank=3))
    return columns


def _totals(found: Timeline, rows: Sequence[_Row], per: bool) -> list[Column]:
    """Return the last columns: all turns of each period, or their rate, and their share of all turns."""
    totals = [_cell(row, _turns(row), per) for row in rows]
    if found.split or per:
        return [Column(_("all") if found.split else _(PER_HEADING), totals, right=True, rank=1)]
    shares = [humanize.share(_turns(row) / found.turns) if _turns(row) else "" for row in rows]
    return [
        Column(_("turns"), totals, right=True, rank=1),
        Column(_("share"), shares, right=True, rank=3, style=Style.DIM),
    ]


def _turns(row: _Row) -> int:
    return row.period.turns if row.period else 0


def _height(row: _Row, per: bool) -> float:
    """Return what a bar stands for: turns, or their rate."""
    if per and row.period:
        return row.period.turns / row.period.characters if row.period.characters else 0
    return _turns(row)


def _cell(row: _Row, count: int, per: bool) -> str:
    """Return a count, a rate, or · for nothing."""
    if row.period is None or not count or (per and not row.period.characters):
        return _NOTHING
    return rate_text(PER * count / row.period.characters) if per else f"{count:,}"


def _head(found: Timeline, page: TimelinePage) -> list[StyledLine]:
    """Lay out the head: turns by year with 手机        24 turns, 9 interviews."""
    axes = " × ".join(map(humanize.field, filter(None, (found.by, found.split))))
    unit = _(UNITS[Unit.RATE if page.per else Unit.TURNS])
    turns = humanize.with_words(unit, found.query, found.match if found.turns else "")
    counts = humanize.clauses((humanize.count(found.turns, "turn"), humanize.count(found.interviews, "interview")))
    left = line(Segment(axes, Style.NAME), Segment(_(", {turns}").format(turns=turns), Style.DIM))
    return [(Segment(" "), *row) for row in spread(left, line(Segment(counts, Style.DIM)), page.width - 1)]


def _notes(found: Timeline, rows: Sequence[_Row], page: TimelinePage, hidden: int) -> Iterator[str]:
    """Yield what the rows do not tell."""
    if any(row.label.endswith("*") for row in rows):
        yield _(FEW_NOTES[Unit.RATE])
    if more := hidden + found.more:
        yield _("+{values} with --csv").format(values=humanize.count(more, f"more {found.split}"))
    if found.undated:
        undated = ngettext(
            "{turns} is undated; fangtan interviews lists such interviews last",
            "{turns} are undated; fangtan interviews lists such interviews last",
            found.undated,
        )
        yield undated.format(turns=humanize.count(found.undated, "turn"))


def _next_step(found: Timeline, page: TimelinePage) -> list[StyledLine]:
    """Lay out the command that shows the turns of the period with the most."""
    most = max(found.periods, key=lambda one: one.turns)
    since, until = (most.period, most.period) if found.by in {"year", "month"} else (most.since, most.until)
    words = ["fangtan search", humanize.query_arguments(found.query), *page.filters]
    typed = plain(" ".join(filter(None, [*words, f"--since {since} --until {until}"])))
    return indented(line(Segment(typed, Style.COMMAND)), page.width, line(Segment(f" {_('Read on: ')}", Style.DIM)), 3)
