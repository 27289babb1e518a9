"""Build the clauses of a query's nodes: mandatory ones, the words a turn must have, and partial matches.

A turn has every word if it holds at least one itself, and each of the others too, or the question it answers does, or
the word names its speaker: often the question names the subject and the answer does not. So a turn matches a single
word only if it holds it. Pure.
"""

from collections.abc import Iterable, Sequence

from search_cli.json_types import Clause
from search_cli.query.clauses import (
    all_of,
    contains,
    contains_any,
    contains_any_or_in_question,
    field_clause,
    in_note,
    in_question,
    near,
    none_of,
    one_of,
    quoted,
    shares_bigrams,
    starts_with,
)
from search_cli.query.parser import All, AnyOf, Field, Near, Node, Not, Phrase, Prefix, Saved, Word
from search_cli.query.request import Match
from search_cli.query.terms import QueryTerms

MOST = "2<75%"
"""Up to two words all, then three quarters: requiring every word of many loses most answers (nDCG@10 .704 and less)."""


def spoken_by(words: Iterable[str], terms: QueryTerms) -> list[Clause]:
    """Return the clause for turns of the speakers that these words name, none if they name nobody."""
    names = dict.fromkeys(name for word in words for name in terms.speakers.get(word, ()))
    return [{"terms": {"speaker": list(names)}}] if names else []


def word_clauses(node: Word, terms: QueryTerms) -> list[Clause]:
    """Return a clause for each required word: in the turn, in its question, as its speaker's name, or expanded."""
    return [
        one_of(
            [
                contains(word),
                in_question(word),
                *spoken_by([word], terms),
                *contains_any_or_in_question(terms.expansions.get(word, ())),
            ]
        )
        for word in terms.required_words(node)
    ]


def node_clause(node: Node, terms: QueryTerms) -> Clause:
    """Return the clause for a full match of a node."""
    match node:
        case Word():
            return all_of(word_clauses(node, terms))
        case Phrase():
            return all_of(quoted(piece) for piece in terms.pieces[node])
        case Near(one, other, distance):
            ones, others = ((piece for phrase in side for piece in terms.pieces[phrase]) for side in (one, other))
            return near(ones, others, distance)
        case Prefix():
            return starts_with(terms.text(node))
        case Field():
            return field_clause(node)
        case Not(inside):
            return none_of(exclusion_clause(inside, terms))
        case AnyOf(nodes):
            return one_of(node_clause(one, terms) for one in searchable(nodes, terms))
        case All(nodes):
            return all_of(node_clause(one, terms) for one in searchable(nodes, terms))
        case Saved():
            raise TypeError(node)  # `saved.expand` was not asked


def exclusion_clause(node: Node, terms: QueryTerms) -> Clause:
    """Return the clause for what an exclusion excludes: the words as typed, in the turn itself."""
    match node:
        case Word():
            return all_of(contains(piece.text) for piece in terms.pieces[node])
        case AnyOf(nodes):
            return one_of(exclusion_clause(one, terms) for one in searchable(nodes, terms))
        case All(nodes):
            return all_of(exclusion_clause(one, terms) for one in searchable(nodes, terms))
        case _:
            return node_clause(node, terms)


def own_clauses(node: Node, terms: QueryTerms) -> list[Clause]:
    """Return clauses, any one of which tells that a turn itself holds a word, phrase or prefix of a node."""
    match node:
        case Word():
            return [
                clause
                for word in terms.required_words(node)
                for clause in (contains(word), *contains_any(terms.expansions.get(word, ())))
            ]
        case AnyOf(nodes):
            return [clause for one in searchable(nodes, terms) for clause in own_clauses(one, terms)]
        case All(nodes):
            found = searchable(nodes, terms)
            words = [one for one in found if not is_mandatory(one)]
            clauses = [clause for one in words or found for clause in own_clauses(one, terms)]
            binding = [node_clause(one, terms) for one in found if words and is_mandatory(one)]
            return [all_of([one_of(clauses), *binding])] if binding else clauses
        case _:
            return [node_clause(node, terms)]


def note_clause(node: Node, terms: QueryTerms, *, excluding: bool = False) -> Clause:
    """Return the clause for turns with a note that holds every word of a node; other conditions bind the turn.

    Exclusions are those of the whole query, but `excluding` those of one of several alternatives.
    """
    match node:
        case Word():
            words = terms.required_words(node)
            return all_of(
                one_of(in_note(one) for one in (word, *(term.normal for term in terms.expansions.get(word, ()))))
                for word in words
            )
        case Phrase():
            return all_of(in_note(piece.text, piece.normal) for piece in terms.pieces[node])
        case Prefix():
            return {"match_none": {}}
        case AnyOf(nodes):
            return one_of(note_clause(one, terms, excluding=True) for one in searchable(nodes, terms))
        case All(nodes):
            kept = (one for one in searchable(nodes, terms) if excluding or not isinstance(one, Not))
            return all_of(note_clause(one, terms, excluding=excluding) for one in kept)
        case _:
            return node_clause(node, terms)


