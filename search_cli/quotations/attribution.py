"""Whom an article names as the one who said it: the archive's speakers in the sentence around a quotation. Pure.

郑志昊表示：“…”        “…”，郑志昊说。        邵启年对郑志昊说：“…” (邵启年)        “…”这是郑志昊的话
"""

import re
from collections.abc import Iterable, Mapping

from indexer.text.normalize import fold, normalize
from search_cli.models import SpokenTurn
from search_cli.quotations.quotation import Quotation
from search_cli.search.known_names import KnownNames, speakers_named

Names = Mapping[str, tuple[str, ...]]
"""A name in normal form, or a part of one that a point sets off -> the archive's speakers of that name."""

_CALLINGS = """
记者 本刊记者 主持人 主持 嘉宾 主席 旁白 提问者 提问 观众 网友 听众 现场 媒体 问 答 受访者 采访者 编辑 译者
"""
_NOBODY = frozenset(_CALLINGS.split())
_SAYS = (
    "说|表示|称|认为|指出|强调|回应|回答|答道|透露|坦言|介绍|谈到|提到|直言|补充|解释|写道|告诉|(?<!报)道|讲|看来|表态|承认|感叹|回忆|"
    "总结|反问|追问|问|建议|呼吁|宣布|评价|形容|所言"
)
_LEADS = re.compile(rf"(?:[：:]|(?:{_SAYS})[了过着]?[，,]?|告诉[^，,：:]{{1,8}}[，,]?)\s*$")
_FOLLOWS = re.compile(rf"[^，,、：:]{{0,12}}?(?:{_SAYS})")
_SPOKEN_TO = re.compile(r"(?:对|向|跟|告诉|问)$")
_LONGEST = 32  # characters of a name; 乔丹 is found in a longer one
_SAYS_NEXT = re.compile(rf"{_SAYS}|对|向|:")
_NAME = re.compile(r"(?![小老阿].$)(?!.{1,2}(?:先生|女士|小姐|老师|教授|主任|医生|总|导|姐|哥)$)[^\W\d_]{2,4}")
_ENDED = re.compile(r"[。！？!?…]\s*$")


def names(known: KnownNames) -> Names:
    """Return the speakers by what an article may call them; what a transcript calls nobody in particular left out."""
    found = known.names.get("speaker", ())
    words = {word for name in found for word in (fold(name), *re.split(r"[\s·•・.]+", normalize(name).text))}
    named = speakers_named((word for word in words if len(word) > 1 and word not in _NOBODY), known)
    return {word: speakers for word, speakers in named.items() if not word.endswith("记者")}


def said_by(quotation: Quotation, named: Names) -> tuple[str, ...]:
    """Return the speakers one of whom said it, as the sentence around a quotation tells; none where it tells none."""
    lead, tail = (normalize(text).text for text in (quotation.before, quotation.after))
    leading, trailing = list(_standing(lead, named)), list(_standing(tail, named))
    if _LEADS.search(lead):
        saying = [word for word, end in leading if _FOLLOWS.match(lead, end) or lead[end:].strip() in {":", ""}]
        return _speakers(saying or [word for word, _ in leading], named)
    spoken = [word for word, end in trailing[:1] if _FOLLOWS.match(tail, end) and tail.strip(" ,，")[:1] == word[:1]]
    if spoken or _ENDED.search(quotation.text):  # a quotation that ends its sentence ends what is said around it
        return _speakers(spoken or [word for word, _ in leading], named)
    return _speakers([word for word, _ in leading + trailing], named)


def stranger(quotation: Quotation) -> tuple[str, ...]:
    """Return the person whom the sentence names as the one who said it, known to the archive or not; none if nobody.

    Only a name that jieba tags as one (nr) and that says something: 马化腾表示：, not 白宫发言人表示：. 陈先生 and 小王
    may be anybody, also one whom the archive knows by the whole name.
    """
    from rjieba import tag

    lead, tail = (normalize(text).text for text in (quotation.before, quotation.after))
    words = tag(lead) if _LEADS.search(lead) else tag(tail.strip(" ,"))[:2]
    around = zip(("", *(word for word, _ in words)), words, (word for word, _ in words[1:]), strict=False)
    found = [
        word
        for before, (word, kind), after in around
        if kind == "nr" and _NAME.fullmatch(word) and _SAYS_NEXT.fullmatch(after) and not _SPOKEN_TO.search(before)
    ]
    return tuple(found[-1:])


def spoken_by(turn: SpokenTurn, speakers: Iterable[str]) -> bool:
    """Say whether one of some speakers says a turn, by the name or by the printed label."""
    own = {fold(turn.speaker), fold(turn.label)} - {""}
    return any(fold(name) in own for name in speakers)


def _speakers(words: Iterable[str], named: Names) -> tuple[str, ...]:
    return tuple(dict.fromkeys(speaker for word in words for speaker in named[word]))


def _standing(text: str, named: Names) -> Iterable[tuple[str, int]]:
    """Yield the names in a text with their ends, the longest at each place; not those who are spoken to."""
    place = 0
    while place < len(text):
        sizes = range(min(_LONGEST, len(text) - place), 1, -1)
        word = next((text[place : place + size] for size in sizes if text[place : place + size] in named), "")
        if word and not _cut(text, place, place + len(word)) and not _SPOKEN_TO.search(text[:place]):
            yield word, place + len(word)
        place += len(word) or 1


def _cut(text: str, start: int, end: int) -> bool:
    """Say whether a Latin name is part of a longer word."""
    around = (text[max(start - 1, 0) : start + 1], text[end - 1 : end + 1])
    return any(len(pair) == 2 and pair.isascii() and pair.isalpha() for pair in around)
