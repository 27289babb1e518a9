"""Choose labels for the sections of a conversation from their own words, none for a third of its turns. Pure.

The word that all of a conversation is about says nothing of one section. It labels those that say it most; the others
have their next words.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

LABELS = 2
"""Labels of a section."""


@dataclass(frozen=True, slots=True)
class Section:
    """What may label a section: `tiers` of words, of which the first that has any is used, best first.

    `words` are all words of the section, `turns` its number of turns.
    """

    tiers: Sequence[Sequence[str]]
    words: Sequence[str]
    turns: int
    _refused: set[str] = field(default_factory=set)

    def labels(self) -> tuple[str, ...]:
        """Return the labels: the best words that are not refused."""
        kept = (tuple(word for word in tier if word not in self._refused) for tier in self.tiers)
        return next((words[:LABELS] for words in kept if words), ())

    def refuse(self, word: str) -> None:
        """Do without a word."""
        self._refused.add(word)


def distinct_labels(sections: Sequence[Section], turns: int) -> list[tuple[str, ...]]:
    """Return at most two labels of each section of a conversation of so many turns.

    A label is on less than a third of the turns, or on one section.
    """
    while refused := list(_refused(sections, turns)):
        for word, section in refused:
            section.refuse(word)
    return [section.labels() for section in sections]


def _refused(sections: Sequence[Section], turns: int) -> Iterator[tuple[str, Section]]:
    """Yield the labels that too many sections have, each with the sections that must do without it."""
    having: defaultdict[str, list[Section]] = defaultdict(list)
    for section in sections:
        for word in section.labels():
            having[word].append(section)
    for word, several in having.items():
        if len(several) == 1 or 3 * sum(section.turns for section in several) < turns:
            continue
        most = sorted(several, key=lambda section: -section.words.count(word))
        labelled = most[0].turns
        for section in most[1:]:
            labelled += section.turns
            if 3 * labelled >= turns:
                labelled -= section.turns
                yield word, section
