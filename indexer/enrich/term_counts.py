"""Count the terms of topics in the turns of a conversation: each turn is read once, whatever its sections are. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from indexer.enrich.topic_terms import Term
from indexer.text.tokens import is_pair

_RUN = re.compile("[a-z0-9]+")
"""A word in Latin script, or a number, in normal form."""


class TurnTerms(NamedTuple):
    """How often a turn has each term, by its text, and the bigrams of the turn, joined by spaces."""

    counts: Mapping[str, int]
    joined_bigrams: str

    def has(self, bigram: str) -> bool:
        """Tell whether the turn has a bigram."""
        return f" {bigram} " in f" {self.joined_bigrams} "


@dataclass(frozen=True, slots=True)
class _Entry:
    """A term, its place in the order of counting, and the bigram that must be said with it; "" if any text has it."""

    term: Term
    place: int
    needed: str


class TermCounter:
    """Counts terms; `terms` are by their first bigram, in whose order they are counted."""

    def __init__(self, terms: Mapping[str, Sequence[Term]]) -> None:
        self._entries: dict[str, list[_Entry]] = {}
        in_order = ((bigram, term) for bigram in sorted(terms) for term in terms[bigram])
        for place, (bigram, term) in enumerate(in_order):
            entry = _Entry(term, place, "" if is_pair(bigram) else bigram)
            self._entries.setdefault(term.text, []).append(entry)
        self._runs = frozenset(filter(_RUN.fullmatch, self._entries))
        others = self._entries.keys() - self._runs
        self._single = tuple(sorted(text for text in others if len(text) == 1))
        self._by_start: dict[str, list[str]] = {}
        for text in sorted(others - {*self._single}):
            self._by_start.setdefault(text[:2], []).append(text)
        firsts, seconds = ("".join(map(re.escape, sorted({start[n] for start in self._by_start}))) for n in (0, 1))
        self._start = re.compile(f"[{firsts}](?=[{seconds}])") if firsts else None

    def count(self, normal: str, joined_bigrams: str) -> TurnTerms:
        """Count the terms of a turn; Latin ones are whole words: ai is not said in "again"."""
        counts: dict[str, int] = {}
        for text in self._found(normal):
            counts[text] = counts.get(text, 0) + 1
        for text in self._single:
            if count := normal.count(text):
                counts[text] = count
        return TurnTerms(counts, joined_bigrams)

    def _found(self, normal: str) -> Iterator[str]:
        """Yield each term at each place where it begins, but within itself."""
        ends: dict[str, int] = {}
        for match in self._start.finditer(normal) if self._start else ():
            start = match.start()
            for text in self._by_start.get(normal[start : start + 2], ()):
                if normal.startswith(text, start) and start >= ends.get(text, 0):
                    ends[text] = start + len(text)
                    yield text
        yield from filter(self._runs.__contains__, _RUN.findall(normal))

    def total(self, turns: Sequence[TurnTerms]) -> list[tuple[Term, int]]:
        """Return the terms that the turns of a section have, in their order, each with its count."""
        totals: dict[str, int] = {}
        for turn in turns:
            for text, count in turn.counts.items():
                totals[text] = totals.get(text, 0) + count
        found = (
            (entry.place, entry.term, count)
            for text, count in totals.items()
            for entry in self._entries[text]
            if not entry.needed or any(turn.has(entry.needed) for turn in turns)
        )
        return [(term, count) for _, term, count in sorted(found, key=itemgetter(0))]
