"""Concordances: each occurrence of a word on a line, between its left and right context (KWIC).

In the order of the archive and by date, lines are built while turns are read, and none is kept. Any other order reads
all turns first and keeps the lines (1.2 kB each, 1.2 GB for a million), with a limit only that many.
"""

import heapq
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from operator import itemgetter
from sys import intern

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.text.normalize import fold
from indexer.text.printable import plain
from search_cli.client import ArchiveClient
from search_cli.kwic.collation import collation_key, name_collation_key
from search_cli.kwic.occurrences import MatchingTurns, TurnMatch, find_turns, read_turns
from search_cli.models import Span
from search_cli.query.checks import check_minimum
from search_cli.query.request import Filters, SearchRequest, Sort
from search_cli.query.request import request as search_request
from search_cli.search import addresses
from search_cli.search.known_names import MANY
from search_cli.search.short_ids import short_ids

WINDOW = 40
"""Default number of characters on each side of a word."""

COUNTED = 5000
"""Turns that are read after the last line, to count all occurrences. Where Elasticsearch finds more than twice as many,
none is: some of what it finds has a word in another form only, but hardly half."""

_LEAST_PAGE, _MOST_PAGE = 100, 1000  # turns
_SPACES = re.compile(r"\s+")
_MARGIN = 40  # more characters, for accents and spaces
_COMPARED = 20
"""Characters of context in a sort key."""


class ConcordanceOrder(StrEnum):
    """The order of lines: as in the archive, by left or right context, word or speaker, latest or oldest first."""

    POSITION = "position"
    LEFT = "left"
    RIGHT = "right"
    WORD = "word"
    SPEAKER = "speaker"
    DATE = "date"
    OLDEST = "oldest"


_TURN_ORDERS = {ConcordanceOrder.DATE: Sort.DATE, ConcordanceOrder.OLDEST: Sort.OLDEST}
"""The orders in which lines are built while turns are read, besides that of the archive."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence: `left`, `keyword` and `right` as printed, line breaks as spaces.

    `start` and `end` are its span in the turn's text, in characters from 0, `end` exclusive.
    """

    left: str
    keyword: str
    right: str
    speaker: str
    role: str
    date: str
    address: str
    interview_id: str
    turn: int
    start: int
    end: int
    outlet: str
    title: str


@dataclass(frozen=True, slots=True)
class Concordance:
    """The lines of a concordance, and counts.

    `occurrences` counts all, also beyond the limit; None if there are too many turns to count them. `turns` and
    `interviews` are those with an occurrence. `words` are the words of the query, in normal form, and `also` those
    searched with them (synonyms, regional words). `match` is the one used: by default all, most or some.
    `short` maps the interviews of the lines to short ids for `fangtan show`.
    """

    query: str
    lines: tuple[Occurrence, ...]
    occurrences: int | None
    turns: int
    interviews: int
    archive_interviews: int
    words: tuple[str, ...]
    also: tuple[str, ...]
    match: str
    sort: str
    short: dict[str, str]


@dataclass(frozen=True, slots=True)
class ConcordanceRequest:
    """The options of a concordance: `limit` is None for all lines, `window` in characters on each side."""

    search: SearchRequest
    order: ConcordanceOrder
    limit: int | None
    window: int


def concordance_request(
    query: str, sort: str, limit: int | None, window: int, narrowing: Filters
) -> ConcordanceRequest:
    """Check the options of a concordance; raises `QueryError` and `UsageError` as a search does."""
    order = next((one for one in ConcordanceOrder if one == sort.strip().lower()), None)
    if order is None:
        raise UsageError(
            _("A concordance cannot be sorted by {sort}.").format(sort=sort),
            _("Choose one of {values}.").format(values=", ".join(ConcordanceOrder)),
        )
    if limit is not None:
        check_minimum("limit", limit)
    check_minimum("window", window)
    turn_order = _TURN_ORDERS.get(order, Sort.POSITION)
    return ConcordanceRequest(search_request(query, sort=turn_order, **narrowing), order, limit, window)


def concordance(client: ArchiveClient, request: ConcordanceRequest) -> Concordance:
    """Return the first lines of a concordance, with counts of all."""
    matching = find_turns(client, request.search)
    turns = _CountedTurns(read_turns(client, _first(matching, request)))
    lines = tuple(sorted_lines(turns, request))
    if matching.turns - turns.turns <= 2 * COUNTED:
        turns.count_rest()
    ids = dict.fromkeys(line.interview_id for line in lines)
    all_ids = addresses.ids(client) if ids else ()
    return Concordance(
        request.search.query,
        lines,
        turns.occurrences if turns.complete else None,
        turns.turns if turns.complete else matching.turns,
        len(turns.interviews) if turns.complete else matching.interviews,
        matching.archive_interviews,
        matching.words,
        matching.also,
        str(matching.match),
        str(request.order),
        short_ids(ids, all_ids) if len(all_ids) < MANY else {id_: id_ for id_ in ids},
    )


