"""Assign topics to exchanges: those of topics.toml, or else the most characteristic nouns.

A topic is assigned if its score reaches `MIN_SCORE`: the sum over its terms of weight x (1 + ln(count)). Two terms that
occur once are enough, or one term of weight 1 that occurs three times. A topic of the conversation as a whole needs
only `MIN_SCORE_EXPECTED`. Where some topics were learned (`fangtan topics learn`), stretches of the conversation take
the place of exchanges, and have the best topic and those nearly as good. Terms are compared in normal form: one
spelling finds Traditional and Simplified, full and half width.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.enrich import topic_terms
from indexer.enrich.distinct_labels import Section, distinct_labels
from indexer.enrich.numbered_words import NumberedWords
from indexer.enrich.stretches import pieces, stretches
from indexer.enrich.term_counts import TermCounter, TurnTerms
from indexer.enrich.topic_terms import Term
from indexer.model import Interview, Turn
from indexer.safe_file import MAX_KNOWLEDGE_BYTES, read_bytes, told_as_settings
from indexer.text import tokens
from indexer.text.keywords import is_noun, keywords, ranked, telling
from indexer.text.topic_path import with_parents

if TYPE_CHECKING:
    from indexer.text.analysis import Analysis

MIN_SCORE, MIN_SCORE_EXPECTED = 2.0, 1.0
MAX_TOPICS = 3
"""Topics of a section: more would say less."""

NEARLY_AS_GOOD = 2 / 3
"""Share of the best score that other topics of a stretch need; 1/3 in an exchange, which is short."""

MIN_LENGTH = 60
"""Characters from which a section always has a topic: shorter ones (好的，谢谢) may have none."""

_CANDIDATES = 12
"""Nouns from which the labels of a section without topics are chosen."""

MAX_TURNS = 10
"""Turns of a section, which share their topics; a longer exchange, or a meeting without questions, is split."""


@dataclass(frozen=True, slots=True)
class _AnalyzedTurn:
    """What the topics of a turn are computed from: its length, the words that tell something, the terms."""

    length: int
    words: list[str]
    terms: TurnTerms


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of one topics.toml; `terms` by their first bigram, which is looked up fast.

    `are_learned` tells that some were learned from an archive. `source` is the text of the file.
    """

    terms: dict[str, tuple[Term, ...]]
    fingerprint: str
    are_learned: bool = False
    source: str = ""
    counter: TermCounter = field(default_factory=lambda: TermCounter({}), compare=False, repr=False)

    @property
    def names(self) -> frozenset[str]:
        """Return the names of the topics."""
        return frozenset(term.topic for term in chain.from_iterable(self.terms.values()))

    @staticmethod
    def load(path: Path) -> "Topics":
        """Read a topics.toml; raise `SettingsError` with path and line for an invalid one."""
        return _load(path)

    @staticmethod
    def forget() -> None:
        """Forget the files that were read, after one was written."""
        _load.cache_clear()

    @staticmethod
    def parse(path: Path, data: bytes) -> "Topics":
        """Parse the content of a topics.toml; errors name `path`."""
        return _parsed(path, data)

    def annotate(
        self,
        interview: Interview,
        analyses: Iterable["Analysis"],
        user_nouns: frozenset[str],
        sections: Sequence[range] = (),
    ) -> Interview:
        """Add topics and keywords to the turns that have none.

        `analyses` are of the turns, `user_nouns` the nouns of the user dictionary. `sections` are those of `sections`,
        if they are known.
        """
        return replace(interview, turns=tuple(self._annotated(interview.turns, analyses, user_nouns, sections)))

    def sections(self, turns: Sequence[Turn], words: Sequence[Sequence[str]]) -> list[range]:
        """Return the positions of the turns of each section that has topics of its own; `words` are of the turns.

        They are the stretches on one subject (see `enrich.stretches`) where topics are learned, else exchanges, split
        after `MAX_TURNS` turns.
        """
        starts = beginnings(turn.exchange for turn in turns)
        return stretches(NumberedWords.of(words), starts) if self.are_learned else pieces(starts, len(turns), MAX_TURNS)

    def of(
        self,
        section: Sequence["Analysis"],
        conversation: Sequence["Analysis"],
        user_nouns: frozenset[str] = frozenset(),
    ) -> tuple[str, ...]:
        """Return the topics of a section of a conversation, best first; none only for a few words.

        `user_nouns` are the nouns of the user dictionary.
        """
        context = self._context(self._analyzed(conversation), user_nouns)
        (topics,) = self._of_all([self._analyzed(section)], context)
        return with_parents(topics)

    def _annotated(
        self,
        turns: Sequence[Turn],
        analyses: Iterable["Analysis"],
        user_nouns: frozenset[str],
        known: Sequence[range],
    ) -> Iterator[Turn]:
        analyzed = self._analyzed(analyses)
        context = self._context(analyzed, user_nouns)
        sections = known or self.sections(turns, [turn.words for turn in analyzed])
        of_sections = self._of_all([analyzed[section.start : section.stop] for section in sections], context)
        for section, topics in zip(sections, of_sections, strict=True):
            for place in section:
                turn = turns[place]
                yield replace(
                    turn,
                    topics=with_parents(turn.topics or topics),
                    keywords=turn.keywords or keywords(analyzed[place].words),
                )

    def _analyzed(self, analyses: Iterable["Analysis"]) -> list[_AnalyzedTurn]:
        """Return what the topics of each turn are computed from."""
        return [
            _AnalyzedTurn(
                len(one.normal.text),
                telling(one.joined_words.split(" ")),
                self.counter.count(one.normal.text, one.joined_bigrams),
            )
            for one in analyses
        ]

    def _context(self, conversation: Sequence[_AnalyzedTurn], user_nouns: frozenset[str]) -> "_Context":
        """Return what the conversation as a whole contributes to the topics of its sections."""
        counts = Counter(chain.from_iterable(turn.words for turn in conversation))
        repeated = frozenset(word for word, count in counts.items() if count > 1)
        expected = () if self.are_learned else self._listed(conversation)
        return _Context(frozenset(expected), repeated, user_nouns)

    def _of_all(self, sections: Sequence[Sequence[_AnalyzedTurn]], context: "_Context") -> Iterator[tuple[str, ...]]:
        """Yield the topics of each section of a conversation: those of topics.toml, or else its own nouns."""
        listed = [self._listed(section, context.expected) for section in sections]
        bare = [section for section, topics in zip(sections, listed, strict=True) if not topics and _is_long(section)]
        own = iter(distinct_labels([_candidates(one, context) for one in bare], sum(map(len, sections))))
        for section, topics in zip(sections, listed, strict=True):
            yield topics or (next(own) if _is_long(section) else ())

    def _listed(self, section: Sequence[_AnalyzedTurn], expected: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """Return the topics of topics.toml that a section has; `expected` ones need a lower score."""
        scores: defaultdict[str, float] = defaultdict(float)
        first_terms: dict[str, str] = {}
        for term, count in self.counter.total([turn.terms for turn in section]):
            scores[term.topic] += term.weight * (1 + log(count))
            first_terms[term.topic] = min(term.text, first_terms.get(term.topic, term.text))
        # of equal scores, the order does not depend on the names that people give
        best = sorted(scores, key=lambda topic: (-scores[topic], first_terms[topic], topic))[:MAX_TOPICS]
        share = NEARLY_AS_GOOD if self.are_learned else 1 / 3
        least = {
            topic: max(MIN_SCORE_EXPECTED if topic in expected else MIN_SCORE, scores[best[0]] * share)
            for topic in best
        }
        return tuple(topic for topic in best if scores[topic] >= least[topic])


@dataclass(frozen=True, slots=True)
class _Context:
    """The conversation around a section: its topics, its repeated words, the nouns of the user dictionary."""

    expected: frozenset[str]
    repeated: frozenset[str]
    user_nouns: frozenset[str]


def _is_long(section: Sequence[_AnalyzedTurn]) -> bool:
    """Tell whether a section always has a topic."""
    return sum(turn.length for turn in section) >= MIN_LENGTH


def _candidates(section: Sequence[_AnalyzedTurn], context: _Context) -> Section:
    """Return what may label a section: its nouns with the highest TF-IDF, preferably repeated in the conversation.

    If it has no nouns, other words.
    """
    words = [word for turn in section for word in turn.words]
    best = ranked(words)
    known = [word for word in best if is_noun(word) or word in context.user_nouns]
    repeated = [word for word in known if word in context.repeated]
    return Section((repeated[:_CANDIDATES], known[:_CANDIDATES], best[:_CANDIDATES]), words, len(section))


def beginnings(exchanges: Iterable[int]) -> frozenset[int]:
    """Return the positions at which an exchange begins; `exchanges` are those of the turns."""
    before: int | None = None
    found = set()
    for position, exchange in enumerate(exchanges):
        if exchange != before:
            found.add(position)
        before = exchange
    return frozenset(found)


@cache
def _load(path: Path) -> Topics:
    with told_as_settings(path, topic_terms.NEXT_STEP):
        data = read_bytes(path, MAX_KNOWLEDGE_BYTES) if path.exists() else b""
    return _parsed(path, data)


def _parsed(path: Path, data: bytes) -> Topics:
    found = topic_terms.parse(path, data)
    by_bigram: dict[str, list[Term]] = {}
    for term in found.terms:
        by_bigram.setdefault(tokens.bigrams(term.text)[0], []).append(term)
    terms = {bigram: tuple(terms) for bigram, terms in by_bigram.items()}
    return Topics(terms, found.fingerprint, found.are_learned, data.decode(), TermCounter(terms))
