"""The parts of a score, from the clauses of the query that ranks turns. Pure.

They are read from the query as it is sent, not from the rules that build it: an unknown clause is still scored, as
"other".
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from search_cli.explain.explanation import ScoreKind, ScorePart, TermScore
from search_cli.json_types import Clause

_KINDS: Mapping[str, ScoreKind] = {
    "words": ScoreKind.WORDS,
    "bigrams": ScoreKind.PAIRS,
    "chars": ScoreKind.CHARACTERS,
    "asked": ScoreKind.QUESTION,
    "passage": ScoreKind.PASSAGE,
    "speaker": ScoreKind.SPEAKER,
    "role": ScoreKind.SPOKEN,
    "note_chars": ScoreKind.NOTE,
    "note_bigrams": ScoreKind.NOTE,
}
_BY_FIELD = frozenset({"match", "match_phrase", "term", "terms", "prefix", "range", "wildcard", "fuzzy"})
_SHOWN = 0.005
"""The remainder of a score that is reported; less is rounding, as Elasticsearch adds up in single precision."""


@dataclass(frozen=True, slots=True)
class ScoredClause:
    """A clause that adds to the score: the kind of its score, and its term.

    `tie_breaker` is its weight next to a better alternative of a `dis_max`: half for the second passage of a turn.
    """

    kind: ScoreKind
    term: str
    clause: Clause
    tie_breaker: float = 1.0


def scored_clauses(query: Clause, every: Clause | None) -> list[ScoredClause]:
    """Split a query into the smallest clauses that add up to its score.

    `every` is the clause of turns with every word, None for a query of one word.
    """
    boolean = query.get("bool", {})
    if set(query) != {"bool"} or not set(boolean) <= {"filter", "must_not", "should", "must", "minimum_should_match"}:
        return [ScoredClause(ScoreKind.OTHER, "", query)]
    return [one for clause in (*_listed(boolean, "must"), *_listed(boolean, "should")) for one in _split(clause, every)]


def _listed(boolean: Mapping[str, Any], occur: str) -> list[Clause]:
    clauses = boolean.get(occur, [])
    return [clauses] if isinstance(clauses, dict) else list(clauses)


def _split(clause: Clause, every: Clause | None) -> Iterator[ScoredClause]:
    """Yield a clause, or the clauses that it is the sum of."""
    match clause:
        case {"match": fields} if len(clause) == 1 and len(fields) == 1:
            yield from _terms(*next(iter(fields.items())))
        case {"bool": {"should": alternatives, **rest}} if len(clause) == 1 and set(rest) <= {"minimum_should_match"}:
            for one in alternatives:
                yield from _split(one, every)
        case {"dis_max": {"queries": alternatives, "tie_breaker": share}} if len(clause) == 1:
            yield from (replace(found, tie_breaker=share) for one in alternatives for found in _split(one, every))
        case {"constant_score": {"filter": wanted}} if every is not None and wanted == every:
            yield ScoredClause(ScoreKind.EVERY, "", clause)
        case _:
            yield ScoredClause(_kind(clause), " ".join(dict.fromkeys(_values(clause))), clause)


def _terms(field: str, query: object) -> Iterator[ScoredClause]:
    """Split a `match` into a clause per term; one with another operator is not a sum and stays whole."""
    settings: dict[str, Any] = dict(query) if isinstance(query, Mapping) else {"query": query}
    kind = _KINDS.get(field, ScoreKind.OTHER)
    if not set(settings) <= {"query", "boost"}:
        yield ScoredClause(kind, str(settings.get("query", "")), {"match": {field: query}})
        return
    boost = settings.get("boost", 1.0)
    for term, times in Counter(settings["query"].split()).items():
        clause = {"match": {field: {"query": term, "boost": boost * times}}}
        yield ScoredClause(kind, term, clause)


def _kind(clause: Clause) -> ScoreKind:
    """Return the kind of a clause's field, `OTHER` if it has several kinds."""
    kinds = {_KINDS.get(field, ScoreKind.OTHER) for field, _ in _fields(clause)}
    return kinds.pop() if len(kinds) == 1 else ScoreKind.OTHER


def _values(clause: Clause) -> Iterator[str]:
    """Yield the values that a clause searches for."""
    for _, value in _fields(clause):
        values = value.get("query", value.get("value", "")) if isinstance(value, Mapping) else value
        yield from map(str, values if isinstance(values, list | tuple) else [values])


def _fields(node: object) -> Iterator[tuple[str, Any]]:
    """Yield each field that a clause searches, with its value."""
    if isinstance(node, Mapping):
        for name, value in node.items():
            if name in _BY_FIELD:
                yield from ((field, query) for field, query in value.items() if field != "boost")
            else:
                yield from _fields(value)
    elif isinstance(node, Sequence) and not isinstance(node, str):
        for one in node:
            yield from _fields(one)


def score_parts(score: float, scores: Iterable[tuple[ScoredClause, float]]) -> tuple[ScorePart, ...]:
    """Group the scores of clauses into the parts of a score, in the order of `ScoreKind`; the rest is `OTHER`."""
    by_kind: dict[ScoreKind, dict[str, float]] = {kind: {} for kind in ScoreKind}
    for clause, value in _weighted(scores):
        by_kind[clause.kind][clause.term] = by_kind[clause.kind].get(clause.term, 0.0) + value
    rest = score - sum(value for terms in by_kind.values() for value in terms.values())
    if abs(rest) > max(_SHOWN, abs(score) * 1e-5):
        by_kind[ScoreKind.OTHER][""] = by_kind[ScoreKind.OTHER].get("", 0.0) + rest
    return tuple(_part(kind, terms) for kind, terms in by_kind.items() if any(terms.values()))


def _weighted(scores: Iterable[tuple[ScoredClause, float]]) -> Iterator[tuple[ScoredClause, float]]:
    """Yield what each clause adds: the best of several alternatives all of its score, the others a part of it."""
    scores = list(scores)
    best: dict[ScoreKind, int] = {}
    for index, (clause, value) in enumerate(scores):
        if clause.tie_breaker != 1 and (clause.kind not in best or value > scores[best[clause.kind]][1]):
            best[clause.kind] = index
    for index, (clause, value) in enumerate(scores):
        yield clause, value if best.get(clause.kind) == index else value * clause.tie_breaker


def _part(kind: ScoreKind, scores: Mapping[str, float]) -> ScorePart:
    terms = [TermScore(term, score) for term, score in scores.items() if score]
    return ScorePart(kind, sum(scores.values()), tuple(sorted(terms, key=lambda term: -term.score)))
