"""Another word that is searched with a typed one: how it is written, what it is searched as, what it counts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from indexer.text.analysis import Analysis

Analyze: TypeAlias = "Callable[[str], Analysis]"

WEIGHT = 0.8
"""What another word counts beside the typed one: enough that what was typed comes first where all else is equal, little
enough that a turn that speaks of it a lot still passes one that only mentions the typed word."""


@dataclass(frozen=True, slots=True)
class ExpandedTerm:
    """`shown` is as a person writes it, `text` its normal form with single spaces, `whole` without them.

    `words` and `bigrams` are its terms, space-joined, as they are indexed; `weight` is the boost of its score.
    """

    shown: str
    text: str
    whole: str
    words: str
    bigrams: str
    weight: float = WEIGHT


def expanded_term(shown: str, analyze: Analyze) -> ExpandedTerm:
    """Return a word as it is searched."""
    analysis = analyze(shown)
    text = " ".join(analysis.normal.text.split())
    return ExpandedTerm(shown, text, text.replace(" ", ""), analysis.joined_words, analysis.joined_bigrams)
