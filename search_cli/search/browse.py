"""Read turns, exchanges and interviews, and list interviews, duplicates, speakers and topics."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from indexer.errors import NotFoundError, UsageError
from indexer.model import Role, from_source, source_fields
from indexer.store import mapping
from indexer.text.shell import argument
from search_cli.catalog import ArchivedInterview, ArchivedSpeaker, ArchivedTopic, ArchivedVersion, WholeInterview
from search_cli.client import ArchiveClient
from search_cli.json_types import Clause, Response, Source
from search_cli.models import SpokenTurn
from search_cli.query.bodies import HIDDEN
from search_cli.query.clauses import exact_id_clauses, id_clause
from search_cli.search import responses
from search_cli.search.every_value import every_value
from search_cli.search.known_names import MANY, nearest
from search_cli.search.short_ids import base_name
from search_cli.search.topic_words import topic_words
from search_cli.search.turn_range import TurnRange

_AFFILIATIONS = 100  # of one speaker
_NEAR = 5
_BY_ID = {"interview_id": "asc"}
_NUMBERS = re.compile(r"(\d{1,9})(?:(?:[-–—~～]|\.\.)(\d{1,9}))?")


@dataclass(frozen=True, slots=True)
class VersionFile:
    """The file of a duplicate, from which its turns can be read, as they are not indexed.

    `version` is the id of the duplicate, `main` that of its primary; `source` is the path as typed, `path` the absolute
    one. `part` counts the interviews of the file from 1, `hash` is of its bytes, `given` are overrides as KEY=VALUE.
    """

    version: str = field(metadata={"source": "interview_id"})
    main: str = field(metadata={"source": "version_of"})
    source: str
    path: str
    part: int
    hash: str
    given: tuple[str, ...] = ()


def turn(client: ArchiveClient, address: str) -> SpokenTurn:
    """Return the turn at an address; raise `NotFoundError` with the nearest interviews, or the last turn."""
    return from_source(SpokenTurn, turn_source(client, address, HIDDEN))


def turn_source(client: ArchiveClient, address: str, excludes: Sequence[str]) -> Source:
    """Return the document of the turn at an address, without some fields; raise `NotFoundError` as `turn` does."""
    prefix, number, last = split_address(address)
    if last is not None:
        raise UsageError(f"{address} is several turns.", f"Give one, or read them all: fangtan show {address}")
    found = client.sources([f"{prefix}#{number}"], excludes)
    if not found:
        interview = _interview(client, prefix, f"#{number}")
        found = client.sources([f"{interview.id}#{number}"], excludes)
        if not found:
            raise NotFoundError(
                f"{interview.id} has turns 1 to {interview.turns}, not {number}.",
                (),
                f"fangtan show {argument(f'{interview.id}#{interview.turns}')}",
            )
    return next(iter(found.values()))


def exchange(client: ArchiveClient, turn: SpokenTurn) -> tuple[SpokenTurn, ...]:
    """Return the exchange of a turn; a turn before the first question is alone."""
    if not turn.exchange:
        return (turn,)
    return tuple(_turns(client, turn.interview_id, {"term": {"exchange": turn.exchange}}))


def turn_range(client: ArchiveClient, address: str, context: int) -> TurnRange:
    """Return the turns of `interview#79-85` with `context` turns on each side; raise `NotFoundError` as `turn` does."""
    prefix, first, end = split_address(address)
    last = first if end is None else end
    if last < first:
        raise UsageError(f"{address} ends before it starts.", f"fangtan show {prefix}#{last}-{first}")
    interview_id = turn(client, f"{prefix}#{first}").interview_id
    total = _interview(client, interview_id).turns
    shown: Clause = {"range": {"turn": {"gte": first - context, "lte": last + context}}}
    turns = tuple(_turns(client, interview_id, shown))
    return TurnRange(interview_id, first, min(last, total), last, total, turns)


def interview(client: ArchiveClient, prefix: str) -> WholeInterview:
    """Return an interview with all its turns; for a duplicate, its primary."""
    found = _interview(client, prefix)
    return WholeInterview(found, tuple(_turns(client, found.id)))


def interviews(client: ArchiveClient, query: Clause) -> Iterator[ArchivedInterview]:
    """Yield the interviews that match, the latest first, those without a date last."""
    latest = {"date": {"order": "desc", "missing": "_last"}}
    shown = source_fields(ArchivedInterview)
    for source in _documents(client, client.names.interviews, query, [latest, _BY_ID], shown):
        yield from_source(ArchivedInterview, source)


def versions(client: ArchiveClient) -> Iterator[ArchivedVersion]:
    """Yield the duplicates, in the order of their primaries."""
    has_versions: Clause = {"exists": {"field": "versions"}}
    primaries = {
        one["interview_id"]: one for one in _documents(client, client.names.interviews, has_versions, [_BY_ID])
    }
    by_primary = [{"version_of": "asc"}, _BY_ID]
    for version in _documents(client, mapping.versions(client.settings), {"match_all": {}}, by_primary):
        if primary := primaries.get(version["version_of"]):
            yield responses.archived_version(version, primary)


def version_file(client: ArchiveClient, prefix: str) -> VersionFile:
    """Return the file of a duplicate, by a unique prefix of its id, or by that of a primary with one duplicate."""
    exact = exact_id_clauses(prefix)
    query = {"bool": {"filter": [id_clause(prefix)], "should": exact}}
    body = {"query": query, "sort": [{"_score": "desc"}, _BY_ID], "size": _NEAR + 1}
    hits = client.search(mapping.versions(client.settings), body)["hits"]["hits"]
    found = [from_source(VersionFile, hit["_source"]) for hit in hits]
    if found and (len(found) == 1 or hits[0]["_score"] > hits[1]["_score"]):
        return found[0]
    if not found:
        primary = _interview(client, prefix)
        if len(primary.versions) == 1:
            return version_file(client, primary.versions[0])
        if not primary.versions:
            raise NotFoundError(f"{primary.id} has no duplicate.", (), "fangtan duplicates lists those there are.")
        raise NotFoundError(
            f"{primary.id} has {len(primary.versions)} duplicates.",
            primary.versions[:_NEAR],
            f"Name one of them: fangtan show {primary.versions[0]} --version",
        )
    raise NotFoundError(
        f"Several duplicates begin with {prefix}.", tuple(one.version for one in found[:_NEAR]), "Write more of the id."
    )


def _documents(
    client: ArchiveClient, index: str, query: Clause, sort: list[Any], fields: Sequence[str] = ("*",)
) -> Iterator[dict[str, Any]]:
    """Yield the documents that match, with these of their fields."""
    for page in client.pages(index, {"query": query, "sort": sort, "_source": list(fields)}):
        yield from (hit["_source"] for hit in page["hits"]["hits"])


def speakers(client: ArchiveClient, query: Clause) -> tuple[ArchivedSpeaker, ...]:
    """Return the speakers of the turns that match, the most frequent first."""
    day = {"field": "date", "format": "yyyy-MM-dd"}
    aggs = {
        "affiliations": {"terms": {"field": "affiliation", "size": _AFFILIATIONS}},
        "characters": {"sum": {"field": "length"}},
        "interviews": {"cardinality": {"field": "interview_id"}},
        "first": {"min": day},
        "last": {"max": day},
    }
    roles = _roles(client, query)
    buckets = every_value(client, client.names.turns, query, "speaker", aggs)
    return responses.speakers({**bucket, "roles": {"buckets": roles.get(bucket["key"], [])}} for bucket in buckets)


def _roles(client: ArchiveClient, query: Clause) -> dict[str, list[Response]]:
    """Return the roles of each speaker, the most frequent first.

    They are counted role by role: as a part of each speaker's bucket, that of 7,000 speakers of 260,000 turns took
    Elasticsearch .46 s, and so .06.
    """
    found: dict[str, list[Response]] = {}
    for role in Role:
        of_role: Clause = {"bool": {"filter": [query, {"term": {"role": str(role)}}]}}
        for bucket in every_value(client, client.names.turns, of_role, "speaker"):
            found.setdefault(bucket["key"], []).append({"key": str(role), "doc_count": bucket["doc_count"]})
    for roles in found.values():
        roles.sort(key=lambda one: (-one["doc_count"], one["key"]))
    return found


def topics(client: ArchiveClient, query: Clause) -> tuple[ArchivedTopic, ...]:
    """Return the topics of the turns that match, the most frequent first."""
    aggs = {
        "interviews": {"cardinality": {"field": "interview_id"}},
        "speakers": {"terms": {"field": "speaker", "size": 3}},
    }
    every = client.search(client.names.turns, {"query": query, "size": 0, "track_total_hits": True})
    buckets = every_value(client, client.names.turns, query, "topics", aggs)
    return responses.topics(buckets, responses.total(every), topic_words(client))


def split_address(address: str) -> tuple[str, int, int | None]:
    """Return the interview, the number of the turn, and the last one of several: qzone-xiaomi#3-5, else None."""
    prefix, mark, numbers = address.strip().replace("＃", "#").rpartition("#")
    found = _NUMBERS.fullmatch(numbers)
    if not mark or not prefix or found is None:
        raise UsageError(
            f"{address} is not the address of a turn.", "Write the interview and the turn as in qzone-xiaomi#3."
        )
    return prefix, int(found[1]), int(found[2]) if found[2] else None


