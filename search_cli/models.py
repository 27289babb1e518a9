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
    """One answer: the turn with its marks, the question it answers with its own, and `--context` turns around it.

    `versions` are the ids of other transcripts of its interview, whose turns are not searched.
    """

    rank: int
    score: float
    turn: SpokenTurn
    marks: tuple[Span, ...]
    question: Marked | None = None
    before: tuple[Marked, ...] = ()
    after: tuple[Marked, ...] = ()
    versions: tuple[str, ...] = ()


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

    `every` counts the turns that hold every word (with the question they answer), `most` those that hold three quarters
    of them (the same as `every` for one or two words), `some` those that hold some word. `match` says which of the
    three the facets count (most, unless asked otherwise). `total` is how many hits there are to page through.
    `interviews` counts the interviews among the `every` turns (among `some` where no turn has every word),
    `archive_interviews` all that are indexed. `milliseconds` is what Elasticsearch took.
    `words` are what was searched for: a word typed without spaces that no turn holds as such is read as its parts.
    `also` are the other words that were searched with them: synonyms, regional words, the spelling nearest to a typo.
    `instead` are interviews asked for that are versions of others, each with its main version, which was searched.
    `reachable` is how many of the hits can be paged to (Elasticsearch's window); the rest through `Archive.export`.
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
    most: int = 0
    match: str = "most"
    total: int = 0
    reachable: int = 0
    instead: tuple[tuple[str, str], ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArchivedInterview:
    """An interview as the archive lists it: `guests` as 郑志昊（腾讯副总裁）, `characters` those of its turns.

    `versions` are the ids of other transcripts of it.
    """

    id: str
    title: str
    date: str
    outlet: str
    authors: tuple[str, ...]
    guests: tuple[str, ...]
    speakers: tuple[str, ...]
    topics: tuple[str, ...]
    turns: int
    characters: int
    source: str
    url: str
    language: str
    indexed_at: str
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArchivedSpeaker:
    """A speaker as the archive lists them, over all interviews; `first` and `last` are ISO dates or ""."""

    name: str
    roles: tuple[str, ...]
    affiliations: tuple[str, ...]
    turns: int
    characters: int
    interviews: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class ArchivedTopic:
    """A topic as the archive lists it; `speakers` are those who speak of it most, at most three."""

    name: str
    turns: int
    interviews: int
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WholeInterview:
    """An interview with all its turns in reading order."""

    about: ArchivedInterview
    turns: tuple[SpokenTurn, ...]


@dataclass(frozen=True, slots=True)
class ArchivedVersion:
    """A transcript of an interview that is in already, as the main version, whose turns are searched.

    `version` and `main` are ids. `exact`: all that was read is the same. `likeness` is the share of what is said that
    the two have in common, 0 to 1, told from samples.
    """

    version: str
    main: str
    exact: bool
    likeness: float
    source: str
    main_source: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word of the archive like one that was searched, with the turns it occurs in."""

    word: str
    turns: int


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What to try where nothing was found.

    `searched` are the words as they were searched. `words` are like them and occur, `speakers` are names like them;
    `query` is the next search to try ("" where there is none).
    """

    searched: tuple[str, ...]
    words: tuple[Suggestion, ...] = ()
    speakers: tuple[Suggestion, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A line of a TREC run: the rank from 1, the turn's address, its score."""

    rank: int
    address: str
    score: float


@dataclass(frozen=True, slots=True)
class RequestBody:
    """A request as curl would send it: what it is for, POST or GET, the path, the body."""

    purpose: str
    method: str
    path: str
    body: dict[str, object]


@dataclass(frozen=True, slots=True)
class CrosstabRow:
    """A value of a table's row field: its turns, the characters it says in all, and its turns in each column."""

    value: str
    turns: int
    characters: int
    counts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Crosstab:
    """The turns that match by two fields, or by one where `columns` is "".

    `across` are the values of the columns, the most frequent first; `turns` and `interviews` are all that match;
    `first` and `last` are their years, "" where no interview has a date.
    """

    rows: str
    columns: str
    across: tuple[str, ...]
    lines: tuple[CrosstabRow, ...]
    turns: int
    interviews: int
    first: str = ""
    last: str = ""