def partial_clauses(node: Node, terms: QueryTerms) -> list[Clause]:
    """Return clauses, any one of which makes a turn a partial match of a node."""
    match node:
        case Word():
            shared = shares_bigrams(terms.tokens(node))
            return [*shared, *spoken_by(terms.names(node), terms), *contains_any(terms.expanded_terms(node))]
        case AnyOf(nodes):
            return [clause for one in searchable(nodes, terms) for clause in partial_clauses(one, terms)]
        case All(nodes):
            return [match_clause(nodes, terms, Match.ANY)]
        case _:
            return [node_clause(node, terms)]


def match_clause(nodes: Iterable[Node], terms: QueryTerms, match: Match) -> Clause:
    """Return the clause for the turns that match a sequence of nodes."""
    required, excluded = conditions(nodes, terms, match)
    return combined(required, excluded)


def conditions(
    nodes: Iterable[Node], terms: QueryTerms, match: Match, partial: Clause | None = None
) -> tuple[list[Clause], list[Clause]]:
    """Return the clauses a turn must satisfy to match a sequence of nodes, and those it must not.

    `partial` replaces the clause for a partial match.
    """
    nodes = searchable(nodes, terms)
    required = [node_clause(node, terms) for node in nodes if is_mandatory(node) and not isinstance(node, Not)]
    if words := word_nodes(nodes, terms):
        required += _partly(words, terms, partial) if match is Match.ANY else enough(words, terms, match)
    return required, [exclusion_clause(node.node, terms) for node in nodes if isinstance(node, Not)]


def word_nodes(nodes: Iterable[Node], terms: QueryTerms) -> list[Node]:
    """Return the nodes that a turn may match in part: words, prefixes, and groups with any."""
    return [node for node in searchable(nodes, terms) if not is_mandatory(node)]


def combined(required: list[Clause], excluded: list[Clause]) -> Clause:
    """Return one clause for all of `required` and none of `excluded`; every turn if both are empty."""
    if not excluded:
        return all_of(required) if required else {"match_all": {}}
    return {"bool": {"filter": required, "must_not": excluded} if required else {"must_not": excluded}}


def required_clauses(nodes: Iterable[Node], terms: QueryTerms) -> list[Clause]:
    """Return a clause for each word and each group of alternatives; a turn with every word satisfies them all."""
    clauses: list[Clause] = []
    for node in nodes:
        clauses += word_clauses(node, terms) if isinstance(node, Word) else [node_clause(node, terms)]
    return clauses


def ranks_first(nodes: Iterable[Node], terms: QueryTerms) -> bool:
    """Return whether turns with every word rank before the others: for words typed as such, not for a question.

    A question typed without spaces is read as its content words; with every one of them first, nDCG@10 is .004 lower.
    """
    words = word_nodes(nodes, terms)
    if len(words) != 1 or not isinstance(words[0], Word):
        return True
    return len(terms.required_words(words[0])) == 1


def level_clause(nodes: Iterable[Node], terms: QueryTerms, match: Match) -> Clause:
    """Return the clause for the turns at a level of `match`, whatever is excluded."""
    required, _ = conditions(nodes, terms, match)
    return combined(required, [])


def enough(words: Sequence[Node], terms: QueryTerms, match: Match) -> list[Clause]:
    """Return what a turn with some, most or all of the words of `words` satisfies."""
    held = one_of(clause for node in words for clause in own_clauses(node, terms))
    clauses = required_clauses(words, terms)
    if match is Match.SOME or (len(clauses) == 1 and isinstance(words[0], Word)):
        return [held]
    if match is Match.ALL or len(clauses) < 3:
        return [*clauses, held]
    return [{"bool": {"should": clauses, "minimum_should_match": MOST}}, held]


def _partly(words: Iterable[Node], terms: QueryTerms, partial: Clause | None) -> list[Clause]:
    return [partial or one_of(clause for node in words for clause in partial_clauses(node, terms))]


def searchable(nodes: Iterable[Node], terms: QueryTerms) -> list[Node]:
    """Return the nodes with something to search for: no words of punctuation, nor groups of only those."""
    return [node for node in nodes if _is_searchable(node, terms)]


def _is_searchable(node: Node, terms: QueryTerms) -> bool:
    match node:
        case Word():
            return bool(terms.pieces[node])
        case Not(inside):
            return _is_searchable(inside, terms)
        case AnyOf(nodes) | All(nodes):
            return any(_is_searchable(one, terms) for one in nodes)
        case _:
            return True


def is_mandatory(node: Node) -> bool:
    """Return whether a node must match in any case: a phrase, exclusion or field, and alternatives of only these."""
    match node:
        case Word() | Prefix():
            return False
        case AnyOf(nodes) | All(nodes):
            return all(is_mandatory(one) for one in nodes)
        case _:
            return True
