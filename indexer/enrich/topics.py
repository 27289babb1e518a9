"""Assign topics to exchanges: those of topics.toml, or else the most characteristic nouns.

A topic is assigned if its score reaches `MIN_SCORE`: the sum over its terms of weight x (1 + ln(count)). Two terms that
occur once are enough, or one term of weight 1 that occurs three times. A topic of the conversation as a whole needs
only `MIN_SCORE_EXPECTED`. Where some topics were learned (`fangtan topics learn`), stretches of the conversation take
the place of exchanges, and have the best topic and those nearly as good. Terms are compared in normal form: one
spelling finds Traditional and Simplified, full and half width.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from itertools import chain, groupby
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.enrich.stretches import stretches
from indexer.errors import SettingsError
from indexer.model import Interview, Turn
from indexer.text import tokens
from indexer.text.keywords import keywords, nouns
from indexer.text.normalize import normalize

if TYPE_CHECKING:
    from indexer.text.analysis import Analysis

TOPICS_VERSION = 1
"""Increment when the same topics.toml gives different topics."""

MIN_SCORE, MIN_SCORE_EXPECTED = 2.0, 1.0
MAX_TOPICS = 3
"""Topics of a section: more would say less."""

NEARLY_AS_GOOD = 2 / 3
"""Share of the best score that other topics of a stretch need; 1/3 in an exchange, which is short."""

MIN_LENGTH = 60
"""Characters from which a section always has a topic: shorter ones (好的，谢谢) may have none."""

MAX_TURNS = 10
"""Turns of a section, which share their topics; a longer exchange, or a meeting without questions, is split."""

_NEXT_STEP = (
    'Write it as ["topic"], terms = ["word", …], and weights = {word = 2.0} if needed; see the head of the file.'
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a topic, in normal form, with its weight."""

    topic: str
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class _AnalyzedTurn:
    """Normal text and words of a turn, and those of its bigrams with which terms of topics begin."""

    text: str
    words: tuple[str, ...]
    first_bigrams: frozenset[str]


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of one topics.toml; `terms` by their first bigram, which is looked up fast.

    `are_learned` tells that some were learned from an archive. `source` is the text of the file.
    """

    terms: dict[str, tuple[Term, ...]]
    fingerprint: str
    are_learned: bool = False
    source: str = ""

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

    def annotate(self, interview: Interview, analyses: Iterable["Analysis"], user_nouns: frozenset[str]) -> Interview:
        """Add topics and keywords to the turns that have none.

        `analyses` are of the turns, `user_nouns` the nouns of the user dictionary.
        """
        return replace(interview, turns=tuple(self._annotated(interview.turns, analyses, user_nouns)))

    def of(
        self,
        section: Sequence["Analysis"],
        conversation: Sequence["Analysis"],
        user_nouns: frozenset[str] = frozenset(),
    ) -> tuple[str, ...]:
        """Return the topics of a section of a conversation, best first; none only for a few words.

        `user_nouns` are the nouns of the user dictionary.
        """
        first_bigrams = frozenset(self.terms)
        context = self._context(_analyzed(conversation, first_bigrams), user_nouns)
        return self._of(_analyzed(section, first_bigrams), context)

    def _annotated(
        self, turns: Sequence[Turn], analyses: Iterable["Analysis"], user_nouns: frozenset[str]
    ) -> Iterator[Turn]:
        analyzed = _analyzed(analyses, frozenset(self.terms))
        context = self._context(analyzed, user_nouns)
        start = 0
        for section in _stretches(turns, analyzed) if self.are_learned else _sections(turns):
            analyzed_section = analyzed[start : start + len(section)]
            start += len(section)
            topics = self._of(analyzed_section, context)
            for turn, one in zip(section, analyzed_section, strict=True):
                yield replace(turn, topics=turn.topics or topics, keywords=turn.keywords or keywords(one.words))

    def _context(self, conversation: Sequence[_AnalyzedTurn], user_nouns: frozenset[str]) -> "_Context":
        """Return what the conversation as a whole contributes to the topics of its sections."""
        counts = Counter(chain.from_iterable(turn.words for turn in conversation))
        repeated = frozenset(word for word, count in counts.items() if count > 1)
        expected = () if self.are_learned else self._listed(conversation)
        return _Context(frozenset(expected), repeated, user_nouns)

    def _of(self, section: Sequence[_AnalyzedTurn], context: "_Context") -> tuple[str, ...]:
        listed = self._listed(section, context.expected)
        if listed or sum(len(turn.text) for turn in section) < MIN_LENGTH:
            return listed
        return _characteristic_nouns(section, context)

    def _listed(self, section: Sequence[_AnalyzedTurn], expected: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """Return the topics of topics.toml that a section has; `expected` ones need a lower score."""
        first_bigrams = frozenset().union(*(turn.first_bigrams for turn in section))
        if not first_bigrams:
            return ()
        text = "\n".join(turn.text for turn in section)
        scores: defaultdict[str, float] = defaultdict(float)
        for term in (term for bigram in first_bigrams for term in self.terms[bigram]):
            if count := text.count(term.text):
                scores[term.topic] += term.weight * (1 + log(count))
        # sorted by name first, so that the order of equal scores does not depend on that of a set
        best = sorted(sorted(scores), key=scores.__getitem__, reverse=True)[:MAX_TOPICS]
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


def _analyzed(analyses: Iterable["Analysis"], first_bigrams: frozenset[str]) -> list[_AnalyzedTurn]:
    """Return what the topics of each turn are computed from."""
    return [
        _AnalyzedTurn(one.normal.text, one.words, first_bigrams.intersection(one.joined_bigrams.split(" ")))
        for one in analyses
    ]


def _characteristic_nouns(section: Sequence[_AnalyzedTurn], context: _Context) -> tuple[str, ...]:
    """Return the two nouns of a section with the highest TF-IDF, preferably repeated in the conversation.

    If it has no nouns, return other words.
    """
    words = [word for turn in section for word in turn.words]
    repeated = nouns((word for word in words if word in context.repeated), 2, context.user_nouns)
    return repeated or nouns(words, 2, context.user_nouns) or keywords(words, 2)


def _sections(turns: Sequence[Turn]) -> Iterator[Sequence[Turn]]:
    """Yield the exchanges, split into sections of `MAX_TURNS` turns."""
    for _, group in groupby(turns, key=lambda turn: turn.exchange):
        exchange = tuple(group)
        for first in range(0, len(exchange), MAX_TURNS):
            yield exchange[first : first + MAX_TURNS]


def _stretches(turns: Sequence[Turn], analyzed: Sequence[_AnalyzedTurn]) -> Iterator[Sequence[Turn]]:
    """Yield the stretches of a conversation on one subject; see `enrich.stretches`."""
    for stretch in stretches([turn.words for turn in analyzed], beginnings(turn.exchange for turn in turns)):
        yield turns[stretch.start : stretch.stop]


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
    return _parsed(path, path.read_bytes() if path.exists() else b"")


def _parsed(path: Path, data: bytes) -> Topics:
    import tomllib

    fingerprint = blake2b(data + bytes([TOPICS_VERSION]), digest_size=8).hexdigest()
    try:
        content = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        raise SettingsError(f"{path}:{line[1] if line else 1}: not TOML: {error}", _NEXT_STEP) from error
    by_bigram: dict[str, list[Term]] = {}
    for topic, entry in content.items():
        for term in _terms(path, data.decode(), topic, entry):
            by_bigram.setdefault(tokens.bigrams(term.text)[0], []).append(term)
    are_learned = any(entry.get("learned") for entry in content.values())
    return Topics(
        {bigram: tuple(terms) for bigram, terms in by_bigram.items()}, fingerprint, are_learned, data.decode()
    )


def _terms(path: Path, text: str, topic: str, entry: object) -> Iterator[Term]:
    """Yield the terms of one topic, including its name; raise `SettingsError` for an invalid entry."""
    fields: dict[str, Any] = entry if isinstance(entry, dict) else {"?": ""}
    names, weights = fields.get("terms", []), fields.get("weights", {})
    valid = (
        not set(fields) - {"terms", "weights", "learned"}
        and isinstance(fields.get("learned", False), bool)
        and isinstance(names, list)
        and isinstance(weights, dict)
        and all(isinstance(name, str) and tokens.bigrams(normalize(name).text) for name in (*names, *weights))
        and all(isinstance(weight, int | float) and weight > 0 for weight in weights.values())
    )
    if not valid:
        number = text.count("\n", 0, max(text.find(topic), 0)) + 1
        raise SettingsError(f"{path}:{number}: the entry of the topic {topic} is invalid.", _NEXT_STEP)
    for name in dict.fromkeys((*(() if fields.get("learned") else (topic,)), *names, *weights)):
        normal = normalize(name).text
        if tokens.bigrams(normal):
            yield Term(topic, normal, float(weights.get(name, 1.0)))
