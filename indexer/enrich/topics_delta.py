"""Tell which texts have other topics after a change of topics.toml, so that only those are looked at. Pure."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from indexer.enrich.topics import Topics

_Terms = Mapping[str, frozenset[tuple[str, float]]]


@dataclass(frozen=True, slots=True)
class TopicsDelta:
    """An interview may have other topics if a turn has one of `topics` now, or a text that contains one of `terms`.

    `terms` are in normal form, without spaces.
    """

    topics: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()


def delta(old: Topics, new: Topics) -> TopicsDelta | None:
    """Return what a text must have to be labelled otherwise by another file; None if any may be.

    Stretches have the topics with the best scores, and nothing else counts: a topic that is renamed or dropped changes
    those that have it, and one that gains terms those that have such a term. An exchange also depends on the topics of
    its conversation, whether it has them itself or not: there every term counts.
    """
    if old.are_learned != new.are_learned:
        return None
    before, after = _terms(old), _terms(new)
    if not old.are_learned:
        ours, theirs = (set(chain.from_iterable(file.terms.values())) for file in (old, new))
        return TopicsDelta(terms=_unspaced(frozenset((term.text, term.weight) for term in ours ^ theirs)))
    changed = frozenset(topic for topic in before if before[topic] != after.get(topic))
    former = {before[topic] for topic in changed}
    gained = (
        after[topic] - before.get(topic, frozenset())
        for topic in after
        if before.get(topic) != after[topic] and after[topic] not in former
    )
    return TopicsDelta(changed, _unspaced(frozenset().union(*gained)))


def _terms(topics: Topics) -> _Terms:
    """Return the terms of each topic with their weights."""
    found: defaultdict[str, set[tuple[str, float]]] = defaultdict(set)
    for term in chain.from_iterable(topics.terms.values()):
        found[term.topic].add((term.text, term.weight))
    return {topic: frozenset(terms) for topic, terms in found.items()}


def _unspaced(terms: frozenset[tuple[str, float]]) -> frozenset[str]:
    return frozenset("".join(text.split()) for text, _ in terms)
