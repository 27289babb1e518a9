"""Recordings with a channel for each speaker, as on the telephone: the words of all channels in the order of time.

    Amazon    {"results": {"channel_labels": {"channels": [{"channel_label": "ch_0", "items": [{…}]}]}}}
    Deepgram  {"results": {"channels": [{"alternatives": [{"words": [{"word": "喂", "start": 0.1, "end": 0.3}]}]}]}}

The words of a channel are one utterance up to the end of a sentence or a pause, so that a word of the other channel
does not cut it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from indexer.readers.formats import asr_fields
from indexer.readers.formats.asr_fields import AsrSegment
from indexer.readers.interchange import JsonObject
from indexer.readers.script import join_words

_SENTENCE_END = re.compile(r"[。！？!?…]$|[a-z][.]$", re.IGNORECASE)
_MAX_PAUSE = 1.0  # seconds inside an utterance
_WORD_LISTS = ("items", "words")


def utterances(content: object) -> list[AsrSegment]:
    """Return the utterances of all channels in the order of time, empty if there are not two channels with words."""
    channels = _channels(content)
    named = [(_label(channel, number), _words(channel)) for number, channel in enumerate(channels)]
    if sum(bool(words) for _, words in named) < 2:
        return []
    found = [one for label, words in named for one in _utterances(label, words)]
    return sorted(found, key=lambda one: one.start or 0.0)


def _channels(content: object) -> Sequence[JsonObject]:
    """Return the channels of a result."""
    results = content.get("results") if isinstance(content, Mapping) else None
    if not isinstance(results, Mapping) or results.get("utterances"):
        return ()
    labels = results.get("channel_labels")
    found = labels.get("channels") if isinstance(labels, Mapping) else results.get("channels")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else ()


def _label(channel: JsonObject, number: int) -> str:
    """Return the label of a channel, 说话人 and its number if it has none."""
    label = channel.get("channel_label")
    return label if isinstance(label, str) and label.strip() else f"说话人{number}"


def _words(channel: JsonObject) -> list[AsrSegment]:
    """Return the words of a channel; those with speakers of their own are not for us."""
    alternatives = channel.get("alternatives")
    inner = alternatives[0] if isinstance(alternatives, list) and alternatives else channel
    if not isinstance(inner, Mapping):
        return []
    words = next((value for name in _WORD_LISTS if isinstance(value := inner.get(name), list)), [])
    objects = (asr_fields.with_normalized_keys(word) for word in words if isinstance(word, Mapping))
    found = [asr_fields.parse_segment(word) for word in objects]
    return [] if any(one.speaker for one in found) else [one for one in found if one.text.strip()]


def _utterances(label: str, words: Sequence[AsrSegment]) -> Iterator[AsrSegment]:
    """Yield the utterances of a channel; punctuation has no times."""
    spoken: list[AsrSegment] = []
    for word in words:
        if spoken and _ends(spoken, word):
            yield _joined(label, spoken)
            spoken = []
        spoken.append(word)
    if spoken:
        yield _joined(label, spoken)


def _ends(spoken: Sequence[AsrSegment], following: AsrSegment) -> bool:
    """Return whether an utterance ends before a word."""
    if following.start is None:
        return False
    last = next((word.end for word in reversed(spoken) if word.end is not None), following.start)
    return following.start - last > _MAX_PAUSE or bool(_SENTENCE_END.search(spoken[-1].text))


def _joined(label: str, words: Sequence[AsrSegment]) -> AsrSegment:
    """Return words as one segment."""
    starts = [word.start for word in words if word.start is not None]
    ends = [word.end for word in words if word.end is not None]
    text = join_words(word.text for word in words)
    return AsrSegment(text, label, None, min(starts, default=None), max(ends, default=None))
