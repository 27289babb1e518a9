"""The words of a query, with the clauses that locate each of them. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from indexer.text.tokens import bigrams
from search_cli.explain.explanation import MatchLocation, ParsedTerm, WordMatch
from search_cli.json_types import Clause
from search_cli.query.characters import is_run
from search_cli.query.clauses import contains, in_note, in_question, one_of, shares_bigrams
from search_cli.query.matching import node_clause, spoken_by, word_clauses
from search_cli.query.parser import Near, TextNode, Word
from search_cli.query.terms import ExpandedTerm, QueryTerms
from search_cli.query.unparse import retyped


@dataclass(frozen=True, slots=True)
class SearchedWord:
    """A word of a query: the clause that counts its turns, a clause per location, and its expansion."""

    word: str
    clause: Clause
    places: Mapping[MatchLocation, Clause] = field(default_factory=dict)
    also: tuple[ExpandedTerm, ...] = ()


def parsed_terms(nodes: Iterable[TextNode], terms: QueryTerms) -> tuple[ParsedTerm, ...]:
    """Return each word, phrase and prefix of a query with its words; without those of punctuation only."""
    parsed = (
        ParsedTerm(
            _typed(node), terms.required_words(node), not isinstance(node, Word), _shown(terms.expanded_terms(node))
        )
        for node in nodes
    )
    return tuple(term for term in dict.fromkeys(parsed) if term.words)


def _typed(node: TextNode) -> str:
    """Return a node as it is named: the text of a phrase, all of 疫苗 NEAR/5 口罩."""
    return retyped(node) if isinstance(node, Near) else node.text


def _shown(others: Iterable[ExpandedTerm]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term.written for term in others))


def searched_words(nodes: Iterable[TextNode], terms: QueryTerms) -> tuple[SearchedWord, ...]:
    """Return the distinct words of a query."""
    searched: dict[str, SearchedWord] = {}
    for node in nodes:
        if isinstance(node, Word):
            for word, demand in zip(terms.required_words(node), word_clauses(node, terms), strict=True):
                also = tuple(terms.expansions.get(word, ()))
                searched.setdefault(word, SearchedWord(word, contains(word), _places(word, demand, terms), also))
        else:
            clause = node_clause(node, terms)
            text = retyped(node) if isinstance(node, Near) else terms.text(node)
            searched[text] = SearchedWord(text, clause, {MatchLocation.TURN: clause})
    return tuple(searched.values())


def _places(word: str, demand: Clause, terms: QueryTerms) -> dict[MatchLocation, Clause]:
    """Return the clause for each location of a word; `demand` is the clause that counts it anywhere."""
    speakers = spoken_by([word], terms)
    parts = shares_bigrams([word])
    return {
        MatchLocation.TURN: contains(word),
        MatchLocation.QUESTION: in_question(word),
        **({MatchLocation.SPEAKER: one_of(speakers)} if speakers else {}),
        MatchLocation.NOTE: in_note(word),
        MatchLocation.OTHERWISE: demand,
        **({MatchLocation.PARTLY: one_of(parts)} if parts else {}),
    }


def word_match(
    word: SearchedWord, satisfied: Iterable[MatchLocation], source: Mapping[str, Any], turns: int
) -> WordMatch:
    """Return where a word occurs, seen from the turn of `source`; weaker matches are left out next to exact ones."""
    found = set(satisfied)
    exact = found & {MatchLocation.TURN, MatchLocation.QUESTION, MatchLocation.SPEAKER, MatchLocation.NOTE}
    if exact:
        found.discard(MatchLocation.OTHERWISE)
    if exact or MatchLocation.OTHERWISE in found:
        found.discard(MatchLocation.PARTLY)
    shared = _shared_bigrams(word.word, source) if MatchLocation.PARTLY in found else ()
    places = tuple(place for place in MatchLocation if place in found)
    times = count(word.word, source) if MatchLocation.TURN in found else 0
    also = _expansions_in(word.also, source) if MatchLocation.OTHERWISE in found else ()
    return WordMatch(word.word, places, times, turns, shared, also)


def _expansions_in(terms: Sequence[ExpandedTerm], source: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the expanded words in the turn; all of them if none is, since the question then has one."""
    here = [term.written for term in terms if count(term.text, source)]
    return tuple(here or [term.written for term in terms])


def count(word: str, source: Mapping[str, Any]) -> int:
    """Count a word in the document of a turn; letters or digits as whole runs."""
    if is_run(word):
        return str(source.get("bigrams", "")).split().count(word)
    return str(source.get("chars", "")).replace(" ", "").count(word)


def counts(words: Iterable[str], sources: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, int], ...]:
    """Count each word in several turns, without those that they do not hold."""
    times = ((word, sum(count(word, source) for source in sources)) for word in words)
    return tuple((word, number) for word, number in times if number)


def _shared_bigrams(word: str, source: Mapping[str, Any]) -> tuple[str, ...]:
    own = set(str(source.get("bigrams", "")).split())
    return tuple(pair for pair in dict.fromkeys(bigrams(word)) if pair in own)