def _interview(client: ArchiveClient, typed: str, turn: str = "") -> ArchivedInterview:
    """Return the interview with this id, or the only one found by it; for a duplicate, its primary.

    `turn` (#3) is appended to the ids that an error suggests.
    """
    body = {
        "query": {"bool": {"filter": [id_clause(typed)], "should": exact_id_clauses(typed)}},
        "sort": ["_score", _BY_ID],
        "size": _NEAR + 1,
        "track_total_hits": True,
    }
    answer, duplicates = client.searches(
        [(client.names.interviews, body), (mapping.versions(client.settings), body)]
    ).responses
    versions = [hit["_source"] for hit in duplicates["hits"]["hits"]]
    found = [from_source(ArchivedInterview, hit["_source"]) for hit in answer["hits"]["hits"]]
    exact = bool(versions) and versions[0]["interview_id"] == typed
    if exact or (not found and len(versions) == 1):
        return _interview(client, versions[0]["version_of"])
    if found and (len(found) == 1 or _is_exact(typed, [one.id for one in found])):
        return found[0]
    if found:
        raise NotFoundError(
            f"{responses.total(answer)} interviews begin with {typed}.",
            tuple(f"{one.id}{turn}" for one in found[:_NEAR]),
            "Write more of the id.",
        )
    near = tuple(f"{id_}{turn}" for id_ in nearest(typed, ids(client), _NEAR))
    raise NotFoundError(
        f"There is no interview {typed}.",
        near,
        f"fangtan show {argument(near[0])}" if near else "fangtan interviews lists them.",
    )


def _is_exact(typed: str, found: Sequence[str]) -> bool:
    """Tell whether the first id is as typed, or the only one as typed without its folders; exact ones come first."""
    return found[0] == typed or [base_name(one) == typed for one in found[:2]] == [True, False]


def ids(client: ArchiveClient) -> tuple[str, ...]:
    """Return the ids of the interviews, at most ten thousand."""
    aggs = {"ids": {"terms": {"field": "interview_id", "size": MANY, "order": {"_key": "asc"}}}}
    answer = client.search(client.names.interviews, {"size": 0, "track_total_hits": False, "aggs": aggs})
    return responses.keys(answer["aggregations"]["ids"])


def _turns(client: ArchiveClient, interview_id: str, filter_: Clause | None = None) -> Iterator[SpokenTurn]:
    """Yield the turns of an interview in reading order."""
    filters: list[Clause] = [{"term": {"interview_id": interview_id}}, *([filter_] if filter_ else [])]
    body = {"query": {"bool": {"filter": filters}}, "sort": [{"turn": "asc"}], "_source": {"excludes": HIDDEN}}
    for page in client.pages(client.names.turns, body, few=True):
        yield from responses.turns(page)
