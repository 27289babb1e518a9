"""The next step of counts: the search that shows the turns of a value."""

from collections.abc import Iterator, Sequence

from indexer.language.messages import gettext as _
from indexer.text.printable import plain
from search_cli.models import Facet
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.wrapping import indented
from search_cli.search.crosstab import Crosstab

FieldValue = tuple[str, str]
"""A field of facets, and one of its values."""

_TIMES = frozenset({"date", "month", "year"})


def facet_search(facet: Facet, query: str, filters: Sequence[str], width: int) -> list[StyledLine]:
    """Lay out the search for the turns of a facet's most frequent value; `filters` are those of the command."""
    most = max((one for one in facet.buckets if one.value), key=lambda one: one.count, default=None)
    return value_search([(facet.field, most.value)], query, filters, width) if most is not None else []


def crosstab_search(crossed: Crosstab, query: str, filters: Sequence[str], width: int) -> list[StyledLine]:
    """Lay out the search for the turns of a crosstab's largest cell, or of its most frequent row without columns."""
    cells = [
        (count, row.value, column)
        for row in crossed.lines
        for column, count in zip(crossed.across or ("",), row.counts or (row.turns,), strict=True)
        if row.value and count
    ]
    if not cells:
        return []
    _count, row_value, column = max(cells, key=lambda cell: cell[0])
    values = [(crossed.rows, row_value), *([(crossed.columns, column)] if column else [])]
    return value_search(values, query, filters, width)


def value_search(values: Sequence[FieldValue], query: str, filters: Sequence[str], width: int) -> list[StyledLine]:
    """Lay out a search for the turns with these values that pass the filters, but not those of the same fields."""
    keywords = [f"keyword:{_quoted(value)}" for field, value in values if field == "keyword"]
    fields = {field for field, _value in values}
    kept = [one for one in filters if one.partition(" ")[0].removeprefix("--") not in _replaced(fields)]
    words = humanize.query_arguments(" ".join(filter(None, [query, *keywords])))
    typed = " ".join(filter(None, ["fangtan search", words, *_options(values), *kept]))
    label = line(Segment(f" {_('Read on: ')}", Style.DIM))
    return indented(line(Segment(plain(typed), Style.COMMAND)), width, label, 3)


def _options(values: Sequence[FieldValue]) -> Iterator[str]:
    """Yield the options that choose values."""
    for field, value in values:
        if field in _TIMES:
            yield f"--since {value} --until {value}"
        elif field != "keyword":
            yield f"--{field} {humanize.argument(value)}"


def _replaced(fields: set[str]) -> set[str]:
    """Return the filters that the values replace: those of their fields, and the range of a time."""
    return fields | ({"since", "until"} if fields & _TIMES else set())


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
