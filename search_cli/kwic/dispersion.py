"""Dispersion: where in each interview a word falls, and how evenly the interviews share it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from search_cli.client import ArchiveClient
from search_cli.kwic.occurrences import MatchingTurns, find_turns, read_turns
from search_cli.query.checks import check_minimum, parse_choice
from search_cli.query.request import SearchRequest, Sort
from search_cli.search import addresses
from search_cli.search.counted_turns import CountedTurns
from search_cli.search.every_value import every_value
from search_cli.search.known_names import MANY
from search_cli.search.short_ids import short_ids

_READ = ["interview_id", "turn", "title", "date", "text", "words"]
_PER = 10_000
_AT_ONCE = 200  # interviews whose lengths one search reads


class DispersionOrder(StrEnum):
    """The order of interviews: most occurrences first, most per character first, or oldest first."""

    COUNT = "count"
    RATE = "rate"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class DispersionLine:
    """An interview with occurrences: `positions` are their places in it, from 0 (start) to 1 (end), by characters.

    `characters` and `per_10k` are of the turns that pass the filters. `first` is the address of the first occurrence,
    `short` the shortest id that `fangtan show` takes.
    """

    interview_id: str
    short: str
    title: str
    date: str
    occurrences: int
    turns: int
    characters: int
    per_10k: float
    first: str
    positions: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Dispersion:
    """The interviews in which a word occurs, `found` of them before the limit, of `parts` that pass the filters.

    `dp` is the deviation of proportions: 0 if every interview has the share of the occurrences that it has of all
    characters, near 1 if one short interview has them all.
    """

    query: str
    words: tuple[str, ...]
    also: tuple[str, ...]
    match: str
    sort: str
    occurrences: int
    turns: int
    found: int
    parts: int
    archive_interviews: int
    dp: float
    lines: tuple[DispersionLine, ...]

    @property
    def interviews(self) -> int:
        """Return the number of interviews with an occurrence."""
        return self.found


@dataclass(frozen=True, slots=True)
class DispersionRequest:
    """The options of a dispersion: `limit` of interviews is None for all."""

    search: SearchRequest
    order: DispersionOrder
    limit: int | None


@dataclass(slots=True)
class _Found:
    """An interview while its turns are read: `places` has the turn and the character in it of each occurrence."""

    title: str
    date: str
    turns: int = 0
    places: list[tuple[int, int]] = field(default_factory=list)


def dispersion_request(search: SearchRequest, sort: str, limit: int | None) -> DispersionRequest:
    """Check the options of a dispersion; raise `UsageError` for one that is not valid."""
    if limit is not None:
        check_minimum("limit", limit)
    return DispersionRequest(replace(search, sort=Sort.POSITION), parse_choice("sort", sort, DispersionOrder), limit)


def dispersion(client: ArchiveClient, request: DispersionRequest) -> Dispersion:
    """Return where the occurrences of a query's words fall; raise `UsageError` for a query without words."""
    matching = find_turns(client, request.search)
    found = _read(client, matching)
    sizes = _sizes(client, matching) if found else {}
    counts = {id_: len(one.places) for id_, one in found.items()}
    ordered = sorted(found, key=_sort_key(request.order, found, sizes))
    shown = ordered[: request.limit]
    every = addresses.ids(client) if shown else ()
    short = short_ids(shown, every) if len(every) < MANY else {}
    positions = _positions(client, {id_: found[id_].places for id_ in shown})
    return Dispersion(
        query=request.search.query,
        words=matching.words,
        also=matching.also,
        match=str(matching.match),
        sort=str(request.order),
        occurrences=sum(counts.values()),
        turns=sum(one.turns for one in found.values()),
        found=len(found),
        parts=len(sizes),
        archive_interviews=matching.archive_interviews,
        dp=deviation_of_proportions(counts, sizes),
        lines=tuple(_line(id_, found[id_], sizes.get(id_, 0), short, positions.get(id_, ())) for id_ in shown),
    )


