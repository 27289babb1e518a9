"""What one segment of a speech recogniser's JSON says: its text, who speaks, and when.

Names are compared in small letters without `_` and `-`, so that start_time, startTime and StartTime are one; Chinese
ones are those that columns of tables have (说话人, 内容, 开始时间).
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from indexer.readers.formats import csv_table
from indexer.readers.timestamps import milliseconds

Object = Mapping[str, Any]

CHOICES = frozenset({"alternatives", "nbest", "cw"})
"""Lists of what else was understood, the likeliest first: only that is read."""

_TEXTS = (
    "text", "finalsentence", "onebest", "display", "content", "transcript", "sentence", "utterance", "transcription",
    "body", "punctuatedword", "word", "w", "utf8", "value", "textseg", "tc", "res", "sentences", "contents", "texts",
    "words", "elements", "segs", "rt", "ws", "cw", "alternatives", "nbest", "sc", "result",
)  # fmt: skip
_SPEAKERS = (
    "speakername", "speaker", "spk", "speakerinfo", "speakerid", "speakerlabel", "speakertag", "spkid", "username",
    "user", "name", "rl", "ui", "role", "additions",
)  # fmt: skip
_INSIDE = ("result", "analysisinfo")  # objects that may say who speaks in place of the segment (Huawei)
_NAMES = ("username", "name", "nickname", "displayname", "speakername", "speaker", "role", "userid", "id")
_CHANNELS = ("channelid", "channel")
_STARTS = (
    "start", "starttime", "startms", "begintime", "begin", "beginms", "bg", "bt", "from", "ts", "tstartms",
    "startoffset", "offset", "offsetmilliseconds",
)  # fmt: skip
_ENDS = ("end", "endtime", "endms", "stoptime", "ed", "et", "to", "endts", "endoffset")
_LENGTHS = ("duration", "durationms", "ddurationms", "durationmilliseconds")
_MILLISECONDS = frozenset(
    {"startms", "endms", "beginms", "tstartms", "bg", "ed", "bt", "et", "offsetmilliseconds", "durationms"}
)
_WORD_TYPES = frozenset({"word", "spacing", "pronunciation", "punctuation"})
_ISO = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,7}(?:\.\d{1,9})?)S)?")
_BETWEEN_HAN = re.compile(r"(?<=[㐀-鿿]) +(?=[㐀-鿿])")
_DEEPEST = 16


@lru_cache(maxsize=4096)
def _alike(name: str) -> str:
    """Return a name as it is compared: StartTime and 开始时间 are starttime and start."""
    alike = name.lower().replace("_", "").replace("-", "")
    return (
        alike if alike.isascii() else next((key for key, one in csv_table.NAMES.items() if one.fullmatch(alike)), alike)
    )


def is_known(name: str) -> bool:
    """Tell whether a name is one that recognisers use."""
    return _alike(name) in {*_TEXTS, *_SPEAKERS, *_STARTS, *_ENDS}


def named(thing: Object) -> Object:
    """Return an object with its names made alike; iFlytek's lattice holds its segment in a string."""
    alike: dict[str, Any] = {}
    for name, value in thing.items():
        alike.setdefault(_alike(name), value)
    best = alike.get("json1best")
    best = inner(best) if isinstance(best, str) else best
    segment = best.get("st") if isinstance(best, Mapping) else None
    return named(segment) if isinstance(segment, Mapping) else alike


def inner(content: str) -> object:
    """Return the JSON inside a string (iFlytek's `data`), None where there is none."""
    import orjson

    try:
        return orjson.loads(content) if content[:1] in ("[", "{") else None
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        return None


def is_attributed(thing: Object) -> bool:
    """Tell whether an object may say who speaks, or when."""
    return any(name in thing for name in (*_SPEAKERS, *_STARTS, "timestamp"))


def is_word(thing: Object) -> bool:
    """Tell whether an object is one word of what is said, not a sentence."""
    return "word" in thing or thing.get("type") in _WORD_TYPES


def text(segment: Object, depth: int = 0) -> str:
    """Return a segment's text, put together from its sentences and words where it has none of its own."""
    if depth > _DEEPEST:
        return ""
    for name in _TEXTS:
        value = segment.get(name)
        if isinstance(value, str) and value:
            return _pieced(value, segment) if name == "textseg" else value
        if isinstance(value, list) and value:
            pieces = value[:1] if name in CHOICES else value
            if printed := "".join(_piece(one, depth) for one in pieces):
                return printed
        if isinstance(value, Mapping) and (printed := _piece(value, depth)):
            return printed
    return ""


