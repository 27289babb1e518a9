r"""JSON as speech recognisers and meeting tools write it: a segment a line, with its speaker and its times.

    Whisper, WhisperX  {"segments": [{"start": 0.0, "end": 4.2, "text": "…", "speaker": "SPEAKER_00"}]}
    whisper.cpp        {"transcription": [{"offsets": {"from": 0, "to": 4200}, "text": "…"}]}
    FunASR             [{"text": "…", "sentence_info": [{"start": 880, "end": 4200, "spk": 0, "text": "…"}]}]
    iFlytek            {"data": "[{\"bg\": \"0\", \"ed\": \"4200\", \"onebest\": \"…\", \"speaker\": \"1\"}]"}
    Tencent Meeting    {"minutes": {"paragraphs": [{"speaker_info": {…}, "sentences": [{"words": [{…}]}]}]}}
    Feishu and others  any list of objects with a text, and under usual names a speaker and times: Tingwu, Aliyun,
                       Volcengine, Tencent Cloud, Huawei, Baidu, Azure, Amazon, Google, Deepgram, subtitles of Bilibili
    people's own       {"question": "…", "answer": "…"}, [{"记者": "…"}, {"何苗": "…"}], an article under `content`

The interchange of fangtan itself, one object with `turns`, is taken as it is. Whisper's times are seconds, the others'
milliseconds; they are told apart by how fast somebody would have to speak: Mandarin has four to six characters a
second, never one in ten seconds.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.errors import ReadingError
from indexer.readers import interchange, sniff, timestamped_text
from indexer.readers.formats import asr_fields, asr_segments, html_page
from indexer.readers.formats.asr_fields import Said
from indexer.readers.script import Line, Script, split_lines
from indexer.readers.source import Item, Source
from indexer.readers.timestamps import LATEST

_HEAD = {
    "title": "title", "topic": "title", "meeting_topic": "title", "subject": "title", "标题": "title",
    "date": "date", "publish_time": "date", "publish_date": "date", "pub_date": "date", "published_at": "date",
    "日期": "date", "author": "author", "authors": "author", "作者": "author", "outlet": "outlet", "media": "outlet",
    "来源": "outlet", "url": "url", "link": "url",
}  # fmt: skip
_AROUND = ("meeting", "data", "meta", "metadata", "info")  # objects that hold it in place of the whole one
_SLOWEST = 0.14  # characters a unit of time: between 4.5 a second and 4.5 a thousand milliseconds
_EPOCH = 1e9  # times from here on are moments of the calendar, not places in a recording
_LONGEST = 300  # characters of a title or an address
_ONE_THING = 200  # characters of a line that is one thing said; an article is longer
_TITLES = frozenset(_HEAD) - {"topic", "url", "link"}
_NEXT_STEP = "Whisper, FunASR, iFlytek, Tencent Meeting and lists of {speaker, text} are read."


def item(content: object, source: Source) -> Item:
    """Return what a JSON value holds; raise `ReadingError` where there is no text in it."""
    given = content.get("turns") if isinstance(content, dict) else None
    if isinstance(given, list) and given and all(isinstance(one, dict) and "text" in one for one in given):
        return interchange.item(source.name, content)
    meta = tuple(_meta(content))
    found = asr_segments.find(content)
    if found:
        return Script(tuple(lines([asr_fields.said(one) for one in found])), meta)
    text = asr_fields.longest(content) if isinstance(content, dict) else _joined(content)
    if not text.strip():
        raise ReadingError(source.name, "no text is found in it", next_step=_NEXT_STEP)
    if sniff.looks_marked_up(text):
        page = html_page.checked(text, source)
        return replace(page, meta=meta + page.meta)
    return Script(timestamped_text.lines(text) if timestamped_text.is_stamped(text) else split_lines(text), meta)


def says_one_thing(thing: asr_fields.Object) -> bool:
    """Tell whether an object is one segment, not a transcript: it says who speaks or when, or is a short text alone."""
    if thing.keys() & _TITLES or not asr_fields.text(thing).strip():
        return False
    return asr_segments.is_segment(thing) or (thing.keys() == {"text"} and len(asr_fields.text(thing)) <= _ONE_THING)


def _joined(content: object) -> str:
    """Return a list of texts as lines, a text as it is."""
    if isinstance(content, list) and all(isinstance(one, str) for one in content):
        return "\n".join(content)
    return content if isinstance(content, str) else ""


def lines(found: Sequence[Said]) -> Iterator[Line]:
    """Yield a line a segment, words of one speaker as one; the channel is the speaker where only it tells them."""
    by_channel = not any(one.speaker for one in found) and len({one.channel for one in found}) > 1
    factor = _factor(found)
    first = min((one.start for one in found if one.start is not None), default=0.0)
    base = first if first >= _EPOCH else 0.0
    for number, one in enumerate(_sentences(found), start=1):
        start, end = _milliseconds(one.start, base, factor), _milliseconds(one.end, base, factor)
        label = one.channel if by_channel else one.speaker
        for text in one.text.splitlines():
            if text.strip():
                yield Line(number, text.strip(), label, start, end)


def _sentences(found: Iterable[Said]) -> Iterator[Said]:
    """Yield the segments, words that one speaker says after each other put together."""
    open_: list[Said] = []
    for one in found:
        if open_ and not (one.word and one.speaker in (open_[-1].speaker, None)):
            yield _sentence(open_)
            open_ = []
        if one.word:
            open_.append(one if one.speaker or not open_ else one._replace(speaker=open_[-1].speaker))
        else:
            yield one
    if open_:
        yield _sentence(open_)


def _sentence(words: Sequence[Said]) -> Said:
    """Return words as one segment, with a space between those of letters."""
    text = ""
    for word in words:
        apart = text[-1:].isascii() and text[-1:].strip() and word.text[:1].isascii() and word.text[:1].isalnum()
        text += f" {word.text}" if apart else word.text
    return words[0]._replace(text=text, end=next((one.end for one in reversed(words) if one.end is not None), None))


def _milliseconds(time: float | None, base: float, factor: int) -> int | None:
    """Return a time from the beginning of the recording; None for one that no recording has."""
    if time is None:
        return None
    whole = round((time - base) * factor)
    return whole if 0 <= whole <= LATEST else None


def _factor(found: Sequence[Said]) -> int:
    """Return what makes the times milliseconds: 1000 where they are seconds, 1 where they are already."""
    if any(one.in_milliseconds for one in found):
        return 1
    lasting = sum(one.end - one.start for one in found if one.start is not None and one.end is not None)
    if lasting <= 0:
        starts = [one.start for one in found if one.start is not None]
        lasting = max(starts, default=0.0) - min(starts, default=0.0)
    spoken = sum(len("".join(one.text.split())) for one in found)
    return 1 if lasting > 0 and spoken / lasting < _SLOWEST else 1000


def _meta(content: object) -> Iterator[tuple[str, str]]:
    """Yield what the object's own keys, or those of its head, say of the transcript."""
    if not isinstance(content, Mapping):
        return
    heads = [content, *(content[name] for name in _AROUND if isinstance(content.get(name), Mapping))]
    for name, key in _HEAD.items():
        value = next((head[name] for head in heads if head.get(name)), None)
        for one in value if isinstance(value, list) else (value,):
            if isinstance(one, str) and 0 < len(one.strip()) <= _LONGEST:
                yield key, one.strip()
