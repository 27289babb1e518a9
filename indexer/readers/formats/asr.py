r"""JSON of speech recognition and meeting tools: a line per segment, with its speaker and times.

    Whisper, WhisperX  {"segments": [{"start": 0.0, "end": 4.2, "text": "…", "speaker": "SPEAKER_00"}]}
    whisper.cpp        {"transcription": [{"offsets": {"from": 0, "to": 4200}, "text": "…"}]}
    FunASR             [{"text": "…", "sentence_info": [{"start": 880, "end": 4200, "spk": 0, "text": "…"}]}]
    iFlytek            {"data": "[{\"bg\": \"0\", \"ed\": \"4200\", \"onebest\": \"…\", \"speaker\": \"1\"}]"}
    Tencent Meeting    {"minutes": {"paragraphs": [{"speaker_info": {…}, "sentences": [{"words": [{…}]}]}]}}
    Feishu and others  any list of objects with a text, and speaker and times under common names: Tingwu, Aliyun,
                       Volcengine, Tencent Cloud, Huawei, Baidu, Azure, Amazon, Google, Deepgram, subtitles of Bilibili
    informal           {"question": "…", "answer": "…"}, [{"记者": "…"}, {"何苗": "…"}], an article under `content`

The interchange format of fangtan, one object with `turns`, is taken as it is. Whisper's times are in seconds, the
others' in milliseconds; the speaking rate decides: Mandarin has four to six characters a second, never one in ten
seconds.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.readers import interchange, sniff, timestamped_text
from indexer.readers.formats import asr_channels, asr_fields, asr_segments, asr_speakers, html_page
from indexer.readers.formats.asr_fields import AsrSegment
from indexer.readers.interchange import JsonObject
from indexer.readers.script import Line, Script, join_words, split_lines
from indexer.readers.source import Item, Source
from indexer.readers.timestamps import MAX_MILLISECONDS

_METADATA_KEYS = {
    "title": "title", "topic": "title", "meeting_topic": "title", "subject": "title", "标题": "title",
    "date": "date", "publish_time": "date", "publish_date": "date", "pub_date": "date", "published_at": "date",
    "日期": "date", "author": "author", "authors": "author", "作者": "author", "outlet": "outlet", "media": "outlet",
    "来源": "outlet", "url": "url", "link": "url", "audio": "media", "audio_url": "media", "audio_file": "media",
    "media_url": "media", "recording_url": "media", "video_url": "media",
}  # fmt: skip
_NESTED_METADATA = ("meeting", "data", "meta", "metadata", "info")  # objects that may hold the metadata
_MIN_RATE = 0.14  # characters per unit of time: between 4.5 per second and 4.5 per thousand milliseconds
_MIN_EPOCH = 1e9  # larger times are calendar dates, not positions in a recording
_MODEL_TAG = re.compile(r"<\|[^|<>]{0,24}\|>")  # <|zh|><|NEUTRAL|><|Speech|>: SenseVoice, Whisper
_MAX_METADATA_LENGTH = 300  # characters of a title or an address
_MAX_SEGMENT_LENGTH = 200  # characters of a segment without speaker and times; an article is longer
_ARTICLE_LISTS = ("posts", "articles", "items", "data", "results")  # WordPress, Ghost
_ARTICLE_KEYS = frozenset(name for name, key in _METADATA_KEYS.items() if key not in ("url", "media")) - {"topic"}
_NEXT_STEP = gettext_noop("Supported: Whisper, FunASR, iFlytek, Tencent Meeting and lists of {speaker, text}.")


def parse_values(content: object, source: Source) -> Iterator[Item]:
    """Yield the transcripts or the interview in a JSON value: of a list of articles, each is one."""
    yield from (parse_value(each, source) for each in _articles(content) or (content,))


def _articles(content: object) -> Sequence[JsonObject]:
    """Return the articles in a list, empty if it is one of anything else: each has a title and its text as HTML."""
    if isinstance(content, Mapping):
        content = next((content[key] for key in _ARTICLE_LISTS if isinstance(content.get(key), list)), None)
    found = content if isinstance(content, list) else []
    is_one = (isinstance(thing, Mapping) and _has_title(thing) and _is_html(thing) for thing in found)
    return found if found and all(is_one) else ()


def _has_title(thing: JsonObject) -> bool:
    return any(key == "title" for key, _value in _metadata(thing))


def _is_html(thing: JsonObject) -> bool:
    return sniff.looks_like_html(asr_fields.longest_text(thing))


def parse_value(content: object, source: Source) -> Item:
    """Return the transcript or interview in a JSON value; raise `ReadingError` if there is no text in it."""
    turns = content.get("turns") if isinstance(content, dict) else None
    if isinstance(turns, list) and turns and all(isinstance(turn, dict) and "text" in turn for turn in turns):
        return interchange.parse_item(source.name, content)
    metadata = tuple(_metadata(content))
    segments = asr_channels.utterances(content) or _segments(content)
    if segments and not (len(segments) == 1 and sniff.looks_like_html(segments[0].text)):
        return Script(tuple(segment_lines(segments)), metadata)
    text = asr_fields.longest_text(content) if isinstance(content, dict) else _join_texts(content)
    if not text.strip():
        raise ReadingError(source.name, _("there is no text in it"), next_step=_(_NEXT_STEP))
    if sniff.looks_like_html(text):
        page = html_page.parse_checked(text, source)
        return replace(page, metadata=metadata + page.metadata)
    has_timestamps = timestamped_text.has_timestamps(text)
    return Script(timestamped_text.parse_lines(text) if has_timestamps else split_lines(text), metadata)


def _segments(content: object) -> list[AsrSegment]:
    """Return the segments of ASR output, with the names of their speakers where it lists them."""
    segments = [asr_fields.parse_segment(thing) for thing in asr_segments.find_segments(content)]
    names = asr_speakers.names(content)
    return [one._replace(speaker=names.get(one.speaker, one.speaker)) if one.speaker else one for one in segments]


def is_single_segment(thing: JsonObject) -> bool:
    """Return whether an object is one segment: it has a speaker or times, or only a short text."""
    text = asr_fields.segment_text(thing)
    if thing.keys() & _ARTICLE_KEYS or not text.strip():
        return False
    return asr_segments.is_segment(thing) or (thing.keys() == {"text"} and len(text) <= _MAX_SEGMENT_LENGTH)


def _join_texts(content: object) -> str:
    """Join a list of texts as lines; return a text unchanged."""
    if isinstance(content, list) and all(isinstance(text, str) for text in content):
        return "\n".join(content)
    return content if isinstance(content, str) else ""


def segment_lines(segments: Sequence[AsrSegment]) -> Iterator[Line]:
    """Yield a line per segment, the words of one speaker joined; the channel is the speaker if there is no other."""
    by_channel = not any(segment.speaker for segment in segments) and len({segment.channel for segment in segments}) > 1
    factor = _milliseconds_per_unit(segments)
    first = min((segment.start for segment in segments if segment.start is not None), default=0.0)
    offset = first if first >= _MIN_EPOCH else 0.0
    for number, segment in enumerate(_join_words(segments), start=1):
        start, end = _milliseconds(segment.start, offset, factor), _milliseconds(segment.end, offset, factor)
        label = segment.channel if by_channel else segment.speaker
        for text in _MODEL_TAG.sub("", segment.text).splitlines():
            if text.strip():
                yield Line(number, text.strip(), label, start, end)
        if segment.translation.strip():
            yield Line(number, " ".join(segment.translation.split()), None, start, end, kind="translation")


def _join_words(segments: Iterable[AsrSegment]) -> Iterator[AsrSegment]:
    """Yield the segments, with consecutive words of one speaker joined."""
    words: list[AsrSegment] = []
    for segment in segments:
        if words and not (segment.word and segment.speaker in (words[-1].speaker, None)):
            yield _join(words)
            words = []
        if segment.word:
            words.append(segment if segment.speaker or not words else segment._replace(speaker=words[-1].speaker))
        else:
            yield segment
    if words:
        yield _join(words)


def _join(words: Sequence[AsrSegment]) -> AsrSegment:
    """Join words into one segment, with a space between words in Latin letters."""
    text = join_words(word.text for word in words)
    return words[0]._replace(text=text, end=next((word.end for word in reversed(words) if word.end is not None), None))


def _milliseconds(time: float | None, offset: float, factor: int) -> int | None:
    """Return a time relative to the start of the recording, None if it is out of range."""
    if time is None:
        return None
    milliseconds = round((time - offset) * factor)
    return milliseconds if 0 <= milliseconds <= MAX_MILLISECONDS else None


def _milliseconds_per_unit(segments: Sequence[AsrSegment]) -> int:
    """Return the factor to milliseconds: 1000 if the times are in seconds, else 1."""
    if any(segment.in_milliseconds for segment in segments):
        return 1
    times = [(segment.start, segment.end) for segment in segments]
    duration = sum(end - start for start, end in times if start is not None and end is not None)
    if duration <= 0:
        starts = [start for start, _end in times if start is not None]
        duration = max(starts, default=0.0) - min(starts, default=0.0)
    characters = sum(len("".join(segment.text.split())) for segment in segments)
    return 1 if duration > 0 and characters / duration < _MIN_RATE else 1000


def _metadata(content: object) -> Iterator[tuple[str, str]]:
    """Yield the metadata in the object itself, or in the objects nested in it."""
    if not isinstance(content, Mapping):
        return
    objects = [content, *(content[name] for name in _NESTED_METADATA if isinstance(content.get(name), Mapping))]
    for name, key in _METADATA_KEYS.items():
        value = next((thing[name] for thing in objects if thing.get(name)), None)
        value = value.get("rendered") if isinstance(value, Mapping) else value
        for text in value if isinstance(value, list) else (value,):
            if isinstance(text, str) and 0 < len(text.strip()) <= _MAX_METADATA_LENGTH:
                yield key, text.strip()
