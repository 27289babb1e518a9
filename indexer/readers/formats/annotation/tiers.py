"""Annotation tiers as one script: what files of ELAN, Praat and EXMARaLDA have in common.

    陈米     |几岁下田？|        |怕吗？|          a tier for each person
    罗阿水              |七岁。|        |不怕。|
    陈米-en  |How old … |                           a tier beside one: a translation, glosses, sounds
    备注                      |（鸡叫）|            a tier about all

The tiers of persons are merged in the order of time. What the others have is no speech: it follows the utterance beside
which it stands, as a translation, or as an annotation that names its tier. Which tiers are speech the format says, or
else their names, times and texts: a tier of words repeats that of sentences, one of sounds stands below one of words.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from indexer.readers.script import Line, join_words, stage_direction
from indexer.readers.timestamps import MAX_MILLISECONDS


@dataclass(frozen=True, slots=True)
class Annotation:
    """A text from `place` to `until` on the time line, in milliseconds.

    `start` and `end` are the same, None if the file has no times: `place` then only says the order.
    """

    text: str
    place: float
    until: float
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier: its name, its annotations, and who speaks, "" if only the name tells.

    `spoken` is None if the format does not say whether the tier is speech. `happens` is true if it describes what
    happens meanwhile.
    """

    name: str
    annotations: tuple[Annotation, ...]
    speaker: str = ""
    spoken: bool | None = None
    happens: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TRANSLATIONS = _words("""
    en eng english ft fte fe transl translation translations free
    翻译 译文 译 英文 英译 英语 汉译 意译 直译 普通话 翻譯 譯 譯文 英文 英譯 英語 意譯 直譯 普通話
""")
"""Words in the names of tiers that translate one of speech."""

_BESIDE = _TRANSLATIONS | _words("""
    gloss glosses ge gls glo mb mt ps pos mor gra
    morph morphs morpheme morphemes lemma ipa phon phone phones phoneme phonemes phonetic syl syllable syllables
    pinyin jyutping romanization tone tones f0 pitch prosody
    拼音 注音 音标 国际音标 声母 韵母 声调 音素 音节 词性 词类
    國際音標 聲調 音節 詞性
""")
"""Words in the names of tiers that stand beside one of speech."""

_ABOUT = _words("""
    note notes comment comments com cmt remark remarks gesture gestures gaze action actions noise noises event events
    silence silences music topic topics section sections code codes
    备注 注释 注解 说明 评论 手势 表情 动作 眼神 噪音 噪声 静音 话题 主题 编码 備註 註釋 說明 評論 手勢 動作 話題 主題
""")
"""Words in the names of tiers about what happens."""

