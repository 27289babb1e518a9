"""The fields of one segment of ASR output: text, speaker and times.

Keys are compared in lower case without `_` and `-`, so that start_time, startTime and StartTime are equal; Chinese
keys are the names of table columns (说话人, 内容, 开始时间).
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from indexer.readers.formats import csv_table
from indexer.readers.interchange import JsonObject
from indexer.readers.timestamps import milliseconds

ALTERNATIVES = frozenset({"alternatives", "nbest", "cw"})
"""Lists of alternative results, the likeliest first; only the first is read."""

_TEXTS = (
    "text", "finalsentence", "onebest", "display", "content", "transcript", "sentence", "utterance", "transcription",
    "body", "punctuatedword", "word", "w", "utf8", "value", "textseg", "tc", "res", "sentences", "contents", "texts",
    "words", "elements", "segs", "rt", "ws", "cw", "alternatives", "nbest", "sc", "result", "original", "rendered",
)  # fmt: skip
_SPEAKERS = (
    "speakername", "speakerdisplayname", "speaker", "spk", "speakerinfo", "speakerid", "speakerlabel", "speakertag",
    "spkid", "username",
    "user", "name", "rl", "ui", "role", "additions",
)  # fmt: skip
_NESTED_SPEAKERS = ("result", "analysisinfo", "alternatives")
"""Objects that may name the speaker instead of the segment: Huawei, Speechmatics (the first of a list)."""

_CHINESE = ("zh", "zhcn", "zhtw", "zhhk", "zhhans", "zhhant", "cn", "chinese", "中文", "zhtext", "textzh", "cmn")
_TRANSLATIONS = (
    "en",
    "enus",
    "english",
    "英文",
    "translation",
    "translated",
    "translatedtext",
    "译文",
    "翻译",
    "entext",
    "texten",
)
_ARTICLES = ("html", "contenthtml", "bodyhtml", "htmlcontent", "htmlbody")
_HAN = re.compile(r"[㐀-鿿]")
_NAMES = ("username", "name", "nickname", "displayname", "speakername", "speaker", "role", "userid", "id")
_CHANNELS = ("channelid", "channel")
_STARTS = (
    "start", "starttime", "startms", "begintime", "begin", "beginms", "bg", "bt", "from", "ts", "tstartms",
    "startoffset", "offset", "offsetmilliseconds",
)  # fmt: skip
_ENDS = ("end", "endtime", "endms", "stoptime", "ed", "et", "to", "endts", "endoffset")
_DURATIONS = ("duration", "durationms", "ddurationms", "durationmilliseconds")
_MILLISECONDS = frozenset(
    {"startms", "endms", "beginms", "tstartms", "bg", "ed", "bt", "et", "offsetmilliseconds", "durationms"}
)
_WORD_TYPES = ("word", "spacing", "pronunciation", "punctuation")  # a type may be any value, also one without a hash
_ISO_DURATION = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,7}(?:\.\d{1,9})?)S)?")
_BETWEEN_HAN = re.compile(r"(?<=[㐀-鿿]) +(?=[㐀-鿿])")
_MAX_DEPTH = 16


@lru_cache(maxsize=4096)
def _normalize_key(name: str) -> str:
    """Return a key as it is compared: StartTime and 开始时间 become starttime and start."""
    normalized = name.lower().replace("_", "").replace("-", "")
    if normalized.isascii():
        return normalized
    return next((key for key, names in csv_table.COLUMN_NAMES.items() if names.fullmatch(normalized)), normalized)


def is_known_key(name: str) -> bool:
    """Return whether a key is one that ASR output uses."""
    return _normalize_key(name) in {*_TEXTS, *_SPEAKERS, *_STARTS, *_ENDS}


def with_normalized_keys(thing: JsonObject) -> JsonObject:
    """Return an object with normalized keys; iFlytek's lattice holds its segment in a string."""
    normalized: dict[str, Any] = {}
    for name, value in thing.items():
        normalized.setdefault(_normalize_key(name), value)
    best = normalized.get("json1best")
    best = parse_embedded_json(best) if isinstance(best, str) else best
    segment = best.get("st") if isinstance(best, Mapping) else None
    return with_normalized_keys(segment) if isinstance(segment, Mapping) else normalized


def parse_embedded_json(content: str) -> object:
    """Parse the JSON in a string (iFlytek's `data`); None if it is not JSON."""
    import orjson

    try:
        return orjson.loads(content) if content[:1] in ("[", "{") else None
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        return None


def has_speaker_or_time(thing: JsonObject) -> bool:
    """Return whether an object has a key for a speaker or a time."""
    return any(name in thing for name in (*_SPEAKERS, *_STARTS, "timestamp"))


def is_word(thing: JsonObject) -> bool:
    """Return whether an object is a single word, not a sentence."""
    return "word" in thing or thing.get("type") in _WORD_TYPES


def segment_text(segment: JsonObject, depth: int = 0) -> str:
    """Return the text of a segment, joined from its sentences and words if it has none of its own."""
    if depth > _MAX_DEPTH:
        return ""
    if chinese := _chinese(segment):
        return chinese
    for name in _TEXTS:
        value = segment.get(name)
        if isinstance(value, str) and value:
            return _join_funasr_words(value, segment) if name == "textseg" else value
        if isinstance(value, list) and value:
            parts = value[:1] if name in ALTERNATIVES else value
            if joined := "".join(_part_text(part, depth) for part in parts):
                return joined
        if isinstance(value, Mapping) and (nested := _part_text(value, depth)):
            return nested
    return ""


