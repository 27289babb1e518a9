"""What is read rather than searched: a turn, its exchange, an interview, and the lists of all there is."""

from collections.abc import Iterator
from typing import Any

from indexer.errors import NotFoundError, UsageError
from indexer.store import mapping
from search_cli.client import ArchiveClient
from search_cli.models import (
    ArchivedInterview,
    ArchivedSpeaker,
    ArchivedTopic,
    ArchivedVersion,
    SpokenTurn,
    WholeInterview,
)
from search_cli.query.bodies import HIDDEN
from search_cli.query.clauses import Clause
from search_cli.search import responses
from search_cli.search.known_names import MANY, nearest

Body = dict[str, Any]

_NAMED = 2000  # names a list shows: with what is counted of each they stay below Elasticsearch's 65,536 buckets
_NEAR = 5
_IDS = {"interview_id": "asc"}


def turn(client: ArchiveClient, address: str) -> SpokenTurn:
    """Return the turn at an address; raise `NotFoundError` with the nearest interviews, or the last turn."""
    prefix, number = _parts(address)
    found = client.sources([f"{prefix}#{number}"], HIDDEN)
    if not found:
        about = _about(client, prefix)
        found = client.sources([f"{about.id}#{number}"], HIDDEN)
        if not found:
            raise NotFoundError(
                f"{about.id} has turns 1 to {about.turns}, no {number}.", (), f"fangtan show {about.id}#{about.turns}"
            )
    return responses.spoken_turn(next(iter(found.values())))


def exchange(client: ArchiveClient, address: str) -> tuple[SpokenTurn, ...]:
    """Return the exchange of the turn at an address; a turn before the first question stands alone."""
    here = turn(client, address)
    if not here.exchange:
        return (here,)
    return tuple(_turns(client, here.interview_id, {"term": {"exchange": here.exchange}}))


def interview(client: ArchiveClient, prefix: str) -> WholeInterview:
    """Return an interview with all its turns; of one that is a version of another, that one."""
    about = _about(client, prefix)
    return WholeInterview(about, tuple(_turns(client, about.id)))


def interviews(client: ArchiveClient) -> Iterator[ArchivedInterview]:
    """Yield all interviews, the latest first, those without a date last."""
    latest = {"date": {"order": "desc", "missing": "_last"}}
    for page in client.pages(client.names.interviews, {"query": {"match_all": {}}, "sort": [latest, _IDS]}):
        yield from (responses.archived_interview(hit["_source"]) for hit in page["hits"]["hits"])


def versions(client: ArchiveClient) -> Iterator[ArchivedVersion]:
    """Yield the transcripts that are versions of a main one, by that."""
    has_versions: Clause = {"exists": {"field": "versions"}}
    mains = {one["interview_id"]: one for one in _documents(client, client.names.interviews, has_versions, [_IDS])}
    by_main = [{"version_of": "asc"}, _IDS]
    for version in _documents(client, mapping.versions(client.settings), {"match_all": {}}, by_main):
        if main := mains.get(version["version_of"]):
            yield responses.archived_version(version, main)


def _documents(client: ArchiveClient, index: str, query: Clause, sort: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield the documents that match."""
    for page in client.pages(index, {"query": query, "sort": sort}):
        yield from (hit["_source"] for hit in page["hits"]["hits"])


def speakers(client: ArchiveClient, query: Clause) -> tuple[ArchivedSpeaker, ...]:
    """Return who speaks in the turns that match, the most turns first."""
    day = {"field": "date", "format": "yyyy-MM-dd"}
    counted = {
        "roles": {"terms": {"field": "role", "size": 5}},
        "affiliations": {"terms": {"field": "affiliation", "size": 5}},
        "characters": {"sum": {"field": "length"}},
        "interviews": {"cardinality": {"field": "interview_id"}},
        "first": {"min": day},
        "last": {"max": day},
    }
    return responses.speakers(client.search(client.names.turns, _grouped(query, "speakers", "speaker", counted)))


def topics(client: ArchiveClient, query: Clause) -> tuple[ArchivedTopic, ...]:
    """Return the topics of the turns that match, the most turns first."""
    counted = {
        "interviews": {"cardinality": {"field": "interview_id"}},
        "speakers": {"terms": {"field": "speaker", "size": 3}},
    }
    return responses.topics(client.search(client.names.turns, _grouped(query, "topics", "topics", counted)))


def _grouped(query: Clause, name: str, field: str, counted: Body) -> Body:
    """Return the search that counts something of each value of a field."""
    values = {"terms": {"field": field, "size": _NAMED}, "aggs": counted}
    return {"query": query, "size": 0, "track_total_hits": False, "aggs": {name: values}}


def _parts(address: str) -> tuple[str, int]:
    """Return the interview and the turn of an address."""
    prefix, mark, number = address.strip().replace("＃", "#").rpartition("#")
    if not mark or not prefix or not number.isdecimal():
        raise UsageError(
            f"{address} is no address of a turn.", "Write the interview and the turn as in qzone-xiaomi#3."
        )
    return prefix, int(number)


def _about(client: ArchiveClient, prefix: str) -> ArchivedInterview:
    """Return the interview whose id is `prefix`, or the only one whose id begins so; else the version's main one."""
    body = {
        "query": {"prefix": {"interview_id": prefix}},
        "sort": [_IDS],
        "size": _NEAR + 1,
        "track_total_hits": True,
    }
    answer, others = client.searches(
        [(client.names.interviews, body), (mapping.versions(client.settings), body)]
    ).responses
    versions = [hit["_source"] for hit in others["hits"]["hits"]]
    found = [responses.archived_interview(hit["_source"]) for hit in answer["hits"]["hits"]]
    exact = bool(versions) and versions[0]["interview_id"] == prefix
    if exact or (not found and len(versions) == 1):
        return _about(client, versions[0]["version_of"])
    if found and (found[0].id == prefix or len(found) == 1):  # the shortest comes first
        return found[0]
    if found:
        raise NotFoundError(
            f"{responses.total(answer)} interviews begin with {prefix}.",
            tuple(one.id for one in found[:_NEAR]),
            "Write more of the id.",
        )
    near = nearest(prefix, ids(client), _NEAR)
    raise NotFoundError(
        f"There is no interview {prefix}.",
        near,
        f"fangtan show {near[0]}" if near else "fangtan interviews lists them.",
    )


def ids(client: ArchiveClient) -> tuple[str, ...]:
    """Return the interviews' ids, of a large archive the first ten thousand."""
    counted = {"ids": {"terms": {"field": "interview_id", "size": MANY, "order": {"_key": "asc"}}}}
    answer = client.search(client.names.interviews, {"size": 0, "track_total_hits": False, "aggs": counted})
    return responses.keys(answer["aggregations"]["ids"])


def _turns(client: ArchiveClient, interview_id: str, narrowed: Clause | None = None) -> Iterator[SpokenTurn]:
    """Yield the turns of an interview in reading order."""
    filters: list[Clause] = [{"term": {"interview_id": interview_id}}, *([narrowed] if narrowed else [])]
    body = {"query": {"bool": {"filter": filters}}, "sort": [{"turn": "asc"}], "_source": {"excludes": HIDDEN}}
    for page in client.pages(client.names.turns, body):
        yield from responses.turns(page)
