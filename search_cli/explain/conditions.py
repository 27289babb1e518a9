"""What a turn must satisfy to be found by a query, each thing as a clause of its own. Pure.

Together they are what `clauses.conditions` makes one clause of.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search_cli.explain.explanation import ConditionKind, ConditionResult
from search_cli.json_types import Clause
from search_cli.query.clauses import all_of, field_clause, one_of
from search_cli.query.matching import (
    MOST,
    exclusion_clause,
    is_mandatory,
    node_clause,
    partial_clauses,
    required_clauses,
    searchable,
)
from search_cli.query.parser import Field, Node, Not, Phrase
from search_cli.query.request import Match, SearchRequest
from search_cli.query.terms import QueryTerms
from search_cli.query.unparse import retyped

_STANDS_IN: Mapping[str, str] = {
    "speaker": "speaker",
    "role": "role",
    "topic": "topics",
    "keyword": "keywords",
    "outlet": "outlet",
    "interview": "interview_id",
    "date": "date",
    "number": "numbers",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A clause that must hold, or must not (`holds` False); `node` is what asks for it, None for all words together."""

    kind: str
    typed: str
    clause: Clause
    holds: bool = True
    node: Node | None = None


def conditions_of(request: SearchRequest, terms: QueryTerms, match: Match) -> list[Condition]:
    """Return all that binds a turn: filters, quotes, exclusions, some word of its own, as many as asked for."""
    nodes = searchable(request.node.nodes, terms)
    found = [Condition(field.name, retyped(field), field_clause(field), node=field) for field in request.filters]
    for node in nodes:
        if isinstance(node, Not):
            excluded = exclusion_clause(node.node, terms)
            found.append(Condition(ConditionKind.WITHOUT, retyped(node), excluded, holds=False, node=node))
        elif is_mandatory(node):
            found.append(Condition(_name(node), retyped(node), node_clause(node, terms), node=node))
    wanted = [node for node in nodes if not is_mandatory(node)]
    if wanted:
        typed = " ".join(map(retyped, wanted))
        touch = one_of(clause for node in wanted for clause in partial_clauses(node, terms))
        found.append(Condition(ConditionKind.SOME_WORD, typed, touch))
        if match is not Match.ANY:
            found.append(Condition(ConditionKind.ENOUGH, str(match), enough(wanted, terms, match)))
    return found


def _name(node: Node) -> str:
    """Return the kind of barrier that a node is."""
    if isinstance(node, Field):
        return node.name
    return ConditionKind.QUOTE if isinstance(node, Phrase) else ConditionKind.GROUP


def enough(nodes: Iterable[Node], terms: QueryTerms, match: Match) -> Clause:
    """Return the clause for turns that hold every word, or most, with the question they answer."""
    clauses = required_clauses(nodes, terms)
    return all_of(clauses) if match is Match.ALL else {"bool": {"should": clauses, "minimum_should_match": MOST}}


def every_word(request: SearchRequest, terms: QueryTerms) -> Clause | None:
    """Return the clause for turns that hold all that is asked for by words; None where no word is."""
    wanted = [node for node in searchable(request.node.nodes, terms) if not is_mandatory(node)]
    return enough(wanted, terms, Match.ALL) if wanted else None


def condition_result(
    barrier: Condition, satisfied: bool, source: Mapping[str, Any], words: Mapping[str, Sequence[str]]
) -> ConditionResult:
    """Return how a turn stands to a barrier; `words` are those to tell of it, by its kind."""
    if barrier.kind in _STANDS_IN:
        own = source.get(_STANDS_IN[barrier.kind])
        values = own if isinstance(own, list) else [] if own in (None, "") else [own]
        has_instead = tuple(f"{value:.12g}" if isinstance(value, float) else str(value) for value in values)
    else:
        has_instead = tuple(words.get(barrier.kind, ()))
    return ConditionResult(str(barrier.kind), barrier.typed, satisfied is barrier.holds, has_instead)


def instead(request: SearchRequest, passed: Iterable[tuple[Condition, bool]], words: Iterable[str]) -> str:
    """Return a query that finds the turn by any match: without what it fails.

    With `words` of its own in place of those it does not hold, or where nothing else is left to ask.
    """
    told = list(passed)
    failed = {id(barrier.node) for barrier, well in told if not well and barrier.node is not None}
    kept: list[Node] = [node for node in (*request.node.nodes, *request.filters) if id(node) not in failed]
    if any(not well and barrier.kind == ConditionKind.SOME_WORD for barrier, well in told):
        kept = [node for node in kept if is_mandatory(node)]
        return " ".join([*words, *map(retyped, kept)])
    return " ".join(map(retyped, kept) if kept else words)
