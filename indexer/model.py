"""The records that pass between stages: an interview, its turns, who spoke them."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

# what is known of a transcript besides its lines, as pairs of key and value; a key may come twice (author, guest)
Metadata = tuple[tuple[str, str], ...]


class Role(StrEnum):
    """What a speaker does in a conversation; the values are what is indexed."""

    INTERVIEWER = "interviewer"
    INTERVIEWEE = "interviewee"
    HOST = "host"
    OTHER = "other"
    NARRATION = "narration"


@dataclass(frozen=True, slots=True)
class Guest:
    """A person the head or lead introduces: 郑志昊, 腾讯副总裁、腾讯社区平台部总经理."""

    name: str
    affiliation: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted speech.

    `turn` counts from 1 in reading order, narration included: with the interview's id it is the address people cite.
    `speaker` is the canonical name, `label` what is printed before the text (问); both are "" for unlabelled narration.
    `exchange` counts from 1 (0: before the first question); `reply_to` is the turn of the question this one answers.
    `start` and `end` are milliseconds, where the transcript has times.
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
    """One transcript: what its head says about it, and its turns.

    `id` is "" unless the transcript itself gives one (the JSON-lines form); the pipeline names the others.
    `attributed` says that the turns' roles are settled: given by the transcript, or found when it was annotated.
    `language` is a BCP 47 tag of the script it is written in: zh-Hans or zh-Hant.
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
