"""A part of the turns that match, where they are too many to count the words of all: whole interviews, at random.

The same interviews are drawn each time, so that a list does not change until the archive does.
"""

from dataclasses import dataclass
from random import Random

from search_cli.client import ArchiveClient
from search_cli.json_types import Clause
from search_cli.search import responses
from search_cli.search.every_value import every_value

MANY, DRAWN = 20_000, 10_000
"""Turns whose words are all counted for a list of some words: a second or two. Of more, those of so many are counted,
and of whole interviews; a list of all words counts those of all turns."""

_MOST_INTERVIEWS = 60_000  # that a filter may name: Elasticsearch accepts 65,536
_SEED = 17


@dataclass(frozen=True, slots=True)
class WordSample:
    """The query for turns whose words are counted, out of `of_turns` that match: 0 if `whole` was asked for."""

    query: Clause
    of_turns: int


def sampled(client: ArchiveClient, query: Clause, *, whole: bool) -> WordSample:
    """Return the turns to count the words of: those that match, or if they are many and not `whole`, some of them."""
    if whole:
        return WordSample(query, 0)
    counted = client.search(client.names.turns, {"query": query, "size": 0, "track_total_hits": True})
    turns = responses.total(counted)
    if turns <= MANY:
        return WordSample(query, turns)
    interviews = every_value(client, client.names.turns, query, "interview_id")
    Random(_SEED).shuffle(interviews)  # noqa: S311 - not a secret
    drawn: list[str] = []
    taken = 0
    for bucket in interviews[:_MOST_INTERVIEWS]:
        if taken >= DRAWN:
            break
        drawn.append(bucket["key"])
        taken += int(bucket["doc_count"])
    return WordSample({"bool": {"filter": [query, {"terms": {"interview_id": drawn}}]}}, turns)
