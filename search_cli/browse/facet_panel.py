"""The panel of facets: the values of each field with their turns, which Enter, Space or a click turns on and off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.events import Resize

from indexer.language.messages import gettext as _
from indexer.text.printable import plain
from search_cli.browse.row_list import RowList
from search_cli.models import Bucket, Facet
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import clip

FIELDS = ("speaker", "topic", "outlet", "year")
"""The facets of the panel."""
_FEWEST = 3
"""Values of a field that are listed in the lowest window; more where there is room."""
_ON, _OFF = "✓ ", "  "


@dataclass(frozen=True, slots=True)
class FacetRow:
    """A row of the panel: the name of a field, one of its values, or that there are more (`more` of them)."""

    field: str
    value: str = ""
    count: int = 0
    chosen: bool = False
    more: int = 0

    @property
    def is_heading(self) -> bool:
        """Tell whether it is the name of a field."""
        return not self.value and not self.more


class FacetPanel(RowList):
    """The facets of the last search; fields in `opened` list all their values."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.opened: frozenset[str] = frozenset()
        self.rows: tuple[FacetRow, ...] = ()
        self.facets: tuple[Facet, ...] = ()

    @property
    def current(self) -> FacetRow | None:
        """Return the row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def show_facets(self, facets: Sequence[Facet]) -> None:
        """Show the facets of a search, with the cursor on the same value as before if it is still there."""
        before = self.current
        self.facets = tuple(facets)
        height = max(self.size.height, 1)
        listed = sum(bool(facet.buckets) for facet in self.facets)
        self.rows = tuple(facet_rows(self.facets, height // max(listed, 1) - 1, self.opened))
        same = (
            index
            for index, row in enumerate(self.rows)
            if before and (row.field, row.value) == (before.field, before.value)
        )
        rows = self.rows
        first = next((index for index, row in enumerate(rows) if not row.is_heading), 0)
        self.show_rows(lambda width: [[_line(row, width)] for row in rows], next(same, first), keep=True)

    def on_resize(self, event: Resize) -> None:
        """List as many values as there is room for now."""
        super().on_resize(event)
        self.show_facets(self.facets)

    def can_hold_cursor(self, index: int) -> bool:
        """Tell whether a row is not a heading."""
        return not self.rows[index].is_heading

    def chosen(self, field: str) -> tuple[str, ...]:
        """Return the values of a field that are chosen."""
        return next((one.chosen for one in self.facets if one.field == field), ())

    def toggle_opened(self, field: str) -> None:
        """List all values of a field, or the most frequent ones again."""
        self.opened = self.opened ^ {field}


def facet_rows(facets: Sequence[Facet], room: int, opened: Iterable[str] = ()) -> list[FacetRow]:
    """Return the rows: of each field `room` values, three at least, and the chosen ones; all of those `opened`."""
    rows: list[FacetRow] = []
    for facet in facets:
        buckets = _ordered(facet)
        if not buckets:
            continue
        known = max(facet.values, len(buckets))
        most = len(buckets) if facet.field in opened else max(room, _FEWEST)
        if known > most:
            most = max(most - 1, _FEWEST) if facet.field not in opened else most
        shown = [one for index, one in enumerate(buckets) if index < most or one.value in facet.chosen]
        rows.append(FacetRow(facet.field))
        rows += [FacetRow(facet.field, one.value, one.count, one.value in facet.chosen) for one in shown]
        if known > len(shown):
            rows.append(FacetRow(facet.field, more=known - len(shown)))
    return rows


def _ordered(facet: Facet) -> list[Bucket]:
    """Return the values that can be chosen, years from the latest on, others as they come."""
    buckets = [one for one in facet.buckets if one.value.strip()]
    return sorted(buckets, key=lambda one: one.value, reverse=True) if facet.field == "year" else buckets


def _line(row: FacetRow, width: int) -> StyledLine:
    """Lay out a row."""
    if row.is_heading:
        return line(Segment(f" {humanize.field(row.field)}", Style.DIM))
    if row.more:
        return line(Segment(f"   {_('+{number} more').format(number=f'{row.more:,}')}", Style.DIM))
    count = f" {row.count:,} "
    mark = _ON if row.chosen else _OFF
    name = clip(_name(row), max(width - len(count) - len(mark) - 1, 4))
    style = Style.NAME if row.chosen else Style.PLAIN
    left = line(" ", Segment(mark + name, style))
    return line(*left, " " * max(width - cells(left) - len(count), 0), Segment(count, Style.DIM))


def _name(row: FacetRow) -> str:
    """Return a value as shown: a speaker without a name of its own as 记者@qzone."""
    return plain(row.value).strip() or humanize.UNNAMED
