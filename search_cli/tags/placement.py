"""Find the turns that have tags now: each is known by the words it had when it was tagged.

An entry stays where its address has the words. Else it goes to a turn of the interview that has them and no entry of
its own: of several, one behind the same turn as before, then the nearest. If the interview is a duplicate now, the
turns of its primary are looked at. Where none has the words, they were changed, or the turn is gone: the entry counts
for no turn.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from indexer.text.word_hash import word_hash
from search_cli.client import ArchiveClient
from search_cli.models import SpokenTurn
from search_cli.tags.tags_file import TagEntry, opening

SHORT = 20
"""Letters and digits of a turn below which another may say the same: 对, 是这样的."""

_START = 8
"""Characters in which a turn begins as another did."""

_AT_ONCE = 5_000
"""Turns looked up by one search."""

_NOTHING = word_hash("").hex()
"""The hash of what is before the first turn."""


class Whereabouts(StrEnum):
    """Where a tagged turn is: at its address, under another number, with other words, or not in the archive."""

    THERE = "there"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """An entry and where its turn is; `address` is that of today, of a turn that is changed or gone the old one.

    `likely` is the turn that begins as one that is changed or gone did, "" if there is none, or several.
    """

    entry: TagEntry
    address: str
    whereabouts: Whereabouts
    likely: str = ""

    @property
    def is_placed(self) -> bool:
        """Tell whether a turn has the tags."""
        return self.whereabouts in (Whereabouts.THERE, Whereabouts.MOVED)


_Turn = tuple[int, str, str]
"""The number of a turn, the hash of its words and the first of them."""


@dataclass(frozen=True, slots=True)
class _Turns:
    """The turns of an interview of today."""

    interview_id: str
    turns: Sequence[_Turn] = ()


def hash_text(text: str) -> str:
    """Return the hash of a turn's words as the file has it."""
    return word_hash(text).hex()


def signatures(client: ArchiveClient, turns: Sequence[SpokenTurn]) -> dict[str, str]:
    """Return what the file has of the words of turns, by address: their hashes, of short ones that before them, too."""
    short = {turn.address: _before(turn.address) for turn in turns if sum(map(str.isalnum, turn.text)) < SHORT}
    before = dict(_hashes(client, list(short.values())))
    return {
        turn.address: ".".join((hash_text(turn.text), before.get(short[turn.address], _NOTHING)))
        if turn.address in short
        else hash_text(turn.text)
        for turn in turns
    }


def _before(address: str) -> str:
    """Return the address of the turn before."""
    interview_id, _, turn = address.rpartition("#")
    return f"{interview_id}#{int(turn) - 1}"


def place(client: ArchiveClient, entries: Sequence[TagEntry]) -> tuple[PlacedEntry, ...]:
    """Return the entries in their order, each with where its turn is now."""
    placed = _in_place(client, entries)
    taken = {one.address for one in placed.values()}
    missing: dict[str, list[int]] = {}
    for position, entry in enumerate(entries):
        if position not in placed:
            missing.setdefault(entry.interview_id, []).append(position)
    for interview_id, turns in _turns_of(client, missing):
        hashes = {turn: found for turn, found, _ in turns.turns}
        positions = sorted(missing[interview_id], key=lambda position: entries[position].turn)
        for position in positions:
            placed[position] = _placed(entries[position], turns.interview_id, hashes, taken)
            taken |= {placed[position].address} if placed[position].is_placed else set()
        for position in positions:
            if not placed[position].is_placed:
                placed[position] = replace(placed[position], likely=_likely(entries[position], turns, taken))
    return tuple(placed[position] for position in range(len(entries)))


def _in_place(client: ArchiveClient, entries: Sequence[TagEntry]) -> dict[int, PlacedEntry]:
    """Return the entries whose addresses have their words, by their positions."""
    behind = [_before(entry.address) for entry in entries if entry.before]
    found = dict(_hashes(client, [*(entry.address for entry in entries), *behind]))
    placed: dict[int, PlacedEntry] = {}
    for position, entry in enumerate(entries):
        has_words = entry.address in found and entry.words in ("", found[entry.address])
        if has_words and entry.before in ("", found.get(_before(entry.address), _NOTHING)):
            placed[position] = PlacedEntry(entry, entry.address, Whereabouts.THERE)
    return placed