def _first(matching: MatchingTurns, request: ConcordanceRequest) -> MatchingTurns:
    """Return the turns to read in pages that are no longer than the lines need, where the others are not counted."""
    if not request.limit or matching.turns <= request.limit + 2 * COUNTED or not _is_read_in_order(request):
        return matching
    return replace(matching, body={**matching.body, "size": min(max(request.limit, _LEAST_PAGE), _MOST_PAGE)})


def _is_read_in_order(request: ConcordanceRequest) -> bool:
    """Tell whether lines are built while turns are read."""
    return request.order is ConcordanceOrder.POSITION or request.order in _TURN_ORDERS


def occurrences(client: ArchiveClient, request: ConcordanceRequest) -> Iterator[Occurrence]:
    """Yield the lines of a concordance; in the order of the archive and by date, while turns are read."""
    matching = find_turns(client, request.search)
    yield from sorted_lines(read_turns(client, matching), request)


class _CountedTurns:
    """An iterator over turns that counts them and their occurrences; `complete` once all were read."""

    def __init__(self, turns: Iterable[TurnMatch]) -> None:
        self._turns = iter(turns)
        self.occurrences = 0
        self.turns = 0
        self.interviews: set[str] = set()
        self.complete = False

    def __iter__(self) -> Iterator[TurnMatch]:
        for turn in self._turns:
            self.occurrences += len(turn.spans)
            self.turns += 1
            self.interviews.add(turn.source["interview_id"])
            yield turn
        self.complete = True

    def count_rest(self) -> None:
        """Count up to `COUNTED` of the turns that are left."""
        for _turn in islice(self, COUNTED):
            pass


def sorted_lines(turns: Iterable[TurnMatch], request: ConcordanceRequest) -> Iterator[Occurrence]:
    """Yield the lines in the order of the request; equal ones are in the order of the archive."""
    order, limit = request.order, request.limit
    keyed = ((_sort_key(turn, span, order), line) for turn in turns for span, line in turn_lines(turn, request.window))
    if _is_read_in_order(request):
        yield from (line for _, line in islice(keyed, limit))
    elif limit is None:
        yield from (line for _, line in sorted(keyed, key=itemgetter(0)))
    else:
        yield from (line for _, line in heapq.nsmallest(limit, keyed, key=itemgetter(0)))


def _sort_key(turn: TurnMatch, span: Span, order: ConcordanceOrder) -> tuple[str, ...]:
    """Return the sort key of a line, of normal forms: 資訊 and 资讯 are together."""
    text, (start, end) = turn.plain.text, span
    if order is ConcordanceOrder.SPEAKER:
        return (name_collation_key(fold(turn.source.get("speaker", ""))),)
    if order is ConcordanceOrder.POSITION or order in _TURN_ORDERS:
        return ()
    left = collation_key(text[max(start - _COMPARED, 0) : start][::-1])
    right = collation_key(text[end : end + _COMPARED])
    if order is ConcordanceOrder.WORD:
        return collation_key(text[start:end]), right, left
    return (left, right) if order is ConcordanceOrder.LEFT else (right, left)


def turn_lines(turn: TurnMatch, window: int) -> Iterator[tuple[Span, Occurrence]]:
    """Yield the occurrences in a turn, each with its span in the normal text."""
    source = turn.source
    text, interview, number = source.get("text", ""), intern(source["interview_id"]), source["turn"]
    metadata = {name: intern(source.get(name, "")) for name in ("speaker", "role", "date", "outlet", "title")}
    address = f"{interview}#{number}"
    for span in turn.spans:
        start, end = turn.plain.printed(span)
        left, right = left_context(text, start, window), right_context(text, end, window)
        yield (
            span,
            Occurrence(
                left,
                single_line(text[start:end]),
                right,
                address=address,
                interview_id=interview,
                turn=number,
                start=start,
                end=end,
                **metadata,
            ),
        )


def left_context(text: str, start: int, window: int) -> str:
    """Return up to `window` characters before an offset, on one line, without an accent whose letter is cut off."""
    line = single_line(text[max(start - 2 * window - _MARGIN, 0) : start])
    cut = max(len(line) - window, 0)
    while cut < len(line) and _is_accent(line[cut]):
        cut += 1
    return line[cut:]


def right_context(text: str, end: int, window: int) -> str:
    """Return up to `window` characters from an offset on, on one line, with all accents of the last."""
    line = single_line(text[end : end + 2 * window + _MARGIN])
    cut = window
    while cut < len(line) and _is_accent(line[cut]):
        cut += 1
    return line[:cut]


def _is_accent(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def single_line(text: str) -> str:
    """Return a text on one line: runs of white space as one space, without control or bidirectional characters."""
    return _SPACES.sub(" ", plain(text))
