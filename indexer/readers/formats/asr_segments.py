"""The segments in a speech recogniser's JSON, however deep they lie: the objects that each say something.

The lists are known by their names, the most telling first (`_LISTS`); where there is none of these, it is the list
with most text in it. A list of words counts only where it alone tells the speakers; `asr_json` joins its words.
"""

from collections.abc import Mapping, Sequence

from indexer.readers.formats import asr_fields
from indexer.readers.formats.asr_fields import Object

_LISTS = (
    "segments", "sentenceinfo", "stampsents", "transcription", "recognizedphrases", "phrases", "audiosegments",
    "paragraphs", "utterances", "sentences", "resultdetail", "detailedresult", "pg", "results", "result", "channels",
    "speakers", "chunks", "alternatives", "orderresult", "lattice", "lattice2", "data", "minutes", "transcript",
    "items", "words", "transcripts", "content", "monologues", "cues", "events", "messages", "dialogue", "conversation",
    "body", "turns", "list",
)  # fmt: skip
_WHOLE = ("segments", "sentenceinfo", "paragraphs", "utterances", "transcription", "chunks")  # never one's own pieces
_OF_WORDS = frozenset({"items", "words"})
_PAIRS = (("question", "answer"), ("q", "a"), ("问", "答"), ("问题", "回答"), ("提问", "回答"))
_DEEPEST = 16


def find(content: object, depth: int = 0) -> list[Object]:
    """Return the segments in what a recogniser wrote, in their order."""
    if isinstance(content, str):
        content = asr_fields.inner(content)
    if depth > _DEEPEST:
        return []
    if isinstance(content, Mapping):
        return _below(asr_fields.named(content), depth) or _pair(content)
    if not isinstance(content, Sequence) or isinstance(content, str):
        return []
    if called := _called(content):
        return called
    return _said_once([found for one in content if isinstance(one, Mapping) for found in _element(one, depth)])


def _said_once(found: list[Object]) -> list[Object]:
    """Return the segments without the sentences that come again word by word, with their speakers (Google)."""
    words = [one for one in found if asr_fields.is_word(one) and asr_fields.speaker(one)]
    sentences = [one for one in found if not asr_fields.is_attributed(one) and not asr_fields.is_word(one)]
    if not words or not sentences or len(words) + len(sentences) < len(found):
        return found
    return words if _length(words) > 0.8 * _length(sentences) else found


def _element(one: Object, depth: int) -> list[Object]:
    """Return the segments an object of a list holds, or the one it is."""
    thing = asr_fields.named(one)
    if is_segment(thing) or (asr_fields.is_word(thing) and asr_fields.text(thing)):
        return [thing]
    return _below(thing, depth) or ([thing] if asr_fields.text(thing).strip() else _pair(one))


def is_segment(thing: Object) -> bool:
    """Tell whether an object of a list says something itself, so that its lists (sentences, words) are its pieces."""
    whole = any(isinstance(thing.get(name), list) and thing[name] for name in _WHOLE)
    return not whole and asr_fields.is_attributed(thing) and bool(asr_fields.text(thing))


def _below(thing: Object, depth: int) -> list[Object]:
    """Return the segments in an object's lists, in the first that has any."""
    for name in _LISTS:
        if name not in thing:
            continue
        value = thing[name]
        found = find(value[:1] if name in asr_fields.CHOICES and isinstance(value, list) else value, depth + 1)
        if found and not (name in _OF_WORDS and _is_unattributed(found)):
            return found
    return [] if asr_fields.text(thing).strip() else _unnamed(thing, depth)


def _is_unattributed(found: Sequence[Object]) -> bool:
    """Tell whether these are words and do not say who speaks: the text they are part of says more."""
    return all(asr_fields.is_word(one) for one in found) and all(asr_fields.speaker(one) is None for one in found)


def _unnamed(thing: Object, depth: int) -> list[Object]:
    """Return the segments under a name that is not known here, those with most text."""
    inside = [value for name, value in thing.items() if name not in _LISTS and isinstance(value, list | dict)]
    values = [one for one in thing.values() if isinstance(one, dict)]
    if len(values) == len(thing) > 1 and all(map(is_segment, map(asr_fields.named, values))):
        inside = [values]  # {"0": {"speaker": …}, "1": {…}}
    return max((find(one, depth + 1) for one in inside), key=_length, default=[])


def _length(found: Sequence[Object]) -> int:
    return sum(len(asr_fields.text(one)) for one in found)


def _pair(thing: Object) -> list[Object]:
    """Return a question and its answer as two segments."""
    for names in _PAIRS:
        if all(isinstance(thing.get(name), str) for name in names):
            said = zip(("问", "答"), (thing[name] for name in names), strict=True)
            return [{"speaker": speaker, "text": text} for speaker, text in said if text.strip()]
    return []


def _called(content: Sequence[object]) -> list[Object]:
    """Return the segments of a list in which the speaker is the name: [{"记者": "好吗？"}, {"何苗": "好。"}]."""
    pairs = [next(iter(one.items())) for one in content if isinstance(one, Mapping) and len(one) == 1]
    if len(pairs) < 2 or len(pairs) < len(content):
        return []
    if any(not isinstance(text, str) or text[:1] in "{[" or asr_fields.is_known(name) for name, text in pairs):
        return []
    return [{"speaker": name, "text": text} for name, text in pairs if text.strip()]
