"""The records of what an archive lists: interviews, speakers, topics and duplicates."""

from dataclasses import dataclass, field

from search_cli.models import SpokenTurn


@dataclass(frozen=True, slots=True)
class ArchivedInterview:
    """An indexed interview: `guests` as 郑志昊（腾讯副总裁）, `characters` of all its turns.

    `versions` are the ids of its duplicates, `given` is the metadata of `fangtan index --meta`, as KEY=VALUE.
    `added_at` is when it was first indexed, `indexed_at` when last.
    """

    id: str = field(metadata={"source": "interview_id"})
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
    added_at: str = ""
    given: tuple[str, ...] = ()
    media: str = ""


@dataclass(frozen=True, slots=True)
class ArchivedSpeaker:
    """A speaker in all interviews; `first` and `last` are ISO dates or "".

    `share` (0 to 1) is the part of the characters that all speakers of the list speak.
    """

    name: str
    roles: tuple[str, ...]
    affiliations: tuple[str, ...]
    turns: int
    characters: int
    interviews: int
    first: str
    last: str
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class ArchivedTopic:
    """A topic in all interviews; `speakers` are the three most frequent at most, `words` the heaviest of its words.

    `share` (0 to 1) is that of the turns listed.
    """

    name: str
    turns: int
    interviews: int
    speakers: tuple[str, ...]
    share: float = 0.0
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WholeInterview:
    """An interview with all its turns in reading order."""

    about: ArchivedInterview
    turns: tuple[SpokenTurn, ...]


@dataclass(frozen=True, slots=True)
class ArchivedVersion:
    """A duplicate: another transcript of an interview; the turns of its primary are indexed.

    `version` is the id of the duplicate, `main` that of the primary. `exact`: their content is identical. `likeness` is
    the share of text they have in common, 0 to 1, estimated from samples.
    """

    version: str
    main: str
    exact: bool
    likeness: float
    source: str
    main_source: str
