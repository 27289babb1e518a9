"""The records that the stages pass on: an interview, its turns, its guests."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from enum import Enum, StrEnum
from functools import cache, partial
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")

# metadata of a transcript as pairs of key and value; a key may occur twice (author, guest)
Metadata = tuple[tuple[str, str], ...]


OF_INTERVIEW = "@"
"""Between a label that is no name (记者) and the interview whose speaker is meant."""


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
    `speaker` is the canonical name, `label` the label as printed (问); both are "" for unlabelled narration. Where the
    label is all that is known, the speaker is that of this interview: 问@qzone-xiaomi.
    `exchange` counts from 1 (0: before the first question, or far from the last); `reply_to` is the turn with the
    question this one answers.
    `start` and `end` are in milliseconds, None if the transcript has no times.
    `notes` are the lines around its text that nobody speaks: （與會者皆無意見）. `note_offsets` are their places, the
    number of characters of `text` before each; those before the first turn are in it, at 0.
    `printed_speaker` and `printed_affiliation` are those of the transcript alone, before speakers.toml and other
    spellings of the name were considered; `printed_role` is the role by the transcript where speakers.toml has another.
    `printed_mentions` are the names that its text says, and `mentions` the canonical names of these people.
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
    notes: tuple[str, ...] = ()
    note_offsets: tuple[int, ...] = ()
    printed_speaker: str = ""
    printed_affiliation: str = ""
    printed_role: str = ""
    mentions: tuple[str, ...] = ()
    printed_mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interview:
    """A transcript: its metadata and its turns.

    `id` is "" unless the transcript has one (JSON lines); the pipeline assigns the others. `attributed` means that the
    roles of the turns are final: given by the transcript, or assigned by `enrich`. `language` is the BCP 47 tag of its
    script: zh-Hans or zh-Hant. `media` is its recording: as the transcript names it, and once the file of the
    transcript is known an absolute path or a web address.
    """

    turns: tuple[Turn, ...]
    id: str = ""
    title: str = ""
    date: datetime.date | None = None
    outlet: str = ""
    authors: tuple[str, ...] = ()
    guests: tuple[Guest, ...] = ()
    url: str = ""
    media: str = ""
    language: str = "zh-Hans"
    attributed: bool = False


def qualified_name(label: str, interview_id: str) -> str:
    """Return the name of a person who is only known by a label like 记者: that of this interview."""
    return f"{label}{OF_INTERVIEW}{interview_id}"


def unqualified(speaker: str) -> str:
    """Return a speaker's name without an interview: 记者 for 记者@qzone-xiaomi, 郑志昊 as it is."""
    return speaker.partition(OF_INTERVIEW)[0] or speaker


def own_name(speaker: str, interview_id: str) -> str:
    """Return a speaker's name as it is shown beside the interview: 记者 for 记者@qzone-xiaomi."""
    return speaker.removesuffix(f"{OF_INTERVIEW}{interview_id}") if interview_id else speaker


def from_source(cls: type[T], source: Mapping[str, Any]) -> T:
    """Build a dataclass from the `_source` of a document, by the names and types of its fields.

    Documents leave empty values out: a missing field gets its default, or else what is empty for its type ("", 0, (),
    None). Lists become tuples, ISO dates become dates, texts become members of an enumeration.
    `field(metadata={"source": NAME})` reads a field of another name; a field that is itself a dataclass is built from
    the same document.
    """
    values, kind = {}, cast("type", cls)
    for name, key, convert, default in _source_fields(kind):
        if key is None:
            values[name] = convert(source)
        elif (value := source.get(key)) is not None:
            values[name] = convert(value)
        elif default is not MISSING:
            values[name] = default
    return cls(**values)


def to_source(record: object) -> dict[str, Any]:
    """Return the fields of a dataclass under their names in a document, as `from_source` reads them; empty ones too."""
    get, keys, converted = _reading(cast("type", type(record)))
    values: dict[str, Any] = dict(zip(keys, get(record), strict=False))
    for key in converted:
        values[key] = _json_value(values[key])
    return values


def source_fields(cls: type) -> list[str]:
    """Return the fields of a document that `from_source` reads."""
    return [key for _, key, _ in _leaves(cls)]


@cache
def _source_fields(cls: type) -> tuple[tuple[str, str | None, Callable[[Any], Any], Any], ...]:
    """Return name, document field, conversion and empty value (`MISSING`: the class has a default) of each field."""
    types = get_type_hints(cls)
    return tuple(_source_field(field, types[field.name]) for field in fields(cls) if field.init)


def _leaves(cls: type, within: str = "") -> Iterator[tuple[str, str, Callable[[Any], Any]]]:
    """Yield the dotted name, the document field and the conversion of each field of a class and of those inside."""
    for name, key, convert, _ in _source_fields(cls):
        if key is None:
            yield from _leaves(get_type_hints(cls)[name], f"{within}{name}.")
        else:
            yield f"{within}{name}", key, convert


@cache
def _reading(cls: type) -> tuple[Callable[[object], tuple[Any, ...]], list[str], list[str]]:
    """Return what reads the fields of a class at once, their document fields, and those that are no JSON."""
    names, keys, conversions = zip(*_leaves(cls), strict=True)
    converted = [key for key, convert in zip(keys, conversions, strict=True) if convert is not _as_it_is]
    # one name more, as a single one would be read without a tuple
    return attrgetter(*names, names[0]), list(keys), converted


def _source_field(field: "Field[Any]", type_: Any) -> tuple[str, str | None, Callable[[Any], Any], Any]:  # noqa: ANN401
    if is_dataclass(type_) and isinstance(type_, type):
        return field.name, None, partial(from_source, type_), None
    optional = isinstance(type_, UnionType)
    plain = next(one for one in get_args(type_) if one is not NoneType) if optional else type_
    origin = get_origin(plain) or plain
    has_default = field.default is not MISSING or field.default_factory is not MISSING
    # an enumeration has no empty member: a document without one is refused when the class is called
    empty = MISSING if has_default or issubclass(origin, Enum) else None if optional else origin()
    return field.name, field.metadata.get("source", field.name), _conversion(origin), empty


def _conversion(type_: type) -> Callable[[Any], Any]:
    """Return what turns a JSON value into a value of a type."""
    if issubclass(type_, datetime.date):
        return type_.fromisoformat
    return type_ if issubclass(type_, tuple | Enum) else _as_it_is


def _json_value(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _as_it_is(value: T) -> T:
    return value