_CHINESE_ENDINGS = tuple(word for word in _BESIDE | _ABOUT if not word.isascii())
_OF_TEXT = (
    r"(?:text|texts|txt|tx|utt|utterances?|sentences?|sent|words?|trans|transcripts?|transcriptions?|trs|orth?o?|"
    r"orthography|speech|default|default-lt|tier\s?\d*|ref|segments?|phrases?|labels?|文本|文字|句子|词|字|转写|轉寫|转录|内容|汉字|原文|"
    r"中文|普通话|方言|话语|语料|"
    r"访谈|录音|语音|对话|audio|interview|dialogue?|conversation|recording)"
)
_GENERIC = re.compile(_OF_TEXT, re.IGNORECASE)
_TYPE_AT_SPEAKER = re.compile(r"[^@]{1,20}@(.+)")  # tx@罗阿水
_TYPE_BEHIND = re.compile(rf"(.+?)(?:\s*[\[(（][^\[\](（）)]*[\])）]|\s*[-_/:： ]\s*{_OF_TEXT})", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+")
_PAUSE = re.compile(r"<?(?:sil|silence|sounding|sp|spn|pau|p:?)>?|[#*_\-]+", re.IGNORECASE)
_HAN = re.compile(r"[㐀-鿿𠀀-𲎯]")
_WORD = re.compile(r"[㐀-鿿𠀀-𲎯]{1,4}|[^\s㐀-鿿，。？！；,?!;]{1,20}")
_SENTENCE_END = re.compile(r"[。！？!?…]$")
_MOST = 0.8  # share of annotations that decides what a tier is
_MOST_WORDS = 0.5  # share of the words of other tiers that one which repeats them has at least
_FEW = 6  # annotations below which a tier is not one of words
_MAX_GAP, _MAX_UTTERANCE = 500, 80  # milliseconds between the words of an utterance; characters of one
_MAX_COMPARED, _SAMPLE = 24, 500  # tiers that are compared, and annotations of each; more tiers are not of persons
_TOLERANCE = 20.0  # milliseconds by which the limits of two tiers may differ


def merge(tiers: Sequence[Tier]) -> tuple[Line, ...]:
    """Return the lines of all tiers: speech in the order of time, behind each utterance what stands beside it."""
    filled = [tier for tier in map(_without_blanks, tiers) if tier.annotations]
    spoken = _spoken(filled)
    speech = [(one, tier) for tier in spoken for one in _utterances(tier)]
    speech.sort(key=lambda pair: pair[0].place)
    places = _Places(speech)
    notes: dict[int, list[tuple[Tier, Annotation]]] = defaultdict(list)
    for tier in filled:
        is_speech = any(tier is one for one in spoken)
        for annotation in tier.annotations:
            if not is_speech or _PAUSE.fullmatch(annotation.text):
                notes[places.before(tier, annotation)].append((tier, annotation))
    lines = [*_notes(notes[-1])]
    for index, (annotation, tier) in enumerate(speech):
        lines.append(Line(0, annotation.text, speaker_of(tier) or None, annotation.start, annotation.end))
        lines += _notes(notes[index])
    return tuple(replace(line, number=number) for number, line in enumerate(lines, start=1))


def interpolate(times: Sequence[float | None]) -> list[float | None]:
    """Return times with those that are missing set evenly between their neighbours; None before and after all."""
    result, known = list(times), [index for index, time in enumerate(times) if time is not None]
    for left, right in pairwise(known):
        first, last = times[left] or 0.0, times[right] or 0.0
        for index in range(left + 1, right):
            result[index] = first + (last - first) * (index - left) / (right - left)
    return result


def in_range(time: float | None) -> int | None:
    """Return a time in whole milliseconds, None if it is unknown or none that the index holds."""
    return round(time) if time is not None and 0 <= time <= MAX_MILLISECONDS else None


def speaker_of(tier: Tier) -> str:
    """Return who speaks on a tier: as the format says, or by its name, "" if that only says that it is text."""
    if tier.speaker:
        return tier.speaker
    name = tier.name.strip()
    if match := _TYPE_AT_SPEAKER.fullmatch(name) or _TYPE_BEHIND.fullmatch(name):
        name = match[1]
    return "" if _GENERIC.fullmatch(name) else name


def is_translation(name: str) -> bool:
    """Return whether a tier or a set of annotations is a translation, by its name."""
    return _named(Tier(name, ()), _TRANSLATIONS)


def _without_blanks(tier: Tier) -> Tier:
    """Return a tier with its texts stripped, without blank ones, in the order of time."""
    texts = ((one, " ".join(one.text.split())) for one in tier.annotations)
    kept = (replace(one, text=text) for one, text in texts if text)
    return replace(tier, annotations=tuple(sorted(kept, key=lambda one: one.place)))


def _spoken(tiers: Sequence[Tier]) -> list[Tier]:
    """Return the tiers that are speech; if none looks like it, all that the format does not exclude."""
    possible = [tier for tier in tiers if tier.spoken is not False]
    said = [tier for tier in possible if tier.spoken or not _named(tier, _ABOUT)] or possible
    plain = [tier for tier in said if tier.spoken or not _named(tier, _BESIDE)]
    if len(said) > _MAX_COMPARED:
        return plain or said
    others = [tier for tier in said if not any(tier is one for one in plain)]
    kept = plain + [tier for tier in others if not _is_beside(tier, plain, equal=False)]
    chinese = [tier for tier in kept if _is_chinese(tier)]
    kept = [tier for tier in kept if tier.spoken or _is_chinese(tier) or not _is_beside(tier, chinese, equal=True)]
    for tier in sorted(kept, key=lambda one: -len(one.annotations)):
        coarser = [one for one in kept if one is not tier and len(one.annotations) <= len(tier.annotations)]
        if not tier.spoken and _repeats(tier, coarser):
            kept = [one for one in kept if one is not tier]
    return [tier for tier in tiers if any(tier is one for one in kept)]


def _named(tier: Tier, words: frozenset[str]) -> bool:
    """Return whether the name of a tier, without a speaker's, has one of these words: 罗阿水-en, 罗阿水翻译."""
    name = tier.name.casefold().removeprefix(tier.speaker.casefold())
    endings = tuple(word for word in _CHINESE_ENDINGS if word in words)
    return not words.isdisjoint(_TOKEN.findall(name)) or name.strip(" _-@").endswith(endings)


def _is_chinese(tier: Tier) -> bool:
    """Return whether a tenth of the characters of a tier are Han."""
    text = "".join(one.text for one in tier.annotations)
    return len(_HAN.findall(text)) * 10 > len(text)


def _is_beside(tier: Tier, others: Sequence[Tier], equal: bool) -> bool:
    """Return whether most annotations of a tier are within, or as long as, one of other tiers."""
    return _share(tier, others, lambda one, outer: not equal or abs(one.until - outer.until) <= _TOLERANCE) >= _MOST


def _repeats(tier: Tier, others: Sequence[Tier]) -> bool:
    """Return whether a tier has the words of other tiers again, piece by piece: not just a 对 that they have too."""

    def has_words(one: Annotation, outer: Annotation) -> bool:
        return _bare(one.text) in _bare(outer.text)

    repeated = [other for other in others if _share(tier, [other], has_words) > 0]
    return _length(tier) >= _MOST_WORDS * sum(map(_length, repeated)) and _share(tier, repeated, has_words) >= _MOST


def _length(tier: Tier) -> int:
    return sum(len(one.text) for one in tier.annotations)


def _share(tier: Tier, others: Sequence[Tier], alike: Callable[[Annotation, Annotation], bool]) -> float:
    """Return the share of annotations that are within one of other tiers and alike."""
    sample = tier.annotations[:: max(len(tier.annotations) // _SAMPLE, 1)]
    found: set[int] = set()
    for other in others:
        starts = [one.place for one in other.annotations]
        for number, one in enumerate(sample):
            index = bisect_right(starts, one.place + _TOLERANCE) - 1
            if index >= 0 and one.until <= other.annotations[index].until + _TOLERANCE:
                found |= {number} if alike(one, other.annotations[index]) else set()
    return len(found) / len(sample)


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()


def _utterances(tier: Tier) -> Iterator[Annotation]:
    """Yield the annotations of a tier without pauses; words are joined up to a pause or the end of a sentence."""
    said = [one for one in tier.annotations if not _PAUSE.fullmatch(one.text)]
    words: list[Annotation] = []
    by_word = len(said) >= _FEW and sum(bool(_WORD.fullmatch(one.text)) for one in said) >= _MOST * len(said)
    for one in said:
        if words and (not by_word or _ends(words, one)):
            yield _joined(words)
            words = []
        words.append(one)
    if words:
        yield _joined(words)


def _ends(words: Sequence[Annotation], following: Annotation) -> bool:
    """Return whether an utterance ends before a word."""
    last = words[-1]
    gap = (following.start or 0) - (last.end or 0)
    long = sum(len(word.text) for word in words) > _MAX_UTTERANCE
    return long or gap > _MAX_GAP or bool(_SENTENCE_END.search(last.text))


def _joined(words: Sequence[Annotation]) -> Annotation:
    return replace(words[0], text=join_words(word.text for word in words), until=words[-1].until, end=words[-1].end)


@dataclass(slots=True)
class _Places:
    """Where the utterances stand, of all and of each speaker."""

    speech: Sequence[tuple[Annotation, Tier]]
    _by_speaker: dict[str, tuple[list[float], list[int]]] = field(default_factory=dict)

    def before(self, tier: Tier, annotation: Annotation) -> int:
        """Return the index of the last utterance that begins before an annotation: of its speaker, if that is one."""
        places, indices = self._of(speaker_of(tier))
        if not indices:
            places, indices = self._of("")
        found = bisect_right(places, annotation.place + _TOLERANCE / 4) - 1
        return indices[found] if found >= 0 else -1

    def _of(self, speaker: str) -> tuple[list[float], list[int]]:
        """Return places and indices of the utterances of a speaker, of all for ""."""
        if speaker not in self._by_speaker:
            indices = [index for index, (_, tier) in enumerate(self.speech) if speaker in ("", speaker_of(tier))]
            self._by_speaker[speaker] = [self.speech[index][0].place for index in indices], indices
        return self._by_speaker[speaker]


def _notes(found: Sequence[tuple[Tier, Annotation]]) -> Iterator[Line]:
    """Yield a line for what each tier has: a stage direction, a translation, or an annotation with the tier's name."""
    for _, group in groupby(found, key=lambda pair: id(pair[0])):
        pairs = sorted(group, key=lambda pair: pair[1].place)
        tier, text = pairs[0][0], " ".join(annotation.text for _, annotation in pairs)
        translates = _named(tier, _TRANSLATIONS)
        line = stage_direction(text) if tier.happens else Line(1, text, kind="translation")
        if not (tier.happens or translates):
            line = Line(1, f"{tier.name}: {text}", kind="annotation")
        yield replace(line, start=pairs[0][1].start, end=pairs[-1][1].end)
