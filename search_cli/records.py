"""What a search gives back: hits, facets, counts. The same for the terminal, JSON and the Python API."""

from dataclasses import dataclass

Span = tuple[int, int]
"""A stretch of the printed text, in characters: first, and one past the last."""


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A turn as it is indexed and shown; `address` is `interview_id#turn`. `date` is ISO (2013-08-02) or ""."""

    interview_id: str
    turn: int
    speaker: str
    label: str
    role: str
    affiliation: str
    text: str
    title: str
    date: str
    outlet: str
    authors: tuple[str, ...]
    source: str
    url: str
    exchange: int
    reply_to: int | None
    topics: tuple[str, ...]
    keywords: tuple[str, ...]
    start: int | None = None
    end: int | None = None

    @property
    def address(self) -> str:
        """Return what a person cites: qzone-xiaomi#3."""
        return f"{self.interview_id}#{self.turn}"


@dataclass(frozen=True, slots=True)
class Marked:
    """A turn and the stretches of its text that a query matched, in order, not overlapping."""

    turn: SpokenTurn
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer: the turn with its marks, the question it answers with its own, and `--context` turns around it."""

    rank: int
    score: float
    turn: SpokenTurn
    marks: tuple[Span, ...]
    question: Marked | None = None
    before: tuple[Marked, ...] = ()
    after: tuple[Marked, ...] = ()


@dataclass(frozen=True, slots=True)
class Bucket:
    """A facet's value, the turns that have it, and their share of the turns counted."""

    value: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one field among the turns counted, most frequent first; `other` counts turns of other values."""

    field: str
    buckets: tuple[Bucket, ...]
    total: int
    other: int = 0


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of hits and what the whole search counted.

    `every` counts the turns that hold every word (with the question they answer), `some` those that hold some word.
    `interviews` counts the interviews among the `every` turns (among `some` where no turn has every word),
    `archive_interviews` all that are indexed. `milliseconds` is what Elasticsearch took.
    """

    query: str
    hits: tuple[Hit, ...]
    every: int
    some: int
    interviews: int
    archive_interviews: int
    milliseconds: int
    page: int
    limit: int
    facets: tuple[Facet, ...] = ()
    words: tuple[str, ...] = ()
