"""Count whom the indexed turns mention, and find the interviews whose mentions are not as they should be."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from indexer.store import speaker_turns
from indexer.store.mapping import Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_PAGE = 10_000
_ALTERNATIVES = 100
"""People searched for at a time, two clauses each."""


def count_values(client: "Elasticsearch", names: Names, field: str) -> dict[str, int]:
    """Count the turns of each value of a keyword: `mentions` or `printed_mentions`."""
    counts: dict[str, int] = {}
    composite: dict[str, Any] = {"size": _PAGE, "sources": [{"value": {"terms": {"field": field}}}]}
    while True:
        aggs = {"values": {"composite": composite}}
        found = client.search(index=names.turns, size=0, track_total_hits=False, aggs=aggs)["aggregations"]["values"]
        counts |= {bucket["key"]["value"]: bucket["doc_count"] for bucket in found["buckets"]}
        if len(found["buckets"]) < _PAGE:
            return counts
        composite["after"] = found["after_key"]


def find_wrong(
    client: "Elasticsearch", names: Names, printed_of: Mapping[str, Collection[str]], printed: Mapping[str, int]
) -> set[str]:
    """Return the ids of the interviews with a turn that should mention somebody and does not, or the reverse.

    `printed_of` has the printed names of everybody, by canonical name, and `printed` the turns of each of them. One who
    is printed in one way is right if as many turns mention them as print that; the others are searched for.
    """
    mentioned = count_values(client, names, "mentions")
    nobody = sorted(mentioned.keys() - printed_of.keys())
    doubtful = [
        (name, sorted(forms))
        for name, forms in sorted(printed_of.items())
        if len(forms) > 1 or mentioned.get(name) != printed[next(iter(forms))]
    ]
    ids = speaker_turns.find(client, names, {"terms": {"mentions": nobody}}) if nobody else set()
    for first in range(0, len(doubtful), _ALTERNATIVES):
        clauses = list(_clauses(doubtful[first : first + _ALTERNATIVES]))
        ids |= speaker_turns.find(client, names, {"bool": {"should": clauses}})
    return ids


def _clauses(people: Sequence[tuple[str, Sequence[str]]]) -> Iterator[Mapping[str, Any]]:
    """Yield the clauses for turns that print a name without mentioning the person, and the reverse."""
    for name, forms in people:
        prints, mentions = {"terms": {"printed_mentions": forms}}, {"term": {"mentions": name}}
        yield {"bool": {"filter": [prints], "must_not": [mentions]}}
        yield {"bool": {"filter": [mentions], "must_not": [prints]}}
