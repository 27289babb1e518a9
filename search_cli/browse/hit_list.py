"""The list of hits: speaker, date and outlet, and the lines that matched."""

from dataclasses import replace

from textual.message import Message

from indexer.text.printable import plain
from search_cli.browse.line_view import LineLayout
from search_cli.browse.row_list import RowList, Rows
from search_cli.models import Hit, HitMatch, SearchResult
from search_cli.rendering.pages.hits import NEAR, speaker_line
from search_cli.rendering.pages.results import lesser_heading, lesser_hits
from search_cli.rendering.terminal.excerpts import excerpt
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import spread, wrap

_TALL = 40
"""Rows of a list from which an excerpt has three lines instead of two."""


_AHEAD = 5
"""Hits, or rows, before the end of the list at which the next page is asked for."""


class HitList(RowList):
    """The hits of a search, as many pages as were scrolled to."""

    class Ended(Message):
        """The end of the list is near, and there are more hits."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.result: SearchResult | None = None

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Return the hits that are listed."""
        return self.result.hits if self.result else ()

    @property
    def current(self) -> Hit | None:
        """Return the hit under the cursor."""
        return self.hits[self.cursor] if self.cursor < len(self.hits) else None

    @property
    def has_more(self) -> bool:
        """Tell whether there are hits that are not listed yet."""
        return self.result is not None and len(self.hits) < self.result.reachable

    def on_row_list_moved(self) -> None:
        """Ask for the next page before the cursor is at the end."""
        if self.has_more and self.cursor >= self.count - _AHEAD:
            self.post_message(self.Ended())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for the next page before the end is visible, as when the mouse scrolls."""
        super().watch_scroll_y(old_value, new_value)
        if self.has_more and new_value > old_value and new_value >= self.max_scroll_y - _AHEAD:
            self.post_message(self.Ended())

    def show_result(self, result: SearchResult) -> None:
        """List the hits of a search, from the first."""
        self.result = result
        self.show_rows(self._rows(result))

    def add_page(self, page: SearchResult) -> None:
        """Add the hits of the next page."""
        if self.result is not None:
            result = self.result = replace(self.result, hits=(*self.hits, *page.hits))
            self.show_rows(self._rows(result), self.cursor, keep=True)

    def replace_hit(self, hit: Hit) -> None:
        """List a hit as it is now, if it is still listed."""
        if self.result is not None:
            address = hit.turn.address
            hits = tuple(hit if one.turn.address == address else one for one in self.hits)
            result = self.result = replace(self.result, hits=hits)
            self.show_rows(self._rows(result), self.cursor, keep=True)

    def _rows(self, result: SearchResult) -> Rows:
        return lambda width: hit_rows(result, width, 3 if self.size.height >= _TALL else 2)

    def show_nothing(self, layout: LineLayout) -> None:
        """Show why there are no hits."""
        self.result = None
        self.show_rows(lambda width: [])
        self.show(layout)


def hit_rows(result: SearchResult, width: int, height: int = 2) -> list[list[StyledLine]]:
    """Lay out hits, each with `height` lines of its text; a heading is above the first without every word."""
    lesser = lesser_hits(result)
    rows = [_hit(hit, width, height) for hit in result.hits]
    if lesser is not None:
        rows[lesser] = [line(Segment(f" {lesser_heading(result)}", Style.DIM)), *rows[lesser]]
    return rows


def _hit(hit: Hit, width: int, height: int) -> list[StyledLine]:
    """Lay out a hit: who speaks, when and where, and the lines that matched."""
    number = line(Segment(f"{hit.rank:>3} ", Style.DIM))
    room = max(width - cells(number), 8)
    published = line(Segment(plain(" · ".join(part for part in (hit.turn.date, hit.turn.outlet) if part)), Style.DIM))
    speaker = speaker_line(hit.turn, room - cells(published) - 2)
    if cells(speaker) + cells(published) + 2 > room:
        published = line(Segment(plain(hit.turn.date), Style.DIM))
        speaker = speaker_line(hit.turn, room - cells(published) - 2)
    lines = [*spread(speaker, published, room)[:1], *_text(hit, room, height)]
    return [(number if index == 0 else (Segment(" " * cells(number)),)) + row for index, row in enumerate(lines)]


def _text(hit: Hit, room: int, height: int) -> list[StyledLine]:
    """Lay out the best lines of a turn."""
    near = line(Segment(f"{NEAR}  ", Style.DIM)) if hit.match is HitMatch.MEANING else ()
    text = excerpt(hit.turn.text, hit.marks, max(height * (room - 2) - 4 - cells(near), 8))
    return wrap((*near, *text), room)[:height] or [()]
