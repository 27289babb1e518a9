"""Which rank a turn has, by counting those before it: exact however many there are. Pure.

A page of hits ends at ten thousand; a count does not. Of turns with the same score those before it are counted that
stand before it in the rest of the sort.
"""

import struct
from collections.abc import Mapping, Sequence

from search_cli.json_types import Body, Clause
from search_cli.query.bodies import count
from search_cli.query.clauses import one_of

Value = str | int | None


def rank_bodies(query: Clause, order: Sequence[Body], score: float, values: Mapping[str, Value]) -> dict[str, Body]:
    """Return the searches that count the turns before one that has `score` and these `values` of the sort's fields.

    Without `_score` in the order it is one search, "before". With it, it is three: "above" counts the higher scores,
    "level" the turns of at least this score that stand before it otherwise, "higher" those of them that are above.
    """
    keys = [(name, _descends(how)) for one in order for name, how in one.items()]
    earlier = before([key for key in keys if key[0] != "_score"], values)
    stand_before: Clause = {"bool": {"must": [query], "filter": [earlier]}}
    if keys[0][0] != "_score":
        return {"before": _count(stand_before)}
    above = following(score)
    return {
        "above": _count(query, above),
        "level": _count(stand_before, score),
        "higher": _count(stand_before, above),
    }


def rank(counts: Mapping[str, int]) -> int:
    """Return the rank, from 1, that the counts of `rank_bodies` say."""
    if "before" in counts:
        return counts["before"] + 1
    return counts["above"] + counts["level"] - counts["higher"] + 1


def before(keys: Sequence[tuple[str, bool]], values: Mapping[str, Value]) -> Clause:
    """Return the clause for turns that stand before one in a sort; each key a field and whether it descends.

    Turns without a value stand last.
    """
    alternatives: list[Clause] = []
    same: list[Clause] = []
    for name, descends in keys:
        alternatives.append({"bool": {"filter": [*same, _earlier(name, descends, values[name])]}})
        same = [*same, _equal(name, values[name])]
    return one_of(alternatives)


def following(score: float) -> float:
    """Return the next higher score: scores are single-precision numbers, and positive."""
    bits: int = struct.unpack("<i", struct.pack("<f", score))[0]
    found: float = struct.unpack("<f", struct.pack("<i", bits + 1))[0]
    return found


def _descends(how: object) -> bool:
    return bool((how["order"] if isinstance(how, Mapping) else how) == "desc")


def _earlier(name: str, descends: bool, value: Value) -> Clause:
    if value is None:
        return {"exists": {"field": name}}
    return {"range": {name: {"gt" if descends else "lt": value}}}


def _equal(name: str, value: Value) -> Clause:
    if value is None:
        return {"bool": {"must_not": [{"exists": {"field": name}}]}}
    return {"range": {name: {"gte": value, "lte": value}}}


def _count(query: Clause, least: float | None = None) -> Body:
    return count(query) if least is None else {**count(query), "min_score": least}
