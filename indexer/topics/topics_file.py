"""Edit the text of `topics.toml`: replace the learned topics, and keep every other line. Pure.

["口罩、药师、防疫"]              rename it as you like: when it is learned again it keeps its name
learned = true                   without this line, or with false, it is yours, and is never changed
weights = {"口罩" = 1.74, …}

["片尾、字幕"]
dropped = true                   no turn has it, and it is not learned again
weights = {"字幕" = 2.01, …}
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.text.toml_statements import Entry, EntryChange, with_changes
from indexer.text.toml_string import quoted
from indexer.topics.learn import SEPARATOR, LearnedTopic

SAME = 0.5
"""Cosine of the weights from which a topic is one that was there before."""

HEAD = gettext_noop(
    "Learned by `fangtan topics learn`, which replaces these; a topic without `learned = true` is left as it is."
)
"""The comment above the learned topics."""

_HEAD = re.compile("^#.*`fangtan topics learn`.*`learned = true`.*\n", re.MULTILINE)
"""The comment, in whatever language it was written."""

HALF = 0.5
"""Share of a topic's weight (squared) on the words of one of the user's own, from which it is left out: of two topics
that were merged all is there, and of one that was split, half in one of its parts."""


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """A topic of a topics.toml: its name, the weights of its terms, whether it was learned."""

    name: str
    weights: Mapping[str, float]
    learned: bool


@dataclass(frozen=True, slots=True)
class TopicsDiff:
    """The learned topics of a file after a change: `kept` were there before, `gone` are no more (names only)."""

    kept: tuple[LearnedTopic, ...] = ()
    new: tuple[LearnedTopic, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def learned(self) -> tuple[LearnedTopic, ...]:
        """Return all learned topics, the largest first."""
        return tuple(sorted((*self.kept, *self.new), key=lambda one: (-one.turns, one.name)))


def entries(text: str) -> list[TopicEntry]:
    """Return the topics of a valid topics.toml."""
    return [
        TopicEntry(name, weights_of(entry), bool(entry.get("learned"))) for name, entry in tomllib.loads(text).items()
    ]


def weights_of(entry: Entry) -> dict[str, float]:
    """Return the weights of the terms of an entry: 1 for those without."""
    return {**dict.fromkeys(entry.get("terms", ()), 1.0), **entry.get("weights", {})}


def compare(text: str, topics: Sequence[LearnedTopic]) -> TopicsDiff:
    """Return what replacing the learned topics of a file changes.

    A topic that was there before keeps its name; one like a topic of the user's own is left out.
    """
    before = entries(text)
    same = _matched(before, topics)
    own = {entry.name for entry in before if not entry.learned}
    kept = tuple(
        replace(topic, name=same[topic.name]) for topic in topics if same.get(topic.name, "") not in {"", *own}
    )
    taken = own | {topic.name for topic in kept}
    new = tuple(_renamed(topic, taken) for topic in topics if topic.name not in same)
    return TopicsDiff(kept, new, tuple(entry.name for entry in before if entry.name not in taken))


def with_learned(text: str, topics: Iterable[LearnedTopic]) -> str:
    """Return the text of a file with its learned topics replaced, and the comment above them as it is."""
    learned = [EntryChange(entry.name, "", {}) for entry in entries(text) if entry.learned]
    there = _HEAD.search(text)
    own = _HEAD.sub("", with_changes(text, learned)).strip("\n")
    head = there[0] if there else f"# {_(HEAD)}\n"
    return "".join([f"{own}\n\n" if own else "", head, *map(_block, topics)])


def _renamed(topic: LearnedTopic, taken: Collection[str]) -> LearnedTopic:
    """Return a topic with more of its terms in its name, if the name is taken."""
    name = topic.name
    for term in topic.weights:
        if name not in taken:
            break
        name = f"{name}{SEPARATOR}{term}"
    return replace(topic, name=name)


def _matched(before: Sequence[TopicEntry], topics: Sequence[LearnedTopic]) -> dict[str, str]:
    """Return the names of the entries that topics equal most, by the names of the topics.

    Each learned entry once; one of the user's own, which may be several merged, as often as a topic is like it.
    """
    pairs = sorted(
        (-_likeness(entry, topic), entry.name, topic.name, entry.learned) for entry in before for topic in topics
    )
    found: dict[str, str] = {}
    for likeness, entry, topic, is_learned in pairs:
        if -likeness >= SAME and topic not in found and not (is_learned and entry in found.values()):
            found[topic] = entry
    return found


def _likeness(entry: TopicEntry, topic: LearnedTopic) -> float:
    """Return the cosine of the weights; at least `SAME` if half of the topic is in an entry of the user's own."""
    cosine = _cosine(entry.weights, topic.weights)
    if entry.learned:
        return cosine
    inside = sum(value**2 for word, value in topic.weights.items() if word in entry.weights)
    return max(cosine, SAME if inside >= HALF * sum(value**2 for value in topic.weights.values()) else 0.0)


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    lengths = sqrt(sum(value**2 for value in one.values()) * sum(value**2 for value in other.values()))
    return sum(value * other.get(word, 0.0) for word, value in one.items()) / lengths if lengths else 0.0


def _block(topic: LearnedTopic) -> str:
    """Return the entry of a topic."""
    weights = ", ".join(f"{quoted(term)} = {weight}" for term, weight in topic.weights.items())
    return f"\n[{quoted(topic.name)}]\nlearned = true\nweights = {{{weights}}}\n"
