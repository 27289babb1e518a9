"""Turns that are like one. The same for the terminal, JSON and the Python API."""

from dataclasses import dataclass
from enum import StrEnum

from search_cli.models import Hit, SpokenTurn


class Compared(StrEnum):
    """What stands for a turn when others are compared with it."""

    TURN = "turn"
    WITH_QUESTION = "turn and question"
    WITH_ANSWER = "turn and answer"
    EXCHANGE = "exchange"
    """A turn that says next to nothing by itself: all of its exchange speaks for it."""


@dataclass(frozen=True, slots=True)
class SimilarTurn:
    """A turn like another, as a hit, and the words both say, the most telling first."""

    hit: Hit
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarTurns:
    """The turns like `turn`, the most alike first.

    `by` says what of it was compared, `compared` are these turns in reading order. Those of its own interview are among
    the found ones only with `same_interview`. `milliseconds` is what Elasticsearch took.
    """

    turn: SpokenTurn
    by: Compared
    compared: tuple[SpokenTurn, ...]
    found: tuple[SimilarTurn, ...]
    same_interview: bool
    milliseconds: int
