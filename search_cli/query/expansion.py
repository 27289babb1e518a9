"""Expand a query: synonyms, regional words and corrected spellings, weighted by how often the archive has them.

The counts are part of the first round trip. A word that no turn contains is left out. A word rarer than the typed one
would score higher merely because it is rare (BM25 gives a word of one turn in a thousand six times the score of a word
of one in three); its weight compensates for that, so that a turn does not rank higher for 鹅厂 where 腾讯 was typed.
Passages are ranked by the typed words only, for the same reason.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from indexer.text.normalize import fold
from search_cli.json_types import Body, Response
from search_cli.query import spelling
from search_cli.query.bodies import count
from search_cli.query.clauses import contains
from search_cli.query.parser import All, AnyOf, Node, Not, Word
from search_cli.query.synonyms import Synonyms
from search_cli.query.terms import EXPANSION_WEIGHT, Analyze, ExpandedTerm, QueryTerms, expanded_term

LONGEST_RUN = 4
"""Words typed with spaces that may be one word of a group: Deep Learning, 新 浪 微 博."""


@dataclass(frozen=True, slots=True)
class ExpandedQuery:
    """The terms of a query with all candidate expansions, before the archive has counted them.

    `correctable` are the words whose spelling may be corrected.
    """

    terms: QueryTerms
    analyze: Analyze
    correctable: tuple[str, ...] = ()

    @property
    def bodies(self) -> list[tuple[str, Body]]:
        """Return the searches that count the candidates, each with its purpose; none if there are no candidates."""
        found: list[tuple[str, Body]] = []
        if self.terms.expansions:
            found.append(("how many turns there are", count({"match_all": {}})))
            found += [(f"how many turns hold {word}", count(contains(word))) for word in self._counted]
        if self.correctable:
            found.append(("the nearest words to those in no turn", spelling.body(self.correctable)))
        return found

    def weighted(self, responses: Sequence[Response], speakers: Collection[str]) -> QueryTerms:
        """Return the terms with the expansions that occur, weighted; the name of a speaker is never corrected."""
        expansions = dict(self.terms.expansions)
        if expansions:
            total, *counts = [int(one["hits"]["total"]["value"]) for one in responses[: len(self._counted) + 1]]
            turns = dict(zip(self._counted, counts, strict=True))
            weighted = ((word, tuple(_weighted(found, turns, word, total))) for word, found in expansions.items())
            expansions = {word: found for word, found in weighted if found}
        for word, correction in (spelling.corrected(responses[-1]) if self.correctable else {}).items():
            if word not in speakers:
                expansions[word] = (*expansions.get(word, ()), expanded_term(correction, self.analyze))
        return replace(self.terms, expansions=expansions)

    @property
    def _counted(self) -> list[str]:
        """Return the words whose turns are counted: the typed ones, then the candidates."""
        candidates = (term.normal for found in self.terms.expansions.values() for term in found)
        return list(dict.fromkeys((*self.terms.expansions, *candidates)))


def expand(
    terms: QueryTerms, query: Node, analyze: Analyze, synonyms: Synonyms, *, regional: bool = False
) -> ExpandedQuery:
    """Return the candidates for expansion: synonyms, regional words (if wanted) and misspelt words."""
    variants = _regional_variants if regional else _no_variants
    terms = terms.with_single_words(synonyms.of)
    candidates: dict[str, dict[str, str]] = {}
    for word in dict.fromkeys(terms.name_candidates):
        candidates[word] = _by_normal_form((*synonyms.of.get(word, ()), *variants(word)), word)
    for run, joined in _runs(query, terms):
        for word in run:
            candidates.setdefault(word, {}).update(_by_normal_form(synonyms.of.get(joined, ()), word))
    expansions = {
        word: tuple(expanded_term(written, analyze) for written in found.values())
        for word, found in candidates.items()
        if found
    }
    return ExpandedQuery(replace(terms, expansions=expansions), analyze, spelling.correctable(terms.name_candidates))


def _by_normal_form(written: Iterable[str], word: str) -> dict[str, str]:
    """Return words by their normal form, each once, without the typed `word`."""
    found: dict[str, str] = {}
    for one in written:
        found.setdefault(fold(one), one)
    found.pop(word, None)
    return found


def _runs(query: Node, terms: QueryTerms) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield adjacent words typed with spaces, and their text without: (deep, learning), deeplearning."""
    match query:
        case All(nodes):
            for first in range(len(nodes)):
                for last in range(first + 2, min(first + LONGEST_RUN, len(nodes)) + 1):
                    run = [node for node in nodes[first:last] if isinstance(node, Word)]
                    if len(run) == last - first:
                        words = tuple(terms.text(word) for word in run)
                        yield words, "".join(words)
            for node in nodes:
                yield from _runs(node, terms)
        case AnyOf(nodes):
            for node in nodes:
                yield from _runs(node, terms)
        case Not():
            return


def _weighted(
    candidates: Iterable[ExpandedTerm], turns: Mapping[str, int], word: str, total: int
) -> Iterator[ExpandedTerm]:
    """Yield the candidates that occur; one rarer than `word` scores as if it were as frequent."""
    typed = _rarity(turns[word], total)
    for term in candidates:
        if turns[term.normal]:
            weight = EXPANSION_WEIGHT * min(1.0, typed / _rarity(turns[term.normal], total))
            yield replace(term, weight=round(weight, 4))


def _rarity(turns: int, total: int) -> float:
    """Return the inverse document frequency, as in BM25."""
    return log(1 + (total - turns + 0.5) / (turns + 0.5))


def _regional_variants(word: str) -> tuple[str, ...]:
    from search_cli.query.regional import regional_variants  # OpenCC's tables, not needed by most searches

    return regional_variants(word)


def _no_variants(word: str) -> tuple[str, ...]:
    return ()
