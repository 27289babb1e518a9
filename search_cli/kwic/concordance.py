"""A concordance: each occurrence of a word on a line of its own, between what was said before it and after it.

In the order of the archive, or by date, lines are made as turns are read, and nothing is kept. Any other order has to
read them all first: it keeps the lines alone (1.2 kB each, a million 1.2 GB), and with a limit only as many of them.
"""

import heapq
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from sys import intern

from indexer.errors import UsageError
from indexer.text.normalize import fold
from indexer.text.printable import plain
from search_cli.client import ArchiveClient
from search_cli.kwic.collation import name_key, order_key
from search_cli.kwic.occurrences import MatchingTurns, TurnMatch, find, read
from search_cli.models import Span
from search_cli.query.request import Filters, SearchRequest, Sort, request
from search_cli.search import browse
from search_cli.search.known_names import MANY
from search_cli.search.short_ids import short_ids

WINDOW = 40
"""Characters on each side of a word, where nothing else is asked for."""

COUNTED = 5000
"""Turns that are read on after the last line wanted, so that all occurrences can be counted."""

_SPACES = re.compile(r"\s+")
_ROOM = 40  # characters read besides, for accents and spaces
_COMPARED = 20
"""Characters on each side that lines are sorted by."""


class ConcordanceOrder(StrEnum):
    """The order of lines: as in the archive, latest first, by what stands before or after, by speaker, by the word."""

    POSITION = "position"
    LEFT = "left"
    RIGHT = "right"
    WORD = "word"
    SPEAKER = "speaker"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence: `left`, `keyword` and `right` as printed, line breaks as spaces.

    `start` and `end` are its place in the turn's text, in characters from 0, `end` one past the last.
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
    """Lines, and what they are of.

    `occurrences` counts all, those beyond the limit too; None where there were too many turns to count them in.
    `turns` and `interviews` are those with an occurrence. `words` is what was looked for, in normal form, and `also`
    the other words looked for with them (synonyms, regional words). `match` says which turns (most, unless asked
    otherwise or no turn has most). `short` are the ids of the lines' interviews as `fangtan show` takes them.
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
    """A concordance as it was asked for: `limit` None for all lines, `window` in characters on each side."""

    search: SearchRequest
    order: ConcordanceOrder
    limit: int | None
    window: int


def concordance_request(
    query: str, sort: str, limit: int | None, window: int, narrowing: Filters
) -> ConcordanceRequest:
    """Return what was typed as a request; raise `QueryError` and `UsageError` as a search does."""
    order = next((one for one in ConcordanceOrder if one == sort.strip().lower()), None)
    if order is None:
        raise UsageError(f"A concordance is not sorted by {sort}.", f"Choose one of {', '.join(ConcordanceOrder)}.")
    for name, number in (("limit", limit), ("window", window)):
        if number is not None and number < 1:
            raise UsageError(f"--{name} {number} is too small.", "Give 1 or more.")
    by = Sort.DATE if order is ConcordanceOrder.DATE else Sort.POSITION
    return ConcordanceRequest(request(query, sort=by, **narrowing), order, limit, window)


def concordance(client: ArchiveClient, wanted: ConcordanceRequest) -> Concordance:
    """Return the first lines of a concordance, and the count of all."""
    found = find(client, wanted.search)
    tally = _Tally(read(client, found))
    lines = tuple(ordered(tally, wanted))
    tally.read_on()
    ids = dict.fromkeys(line.interview_id for line in lines)
    every = browse.ids(client) if ids else ()
    return Concordance(
        wanted.search.query,
        lines,
        tally.occurrences if tally.complete else None,
        tally.turns if tally.complete else found.turns,
        len(tally.interviews) if tally.complete else found.interviews,
        found.archive_interviews,
        found.words,
        found.also,
        str(found.match),
        str(wanted.order),
        short_ids(ids, every) if len(every) < MANY else {one: one for one in ids},
    )


def occurrences(client: ArchiveClient, wanted: ConcordanceRequest) -> Iterator[Occurrence]:
    """Yield the lines of a concordance, in the archive's order and by date as the turns are read."""
    found: MatchingTurns = find(client, wanted.search)
    yield from ordered(read(client, found), wanted)


class _Tally:
    """Turns on their way, and what was counted of them; `complete` where they are all."""

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

    def read_on(self) -> None:
        """Count the turns that are left, as far as is worth it."""
        for _ in islice(self, COUNTED):
            pass


def ordered(turns: Iterable[TurnMatch], wanted: ConcordanceRequest) -> Iterator[Occurrence]:
    """Yield the lines in the order asked for; equals stand as in the archive."""
    keyed = ((_key(turn, span, wanted.order), line) for turn in turns for span, line in lines_of(turn, wanted.window))
    if wanted.order in {ConcordanceOrder.POSITION, ConcordanceOrder.DATE}:
        yield from (line for _, line in islice(keyed, wanted.limit))
    elif wanted.limit is None:
        yield from (line for _, line in sorted(keyed, key=lambda one: one[0]))
    else:
        yield from (line for _, line in heapq.nsmallest(wanted.limit, keyed, key=lambda one: one[0]))


def _key(turn: TurnMatch, span: Span, order: ConcordanceOrder) -> tuple[str, ...]:
    """Return what a line is sorted by: normal forms, so that 資訊 and 资讯 stand together."""
    text, (start, end) = turn.plain.text, span
    if order is ConcordanceOrder.SPEAKER:
        return (name_key(fold(turn.source.get("speaker", ""))),)
    if order in {ConcordanceOrder.POSITION, ConcordanceOrder.DATE}:
        return ()
    left = order_key(text[max(start - _COMPARED, 0) : start][::-1])
    right = order_key(text[end : end + _COMPARED])
    if order is ConcordanceOrder.WORD:
        return order_key(text[start:end]), right, left
    return (left, right) if order is ConcordanceOrder.LEFT else (right, left)


def lines_of(turn: TurnMatch, window: int) -> Iterator[tuple[Span, Occurrence]]:
    """Yield each occurrence in a turn, with its place in the normal text."""
    source = turn.source
    text, interview, number = source.get("text", ""), intern(source["interview_id"]), source["turn"]
    told = {name: intern(source.get(name, "")) for name in ("speaker", "role", "date", "outlet", "title")}
    address = f"{interview}#{number}"
    for span in turn.spans:
        start, end = turn.plain.printed(span)
        left, right = before(text, start, window), after(text, end, window)
        yield (
            span,
            Occurrence(
                left,
                flat(text[start:end]),
                right,
                address=address,
                interview_id=interview,
                turn=number,
                start=start,
                end=end,
                **told,
            ),
        )


def before(text: str, place: int, window: int) -> str:
    """Return at most `window` characters that stand before a place, on one line; no accent without its letter."""
    line = flat(text[max(place - 2 * window - _ROOM, 0) : place])
    cut = max(len(line) - window, 0)
    while cut < len(line) and _joins(line[cut]):
        cut += 1
    return line[cut:]


def after(text: str, place: int, window: int) -> str:
    """Return at most `window` characters that stand after a place, on one line, with all the accents of the last."""
    line = flat(text[place : place + 2 * window + _ROOM])
    cut = window
    while cut < len(line) and _joins(line[cut]):
        cut += 1
    return line[:cut]


def _joins(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def flat(text: str) -> str:
    """Return a text on one line: each line break or run of spaces one space, no control or direction characters."""
    return _SPACES.sub(" ", plain(text))
