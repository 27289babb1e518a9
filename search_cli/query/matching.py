"""What a query asks, as Elasticsearch's clauses: what binds, some word of a turn's own, as many as asked for. Pure.

The question a turn answers helps it, and so does its speaker's name: the question names the thing, the answer does not.
"""

from collections.abc import Iterable

from search_cli.query.clauses import Clause, all_of, asked, begins, exactly, none_of, one_of, said, touched
from search_cli.query.expansion_clauses import stand, stand_or_asked
from search_cli.query.field_clauses import has
from search_cli.query.parser import All, AnyOf, Field, Node, Not, Phrase, Prefix, Word
from search_cli.query.request import Match
from search_cli.query.terms import QueryTerms

MOST = "2<75%"
"""Up to two words all, then three quarters: demanding every word of many loses most answers (nDCG@10 .704 and less)."""


def spoken_by(units: Iterable[str], wording: QueryTerms) -> list[Clause]:
    """Return the clause for turns of the speakers whom these words name; none where they name nobody."""
    names = dict.fromkeys(name for unit in units for name in wording.speakers.get(unit, ()))
    return [{"terms": {"speaker": list(names)}}] if names else []


def demands(word: Word, wording: QueryTerms) -> list[Clause]:
    """Return a clause for each word a typed word demands: said in the turn, asked before it, or its speaker's name."""
    return [
        one_of([said(unit), asked(unit), *spoken_by([unit], wording), *stand_or_asked(wording.also.get(unit, ()))])
        for unit in wording.units(word)
    ]


def occurs(node: Node, wording: QueryTerms) -> Clause:
    """Return the clause for all that a node asks."""
    match node:
        case Word():
            return all_of(demands(node, wording))
        case Phrase():
            return exactly(wording.normal(node))
        case Prefix():
            return begins(wording.normal(node))
        case Field():
            return has(node)
        case Not(inside):
            return none_of(stands(inside, wording))
        case AnyOf(nodes):
            return one_of(occurs(one, wording) for one in asking(nodes, wording))
        case All(nodes):
            return all_of(occurs(one, wording) for one in asking(nodes, wording))


def stands(node: Node, wording: QueryTerms) -> Clause:
    """Return the clause for what an exclusion leaves out: the words as typed, in the turn itself."""
    match node:
        case Word():
            return all_of(said(wanted.whole) for wanted in wording.pieces[node])
        case AnyOf(nodes):
            return one_of(stands(one, wording) for one in asking(nodes, wording))
        case All(nodes):
            return all_of(stands(one, wording) for one in asking(nodes, wording))
        case _:
            return occurs(node, wording)


def touches(node: Node, wording: QueryTerms) -> list[Clause]:
    """Return the clauses, one of which makes a turn a match for some of what `node` asks."""
    match node:
        case Word():
            parts = touched(wording.parts(node))
            return [*parts, *spoken_by(wording.named(node), wording), *stand(wording.others(node))]
        case AnyOf(nodes):
            return [clause for one in asking(nodes, wording) for clause in touches(one, wording)]
        case All(nodes):
            return [matching(nodes, wording, Match.ANY)]
        case _:
            return [occurs(node, wording)]


def matching(nodes: Iterable[Node], wording: QueryTerms, match: Match) -> Clause:
    """Return the clause for the turns a sequence matches: what binds, some word of their own, as many as asked for."""
    filters, without = conditions(nodes, wording, match)
    return together(filters, without)


def conditions(
    nodes: Iterable[Node], wording: QueryTerms, match: Match, touch: Clause | None = None
) -> tuple[list[Clause], list[Clause]]:
    """Return what a turn that matches a sequence must satisfy, and what it must not. `touch` replaces "some word"."""
    nodes = asking(nodes, wording)
    wanted = [node for node in nodes if not binds(node)]
    filters = [occurs(node, wording) for node in nodes if binds(node) and not isinstance(node, Not)]
    if wanted:
        filters.append(touch or one_of(clause for node in wanted for clause in touches(node, wording)))
        filters += _enough(wanted, wording, match)
    return filters, [stands(node.node, wording) for node in nodes if isinstance(node, Not)]


def together(filters: list[Clause], without: list[Clause]) -> Clause:
    """Return one clause for all of `filters` and none of `without`; without any, for every turn."""
    if not without:
        return all_of(filters) if filters else {"match_all": {}}
    return {"bool": {"filter": filters, "must_not": without} if filters else {"must_not": without}}


def required(nodes: Iterable[Node], wording: QueryTerms) -> list[Clause]:
    """Return a clause for each word and each group of alternatives: a turn with every word satisfies them all."""
    clauses: list[Clause] = []
    for node in nodes:
        clauses += demands(node, wording) if isinstance(node, Word) else [occurs(node, wording)]
    return clauses


def words_apart(nodes: Iterable[Node], wording: QueryTerms) -> list[Clause]:
    """Return what turns with every word satisfy, where several were typed apart; nothing for one word or question."""
    wanted = [node for node in asking(nodes, wording) if not binds(node)]
    return required(wanted, wording) if len(wanted) > 1 else []


def _enough(nodes: Iterable[Node], wording: QueryTerms, match: Match) -> list[Clause]:
    """Return what turns of `match` must hold besides some word."""
    if match is Match.ANY:
        return []
    clauses = required(nodes, wording)
    if match is Match.ALL or len(clauses) < 3:
        return clauses
    return [{"bool": {"should": clauses, "minimum_should_match": MOST}}]


def asking(nodes: Iterable[Node], wording: QueryTerms) -> list[Node]:
    """Return those of `nodes` that ask something: not the words that are all signs, nor what holds only such."""
    return [node for node in nodes if _asks(node, wording)]


def _asks(node: Node, wording: QueryTerms) -> bool:
    match node:
        case Word():
            return bool(wording.pieces[node])
        case Not(inside):
            return _asks(inside, wording)
        case AnyOf(nodes) | All(nodes):
            return any(_asks(one, wording) for one in nodes)
        case _:
            return True


def binds(node: Node) -> bool:
    """Say whether a node must hold whatever the match: quotes, exclusions, fields, and alternatives of only these."""
    match node:
        case Word() | Prefix():
            return False
        case AnyOf(nodes) | All(nodes):
            return all(binds(one) for one in nodes)
        case _:
            return True
