"""What a stretch of talk is about: the topics of topics.toml where they say something, else its own nouns.

A topic is believed where enough of its terms are said: each counts its weight times 1 + ln(how often), and the sum
must reach `ENOUGH`: two terms said once do, or one term of weight 1 said three times. `EXPECTED` is enough for a
topic of the conversation as a whole. Terms are compared in normal form: one spelling finds Traditional and Simplified,
full and half width.
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

from indexer.errors import SettingsError
from indexer.model import Interview, Turn
from indexer.text import tokens
from indexer.text.keywords import keywords, nouns
from indexer.text.normalize import normalize

if TYPE_CHECKING:
    from indexer.text.analysis import Analysis, Language

VERSION = 1
"""Raise it when the same topics.toml would give other topics."""

ENOUGH, EXPECTED = 2.0, 1.0
MOST = 3
"""Topics of a stretch: more would say less."""

SUBSTANTIAL = 60
"""Characters from which a stretch always has a topic: shorter ones (好的，谢谢) may have none."""

LONGEST = 10
"""Turns that share their topics; a longer exchange, or a meeting without questions, is taken in pieces."""

_NEXT_STEP = 'Write it as ["topic"], terms = ["word", …], and weights = {word = 2.0} where needed; see its head.'


@dataclass(frozen=True, slots=True)
class Term:
    """A term in normal form that speaks for a topic, and how much it weighs."""

    topic: str
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Said:
    """What counts of a turn: its normal text and words, and the pairs of characters that terms of topics begin with."""

    text: str
    words: tuple[str, ...]
    beginnings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of one topics.toml: its terms under the first pair of characters of each, which tells fast."""

    terms: dict[str, tuple[Term, ...]]
    fingerprint: str

    @staticmethod
    def load(path: Path) -> "Topics":
        """Return the topics a file tells; raise `SettingsError` with path and line where it cannot be used."""
        return _load(path)

    def annotate(self, interview: Interview, language: "Language") -> Interview:
        """Return the interview with topics and keywords on its turns; those that came with some keep them."""
        return replace(interview, turns=tuple(self._annotated(interview.turns, language)))

    def of(
        self, stretch: Sequence["Analysis"], whole: Sequence["Analysis"], named: frozenset[str] = frozenset()
    ) -> tuple[str, ...]:
        """Return what a stretch of a `whole` conversation is about, the clearest first; empty only for a few words.

        `named` are nouns of the user dictionary.
        """
        beginnings = frozenset(self.terms)
        return self._of(_said(stretch, beginnings), self._conversation(_said(whole, beginnings), named))

    def _annotated(self, turns: Sequence[Turn], language: "Language") -> Iterator[Turn]:
        said = _said((language.analyze(turn.text) for turn in turns), frozenset(self.terms))
        whole = self._conversation(said, language.nouns)
        first = 0
        for stretch in _stretches(turns):
            here = said[first : first + len(stretch)]
            first += len(stretch)
            topics = self._of(here, whole)
            for turn, own in zip(stretch, here, strict=True):
                yield replace(turn, topics=turn.topics or topics, keywords=turn.keywords or keywords(own.words))

    def _conversation(self, said: Sequence[_Said], named: frozenset[str]) -> "_Conversation":
        """Return what a whole conversation tells of its stretches."""
        counts = Counter(chain.from_iterable(one.words for one in said))
        repeated = frozenset(word for word, count in counts.items() if count > 1)
        return _Conversation(frozenset(self._told(said)), repeated, named)

    def _of(self, stretch: Sequence[_Said], whole: "_Conversation") -> tuple[str, ...]:
        told = self._told(stretch, whole.expected)
        if told or sum(len(said.text) for said in stretch) < SUBSTANTIAL:
            return told
        return _own(stretch, whole)

    def _told(self, stretch: Sequence[_Said], expected: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """Return the topics of topics.toml that a stretch speaks of; less is enough for those that are `expected`."""
        beginnings = frozenset().union(*(said.beginnings for said in stretch))
        if not beginnings:
            return ()
        text = "\n".join(said.text for said in stretch)
        scores: defaultdict[str, float] = defaultdict(float)
        for term in (term for beginning in beginnings for term in self.terms[beginning]):
            if count := text.count(term.text):
                scores[term.topic] += term.weight * (1 + log(count))
        # sorted by name first, so that equal scores never depend on the order of a set
        best = sorted(sorted(scores), key=scores.__getitem__, reverse=True)[:MOST]
        enough = {topic: max(EXPECTED if topic in expected else ENOUGH, scores[best[0]] / 3) for topic in best}
        return tuple(topic for topic in best if scores[topic] >= enough[topic])


@dataclass(frozen=True, slots=True)
class _Conversation:
    """What a stretch's topics are chosen by: topics of the whole, words it comes back to, nouns of the dictionary."""

    expected: frozenset[str]
    repeated: frozenset[str]
    named: frozenset[str]


def _said(analyses: Iterable["Analysis"], beginnings: frozenset[str]) -> list[_Said]:
    """Return what counts of each turn."""
    return [
        _Said(one.normal.text, one.words, beginnings.intersection(one.joined_bigrams.split(" "))) for one in analyses
    ]


def _own(stretch: Sequence[_Said], whole: _Conversation) -> tuple[str, ...]:
    """Return the most characteristic nouns of a stretch, those the conversation comes back to first.

    Words that are no nouns stand in where it has none.
    """
    words = [word for said in stretch for word in said.words]
    repeated = nouns((word for word in words if word in whole.repeated), 2, whole.named)
    return repeated or nouns(words, 2, whole.named) or keywords(words, 2)


def _stretches(turns: Sequence[Turn]) -> Iterator[Sequence[Turn]]:
    """Yield the exchanges, long ones in pieces of `LONGEST` turns."""
    for _, group in groupby(turns, key=lambda turn: turn.exchange):
        exchange = tuple(group)
        for first in range(0, len(exchange), LONGEST):
            yield exchange[first : first + LONGEST]


@cache
def _load(path: Path) -> Topics:
    import tomllib

    data = path.read_bytes() if path.exists() else b""
    fingerprint = blake2b(data + bytes([VERSION]), digest_size=8).hexdigest()
    try:
        content = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        place = re.search(r"line (\d+)", str(error))
        raise SettingsError(f"{path}:{place[1] if place else 1}: not TOML: {error}", _NEXT_STEP) from error
    by_pair: dict[str, list[Term]] = {}
    for topic, entry in content.items():
        for term in _entry(path, data.decode(), topic, entry):
            by_pair.setdefault(tokens.bigrams(term.text)[0], []).append(term)
    return Topics({pair: tuple(found) for pair, found in by_pair.items()}, fingerprint)


def _entry(path: Path, text: str, topic: str, entry: object) -> Iterator[Term]:
    """Yield the terms of one topic, the topic's own name among them."""
    given: dict[str, Any] = entry if isinstance(entry, dict) else {"?": ""}
    names, weights = given.get("terms", []), given.get("weights", {})
    fits = (
        not set(given) - {"terms", "weights"}
        and isinstance(names, list)
        and isinstance(weights, dict)
        and all(isinstance(name, str) and tokens.bigrams(normalize(name).text) for name in (*names, *weights))
        and all(isinstance(weight, int | float) and weight > 0 for weight in weights.values())
    )
    if not fits:
        line = text.count("\n", 0, max(text.find(topic), 0)) + 1
        raise SettingsError(f"{path}:{line}: the topic {topic} cannot be understood.", _NEXT_STEP)
    for name in dict.fromkeys((topic, *names, *weights)):
        normal = normalize(name).text
        if tokens.bigrams(normal):
            yield Term(topic, normal, float(weights.get(name, 1.0)))
