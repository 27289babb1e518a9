"""What appeared in a saved search since it was last looked at.

All turns that the search counts are read (their words, in reading order: 46,500 in 7 s), and compared with those that
were seen, by interview and words: neither a rebuild nor another number makes a turn new, but other words do. Turns that
hold parts of a word only are not counted: they would be new with almost every transcript.
"""

import datetime
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from indexer.text.word_hash import word_hash
from search_cli.client import ArchiveClient
from search_cli.json_types import Body
from search_cli.models import Hit
from search_cli.query import bodies
from search_cli.query.checks import WINDOW
from search_cli.query.request import By, Match
from search_cli.saved.saved_search import SavedSearch
from search_cli.saved.seen_file import LastLook, SeenTurns
from search_cli.search.facet_counts import counted_match
from search_cli.search.prepared_search import PreparedSearch, prepare
from search_cli.search.searcher import hits
from search_cli.search.turn_groups import scored_query

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class NewTurns:
    """What is new in a saved search: `new` turns of `turns`, of which `added` are of interviews that came since.

    The others are of interviews that were there: their words changed, or what is known of them. `since` is when all of
    it was seen (ISO, UTC), "" if never, `looked_at` when it was looked at now. `hits` are the first of the new turns,
    in the order of the search; `look` marks them, and no others, as seen.
    """

    name: str
    query: str
    since: str
    looked_at: str
    turns: int
    interviews: int
    new: int
    added: int
    hits: tuple[Hit, ...]
    look: LastLook

    @property
    def changed(self) -> int:
        """Return the number of new turns of interviews that were there."""
        return self.new - self.added

    @property
    def more(self) -> int:
        """Return the number of new turns that are not among the hits."""
        return self.new - len(self.hits)


@dataclass(frozen=True, slots=True)
class _CountedTurn:
    """A turn that the search counts, by address; `added_at` is when its interview came.

    `number` counts the turns of the interview before it that have the same words.
    """

    address: str
    interview_id: str
    added_at: str
    text: str
    number: int

    def hash(self, interview_id: str = "") -> int:
        """Return the hash of its words, as those of its interview, or of a duplicate of it."""
        words = word_hash(self.text, interview_id or self.interview_id)
        found = word_hash(f"{words.hex()} {self.number}") if self.number else words
        return int.from_bytes(found, "little")


class _Duplicates:
    """The duplicates of interviews, asked for when the first is wanted: one may have been the primary before."""

    def __init__(self, client: ArchiveClient) -> None:
        self._client = client

    def of(self, interview_id: str) -> Sequence[str]:
        """Return the duplicates of an interview."""
        return self._every.get(interview_id, ())

    @cached_property
    def _every(self) -> dict[str, list[str]]:
        has_some = {"exists": {"field": "versions"}}
        body = {"query": has_some, "sort": [{"interview_id": "asc"}], "_source": ["versions"]}
        pages = self._client.pages(self._client.names.interviews, body, few=True)
        return {hit["sort"][0]: hit["_source"]["versions"] for page in pages for hit in page["hits"]["hits"]}


def look(client: ArchiveClient, search: SavedSearch) -> LastLook:
    """Look at a search, and see all of its turns; raises the errors of a search."""
    looked_at = _now()
    interviews, hashes = set[str](), array("Q")
    for one in _counted(client, *_prepared(client, search)):
        interviews.add(one.interview_id)
        hashes.append(one.hash())
    return LastLook(looked_at, looked_at, len(hashes), len(interviews), SeenTurns.of(hashes))


def new_turns(client: ArchiveClient, search: SavedSearch, last: LastLook | None, limit: int) -> NewTurns:
    """Return what is new in a search since the `last` look, with the first `limit` of its new turns."""
    looked_at, since = _now(), last.all_seen_at if last else ""
    seen = last.seen if last else SeenTurns()
    prepared, match = _prepared(client, search)
    turns, new, added, interviews, first = 0, 0, 0, set[str](), dict[str, int]()
    duplicates = _Duplicates(client)
    hashes = array("Q", seen.hashes)
    for one in _counted(client, prepared, match):
        turns += 1
        interviews.add(one.interview_id)
        if (own := one.hash()) in seen:
            continue
        if any(one.hash(version) in seen for version in duplicates.of(one.interview_id)):
            hashes.append(own)
            continue
        new += 1
        added += _is_later(one.added_at, since)
        if len(first) < WINDOW:
            first[one.address] = own
    shown = _hits(client, prepared, match, list(first), limit) if match and first else ()
    hashes.extend(first[hit.turn.address] for hit in shown)
    all_seen_at = looked_at if len(shown) == new else since
    return NewTurns(
        name=search.name,
        query=search.typed,
        since=since,
        looked_at=looked_at,
        turns=turns,
        interviews=len(interviews),
        new=new,
        added=added,
        hits=shown,
        look=LastLook(looked_at, all_seen_at, turns, len(interviews), SeenTurns.of(hashes)),
    )


def _prepared(client: ArchiveClient, search: SavedSearch) -> tuple[PreparedSearch, Match | None]:
    """Return a search after its first round trip, and which turns it counts: None where all hold parts of words."""
    prepared = prepare(client, replace(search.request(), by=By.WORDS))
    match = counted_match(client, prepared)
    if match is Match.ANY and prepared.request.match is None:
        return prepared, None
    return prepared, match


def _counted(client: ArchiveClient, prepared: PreparedSearch, match: Match | None) -> Iterator[_CountedTurn]:
    """Yield the turns that a search counts, in reading order."""
    if match is None:
        return
    last, before = "", Counter[bytes]()
    for page in client.pages(client.names.turns, _body(prepared, match), few=True):
        for hit in page["hits"]["hits"]:
            (interview_id, turn), source = hit["sort"][:2], hit["_source"]  # a point in time adds a third
            if interview_id != last:
                last, before = interview_id, Counter()
            text = source.get("text", "")
            words = word_hash(text)
            address = f"{interview_id}#{turn}"
            yield _CountedTurn(address, interview_id, source.get("added_at", ""), text, before[words])
            before[words] += 1


def _body(prepared: PreparedSearch, match: Match) -> Body:
    """Return the search for the words of all turns that are counted, in reading order."""
    return {
        "query": bodies.match_query(prepared.request, prepared.terms, match),
        "sort": [{"interview_id": "asc"}, {"turn": "asc"}],
        "size": _AT_ONCE,
        "_source": ["text", "added_at"],
        "track_total_hits": False,
    }


def _hits(
    client: ArchiveClient, prepared: PreparedSearch, match: Match, addresses: Sequence[str], limit: int
) -> tuple[Hit, ...]:
    """Return the first turns of some in the order of the search, as its hits."""
    body = {
        "query": {"bool": {"must": [scored_query(prepared, match)], "filter": [{"ids": {"values": list(addresses)}}]}},
        "sort": bodies.order(prepared.request),
        "size": limit,
        "_source": {"excludes": bodies.HIDDEN},
        "track_total_hits": False,
    }
    return hits(client, client.search(client.names.turns, body), prepared, 0)


def _is_later(added_at: str, since: str) -> bool:
    """Tell whether an interview came after a look, to the second; after none, every one did."""
    if not (since and added_at):
        return not since
    return datetime.datetime.fromisoformat(added_at) >= datetime.datetime.fromisoformat(since)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
