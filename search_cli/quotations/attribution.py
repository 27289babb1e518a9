"""The speaker to whom an article attributes a quotation, from the sentence around it. Pure.

郑志昊表示：“…”        “…”，郑志昊说。        邵启年对郑志昊说：“…” (邵启年)        “…”这是郑志昊的话
"""

import re
from collections.abc import Iterable, Mapping

from indexer.text.normalize import fold, normalize
from search_cli.models import SpokenTurn
from search_cli.quotations.quotation import Quotation
from search_cli.search.known_names import KnownNames, speakers_named

SpeakersByName = Mapping[str, tuple[str, ...]]
"""A name in normal form, or a part of it before or after a point -> the speakers of that name in the archive."""

_GENERIC_LABELS = """
记者 本刊记者 主持人 主持 嘉宾 主席 旁白 提问者 提问 观众 网友 听众 现场 媒体 问 答 受访者 采访者 编辑 译者
"""
_NOBODY = frozenset(_GENERIC_LABELS.split())
_SAYS = (
    "说|表示|称|认为|指出|强调|回应|回答|答道|透露|坦言|介绍|谈到|提到|直言|补充|解释|写道|告诉|(?<!报)道|讲|看来|表态|承认|感叹|回忆|"
    "总结|反问|追问|问|建议|呼吁|宣布|评价|形容|所言"
)
_LEADS = re.compile(rf"(?:[：:]|(?:{_SAYS})[了过着]?[，,]?|告诉[^，,：:]{{1,8}}[，,]?)\s*$")
_FOLLOWS = re.compile(rf"[^，,、：:]{{0,12}}?(?:{_SAYS})")
_SPOKEN_TO = re.compile(r"(?:对|向|跟|告诉|问)$")
_LONGEST = 32  # characters of a name; of longer ones a part is found: 乔丹
_SAYS_NEXT = re.compile(rf"{_SAYS}|对|向|:")
_NAME = re.compile(r"(?![小老阿].$)(?!.{1,2}(?:先生|女士|小姐|老师|教授|主任|医生|总|导|姐|哥)$)[^\W\d_]{2,4}")
_ENDED = re.compile(r"[。！？!?…]\s*$")


def speakers_by_name(known: KnownNames) -> SpeakersByName:
    """Map the names by which an article may call a speaker; generic labels such as 记者 are left out."""
    speakers = known.names.get("speaker", ())
    words = {word for name in speakers for word in (fold(name), *re.split(r"[\s·•・.]+", normalize(name).text))}
    named = speakers_named((word for word in words if len(word) > 1 and word not in _NOBODY), known)
    return {word: speakers for word, speakers in named.items() if not word.endswith("记者")}


def attributed_speakers(quotation: Quotation, named: SpeakersByName) -> tuple[str, ...]:
    """Return the speakers that the sentence around a quotation names; none if it names none."""
    lead, tail = (normalize(text).text for text in (quotation.before, quotation.after))
    leading, trailing = list(_names_in(lead, named)), list(_names_in(tail, named))
    if _LEADS.search(lead):
        saying = [word for word, end in leading if _FOLLOWS.match(lead, end) or lead[end:].strip() in {":", ""}]
        return _speakers(saying or [word for word, _ in leading], named)
    spoken = [word for word, end in trailing[:1] if _FOLLOWS.match(tail, end) and tail.strip(" ,，")[:1] == word[:1]]
    if spoken or _ENDED.search(quotation.text):  # the text after the end of a sentence is not about the quotation
        return _speakers(spoken or [word for word, _ in leading], named)
    return _speakers([word for word, _ in leading + trailing], named)


def attributed_person(quotation: Quotation) -> tuple[str, ...]:
    """Return the person that the sentence around a quotation names, in the archive or not; none if it names none.

    Only names that jieba tags as such (nr) before a verb of saying: 马化腾表示：, not 白宫发言人表示：. 陈先生 and 小王
    may be anybody, even a speaker of the archive.
    """
    from rjieba import tag

    lead, tail = (normalize(text).text for text in (quotation.before, quotation.after))
    words = tag(lead) if _LEADS.search(lead) else tag(tail.strip(" ,"))[:2]
    around = zip(("", *(word for word, _ in words)), words, (word for word, _ in words[1:]), strict=False)
    people = [
        word
        for before, (word, kind), after in around
        if kind == "nr" and _NAME.fullmatch(word) and _SAYS_NEXT.fullmatch(after) and not _SPOKEN_TO.search(before)
    ]
    return tuple(people[-1:])


def is_spoken_by(turn: SpokenTurn, speakers: Iterable[str]) -> bool:
    """Tell whether one of these speakers speaks a turn, by name or by printed label."""
    own = {fold(turn.speaker), fold(turn.label)} - {""}
    return any(fold(name) in own for name in speakers)


def _speakers(words: Iterable[str], named: SpeakersByName) -> tuple[str, ...]:
    return tuple(dict.fromkeys(speaker for word in words for speaker in named[word]))


def _names_in(text: str, named: SpeakersByName) -> Iterable[tuple[str, int]]:
    """Yield the names in a text with their ends, the longest at each offset; not the people spoken to."""
    place = 0
    while place < len(text):
        sizes = range(min(_LONGEST, len(text) - place), 1, -1)
        word = next((text[place : place + size] for size in sizes if text[place : place + size] in named), "")
        if word and not _cut(text, place, place + len(word)) and not _SPOKEN_TO.search(text[:place]):
            yield word, place + len(word)
        place += len(word) or 1


def _cut(text: str, start: int, end: int) -> bool:
    """Tell whether a Latin name is part of a longer word."""
    around = (text[max(start - 1, 0) : start + 1], text[end - 1 : end + 1])
    return any(len(pair) == 2 and pair.isascii() and pair.isalpha() for pair in around)
