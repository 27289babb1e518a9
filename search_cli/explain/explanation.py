"""The explanation of a turn's rank: the same records for the terminal, JSON and the Python API."""

from dataclasses import dataclass
from enum import StrEnum

from search_cli.models import SpokenTurn


class MatchLocation(StrEnum):
    """Where a word of the query occurs, seen from one turn."""

    TURN = "turn"
    QUESTION = "question"
    SPEAKER = "speaker"
    NOTE = "note"
    OTHERWISE = "otherwise"
    """In the turn in another form: a synonym, a regional word, another spelling of a number."""
    PARTLY = "partly"
    """Some of its bigrams are in the turn."""


class ScoreKind(StrEnum):
    """What a part of the score is for."""

    EVERY = "every word"
    NOTE = "note"
    WORDS = "words"
    PAIRS = "pairs"
    CHARACTERS = "characters"
    QUESTION = "question"
    PASSAGE = "passage"
    SPEAKER = "speaker"
    SPOKEN = "spoken"
    MEANING = "meaning"
    AROUND = "around"
    OTHER = "other"


class ConditionKind(StrEnum):
    """The kinds of conditions besides filters; those of a filter have the name of its field."""

    QUOTE = "quote"
    GROUP = "group"
    """At least one of several phrases or fields."""
    WITHOUT = "without"
    SOME_WORD = "some word"
    ENOUGH = "match"


@dataclass(frozen=True, slots=True)
class ParsedTerm:
    """A word, phrase or prefix as typed, its words in normal form, and the expanded words searched with them."""

    typed: str
    words: tuple[str, ...]
    quoted: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordMatch:
    """A word of the query, in normal form, and where it occurs.

    `times` counts it in the turn itself (0 where it is written differently there: 六亿 for 6亿), `turns` the turns of
    the archive that contain it. `shared` are its bigrams in a turn that has only some of them; `also` are the other
    words that match in its place.
    """

    word: str
    places: tuple[MatchLocation, ...]
    times: int
    turns: int
    shared: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermScore:
    """The score of a term: a word, a bigram, a name or a passage's id."""

    term: str
    score: float


@dataclass(frozen=True, slots=True)
class ScorePart:
    """A part of the score: its terms, highest first, and their sum. All parts add up to the score."""

    kind: ScoreKind
    score: float
    terms: tuple[TermScore, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageMatch:
    """A passage that raises the score: its first and last turn, and counts of the query's words in it."""

    id: str
    first: int
    last: int
    says: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """A condition of the query, and whether the turn passes it.

    `kind` is a filter's field or a `ConditionKind`. `has` is what the turn has instead: its speaker, its date, its
    numbers; for `asked` and `answered` the number of its question, for `volunteered` the turn that said it before. For
    `SOME_WORD` it is the words that only the question has, for `ENOUGH` those that are missing.
    """

    kind: str
    typed: str
    passed: bool
    has: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a turn has `rank` of `total`, or is not found (`rank` 0).

    `counted`: the turn, with the question it answers, contains every word; `every` counts all such turns. `score` and
    `parts` are 0 and empty unless the order is relevance. `indexed_words` are the turn's words as the index has them.
    `alternative` is a query that finds the turn where this one does not, "" where none is needed. `cosine` is the
    nearness of the turn in meaning, and `nearest` that of the nearest turn: 0 unless meaning ranks it.
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
    terms: tuple[ParsedTerm, ...]
    words: tuple[WordMatch, ...]
    parts: tuple[ScorePart, ...]
    passages: tuple[PassageMatch, ...]
    conditions: tuple[ConditionResult, ...]
    indexed_words: str
    alternative: str = ""
    cosine: float = 0.0
    nearest: float = 0.0

    @property
    def found(self) -> bool:
        """Tell whether the query finds the turn."""
        return self.rank > 0
