"""The records that the stages pass on: an interview, its turns, its guests."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

# metadata of a transcript as pairs of key and value; a key may occur twice (author, guest)
Metadata = tuple[tuple[str, str], ...]


class Role(StrEnum):
    """The role of a speaker in a conversation; the values are indexed."""

    INTERVIEWER = "interviewer"
    INTERVIEWEE = "interviewee"
    HOST = "host"
    OTHER = "other"
    NARRATION = "narration"


@dataclass(frozen=True, slots=True)
class Guest:
    """A person introduced in the head or lead: 郑志昊, 腾讯副总裁、腾讯社区平台部总经理."""

    name: str
    affiliation: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted speech.

    `turn` counts from 1 in text order, including narration: with the interview's id it is the address that is cited.
    `speaker` is the canonical name, `label` the label as printed (问); both are "" for unlabelled narration.
    `exchange` counts from 1 (0: before the first question); `reply_to` is the turn with the question this one answers.
    `start` and `end` are in milliseconds, None if the transcript has no times.
    """

    turn: int
    speaker: str
    role: Role
    text: str
    label: str = ""
    affiliation: str = ""
    exchange: int = 0
    reply_to: int | None = None
    topics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Interview:
    """A transcript: its metadata and its turns.

    `id` is "" unless the transcript has one (JSON lines); the pipeline assigns the others. `attributed` means that the
    roles of the turns are final: given by the transcript, or assigned by `enrich`. `language` is the BCP 47 tag of its
    script: zh-Hans or zh-Hant.
    """

    turns: tuple[Turn, ...]
    id: str = ""
    title: str = ""
    date: datetime.date | None = None
    outlet: str = ""
    authors: tuple[str, ...] = ()
    guests: tuple[Guest, ...] = ()
    url: str = ""
    language: str = "zh-Hans"
    attributed: bool = False
