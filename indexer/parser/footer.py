"""Where the talk ends and the tail begins: credits, copyright, links, advertisements, signatures, biographies."""

import re
from collections.abc import Sequence

from indexer.parser import lexicon, names

_SIGNS = " \t（(【[*◎●■▍-—~～"
_PARTS = re.compile(r"[\s及和与&/、]+")
_KEY_ENDS = re.compile(r"[：:|丨/·]")
_HEAD = lexicon.HEAD - lexicon.CONNECTING
_STARTS, _SHORT_STARTS = tuple(lexicon.TAIL_STARTS), tuple(lexicon.TAIL_SHORT_STARTS)
_ENDS_HERE = re.compile(r"[（(【\[\-—~～\s]*(?:全文|本文)?(?:完|end|the end|fin)[）)】\]\-—~～\s.。]*")
_AFTERWORD = re.compile(
    r"[#【\[\s]*(?:后记|尾声|写在最后|写在后面|编后记?|结语|(?:采访|记者|访谈|编辑)?(?:手记|后记|札记))[】\]:：\s]*"
)
_STATEMENT = re.compile(r"[^，。、:]{0,8}声明:")  # 新浪声明：…
_VALUE = re.compile(r"[\s　➤▶►●■◆*•·-]*([^：:，。！？、]{1,8})[：:]\s*(?=\S)(?!.*[。！？!?…])")
_FEW = 3  # keys with a value below each other that make a block of them
_RUBRIC = re.compile(r"[【〖][^【】〖〗。！？!?]{3,10}[】〗]")  # 【本期音乐】 after the last label
_SHORT = 30
_NARRATES = re.compile(
    r"(?:采访|访谈|对话|谈话|聊天|专访|发布会|活动|会面)(?:进行|持续|到|在|即将|快|临近)?.{0,8}?(?:结束|最后|尾声|告一段落)"
    r"|临别|临走|告别时|分手时|走出"
)
_LIFE = re.compile(  # a person who says so of himself says 我
    r"[^我您你]{2,12}[：:，,（(][^我您你。？！]{0,40}?"
    r"(?:\d{4}年.{0,6}?生|[一二][九〇零○][一二三四五六七八九〇零○]{2}年.{0,6}?生|生于|现任|现为|毕业于|著有)[^我您你]*$"
)
_TOLD = re.compile(r"(?:最后)?(?:说|說|表示|告诉|告訴|坦言|笑|补充|補充|回忆|回憶|认为|認為)")


def begins(text: str) -> str:
    """Return why the tail begins with this line, "" where it does not."""
    folded = names.fold(text[:160])
    bare = folded.lstrip(_SIGNS)
    if _is_keyed(bare):
        return "credits"
    if _RUBRIC.fullmatch(folded) and names.fold(folded.strip("【】〖〗")) not in lexicon.ROLES:
        return "a rubric of its own"
    short = len(text.strip()) <= _SHORT and folded[-1:] != "。" and bare.startswith(_SHORT_STARTS)
    if short or bare.startswith(_STARTS) or _STATEMENT.match(bare) or _ENDS_HERE.fullmatch(folded):
        return "worded as a tail is"
    return ""


def block(texts: Sequence[str]) -> int:
    """Return where a block of keys and values at the end of a text begins, its length where there is none.

    采访时间：…, 采访地点：…: all of them words of a head, or three lines of any such kind, with the line over them.
    """
    place = len(texts)
    while place and (found := _VALUE.match(texts[place - 1])):
        place -= 1
    if place == len(texts):
        return place
    keys = [names.fold(found[1]) for text in texts[place:] if (found := _VALUE.match(text))]
    if all(key in _HEAD for key in keys):
        return place
    if len(keys) < _FEW or _HEAD.isdisjoint(keys):
        return len(texts)
    over = texts[place - 1].strip() if place else ""
    return place - (0 < len(over) <= 12 and over[-1] not in '。！？!?…，,；;”」』"')


def _is_keyed(folded: str) -> bool:
    """Tell whether a line begins with words for credits: 编辑：, 编辑、排版｜, 文/图 ."""
    for end in _KEY_ENDS.finditer(folded, 0, 24):
        words = _PARTS.split(folded[: end.start()].strip("】])） "))
        if words and all(word in lexicon.TAIL_KEYS for word in words):
            return True
    return False


def byline(text: str) -> int:
    """Return where a byline glued to the end of an answer begins, the length of the text where there is none."""
    if text[-1:] not in "）)】]":
        return len(text)
    cut = max(text.rfind("（"), text.rfind("("), text.rfind("【"), text.rfind("["))
    if cut < 0 or len(text) - cut > 80:
        return len(text)
    inside = names.fold(text[cut + 1 : -1])
    plain = not any(sign in inside for sign in "（）()【】[]")
    return cut if plain and any(part in inside for part in lexicon.BYLINE_PARTS) else len(text)


def is_afterword(text: str) -> bool:
    """Tell whether a line heads the writer's own words after the talk: 后记, 采访手记."""
    return len(text) <= _SHORT and bool(_AFTERWORD.fullmatch(names.fold(text)))


def narrates(text: str, guests: tuple[str, ...]) -> bool:
    """Tell whether a paragraph without a label is the writer's again: it tells of the end, or of a speaker by name."""
    if _NARRATES.match(names.fold(text[:40])) or is_afterword(text):
        return True
    return any(_tells_of(text, guest) for guest in guests)


def is_biography(text: str, guests: tuple[str, ...]) -> bool:
    """Tell whether a paragraph is a speaker's life in a few words, which nobody says: 何苗：1985年生，现任馆长."""
    return any(text.lstrip(_SIGNS).startswith(guest) for guest in guests) and bool(_LIFE.match(names.fold(text[:120])))


def _tells_of(text: str, guest: str) -> bool:
    """Tell whether a paragraph reports near its beginning what somebody said: 采访最后，何苗说…."""
    place = text.find(guest, 0, 20 + len(guest))
    return place >= 0 and bool(_TOLD.match(text, place + len(guest)))
