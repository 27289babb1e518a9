"""The segments in ASR output at any depth: the objects with a text of their own.

The lists are found by their keys, the most specific first (`_LIST_KEYS`); if there is none of these, the list with the
most text counts. A list of words counts only if it alone names the speakers; `asr` joins its words.
"""

from collections.abc import Mapping, Sequence

from indexer.readers.formats import asr_fields
from indexer.readers.interchange import JsonObject

_LIST_KEYS = (
    "segments", "sentenceinfo", "stampsents", "transcription", "recognizedphrases", "phrases", "audiosegments",
    "paragraphs", "utterances", "sentences", "resultdetail", "detailedresult", "pg", "results", "result", "channels",
    "speakers", "chunks", "alternatives", "orderresult", "lattice", "lattice2", "data", "minutes", "transcript",
    "items", "words", "transcripts", "content", "monologues", "cues", "events", "messages", "dialogue", "conversation",
    "body", "turns", "list",
)  # fmt: skip
# lists of segments, never of parts of one
_CONTAINER_KEYS = ("segments", "sentenceinfo", "paragraphs", "utterances", "transcription", "chunks")
_WORD_LIST_KEYS = frozenset({"items", "words"})
_QUESTION_ANSWER_KEYS = (("question", "answer"), ("q", "a"), ("问", "答"), ("问题", "回答"), ("提问", "回答"))
_MAX_DEPTH = 16


def find_segments(content: object, depth: int = 0) -> list[JsonObject]:
    """Return the segments in ASR output, in order."""
    if isinstance(content, str):
        content = asr_fields.parse_embedded_json(content)
    if depth > _MAX_DEPTH:
        return []
    if isinstance(content, Mapping):
        return _segments_in_lists(asr_fields.with_normalized_keys(content), depth) or _question_and_answer(content)
    if not isinstance(content, Sequence) or isinstance(content, str):
        return []
    if by_speaker := _segments_by_speaker_key(content):
        return by_speaker
    objects = (thing for thing in content if isinstance(thing, Mapping))
    return _without_repetition([segment for thing in objects for segment in _segments_in_element(thing, depth)])


def _without_repetition(found: list[JsonObject]) -> list[JsonObject]:
    """Drop the sentences that are repeated word by word with their speakers (Google)."""
    words = [thing for thing in found if asr_fields.is_word(thing) and asr_fields.speaker(thing)]
    sentences = [
        thing for thing in found if not asr_fields.has_speaker_or_time(thing) and not asr_fields.is_word(thing)
    ]
    if not words or not sentences or len(words) + len(sentences) < len(found):
        return found
    return words if _length(words) > 0.8 * _length(sentences) else found


def _segments_in_element(thing: JsonObject, depth: int) -> list[JsonObject]:
    """Return the segments in an object of a list, or the object itself if it is one."""
    normalized = asr_fields.with_normalized_keys(thing)
    if is_segment(normalized) or (asr_fields.is_word(normalized) and asr_fields.segment_text(normalized)):
        return [normalized]
    if found := _segments_in_lists(normalized, depth):
        return found
    return [normalized] if asr_fields.segment_text(normalized).strip() else _question_and_answer(thing)


def is_segment(thing: JsonObject) -> bool:
    """Return whether an object of a list is a segment, so that its lists (sentences, words) are its parts."""
    has_segments = any(isinstance(thing.get(name), list) and thing[name] for name in _CONTAINER_KEYS)
    return not has_segments and asr_fields.has_speaker_or_time(thing) and bool(asr_fields.segment_text(thing))


def _segments_in_lists(thing: JsonObject, depth: int) -> list[JsonObject]:
    """Return the segments in the lists of an object, in the first that has any."""
    for name in _LIST_KEYS:
        if name not in thing:
            continue
        value = thing[name]
        if name in asr_fields.ALTERNATIVES and isinstance(value, list):
            value = value[:1]
        found = find_segments(value, depth + 1)
        if found and not (name in _WORD_LIST_KEYS and _are_words_without_speakers(found)):
            return found
    return [] if asr_fields.segment_text(thing).strip() else _segments_under_other_keys(thing, depth)


def _are_words_without_speakers(found: Sequence[JsonObject]) -> bool:
    """Return whether all of these are words without speakers: the enclosing text has more."""
    return all(asr_fields.is_word(thing) for thing in found) and all(
        asr_fields.speaker(thing) is None for thing in found
    )


def _segments_under_other_keys(thing: JsonObject, depth: int) -> list[JsonObject]:
    """Return the segments under an unknown key, those with the most text."""
    candidates = [value for name, value in thing.items() if name not in _LIST_KEYS and isinstance(value, list | dict)]
    objects = [value for value in thing.values() if isinstance(value, dict)]
    if len(objects) == len(thing) > 1 and all(map(is_segment, map(asr_fields.with_normalized_keys, objects))):
        candidates = [objects]  # {"0": {"speaker": …}, "1": {…}}
    return max((find_segments(value, depth + 1) for value in candidates), key=_length, default=[])


def _length(found: Sequence[JsonObject]) -> int:
    return sum(len(asr_fields.segment_text(thing)) for thing in found)


def _question_and_answer(thing: JsonObject) -> list[JsonObject]:
    """Return a question and its answer as two segments."""
    for names in _QUESTION_ANSWER_KEYS:
        if all(isinstance(thing.get(name), str) for name in names):
            pairs = zip(("问", "答"), (thing[name] for name in names), strict=True)
            return [{"speaker": speaker, "text": spoken} for speaker, spoken in pairs if spoken.strip()]
    return []


def _segments_by_speaker_key(content: Sequence[object]) -> list[JsonObject]:
    """Return the segments of a list whose keys are the speakers: [{"记者": "好吗？"}, {"何苗": "好。"}]."""
    pairs = [next(iter(thing.items())) for thing in content if isinstance(thing, Mapping) and len(thing) == 1]
    if len(pairs) < 2 or len(pairs) < len(content):
        return []
    if any(not isinstance(value, str) or value[:1] in "{[" or asr_fields.is_known_key(name) for name, value in pairs):
        return []
    return [{"speaker": name, "text": value} for name, value in pairs if value.strip()]
