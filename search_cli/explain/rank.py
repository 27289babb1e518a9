"""The rank of a turn, by counting the turns before it. Pure.

Elasticsearch pages through ten thousand hits at most; a count is exact for any number. Turns with the same score are
counted by the other keys of the sort.
"""

import struct
from collections.abc import Mapping, Sequence

from search_cli.json_types import Body, Clause
from search_cli.query.bodies import count
from search_cli.query.clauses import one_of

Value = str | int | None


def rank_bodies(query: Clause, order: Sequence[Body], score: float, values: Mapping[str, Value]) -> dict[str, Body]:
    """Build the searches that count the turns before one with `score` and these `values` of the sort's fields.

    An order without `_score` needs one search, "before". With it there are three: "above" counts the higher scores,
    "level" the turns of at least this score that are earlier by the other keys, "higher" those of them with more.
    """
    keys = [(name, _is_descending(direction)) for one in order for name, direction in one.items()]
    earlier = before_clause([key for key in keys if key[0] != "_score"], values)
    earlier_turns: Clause = {"bool": {"must": [query], "filter": [earlier]}}
    if keys[0][0] != "_score":
        return {"before": _count(earlier_turns)}
    above = next_score(score)
    return {
        "above": _count(query, above),
        "level": _count(earlier_turns, score),
        "higher": _count(earlier_turns, above),
    }


def rank(counts: Mapping[str, int]) -> int:
    """Compute the rank, from 1, from the counts of the searches of `rank_bodies`."""
    if "before" in counts:
        return counts["before"] + 1
    return counts["above"] + counts["level"] - counts["higher"] + 1


def before_clause(keys: Sequence[tuple[str, bool]], values: Mapping[str, Value]) -> Clause:
    """Build the clause for turns before one in a sort; a key is a field and whether it is descending.

    Turns without a value are last.
    """
    alternatives: list[Clause] = []
    same: list[Clause] = []
    for name, descends in keys:
        alternatives.append({"bool": {"filter": [*same, _earlier(name, descends, values[name])]}})
        same = [*same, _equal(name, values[name])]
    return one_of(alternatives)


def next_score(score: float) -> float:
    """Return the next higher score; scores are positive single-precision numbers."""
    bits: int = struct.unpack("<i", struct.pack("<f", score))[0]
    higher: float = struct.unpack("<f", struct.pack("<i", bits + 1))[0]
    return higher


def _is_descending(direction: object) -> bool:
    return bool((direction["order"] if isinstance(direction, Mapping) else direction) == "desc")


def _earlier(name: str, descends: bool, value: Value) -> Clause:
    if value is None:
        return {"exists": {"field": name}}
    return {"range": {name: {"gt" if descends else "lt": value}}}


def _equal(name: str, value: Value) -> Clause:
    if value is None:
        return {"bool": {"must_not": [{"exists": {"field": name}}]}}
    return {"range": {name: {"gte": value, "lte": value}}}


def _count(query: Clause, min_score: float | None = None) -> Body:
    return count(query) if min_score is None else {**count(query), "min_score": min_score}
