"""The end of the body and the start of the footer: credits, copyright, links, advertisements, bylines, biographies."""

import re
from collections.abc import Sequence

from indexer.parser import lexicon, names

_BULLETS = " \t（(【[*◎●■▍-—~～"
_SEPARATOR = re.compile(r"[\s及和与&/、]+")
_KEY_END = re.compile(r"[：:|丨/·]")
_HEADER_KEYS = lexicon.HEADER_KEYS - lexicon.DISCOURSE_MARKERS
_STARTS, _SHORT_STARTS = tuple(lexicon.FOOTER_STARTS), tuple(lexicon.SHORT_FOOTER_STARTS)
_END_MARK = re.compile(r"[（(【\[\-—~～\s]*(?:全文|本文)?(?:完|end|the end|fin)[）)】\]\-—~～\s.。]*")
_AFTERWORD = re.compile(
    r"[#【\[\s]*(?:后记|尾声|写在最后|写在后面|编后记?|结语|(?:采访|记者|访谈|编辑)?(?:手记|后记|札记))[】\]:：\s]*"
)
_STATEMENT = re.compile(r"[^，。、:]{0,8}声明:")  # 新浪声明：…
_KEY_VALUE = re.compile(r"[\s　➤▶►●■◆*•·-]*([^：:，。！？、]{1,8})[：:]\s*(?=\S)(?!.*[。！？!?…])")
_MIN_KEYS = 3  # consecutive lines of key and value that make a block
_SECTION_TITLE = re.compile(r"[【〖][^【】〖〗。！？!?]{3,10}[】〗]")  # 【本期音乐】 after the last label
_SHORT = 30
_NARRATION = re.compile(
    r"(?:采访|访谈|对话|谈话|聊天|专访|发布会|活动|会面)(?:进行|持续|到|在|即将|快|临近)?.{0,8}?(?:结束|最后|尾声|告一段落)"
    r"|临别|临走|告别时|分手时|走出"
)
_BIOGRAPHY = re.compile(  # somebody who talks about their own life says 我
    r"[^我您你]{2,12}[：:，,（(][^我您你。？！]{0,40}?"
    r"(?:\d{4}年.{0,6}?生|[一二][九〇零○][一二三四五六七八九〇零○]{2}年.{0,6}?生|生于|现任|现为|毕业于|著有)[^我您你]*$"
)
_REPORTS_SPEECH = re.compile(r"(?:最后)?(?:说|說|表示|告诉|告訴|坦言|笑|补充|補充|回忆|回憶|认为|認為)")


def start_reason(text: str) -> str:
    """Return the reason why the footer starts with this line, "" if it does not."""
    folded = names.fold(text[:160])
    stripped = folded.lstrip(_BULLETS)
    if _is_credit(stripped):
        return "credits"
    if _SECTION_TITLE.fullmatch(folded) and names.fold(folded.strip("【】〖〗")) not in lexicon.ROLE_WORDS:
        return "a section title"
    short = len(text.strip()) <= _SHORT and folded[-1:] != "。" and stripped.startswith(_SHORT_STARTS)
    if short or stripped.startswith(_STARTS) or _STATEMENT.match(stripped) or _END_MARK.fullmatch(folded):
        return "worded like a footer"
    return ""


def key_value_start(texts: Sequence[str]) -> int:
    """Return the index at which a final block of keys and values starts, the number of lines if there is none.

    采访时间：…, 采访地点：…: all header keys, or at least three lines with one of these, and the title above them.
    """
    start = len(texts)
    while start and _KEY_VALUE.match(texts[start - 1]):
        start -= 1
    if start == len(texts):
        return start
    keys = [names.fold(match[1]) for text in texts[start:] if (match := _KEY_VALUE.match(text))]
    if all(key in _HEADER_KEYS for key in keys):
        return start
    if len(keys) < _MIN_KEYS or _HEADER_KEYS.isdisjoint(keys):
        return len(texts)
    above = texts[start - 1].strip() if start else ""
    return start - (0 < len(above) <= 12 and above[-1] not in '。！？!?…，,；;”」』"')


def _is_credit(folded: str) -> bool:
    """Return whether a line starts with words for credits: 编辑：, 编辑、排版｜, 文/图 ."""
    for key_end in _KEY_END.finditer(folded, 0, 24):
        words = _SEPARATOR.split(folded[: key_end.start()].strip("】])） "))
        if words and all(word in lexicon.CREDIT_KEYS for word in words):
            return True
    return False


def byline_start(text: str) -> int:
    """Return the index of a byline attached to the end of an answer, the length of the text if there is none."""
    if text[-1:] not in "）)】]":
        return len(text)
    cut = max(text.rfind("（"), text.rfind("("), text.rfind("【"), text.rfind("["))
    if cut < 0 or len(text) - cut > 80:
        return len(text)
    inside = names.fold(text[cut + 1 : -1])
    is_flat = not any(bracket in inside for bracket in "（）()【】[]")
    return cut if is_flat and any(word in inside for word in lexicon.BYLINE_WORDS) else len(text)


def is_afterword(text: str) -> bool:
    """Return whether a line is the title of an afterword: 后记, 采访手记."""
    return len(text) <= _SHORT and bool(_AFTERWORD.fullmatch(names.fold(text)))


def is_narration(text: str, guests: tuple[str, ...]) -> bool:
    """Return whether a paragraph without a label is narration again: about the end, or about a speaker by name."""
    if _NARRATION.match(names.fold(text[:40])) or is_afterword(text):
        return True
    return any(_reports_speech_of(text, guest) for guest in guests)


def is_biography(text: str, guests: tuple[str, ...]) -> bool:
    """Return whether a paragraph is a short biography of a speaker: 何苗：1985年生，现任馆长."""
    return any(text.lstrip(_BULLETS).startswith(guest) for guest in guests) and bool(
        _BIOGRAPHY.match(names.fold(text[:120]))
    )


def _reports_speech_of(text: str, guest: str) -> bool:
    """Return whether the start of a paragraph reports the speech of a guest: 采访最后，何苗说…."""
    position = text.find(guest, 0, 20 + len(guest))
    return position >= 0 and bool(_REPORTS_SPEECH.match(text, position + len(guest)))
