"""Count the occurrences of a query's words by one field of their turns, or by two.

They are the occurrences of the concordance: a turn with three counts three times. A turn with several topics or
keywords counts for each; one without a value counts for "", so that the rows of any other field add up to the total.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.client import ArchiveClient
from search_cli.kwic.occurrences import TurnMatch, find_turns, read_turns
from search_cli.query.aggregations import facet_keyword
from search_cli.query.checks import check_minimum
from search_cli.query.request import FacetField, Filters, SearchRequest, facet_fields
from search_cli.query.request import request as search_request
from search_cli.query.values import TaggedTurns
from search_cli.search.responses import MONTHS

_READ = ["interview_id", "turn", "text", "words"]
"""Fields of a turn that the occurrences are found in, besides those that are counted by."""

_TIMES = {FacetField.DATE: 7, FacetField.MONTH: 7, FacetField.YEAR: 4}
"""How many characters of a date are its month or year."""


@dataclass(frozen=True, slots=True)
class CountRow:
    """A value with its occurrences, the turns that have them, and the occurrences in each column."""

    value: str
    occurrences: int
    turns: int
    counts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OccurrenceCounts:
    """The occurrences of a query's words by two fields, or by one if `columns` is "".

    `across` are the values of the columns: times in their order, others the most frequent first, as the rows. `found`
    counts the rows before the limit; `occurrences`, `turns` and `interviews` are those of the concordance.
    """

    query: str
    rows: str
    columns: str
    across: tuple[str, ...]
    lines: tuple[CountRow, ...]
    found: int
    occurrences: int
    turns: int
    interviews: int
    archive_interviews: int
    words: tuple[str, ...]
    also: tuple[str, ...]
    match: str


@dataclass(frozen=True, slots=True)
class CountsRequest:
    """The options of counts: one field or two; `limit` of rows is None for all."""

    search: SearchRequest
    fields: tuple[FacetField, ...]
    limit: int | None


def counts_request(query: str, fields: Sequence[str], limit: int | None, narrowing: Filters) -> CountsRequest:
    """Check the options of counts; raises `QueryError` and `UsageError` as a search does."""
    parsed = facet_fields(fields)
    if not 1 <= len(parsed) <= 2:
        raise UsageError(_("Occurrences are counted by one field or two."), "fangtan kwic 小米 --count speaker year")
    if limit is not None:
        check_minimum("limit", limit)
    return CountsRequest(search_request(query, **narrowing), parsed, limit)


def occurrence_counts(client: ArchiveClient, request: CountsRequest) -> OccurrenceCounts:
    """Return the counts of a query's occurrences; all its turns are read."""
    matching = find_turns(client, replace(request.search, facets=request.fields))
    fields = [_source_field(field) for field in request.fields]
    reading = replace(matching, body={**matching.body, "_source": [*_READ, *fields]})
    found = _with_tags(read_turns(client, reading), matching.request.tags)
    turns = tuple(_counted(found, {"interview_id", *fields}))
    interviews = {turn.interview_id for turn in turns}
    keys = [_reader(field, turns) for field in request.fields]
    rows, row_turns = _totals(turns, keys[0]), _totals(turns, keys[0], each=True)
    columns = _totals(turns, keys[1]) if len(keys) > 1 else Counter[str]()
    across = _in_order(request.fields[-1], columns)
    cells = Counter[tuple[str, str]]()
    for turn in turns if columns else ():
        for row in keys[0](turn.source):
            for column in keys[1](turn.source):
                cells[row, column] += turn.occurrences
    values = _in_order(request.fields[0], rows)
    lines = (
        CountRow(value, rows[value], row_turns[value], tuple(cells[value, one] for one in across))
        for value in values[: request.limit]
    )
    return OccurrenceCounts(
        query=request.search.query,
        rows=str(request.fields[0]),
        columns=str(request.fields[1]) if columns else "",
        across=across,
        lines=tuple(lines),
        found=len(values),
        occurrences=sum(turn.occurrences for turn in turns),
        turns=len(turns),
        interviews=len(interviews),
        archive_interviews=matching.archive_interviews,
        words=matching.words,
        also=matching.also,
        match=str(matching.match),
    )


@dataclass(frozen=True, slots=True)
class _CountedTurn:
    """A turn with its occurrences: what is counted by, without its text."""

    source: Mapping[str, Any]
    occurrences: int

    @property
    def interview_id(self) -> str:
        return str(self.source["interview_id"])


_Reader = Callable[[Mapping[str, Any]], Sequence[str]]


def _with_tags(turns: Iterable[TurnMatch], tags: Iterable[TaggedTurns]) -> Iterator[TurnMatch]:
    """Yield turns with their tags, which are not in the index."""
    of_turn: dict[str, list[str]] = {}
    for one in tags:
        for address in one.addresses:
            of_turn.setdefault(address, []).append(one.tag)
    for turn in turns:
        own = of_turn.get(f"{turn.source['interview_id']}#{turn.source['turn']}")
        yield replace(turn, source={**turn.source, "tag": own}) if own else turn


def _counted(turns: Iterable[TurnMatch], fields: set[str]) -> Iterable[_CountedTurn]:
    for turn in turns:
        yield _CountedTurn({name: turn.source[name] for name in fields & turn.source.keys()}, len(turn.spans))


def _source_field(field: FacetField) -> str:
    """Return the field of a turn that is counted by."""
    return "tag" if field is FacetField.TAG else facet_keyword(field) or "date"


def _reader(field: FacetField, turns: Iterable[_CountedTurn]) -> _Reader:
    """Return what reads the values of a field; `date` is by month, or by year if there are many months."""
    name, length = _source_field(field), _TIMES.get(field)
    if field is FacetField.DATE and len({turn.source.get(name, "")[:length] for turn in turns}) > MONTHS:
        length = _TIMES[FacetField.YEAR]

    def read(source: Mapping[str, Any]) -> Sequence[str]:
        own = source.get(name, "")
        return own or ("",) if isinstance(own, list) else (own[:length],)

    return read


def _totals(turns: Iterable[_CountedTurn], read: _Reader, *, each: bool = False) -> Counter[str]:
    """Count the occurrences of each value, or its turns if `each` counts once."""
    totals = Counter[str]()
    for turn in turns:
        for value in read(turn.source):
            totals[value] += 1 if each else turn.occurrences
    return totals


def _in_order(field: FacetField, totals: Mapping[str, int]) -> tuple[str, ...]:
    """Return the values in the order of time, or the most frequent first; no value is last."""
    if field in _TIMES:
        return tuple(sorted(totals, key=lambda value: (not value, value)))
    return tuple(sorted(totals, key=lambda value: (not value, -totals[value], value)))
