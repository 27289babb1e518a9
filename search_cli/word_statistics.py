"""How often words occur in an archive, from the term vectors of each of its shards. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search_cli.json_types import Response

_TERMS = 5000
"""Words of a request."""


@dataclass(frozen=True, slots=True)
class WordStatistics:
    """How often words occur, in how many turns, and how many words there are; those of deleted turns, too."""

    counts: Mapping[str, int]
    turns: Mapping[str, int]
    total: int


def requests_of_statistics(terms: Sequence[str], shards: int) -> Iterator[dict[str, Any]]:
    """Yield the arguments of `_termvectors` of an artificial document with some words, for each shard.

    The first of a shard asks for the number of all its words, too.
    """
    for shard in range(shards):
        for first in range(0, max(len(terms), 1), _TERMS):
            yield {
                "doc": {"words": " ".join(terms[first : first + _TERMS])},
                "fields": ["words"],
                "preference": f"_shards:{shard}",
                "term_statistics": True,
                "field_statistics": not first,
                "positions": False,
                "offsets": False,
                "payloads": False,
            }


def summed_statistics(terms: Sequence[str], answers: Iterable[Response]) -> WordStatistics:
    """Return the sum of the answers of all shards."""
    counts, turns, total = dict.fromkeys(terms, 0), dict.fromkeys(terms, 0), 0
    for answer in answers:
        vector = answer["term_vectors"].get("words", {})
        total += max(vector.get("field_statistics", {}).get("sum_ttf", 0), 0)
        for term, statistics in vector.get("terms", {}).items():
            if term in counts:
                counts[term] += statistics.get("ttf", 0)
                turns[term] += statistics.get("doc_freq", 0)
    return WordStatistics(counts, turns, total)