def longest(content: object, depth: int = 0) -> str:
    """Return the longest text that something below says, "" where nothing does."""
    if depth > _DEEPEST or not isinstance(content, Mapping | list):
        return ""
    own = text(named(content)) if isinstance(content, Mapping) else ""
    below = content.values() if isinstance(content, Mapping) else content
    return own if own.strip() else max((longest(one, depth + 1) for one in below), key=len, default="")


def _pieced(words: str, segment: Object) -> str:
    """Return FunASR's words, which stand apart, as a sentence with the sign that ends it."""
    punctuation = segment.get("punc")
    return _BETWEEN_HAN.sub("", words) + (punctuation if isinstance(punctuation, str) else "")


def _piece(one: object, depth: int) -> str:
    """Return the text of a sentence or word in a segment."""
    if isinstance(one, Mapping):
        return text(named(one), depth + 1)
    return one if isinstance(one, str) else ""


def speaker(segment: Object, depth: int = 0) -> str | None:
    """Return who speaks, None where the segment does not say: a name, or 说话人 and the number."""
    for name in _SPEAKERS:
        value = segment.get(name)
        if isinstance(value, Mapping):
            known = named(value)
            value = next((known[key] for key in _NAMES if known.get(key) not in (None, "")), None)
        if printed := _label(value):
            return printed
    inside = next((segment[name] for name in _INSIDE if isinstance(segment.get(name), Mapping)), None)
    return None if inside is None or depth > _DEEPEST else speaker(named(inside), depth + 1)


def channel(segment: Object) -> str | None:
    """Return the channel of the recording as a speaker's name: on the telephone each has one."""
    return next((label for name in _CHANNELS if (label := _label(segment.get(name)))), None)


def _label(value: object) -> str | None:
    """Return a speaker as printed, 说话人 and the number where it is one."""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"说话人{value}"
    if isinstance(value, str) and value.strip():
        printed = " ".join(value.split())
        return f"说话人{printed}" if printed.isdecimal() else printed
    return None


class Said(NamedTuple):
    """A segment: its text, who speaks, on which channel, start and end as they are written.

    `in_milliseconds` says that the file says so of its times; `word` that it is one word of what is said.
    """

    text: str
    speaker: str | None = None
    channel: str | None = None
    start: float | None = None
    end: float | None = None
    in_milliseconds: bool = False
    word: bool = False


def said(segment: Object) -> Said:
    """Return what a segment says."""
    return Said(text(segment), speaker(segment), channel(segment), *_times(segment), is_word(segment))


def _times(segment: Object) -> tuple[float | None, float | None, bool]:
    """Return start and end as they are written, and whether the names say that they are milliseconds."""
    offsets = segment.get("offsets")
    if isinstance(offsets, Mapping):
        return _time(offsets, _STARTS), _time(offsets, _ENDS), True
    both = segment.get("timestamp")
    if isinstance(both, list) and len(both) == 2 and all(isinstance(one, int | float) for one in both):
        return _time({"start": both[0]}, _STARTS), _time({"end": both[1]}, _ENDS), False
    told = any(name in segment for name in _MILLISECONDS)
    start, end = _time(segment, _STARTS), _time(segment, _ENDS)
    if end is None and start is not None and (length := _time(segment, _LENGTHS)) is not None:
        end = start + length
    return start, end, told


def _time(segment: Object, names: Sequence[str], depth: int = 0) -> float | None:
    """Return a time as it is written: a number, or a clock in seconds; that of its pieces if it has none."""
    for name in names:
        value = segment.get(name)
        if isinstance(value, str):
            value = _number(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e15:
            return value
    pieces = next((value for name in _TEXTS if isinstance(value := segment.get(name), list) and value), [])
    if not pieces or depth > _DEEPEST:
        return None
    piece = pieces[0] if names is _STARTS else pieces[-1]
    return _time(named(piece), names, depth + 1) if isinstance(piece, Mapping) else None


def _number(printed: str) -> float | None:
    """Return the number in a text: 4200, 4.2, 00:00:04.200, 4.2s, PT4.2S."""
    if printed.isdecimal():
        return int(printed[:16])
    if printed.startswith("PT") and (iso := _ISO.fullmatch(printed)):
        return int(iso[1] or 0) * 3600 + int(iso[2] or 0) * 60 + float(iso[3] or 0)
    clock = milliseconds(printed)
    return None if clock is None else clock / 1000
