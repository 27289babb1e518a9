"""The records that searches and lists return, the same for the terminal, JSON and the Python API."""

from dataclasses import dataclass
from enum import StrEnum

from indexer.model import own_name

Span = tuple[int, int]
"""A span of the original text, in characters: start, and end (exclusive)."""


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """An indexed turn; `address` is `interview_id#turn`. `date` is ISO (2013-08-02) or "".

    `notes` are the lines that nobody speaks beside it, `note_offsets` the characters of `text` before each.
    `reply_to_speaker` asked the question that it answers; `mentions` are the people whose names it says. `media` is the
    recording, a path or a web address; `start` and `end` are times in it, in milliseconds. `language` is the tag of its
    interview: zh-Hans or zh-Hant.
    """

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
    reply_to_speaker: str = ""
    notes: tuple[str, ...] = ()
    note_offsets: tuple[int, ...] = ()
    mentions: tuple[str, ...] = ()
    media: str = ""
    language: str = ""

    @property
    def media_link(self) -> str:
        """Return the link that opens the recording where the turn starts, "" if there is none; see `media_address`.

        Without a recording, that of a video's own page: YouTube, Bilibili.
        """
        if not self.media and (self.start is None or not self.url):
            return ""
        from indexer import media_address  # not needed by most archives

        return media_address.link(self.media, self.start) or media_address.page_link(self.url, self.start)

    @property
    def address(self) -> str:
        """Return the address: qzone-xiaomi#3."""
        return f"{self.interview_id}#{self.turn}"

    @property
    def name(self) -> str:
        """Return the speaker as shown beside the interview: 记者 for 记者@qzone-xiaomi."""
        return own_name(self.speaker, self.interview_id)


@dataclass(frozen=True, slots=True)
class Marked:
    """A turn and the spans of its text that a query matched, in order, not overlapping."""

    turn: SpokenTurn
    marks: tuple[Span, ...] = ()


class HitMatch(StrEnum):
    """What a hit holds: every word, most, some; a note or its speaker has them; parts of one; only a like meaning."""

    EVERY = "every"
    MOST = "most"
    SOME = "some"
    NOTE = "note"
    SPEAKER = "speaker"
    PART = "part"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class TurnTags:
    """The tags and the note that people gave a turn."""

    tags: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A hit: the turn with its marks, its question, and the turns of `context` before and after it.

    `match` tells what it holds; `note_marks` are the marks of its notes, in their order. `versions` are the ids of
    duplicates of its interview, whose turns are not indexed. `tags` and `note` are what people gave the turn.
    """

    rank: int
    score: float
    turn: SpokenTurn
    marks: tuple[Span, ...]
    question: Marked | None = None
    before: tuple[Marked, ...] = ()
    after: tuple[Marked, ...] = ()
    versions: tuple[str, ...] = ()
    match: HitMatch = HitMatch.EVERY
    note_marks: tuple[tuple[Span, ...], ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A value of a facet, the number of turns that have it, and their share of the turns counted."""

    value: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a field among the turns counted, most frequent first; `other` counts the remaining values' turns.

    `values` is the number of all values, with those that are not among `buckets`. `chosen` are the values that a filter
    chose in this field: they filter the hits, but here all values are counted. A range of dates applies here too.
    `match` tells which turns are counted, as in `SearchResult`.
    """

    field: str
    buckets: tuple[Bucket, ...]
    total: int
    other: int = 0
    chosen: tuple[str, ...] = ()
    values: int = 0
    match: str = "all"


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of hits, and the counts of the whole search.

    `every` counts the turns with every word (the turn holds one or more itself, its question or the name of its speaker
    the others), `most` those with three quarters of them (of one or two words, all), `some` those that hold any. A
    single word is held or not: the three are equal. `total` is the number of hits; of those beyond `some`, `notes` have
    a note with every word, `by_speaker` are by a speaker that was named, the rest hold parts of a word. `reachable`
    hits can be paged to (Elasticsearch's window), the rest only exported.
    `match` is which of them the facets and `interviews` count: the one requested, or the first of all, most, some and
    any that is not 0. `archive_interviews` counts all that are indexed. `milliseconds` is what Elasticsearch took.
    `words` are the words searched for: a text typed without spaces that no turn contains is split into its words.
    `also` are the words searched together with them: synonyms, regional words, corrected spellings.
    `speakers` are those that words of the query name.
    `duplicates` are the requested interviews that are duplicates, each with its primary, which was searched.
    `filters` are the names of the fields that the search was filtered by. `sort` is the order, and `seed` which of the
    random ones, None for another. `by`: words, meaning or both. `near` is the number of hits that meaning alone found.
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
    match: str = "all"
    total: int = 0
    notes: int = 0
    by_speaker: int = 0
    reachable: int = 0
    duplicates: tuple[tuple[str, str], ...] = ()
    also: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    sort: str = "relevance"
    seed: int | None = None
    by: str = "words"
    near: int = 0

    @property
    def pageable(self) -> int:
        """Return the number of hits of all pages."""
        return self.near if self.by == "meaning" else self.total + self.near

    @property
    def parts(self) -> int:
        """Return the number of hits that hold parts of a word only."""
        return max(self.total - max(self.some, self.every) - self.notes - self.by_speaker, 0)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A line of a TREC run: the rank from 1, the turn's address, its score."""

    rank: int
    address: str
    score: float


@dataclass(frozen=True, slots=True)
class RequestBody:
    """A request for curl: its purpose, POST or GET, the path, the body."""

    purpose: str
    method: str
    path: str
    body: dict[str, object]
