"""The segments in a speech recogniser's JSON, however deep they lie, and what each says: text, speaker, times.

Names are compared in small letters without `_` and `-`, so that start_time, startTime and StartTime are one.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from indexer.reading.clock import milliseconds

Object = Mapping[str, Any]

_LISTS = (
    "segments", "sentenceinfo", "transcription", "paragraphs", "utterances", "sentences", "results", "result",
    "orderresult", "lattice", "lattice2", "data", "minutes", "transcript", "transcripts", "items", "content",
    "monologues", "cues", "events", "messages", "dialogue", "conversation", "turns", "list",
)  # fmt: skip
_WHOLE = ("segments", "sentenceinfo", "paragraphs", "utterances", "transcription")  # never pieces of one segment
_TEXTS = (
    "text", "onebest", "content", "transcript", "sentence", "utterance", "word", "w", "utf8", "value", "sentences",
    "contents", "words", "elements", "segs", "rt", "ws", "cw",
)  # fmt: skip
_SPEAKERS = ("speaker", "speakername", "spk", "speakerinfo", "speakerid", "username", "user", "name", "rl", "role")
_NAMES = ("username", "name", "nickname", "displayname", "speakername", "userid", "id")
_STARTS = ("start", "starttime", "startms", "begintime", "begin", "bg", "from", "tstartms", "offset")
_ENDS = ("end", "endtime", "endms", "stoptime", "ed", "to")
_MILLISECONDS = frozenset({"startms", "endms", "tstartms", "bg", "ed"})
_DEEPEST = 16


def find(content: object, depth: int = 0) -> list[Object]:
    """Return the segments in what a recogniser wrote, in their order."""
    if isinstance(content, str):
        content = _inner(content)
    if depth > _DEEPEST:
        return []
    if isinstance(content, Mapping):
        return _below(_named(content), depth)
    if not isinstance(content, Sequence) or isinstance(content, str):
        return []
    found: list[Object] = []
    for one in content:
        if isinstance(one, Mapping):
            thing = _named(one)
            below = [] if _is_segment(thing) else _below(thing, depth)
            found += below or ([thing] if text(thing).strip() else [])
    return found


def _named(thing: Object) -> Object:
    """Return an object with its names made alike; iFlytek's lattice holds its segment in a string."""
    alike = {name.lower().replace("_", "").replace("-", ""): value for name, value in thing.items()}
    best = alike.get("json1best")
    best = _inner(best) if isinstance(best, str) else best
    inner = best.get("st") if isinstance(best, Mapping) else None
    return _named(inner) if isinstance(inner, Mapping) else alike


def _inner(content: str) -> object:
    """Return the JSON inside a string (iFlytek's `data`), None where there is none."""
    import orjson

    try:
        return orjson.loads(content) if content[:1] in ("[", "{") else None
    except orjson.JSONDecodeError:
        return None


def _below(thing: Object, depth: int) -> list[Object]:
    """Return the segments in an object's lists, in the first that has any."""
    return next((found for name in _LISTS if name in thing and (found := find(thing[name], depth + 1))), [])


def _is_segment(thing: Object) -> bool:
    """Tell whether an object of a list says something itself, so that its lists (sentences, words) are its pieces."""
    whole = any(isinstance(thing.get(name), list) and thing[name] for name in _WHOLE)
    return not whole and any(name in thing for name in (*_SPEAKERS, *_STARTS)) and bool(text(thing))


def text(segment: Object, depth: int = 0) -> str:
    """Return a segment's text, put together from its sentences and words where it has none of its own."""
    if depth > _DEEPEST:
        return ""
    for name in _TEXTS:
        value = segment.get(name)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, list) and value:
            pieces = value[:1] if name == "cw" else value  # iFlytek's words each list what else they might be
            return "".join(_piece(one, depth) for one in pieces)
    return ""


def _piece(one: object, depth: int) -> str:
    """Return the text of a sentence or word in a segment."""
    if isinstance(one, Mapping):
        return text(_named(one), depth + 1)
    return one if isinstance(one, str) else ""


def speaker(segment: Object) -> str | None:
    """Return who speaks, None where the segment does not say: a name, or 说话人 and the number."""
    for name in _SPEAKERS:
        value = segment.get(name)
        if isinstance(value, Mapping):
            known = _named(value)
            value = next((known[key] for key in _NAMES if known.get(key) not in (None, "")), None)
        if isinstance(value, int) and not isinstance(value, bool):
            return f"说话人{value}"
        if isinstance(value, str) and value.strip():
            printed = " ".join(value.split())
            return f"说话人{printed}" if printed.isdecimal() else printed
    return None


class Said(NamedTuple):
    """A segment: its text, who speaks, start and end as they are written, and whether those are said to be in ms."""

    text: str
    speaker: str | None
    start: float | None
    end: float | None
    in_milliseconds: bool


def said(segment: Object) -> Said:
    """Return what a segment says."""
    return Said(text(segment), speaker(segment), *_times(segment))


def _times(segment: Object) -> tuple[float | None, float | None, bool]:
    """Return start and end as they are written, and whether the names say that they are milliseconds."""
    offsets = segment.get("offsets")
    if isinstance(offsets, Mapping):
        return _time(offsets, _STARTS), _time(offsets, _ENDS), True
    told = any(name in segment for name in _MILLISECONDS)
    return _time(segment, _STARTS), _time(segment, _ENDS), told


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
    return _time(_named(piece), names, depth + 1) if isinstance(piece, Mapping) else None


def _number(printed: str) -> float | None:
    """Return the number in a text: 4200, 4.2, 00:00:04.200, 4.2s."""
    if printed.isdecimal():
        return int(printed[:16])
    clock = milliseconds(printed)
    return None if clock is None else clock / 1000
