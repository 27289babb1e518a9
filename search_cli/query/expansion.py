"""Which other words a query is searched with, asked of the archive in the first round trip: those it holds, weighed.

A word that no turn holds is left out. One that is rarer than the typed word would count more by its rarity alone (BM25
gives a word of one turn in a thousand six times the score of a word of one in three): its weight takes that back, so
that a turn is not found higher for saying 鹅厂 where 腾讯 was typed. Passages are found by the typed words alone, for
the same reason: what is rarer would lift its turns more.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Any

from indexer.settings import Settings
from indexer.text.normalize import fold
from search_cli.query import spelling
from search_cli.query.clauses import said
from search_cli.query.expanded_term import WEIGHT, Analyze, ExpandedTerm, expanded_term
from search_cli.query.parser import All, AnyOf, Node, Not, Word
from search_cli.query.synonyms import of_settings
from search_cli.query.terms import QueryTerms, leaf_nodes

Body = dict[str, Any]
Response = Mapping[str, Any]

LONGEST_RUN = 4
"""Words typed apart that may be one word of a group: Deep Learning, 新 浪 微 博."""


@dataclass(frozen=True, slots=True)
class ExpandedQuery:
    """A wording with every word it may be searched with, and what the archive is asked of them."""

    wording: QueryTerms
    analyze: Analyze
    typed: tuple[str, ...] = ()

    @property
    def bodies(self) -> list[tuple[str, Body]]:
        """Return the searches, each with its purpose; none where nothing is to be known."""
        found: list[tuple[str, Body]] = []
        if self.wording.also:
            found.append(("how many turns there are", _count({"match_all": {}})))
            found += [(f"how many turns hold {unit}", _count(said(unit))) for unit in self._counted]
        if self.typed:
            found.append(("the nearest words to those in no turn", spelling.body(self.typed)))
        return found

    def answered(self, answers: Sequence[Response], speakers: Collection[str]) -> QueryTerms:
        """Return the wording with the words that some turn holds, weighed; what names a speaker is not mistyped."""
        also = dict(self.wording.also)
        if also:
            every, *counts = [int(answer["hits"]["total"]["value"]) for answer in answers[: len(self._counted) + 1]]
            turns = dict(zip(self._counted, counts, strict=True))
            weighed = ((unit, tuple(_weighed(others, turns, unit, every))) for unit, others in also.items())
            also = {unit: others for unit, others in weighed if others}
        for word, near in (spelling.corrected(answers[-1]) if self.typed else {}).items():
            if word not in speakers:
                also[word] = (*also.get(word, ()), expanded_term(near, self.analyze))
        return replace(self.wording, also=also)

    @property
    def _counted(self) -> list[str]:
        """Return the words whose turns are counted: those typed, those searched with them."""
        others = (one.text for found in self.wording.also.values() for one in found)
        return list(dict.fromkeys((*self.wording.also, *others)))


def expand(words: QueryTerms, query: Node, analyze: Analyze, settings: Settings) -> ExpandedQuery:
    """Return what a query may be searched with, by the settings: synonyms, regional words, corrected letters."""
    known = of_settings(settings)
    regional = _regional if settings.regional else _nothing
    pieces = {
        leaf: tuple(replace(one, parts=(one.whole,)) if one.whole in known.of else one for one in found)
        for leaf, found in words.pieces.items()
    }
    words = replace(words, pieces=pieces)
    typed = [leaf for leaf in leaf_nodes(query) if isinstance(leaf, Word)]
    also: dict[str, dict[str, str]] = {}
    for unit in dict.fromkeys(unit for word in typed for unit in words.named(word)):
        also[unit] = _each((*known.of.get(unit, ()), *regional(unit)), unit)
    for run, whole in _runs(query, words):
        for unit in run:
            also.setdefault(unit, {}).update(_each(known.of.get(whole, ()), unit))
    others = {
        unit: tuple(expanded_term(shown, analyze) for shown in found.values()) for unit, found in also.items() if found
    }
    units = (unit for word in typed for unit in words.named(word))
    return ExpandedQuery(replace(words, also=others), analyze, spelling.correctable(units))


def _each(shown: Iterable[str], unit: str) -> dict[str, str]:
    """Return words by their normal form, each once, the typed one left out."""
    found: dict[str, str] = {}
    for one in shown:
        found.setdefault(fold(one), one)
    found.pop(unit, None)
    return found


def _runs(query: Node, words: QueryTerms) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the words typed apart that stand side by side, and what they are together: deep, learning; deeplearning."""
    match query:
        case All(nodes):
            for first in range(len(nodes)):
                for last in range(first + 2, min(first + LONGEST_RUN, len(nodes)) + 1):
                    run = [node for node in nodes[first:last] if isinstance(node, Word)]
                    if len(run) == last - first:
                        wholes = tuple(words.normal(word) for word in run)
                        yield wholes, "".join(wholes)
            for node in nodes:
                yield from _runs(node, words)
        case AnyOf(nodes):
            for node in nodes:
                yield from _runs(node, words)
        case Not():
            return


def _weighed(others: Iterable[ExpandedTerm], turns: Mapping[str, int], unit: str, every: int) -> Iterator[ExpandedTerm]:
    """Yield the words that some turn holds, a rarer one than `unit` counting as if it were as frequent."""
    typed = _rarity(turns[unit], every)
    for one in others:
        if turns[one.text]:
            yield replace(one, weight=round(WEIGHT * min(1.0, typed / _rarity(turns[one.text], every)), 4))


def _rarity(turns: int, every: int) -> float:
    """Return the inverse document frequency as BM25 counts it."""
    return log(1 + (every - turns + 0.5) / (turns + 0.5))


def _count(clause: Body) -> Body:
    return {"query": clause, "size": 0, "track_total_hits": True}


def _regional(unit: str) -> tuple[str, ...]:
    from search_cli.query.regional import regional_variants

    return regional_variants(unit)


def _nothing(unit: str) -> tuple[str, ...]:
    return ()