def _placed(entry: TagEntry, interview_id: str, turns: Mapping[int, str], taken: set[str]) -> PlacedEntry:
    """Return where an entry is that may not be at its address: `turns` are the hashes of its interview's of today."""

    def rank(turn: int) -> tuple[bool, int, int]:
        is_behind_another = entry.before not in ("", turns.get(turn - 1, _NOTHING))
        return is_behind_another, abs(turn - entry.turn), turn

    free = (n for n, found in turns.items() if found == entry.words and f"{interview_id}#{n}" not in taken)
    best = min(free, key=rank, default=None)
    if best is not None and entry.words:
        address = f"{interview_id}#{best}"
        where = Whereabouts.THERE if address == entry.address else Whereabouts.MOVED
        return PlacedEntry(entry, address, where)
    is_there = entry.turn in turns
    return PlacedEntry(entry, entry.address, Whereabouts.CHANGED if is_there else Whereabouts.GONE)


def _likely(entry: TagEntry, turns: _Turns, taken: set[str]) -> str:
    """Return the one turn without an entry of its own that begins as that of an entry did, "" if there is none."""
    start = entry.opening[:_START]
    addresses = (f"{turns.interview_id}#{turn}" for turn, _, begins in turns.turns if begins.startswith(start))
    free = [address for address in addresses if address not in taken]
    return free[0] if len(start) == _START and len(free) == 1 else ""


def moved(placed: Iterable[PlacedEntry]) -> Iterator[TagEntry]:
    """Yield the entries whose turns have other numbers, with their addresses of today."""
    for one in placed:
        if one.whereabouts is Whereabouts.MOVED:
            yield replace(one.entry, address=one.address)


def _hashes(client: ArchiveClient, addresses: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the addresses that there are, each with the hash of its words."""
    for some in _batches(addresses):
        body = {"query": {"ids": {"values": some}}, "size": len(some), "_source": ["text"], "track_total_hits": False}
        for hit in client.search(client.names.turns, body)["hits"]["hits"]:
            yield hit["_id"], hash_text(hit["_source"].get("text", ""))


def _turns_of(client: ArchiveClient, ids: Iterable[str]) -> Iterator[tuple[str, _Turns]]:
    """Yield each of some interviews with its turns, or those of its primary if it is a duplicate now; or with none."""
    for some in _batches(ids):
        found = {one.interview_id: one for one in _interviews(client, some)}
        others = [interview_id for interview_id in some if interview_id not in found]
        primaries = _primaries(client, others) if others else {}
        found |= {one.interview_id: one for one in _interviews(client, list(set(primaries.values())))}
        for interview_id in some:
            yield interview_id, found.get(primaries.get(interview_id, interview_id), _Turns(interview_id))


def _primaries(client: ArchiveClient, ids: Sequence[str]) -> dict[str, str]:
    """Return the primaries of interviews that are duplicates."""
    body = {"query": {"terms": {"versions": list(ids)}}, "size": len(ids), "_source": ["interview_id", "versions"]}
    hits = client.search(client.names.interviews, body)["hits"]["hits"]
    sources = [hit["_source"] for hit in hits]
    return {version: one["interview_id"] for one in sources for version in one["versions"] if version in ids}


def _interviews(client: ArchiveClient, ids: Sequence[str]) -> Iterator[_Turns]:
    """Yield the interviews of some that are in the archive."""
    for interview_id, turns in groupby(_turns(client, ids) if ids else (), key=lambda one: one[0]):
        yield _Turns(interview_id, [turn for _, turn in turns])


def _turns(client: ArchiveClient, ids: Sequence[str]) -> Iterator[tuple[str, _Turn]]:
    """Yield the turns of interviews, in reading order."""
    order = [{"interview_id": "asc"}, {"turn": "asc"}]
    body = {"query": {"terms": {"interview_id": list(ids)}}, "sort": order, "_source": ["text"]}
    for page in client.pages(client.names.turns, body, few=True):
        for hit in page["hits"]["hits"]:
            text = hit["_source"].get("text", "")
            yield hit["sort"][0], (hit["sort"][1], hash_text(text), opening(text))


def _batches(names: Iterable[str]) -> Iterator[list[str]]:
    every = list(dict.fromkeys(names))
    for first in range(0, len(every), _AT_ONCE):
        yield every[first : first + _AT_ONCE]
