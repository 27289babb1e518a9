"""The query that ranks turns, taken apart into what each part of a score is given for. Pure.

The parts are read from the query that is sent, not from the rules that made it: a clause that nobody told this room
about is scored all the same, as something other.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from search_cli.explain.explanation import ScoreKind, ScorePart, ScorePiece
from search_cli.json_types import Clause

_KINDS: Mapping[str, ScoreKind] = {
    "words": ScoreKind.WORDS,
    "bigrams": ScoreKind.PAIRS,
    "chars": ScoreKind.CHARACTERS,
    "asked": ScoreKind.QUESTION,
    "passage": ScoreKind.PASSAGE,
    "speaker": ScoreKind.SPEAKER,
    "role": ScoreKind.SPOKEN,
}
_BY_FIELD = frozenset({"match", "match_phrase", "term", "terms", "prefix", "range", "wildcard", "fuzzy"})
_SHOWN = 0.005
"""What is left of a score beside its parts and worth telling: Elasticsearch adds up in single precision."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A clause that gives a score, what for, and the term it looks for.

    `beside` is what it counts beside a better alternative: half for the second passage of a turn.
    """

    kind: ScoreKind
    term: str
    clause: Clause
    beside: float = 1.0


def scored(query: Clause, every: Clause | None) -> list[Scored]:
    """Return the clauses that make up the score of a query, the smallest there are.

    `every` is what turns with every word satisfy, None where only one word is asked for.
    """
    inside = query.get("bool", {})
    if set(query) != {"bool"} or not set(inside) <= {"filter", "must_not", "should", "must", "minimum_should_match"}:
        return [Scored(ScoreKind.OTHER, "", query)]
    return [one for clause in (*_listed(inside, "must"), *_listed(inside, "should")) for one in _taken(clause, every)]


def _listed(inside: Mapping[str, Any], occur: str) -> list[Clause]:
    found = inside.get(occur, [])
    return [found] if isinstance(found, dict) else list(found)


def _taken(clause: Clause, every: Clause | None) -> Iterator[Scored]:
    """Yield a clause, or the clauses it is the sum of."""
    match clause:
        case {"match": fields} if len(clause) == 1 and len(fields) == 1:
            yield from _terms(*next(iter(fields.items())))
        case {"bool": {"should": alternatives, **rest}} if len(clause) == 1 and set(rest) <= {"minimum_should_match"}:
            for one in alternatives:
                yield from _taken(one, every)
        case {"dis_max": {"queries": alternatives, "tie_breaker": share}} if len(clause) == 1:
            yield from (replace(found, beside=share) for one in alternatives for found in _taken(one, every))
        case {"constant_score": {"filter": wanted}} if every is not None and wanted == every:
            yield Scored(ScoreKind.EVERY, "", clause)
        case _:
            yield Scored(_kind(clause), " ".join(dict.fromkeys(_values(clause))), clause)


def _terms(field: str, asked: object) -> Iterator[Scored]:
    """Yield a clause a term of a `match` that adds up its terms; one of another operator stays whole."""
    settings: dict[str, Any] = dict(asked) if isinstance(asked, Mapping) else {"query": asked}
    if not set(settings) <= {"query", "boost"}:
        yield Scored(_KINDS.get(field, ScoreKind.OTHER), str(settings.get("query", "")), {"match": {field: asked}})
        return
    boost = settings.get("boost", 1.0)
    for term, times in Counter(settings["query"].split()).items():
        one = {"match": {field: {"query": term, "boost": boost * times}}}
        yield Scored(_KINDS.get(field, ScoreKind.OTHER), term, one)


def _kind(clause: Clause) -> ScoreKind:
    """Return what a clause is about: the one field it looks into, something other where there are several."""
    kinds = {_KINDS.get(field, ScoreKind.OTHER) for field, _ in _fields(clause)}
    return kinds.pop() if len(kinds) == 1 else ScoreKind.OTHER


def _values(clause: Clause) -> Iterator[str]:
    """Yield what a clause looks for, in its fields."""
    for _, value in _fields(clause):
        found = value.get("query", value.get("value", "")) if isinstance(value, Mapping) else value
        yield from map(str, found if isinstance(found, list | tuple) else [found])


def _fields(node: object) -> Iterator[tuple[str, Any]]:
    """Yield each field that a clause looks into, with what it looks for."""
    if isinstance(node, Mapping):
        for name, value in node.items():
            if name in _BY_FIELD:
                yield from ((field, wanted) for field, wanted in value.items() if field != "boost")
            else:
                yield from _fields(value)
    elif isinstance(node, Sequence) and not isinstance(node, str):
        for one in node:
            yield from _fields(one)


def parts(score: float, earned: Iterable[tuple[Scored, float]]) -> tuple[ScorePart, ...]:
    """Return the parts of a score, in the order of `Kind`; what nothing accounts for is something other."""
    by_kind: dict[ScoreKind, dict[str, float]] = {kind: {} for kind in ScoreKind}
    for one, worth in _counted(earned):
        by_kind[one.kind][one.term] = by_kind[one.kind].get(one.term, 0.0) + worth
    rest = score - sum(worth for pieces in by_kind.values() for worth in pieces.values())
    if abs(rest) > max(_SHOWN, abs(score) * 1e-5):
        by_kind[ScoreKind.OTHER][""] = by_kind[ScoreKind.OTHER].get("", 0.0) + rest
    return tuple(_part(kind, pieces) for kind, pieces in by_kind.items() if any(pieces.values()))


def _counted(earned: Iterable[tuple[Scored, float]]) -> Iterator[tuple[Scored, float]]:
    """Yield what each clause counts: of alternatives the best as it is, the others as much as they do beside it."""
    earned = list(earned)
    best: dict[ScoreKind, int] = {}
    for place, (one, worth) in enumerate(earned):
        if one.beside != 1 and (one.kind not in best or worth > earned[best[one.kind]][1]):
            best[one.kind] = place
    for place, (one, worth) in enumerate(earned):
        yield one, worth if best.get(one.kind) == place else worth * one.beside


def _part(kind: ScoreKind, pieces: Mapping[str, float]) -> ScorePart:
    earning = [ScorePiece(term, worth) for term, worth in pieces.items() if worth]
    return ScorePart(kind, sum(pieces.values()), tuple(sorted(earning, key=lambda piece: -piece.score)))
