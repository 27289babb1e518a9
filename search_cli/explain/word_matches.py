"""The words that a query asks for, each with the clauses that say where it occurs. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.text.tokens import bigrams
from search_cli.explain.explanation import Read, Where, WordFound
from search_cli.json_types import Clause
from search_cli.query.clauses import contains, in_question, one_of, shares_bigrams
from search_cli.query.matching import node_clause, spoken_by, word_clauses
from search_cli.query.parser import TextNode, Word
from search_cli.query.terms import ExpandedTerm, QueryTerms


@dataclass(frozen=True, slots=True)
class Sought:
    """A word asked for, what counts turns that say it, the clauses for each place, and the words searched with it."""

    word: str
    says: Clause
    places: Mapping[Where, Clause] = field(default_factory=dict)
    also: tuple[ExpandedTerm, ...] = ()


def read(nodes: Iterable[TextNode], terms: QueryTerms) -> tuple[Read, ...]:
    """Return what each typed word, phrase or prefix was read as; not what is all signs."""
    found = (
        Read(node.text, terms.required_words(node), not isinstance(node, Word), _shown(terms.expanded_terms(node)))
        for node in nodes
    )
    return tuple(one for one in dict.fromkeys(found) if one.words)


def _shown(others: Iterable[ExpandedTerm]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.written for one in others))


def words_sought(nodes: Iterable[TextNode], terms: QueryTerms) -> tuple[Sought, ...]:
    """Return the words that are asked for, each once."""
    found: dict[str, Sought] = {}
    for node in nodes:
        if isinstance(node, Word):
            for word, demand in zip(terms.required_words(node), word_clauses(node, terms), strict=True):
                one = Sought(word, contains(word), _places(word, demand, terms), tuple(terms.expansions.get(word, ())))
                found.setdefault(word, one)
        else:
            stands = node_clause(node, terms)
            found[terms.text(node)] = Sought(terms.text(node), stands, {Where.TURN: stands})
    return tuple(found.values())


def _places(word: str, demand: Clause, terms: QueryTerms) -> dict[Where, Clause]:
    """Return the clause for each place of a word; `demand` is what makes it count, wherever that is."""
    named = spoken_by([word], terms)
    parts = shares_bigrams([word])
    return {
        Where.TURN: contains(word),
        Where.QUESTION: in_question(word),
        **({Where.SPEAKER: one_of(named)} if named else {}),
        Where.OTHERWISE: demand,
        **({Where.PARTLY: one_of(parts)} if parts else {}),
    }


def word_found(sought: Sought, satisfied: Iterable[Where], source: Mapping[str, Any], turns: int) -> WordFound:
    """Return where a word occurs, as seen from the turn of `source`; of the places the telling ones alone."""
    holds = set(satisfied)
    plainly = holds & {Where.TURN, Where.QUESTION, Where.SPEAKER}
    if plainly:
        holds.discard(Where.OTHERWISE)
    if plainly or Where.OTHERWISE in holds:
        holds.discard(Where.PARTLY)
    shared = _shared(sought.word, source) if Where.PARTLY in holds else ()
    places = tuple(place for place in Where if place in holds)
    times = occurrences(sought.word, str(source.get("chars", ""))) if Where.TURN in holds else 0
    also = _standing(sought.also, source) if Where.OTHERWISE in holds else ()
    return WordFound(sought.word, places, times, turns, shared, also)


def _standing(others: Iterable[ExpandedTerm], source: Mapping[str, Any]) -> tuple[str, ...]:
    """Return which of the words searched with one stand in the turn, or all of them where it is the question's."""
    told = list(others)
    here = [one.written for one in told if occurrences(one.text, str(source.get("chars", "")))]
    return tuple(here or [one.written for one in told])


def occurrences(word: str, chars: str) -> int:
    """Return how often a word's characters stand in a row in `chars`, characters with spaces between."""
    return chars.replace(" ", "").count(word)


def said_in(words: Iterable[str], bigram_terms: str) -> tuple[tuple[str, int], ...]:
    """Return which of these words a text of these pairs of characters says, and how often at most."""
    counts = Counter(bigram_terms.split())
    said_there = ((word, min((counts[pair] for pair in bigrams(word)), default=0)) for word in words)
    return tuple((word, times) for word, times in said_there if times)


def _shared(word: str, source: Mapping[str, Any]) -> tuple[str, ...]:
    own = set(str(source.get("bigrams", "")).split())
    return tuple(pair for pair in dict.fromkeys(bigrams(word)) if pair in own)
