"""Read the terms of the topics of a topics.toml."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from indexer.errors import SettingsError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.safe_file import parse_toml, told_as_settings
from indexer.text import tokens
from indexer.text.normalize import normalize
from indexer.text.topic_path import SEPARATOR, leaf, parents

TOPICS_VERSION = 2
"""Increment when the same topics.toml gives different topics."""

_MAX_SHOWN = 80  # characters of a name in a message
NEXT_STEP = gettext_noop(
    'Write it as ["topic"], terms = ["word", …], and weights = {word = 2.0} if needed; see the head of the file.'
)
"""What to do about an invalid file."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a topic, in normal form, with its weight."""

    topic: str
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class TopicTerms:
    """The terms of all topics of a file; `are_learned` tells that some topics were learned from an archive."""

    terms: tuple[Term, ...]
    fingerprint: str
    are_learned: bool


def parse(path: Path, data: bytes) -> TopicTerms:
    """Return the terms in the content of a file; raise `SettingsError` with path and line for an invalid one."""
    with told_as_settings(path, _(NEXT_STEP)):
        text = data.decode()
        content = parse_toml(text, path)
    terms = tuple(term for topic, entry in content.items() for term in _terms(path, text, topic, entry))
    are_learned = any("learned" in entry or "dropped" in entry for entry in content.values())
    return TopicTerms(terms, _fingerprint(terms, are_learned), are_learned)


def _fingerprint(terms: Sequence[Term], are_learned: bool) -> str:
    """Return a hash of what a file says: comments, the order and who made a topic change nothing."""
    said = sorted((term.topic, term.text, term.weight) for term in terms)
    return blake2b(repr((TOPICS_VERSION, are_learned, said)).encode(), digest_size=8).hexdigest()


def _terms(path: Path, text: str, topic: str, entry: object) -> Iterator[Term]:
    """Yield the terms of one topic, including its name; raise `SettingsError` for an invalid entry."""
    fields: dict[str, Any] = entry if isinstance(entry, dict) else {"?": ""}
    names, weights = fields.get("terms", []), fields.get("weights", {})
    valid = (
        not set(fields) - {"terms", "weights", "learned", "dropped"}
        and all(isinstance(fields.get(flag, False), bool) for flag in ("learned", "dropped"))
        and (SEPARATOR not in topic or bool(parents(topic)))
        and isinstance(names, list)
        and isinstance(weights, dict)
        and all(isinstance(name, str) and tokens.bigrams(normalize(name).text) for name in (*names, *weights))
        and all(isinstance(weight, int | float) and weight > 0 for weight in weights.values())
    )
    if not valid:
        number = text.count("\n", 0, max(text.find(topic), 0)) + 1
        told = _("{path}:{line}: the entry of the topic {topic} is invalid.")
        raise SettingsError(told.format(path=path, line=number, topic=topic[:_MAX_SHOWN]), _(NEXT_STEP))
    if fields.get("dropped"):
        return
    for name in dict.fromkeys((*(() if "learned" in fields else (leaf(topic),)), *names, *weights)):
        normal = normalize(name).text
        if tokens.bigrams(normal):
            yield Term(topic, normal, float(weights.get(name, 1.0)))