def _chinese(segment: JsonObject) -> str:
    """Return the Chinese of a segment in two languages, "" if it has no key for it."""
    return next((value for name in _CHINESE if isinstance(value := segment.get(name), str) and value.strip()), "")


def translation(segment: JsonObject) -> str:
    """Return what a segment says in another language than its text, "" if nothing: {"zh": "好。", "en": "Good."}."""
    text = segment_text(segment)
    others = (*_TRANSLATIONS, "text") if _chinese(segment) else _TRANSLATIONS
    found = (value for name in others if isinstance(value := segment.get(name), str))
    return next((value.strip() for value in found if value.strip() and value != text), "")


def longest_text(content: object, depth: int = 0) -> str:
    """Return the longest text in a value, "" if there is none."""
    if depth > _MAX_DEPTH or not isinstance(content, Mapping | list):
        return ""
    own = _article(with_normalized_keys(content)) if isinstance(content, Mapping) else ""
    below = content.values() if isinstance(content, Mapping) else content
    return own if own.strip() else max((longest_text(value, depth + 1) for value in below), key=len, default="")


def _article(thing: JsonObject) -> str:
    """Return the text of an object, or else its HTML."""
    return segment_text(thing) or next((value for name in _ARTICLES if isinstance(value := thing.get(name), str)), "")


def _join_funasr_words(words: str, segment: JsonObject) -> str:
    """Join FunASR's separated words into a sentence with its final punctuation."""
    punctuation = segment.get("punc")
    return _BETWEEN_HAN.sub("", words) + (punctuation if isinstance(punctuation, str) else "")


def _part_text(part: object, depth: int) -> str:
    """Return the text of a sentence or word in a segment."""
    if isinstance(part, Mapping):
        return segment_text(with_normalized_keys(part), depth + 1)
    return part if isinstance(part, str) else ""


def speaker(segment: JsonObject, depth: int = 0) -> str | None:
    """Return the speaker of a segment, None if it has none: a name, or 说话人 and a number."""
    for name in _SPEAKERS:
        value = segment.get(name)
        if isinstance(value, Mapping):
            person = with_normalized_keys(value)
            value = next((person[key] for key in _NAMES if person.get(key) not in (None, "")), None)
        if label := speaker_label(value):
            return label
    nested = next((one for name in _NESTED_SPEAKERS if isinstance(one := _first(segment.get(name)), Mapping)), None)
    return None if nested is None or depth > _MAX_DEPTH else speaker(with_normalized_keys(nested), depth + 1)


def _first(value: object) -> object:
    """Return the first of a list, another value unchanged."""
    return value[0] if isinstance(value, list) and value else value


def channel(segment: JsonObject) -> str | None:
    """Return the channel of a recording as the name of a speaker: on the telephone each has one."""
    return next((label for name in _CHANNELS if (label := speaker_label(segment.get(name)))), None)


def speaker_label(value: object) -> str | None:
    """Return a speaker as printed, 说话人 and the number for a number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"说话人{value}"
    if isinstance(value, str) and value.strip():
        printed = " ".join(value.split())
        return f"说话人{printed}" if printed.isdecimal() else printed
    return None


class AsrSegment(NamedTuple):
    """A segment: text, speaker, channel, start and end as printed.

    `in_milliseconds` is true if the names of the times say so, `word` if the segment is a single word. `translation` is
    the same in another language.
    """

    text: str
    speaker: str | None = None
    channel: str | None = None
    start: float | None = None
    end: float | None = None
    in_milliseconds: bool = False
    word: bool = False
    translation: str = ""


def parse_segment(segment: JsonObject) -> AsrSegment:
    """Return the fields of a segment."""
    fields = segment_text(segment), speaker(segment), channel(segment)
    return AsrSegment(*fields, *_times(segment), is_word(segment), translation(segment))


def _times(segment: JsonObject) -> tuple[float | None, float | None, bool]:
    """Return start and end as printed, and whether the names of the keys say milliseconds."""
    offsets = segment.get("offsets")
    if isinstance(offsets, Mapping):
        return _time(offsets, _STARTS), _time(offsets, _ENDS), True
    pair = segment.get("timestamp")
    if isinstance(pair, list) and len(pair) == 2 and all(isinstance(time, int | float) for time in pair):
        return _time({"start": pair[0]}, _STARTS), _time({"end": pair[1]}, _ENDS), False
    in_milliseconds = any(name in segment for name in _MILLISECONDS)
    start, end = _time(segment, _STARTS), _time(segment, _ENDS)
    if end is None and start is not None and (duration := _time(segment, _DURATIONS)) is not None:
        end = start + duration
    return start, end, in_milliseconds


def _time(segment: JsonObject, names: Sequence[str], depth: int = 0) -> float | None:
    """Return a time as printed: a number, or a clock time in seconds; that of its parts if it has none."""
    for name in names:
        value = segment.get(name)
        if isinstance(value, str):
            value = _number(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e15:
            return value
    parts = next((value for name in _TEXTS if isinstance(value := segment.get(name), list) and value), [])
    if not parts or depth > _MAX_DEPTH:
        return None
    part = parts[0] if names is _STARTS else parts[-1]
    return _time(with_normalized_keys(part), names, depth + 1) if isinstance(part, Mapping) else None


def _number(printed: str) -> float | None:
    """Parse a time: 4200, 4.2, 00:00:04.200, 4.2s, PT4.2S."""
    if printed.isdecimal():
        return int(printed[:16])
    if printed.startswith("PT") and (iso := _ISO_DURATION.fullmatch(printed)):
        return int(iso[1] or 0) * 3600 + int(iso[2] or 0) * 60 + float(iso[3] or 0)
    clock = milliseconds(printed)
    return None if clock is None else clock / 1000
