"""The conditions a turn must satisfy to be found by a query, one clause each. Pure.

Together they are the clause that `query.matching.conditions` builds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search_cli.explain.explanation import ConditionKind, ConditionResult
from search_cli.json_types import Clause
from search_cli.query.clauses import all_of, field_clause, one_of
from search_cli.query.matching import (
    enough,
    exclusion_clause,
    is_mandatory,
    level_clause,
    node_clause,
    partial_clauses,
    searchable,
    word_nodes,
)
from search_cli.query.parser import Field, Node, Not, Phrase
from search_cli.query.request import Match, SearchRequest
from search_cli.query.terms import QueryTerms
from search_cli.query.unparse import retyped

_FIELDS: Mapping[str, str] = {
    "speaker": "speaker",
    "role": "role",
    "topic": "topics",
    "keyword": "keywords",
    "outlet": "outlet",
    "interview": "interview_id",
    "title": "title",
    "author": "authors",
    "affiliation": "affiliation",
    "label": "label",
    "language": "language",
    "date": "date",
    "year": "date",
    "number": "numbers",
    "to": "reply_to_speaker",
    "mentions": "mentions",
    "added": "added_at",
    "asked": "reply_to",
    "answered": "reply_to",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A clause that must match, or must not (`holds` False); `node` is its part of the query, None for all words."""

    kind: str
    typed: str
    clause: Clause
    holds: bool = True
    node: Node | None = None


def conditions_of(request: SearchRequest, terms: QueryTerms, match: Match) -> list[Condition]:
    """List the conditions of a query: filters, phrases, exclusions, a word of the turn's own, enough words."""
    nodes = searchable(request.node.nodes, terms)
    found = [Condition(field.name, retyped(field), field_clause(field), node=field) for field in request.filters]
    for node in nodes:
        if isinstance(node, Not):
            excluded = exclusion_clause(node.node, terms)
            found.append(Condition(ConditionKind.WITHOUT, retyped(node), excluded, holds=False, node=node))
        elif is_mandatory(node):
            found.append(Condition(_kind(node), retyped(node), node_clause(node, terms), node=node))
    if words := word_nodes(nodes, terms):
        typed = " ".join(map(retyped, words))
        touch = one_of(clause for node in words for clause in partial_clauses(node, terms))
        found.append(Condition(ConditionKind.SOME_WORD, typed, touch))
        if match is not Match.ANY:
            found.append(Condition(ConditionKind.ENOUGH, str(match), all_of(enough(words, terms, match))))
    return found


def _kind(node: Node) -> str:
    """Return the kind of condition that a node is."""
    if isinstance(node, Field):
        return node.name
    return ConditionKind.QUOTE if isinstance(node, Phrase) else ConditionKind.GROUP


def every_word(request: SearchRequest, terms: QueryTerms) -> Clause | None:
    """Build the clause for turns with every word of the query; None for a query without words."""
    return level_clause(request.node.nodes, terms, Match.ALL) if terms.nodes else None


def condition_result(
    condition: Condition, satisfied: bool, source: Mapping[str, Any], words: Mapping[str, Sequence[str]]
) -> ConditionResult:
    """Return whether a turn passes a condition, and what it has instead; `words` are those to report, by kind."""
    if condition.kind in _FIELDS:
        own = source.get(_FIELDS[condition.kind])
        values = own if isinstance(own, list) else [] if own in (None, "") else [own]
        actual = tuple(f"{value:.12g}" if isinstance(value, float) else str(value) for value in values)
    else:
        actual = tuple(words.get(condition.kind, ()))
    return ConditionResult(str(condition.kind), condition.typed, satisfied is condition.holds, actual)


def alternative_query(request: SearchRequest, passed: Iterable[tuple[Condition, bool]], words: Iterable[str]) -> str:
    """Build a query that finds the turn with `--match any`: the request without the conditions that fail.

    `words` of the turn replace the words of the query if it has none of them, or if nothing else is left.
    """
    failing = [condition for condition, passes in passed if not passes]
    failed = {id(condition.node) for condition in failing if condition.node is not None}
    kept: list[Node] = [node for node in (*request.node.nodes, *request.filters) if id(node) not in failed]
    if any(condition.kind == ConditionKind.SOME_WORD for condition in failing):
        kept = [node for node in kept if is_mandatory(node)]
        return " ".join([*words, *map(retyped, kept)])
    return " ".join(map(retyped, kept) if kept else words)
