"""The words that a query asks for, each with the clauses that say where it occurs. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.text.tokens import bigrams
from search_cli.explain.explanation import Read, Where, WordFound
from search_cli.query.clauses import Clause, asked, one_of, said, touched
from search_cli.query.expanded_term import ExpandedTerm
from search_cli.query.matching import demands, occurs, spoken_by
from search_cli.query.parser import Word
from search_cli.query.terms import Leaf, QueryTerms


@dataclass(frozen=True, slots=True)
class Sought:
    """A word asked for, what counts turns that say it, the clauses for each place, and the words searched with it."""

    word: str
    says: Clause
    places: Mapping[Where, Clause] = field(default_factory=dict)
    also: tuple[ExpandedTerm, ...] = ()


def read(leaves: Iterable[Leaf], wording: QueryTerms) -> tuple[Read, ...]:
    """Return what each typed word, phrase or prefix was read as; not what is all signs."""
    found = (
        Read(leaf.text, wording.units(leaf), not isinstance(leaf, Word), _shown(wording.others(leaf)))
        for leaf in leaves
    )
    return tuple(one for one in dict.fromkeys(found) if one.words)


def _shown(others: Iterable[ExpandedTerm]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.shown for one in others))


def words_sought(leaves: Iterable[Leaf], wording: QueryTerms) -> tuple[Sought, ...]:
    """Return the words that are asked for, each once."""
    found: dict[str, Sought] = {}
    for leaf in leaves:
        if isinstance(leaf, Word):
            for word, demand in zip(wording.units(leaf), demands(leaf, wording), strict=True):
                one = Sought(word, said(word), _places(word, demand, wording), tuple(wording.also.get(word, ())))
                found.setdefault(word, one)
        else:
            stands = occurs(leaf, wording)
            found[wording.normal(leaf)] = Sought(wording.normal(leaf), stands, {Where.TURN: stands})
    return tuple(found.values())


def _places(word: str, demand: Clause, wording: QueryTerms) -> dict[Where, Clause]:
    """Return the clause for each place of a word; `demand` is what makes it count, wherever that is."""
    named = spoken_by([word], wording)
    parts = touched([word])
    return {
        Where.TURN: said(word),
        Where.QUESTION: asked(word),
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
    here = [one.shown for one in told if occurrences(one.whole, str(source.get("chars", "")))]
    return tuple(here or [one.shown for one in told])


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
