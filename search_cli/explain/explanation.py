"""What is told of one turn and one query. The same for the terminal, JSON and the Python API."""

from dataclasses import dataclass
from enum import StrEnum

from search_cli.models import SpokenTurn


class Where(StrEnum):
    """Where a word that was asked for occurs: as seen from one turn."""

    TURN = "turn"
    QUESTION = "question"
    SPEAKER = "speaker"
    OTHERWISE = "otherwise"
    """It counts as there, in a form of its own: another word for it."""
    PARTLY = "partly"
    """Some pair of its characters stands in the turn."""


class ScoreKind(StrEnum):
    """What a part of the score is given for."""

    EVERY = "every word"
    WORDS = "words"
    PAIRS = "pairs"
    CHARACTERS = "characters"
    QUESTION = "question"
    PASSAGE = "passage"
    SPEAKER = "speaker"
    SPOKEN = "spoken"
    OTHER = "other"


class ConditionKind(StrEnum):
    """What a turn must satisfy to be found, besides the filters."""

    QUOTE = "quote"
    GROUP = "group"
    """One of several quotes or fields."""
    WITHOUT = "without"
    SOME_WORD = "some word"
    ENOUGH = "match"


@dataclass(frozen=True, slots=True)
class Read:
    """What was typed between spaces, the words it was read as, in normal form, and those searched with them."""

    typed: str
    words: tuple[str, ...]
    quoted: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordFound:
    """A word asked for, in normal form.

    `places` says where it occurs, nowhere if empty; `times` counts it in the turn itself (0 where it is written
    otherwise there: 六亿 for 6亿). `turns` are those of the whole archive that say it. `shared` are its pairs of
    characters that the turn has, where it has only some; `also` the other words that stand for it there.
    """

    word: str
    places: tuple[Where, ...]
    times: int
    turns: int
    shared: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScorePiece:
    """What earned something: a word, a pair of characters, a name, a passage's id."""

    term: str
    score: float


@dataclass(frozen=True, slots=True)
class ScorePart:
    """A part of the score: its pieces, the highest first, and their sum. All parts add up to the score."""

    kind: ScoreKind
    score: float
    pieces: tuple[ScorePiece, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that lifts the turn: its turns from `first` to `last`, the words asked for that it says, counted."""

    id: str
    first: int
    last: int
    says: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """Something a turn must satisfy to be found. `kind` is a filter's field or a `Demand`; `typed` what was asked.

    `has` is what the turn has instead: its speaker, its date, its numbers; the words that only its question has, where
    it must say some itself; for a match, the words it lacks.
    """

    kind: str
    typed: str
    passed: bool
    has: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a turn is found at `rank` of `total`, or not found (`rank` 0).

    `counted`: it holds every word, with the question it answers; `every` are all such turns. `score` and `parts` are
    those of an order by relevance, 0 and empty in any other. `compared` are the turn's words as the index has them.
    `instead` is a query, to be typed, that finds the turn where this one does not.
    """

    query: str
    turn: SpokenTurn
    match: str
    sort: str
    rank: int
    total: int
    every: int
    counted: bool
    score: float
    read: tuple[Read, ...]
    words: tuple[WordFound, ...]
    parts: tuple[ScorePart, ...]
    passages: tuple[Passage, ...]
    hurdles: tuple[ConditionResult, ...]
    compared: str
    instead: str = ""

    @property
    def found(self) -> bool:
        """Tell whether the search gives this turn."""
        return self.rank > 0
