"""The speakers and the topics of turns, counted: all of them, the most frequent first."""

from indexer.model import Role
from search_cli.catalog import ArchivedSpeaker, ArchivedTopic
from search_cli.client import ArchiveClient
from search_cli.json_types import Clause, Response
from search_cli.search import responses
from search_cli.search.every_value import every_value
from search_cli.search.topic_words import topic_words

_AFFILIATIONS = 100  # of one speaker


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
