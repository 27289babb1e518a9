"""What the pages of a speaker and of a topic have in common: years, characteristic keywords, the best turns to read."""

from collections.abc import Sequence
from typing import Any

from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Clause, Response
from search_cli.models import Bucket, SpokenTurn
from search_cli.query.bodies import HIDDEN
from search_cli.search import responses

_LEAST_TURNS = 2
"""Turns that must have a keyword for it to be characteristic."""

_SHORTEST, _LONGEST = 60, 600
"""Characters of a turn to read: long enough to say something, short enough to be read."""

OVER_TIME: dict[str, Any] = {
    "years": {"date_histogram": {"field": "date", "calendar_interval": "year", "format": "yyyy"}},
    "undated": {"missing": {"field": "date"}},
    "interviews": {"cardinality": {"field": "interview_id"}},
    "characters": {"sum": {"field": "length"}},
}
"""Aggregations: turns by year and without a date, the number of interviews and of characters."""


def keywords_of(size: int) -> Body:
    """Return the aggregation of the characteristic keywords of turns."""
    return {"significant_terms": {"field": "keywords", "size": size, "min_doc_count": _LEAST_TURNS}}


def buckets(aggregation: Response, turns: int) -> tuple[Bucket, ...]:
    """Return the values of an aggregation with their shares of the turns."""
    return tuple(Bucket(value, count, count / turns) for value, count in responses.value_counts(aggregation))


def turns_to_read(
    client: ArchiveClient, mine: Clause, telling: Sequence[Clause], preferred: Clause, size: int
) -> tuple[SpokenTurn, ...]:
    """Return the turns that match most of `telling`, the `preferred` ones first, one of an interview."""
    readable = {"range": {"length": {"gte": _SHORTEST, "lte": _LONGEST}}}
    body = {
        "query": {
            "bool": {"filter": [mine, readable], "must": [{"bool": {"should": list(telling)}}], "should": [preferred]},
        },
        "sort": ["_score", {"interview_id": "asc"}, {"turn": "asc"}],
        "collapse": {"field": "interview_id"},
        "size": size,
        "track_total_hits": False,
        "_source": {"excludes": HIDDEN},
    }
    return tuple(responses.turns(client.search(client.names.turns, body)))