def deviation_of_proportions(counts: Mapping[str, int], sizes: Mapping[str, int]) -> float:
    """Return DP of occurrences in parts of these sizes: half the sum of the differences between the two shares.

    Gries, Dispersions and adjusted frequencies in corpora (2008): 0 is as even as can be, 1 is all in one place. 0.0 if
    there is nothing to share.
    """
    occurrences, size = sum(counts.values()), sum(sizes.values())
    if not occurrences or not size:
        return 0.0
    return sum(abs(counts.get(one, 0) / occurrences - sizes[one] / size) for one in sizes) / 2


def _read(client: ArchiveClient, matching: MatchingTurns) -> dict[str, _Found]:
    """Read the turns with an occurrence, and keep the places."""
    found: dict[str, _Found] = {}
    for turn in read_turns(client, replace(matching, body={**matching.body, "_source": _READ})):
        source = turn.source
        one = found.setdefault(source["interview_id"], _Found(source.get("title", ""), source.get("date", "")))
        one.turns += 1
        one.places += ((int(source["turn"]), turn.plain.printed(span)[0]) for span in turn.spans)
    return found


def _sizes(client: ArchiveClient, matching: MatchingTurns) -> dict[str, int]:
    """Return the characters of each interview, in the turns that pass the filters."""
    base = CountedTurns(matching.request, matching.terms, matching.match).base
    sums = {"characters": {"sum": {"field": "length"}}}
    buckets = every_value(client, client.names.turns, base, "interview_id", sums)
    return {bucket["key"]: int(bucket["characters"]["value"]) for bucket in buckets}


def _positions(client: ArchiveClient, places: Mapping[str, Sequence[tuple[int, int]]]) -> dict[str, tuple[float, ...]]:
    """Return the places of occurrences as shares of all characters of their interviews."""
    found = {}
    ids = list(places)
    for first in range(0, len(ids), _AT_ONCE):
        for id_, lengths in _lengths(client, ids[first : first + _AT_ONCE]).items():
            total, starts = 0, dict[int, int]()
            for turn, length in lengths:
                starts[turn] = total
                total += length
            found[id_] = tuple((starts[turn] + place) / max(total, 1) for turn, place in places[id_])
    return found


def _lengths(client: ArchiveClient, ids: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """Return the turns of interviews with their characters, in reading order."""
    lengths: dict[str, list[tuple[int, int]]] = {}
    body = {
        "query": {"terms": {"interview_id": list(ids)}},
        "sort": [{"interview_id": "asc"}, {"turn": "asc"}],
        "_source": False,
        "docvalue_fields": ["interview_id", "turn", "length"],
        "track_total_hits": False,
    }
    for page in client.pages(client.names.turns, body):
        for hit in page["hits"]["hits"]:
            fields = hit["fields"]
            turn = (int(fields["turn"][0]), int(fields.get("length", [0])[0]))
            lengths.setdefault(fields["interview_id"][0], []).append(turn)
    return lengths


def _line(
    id_: str, one: _Found, characters: int, short: Mapping[str, str], positions: Sequence[float]
) -> DispersionLine:
    count = len(one.places)
    return DispersionLine(
        interview_id=id_,
        short=short.get(id_, id_),
        title=one.title,
        date=one.date,
        occurrences=count,
        turns=one.turns,
        characters=characters,
        per_10k=_PER * count / characters if characters else 0.0,
        first=f"{id_}#{one.places[0][0]}",
        positions=tuple(positions),
    )


def _sort_key(
    order: DispersionOrder, found: Mapping[str, _Found], sizes: Mapping[str, int]
) -> Callable[[str], tuple[object, ...]]:
    """Return the key by which interviews are sorted."""
    if order is DispersionOrder.DATE:
        return lambda id_: (not found[id_].date, found[id_].date, id_)
    if order is DispersionOrder.RATE:
        return lambda id_: (-len(found[id_].places) / max(sizes.get(id_, 0), 1), id_)
    return lambda id_: (-len(found[id_].places), id_)


def stretches(positions: Iterable[float], number: int) -> list[int]:
    """Count positions in `number` stretches of equal length."""
    counts = [0] * number
    for position in positions:
        counts[min(int(position * number), number - 1)] += 1
    return counts
