"""Speakers' names: as they are printed, as turns are grouped by them, and how much they look like a name."""

import re
from functools import lru_cache

from indexer.language.normal import normalise
from indexer.parsing import lexicon

_CJK = "㐀-鿿"
_GIVEN = f"[{_CJK}]"
_NEVER = lexicon.NOT_NAMES | lexicon.CONNECTING | lexicon.HEAD
_NO_GIVEN = frozenset("的了是在和与也就都这那我你他她们说个吗呢吧啊不没会能把被让给对")
PERSON = f"(?:{'|'.join(lexicon.COMPOUND_SURNAMES)}|[{''.join(lexicon.SURNAMES)}]){_GIVEN}{{1,2}}"
"""A Chinese person's name as a pattern, in normal form."""
_PERSON = re.compile(PERSON)
_MEMBER = re.compile(
    f"[{''.join(lexicon.SURNAMES)}]副?(?:{lexicon.alternatives(lexicon.OFFICES)}){_GIVEN}{{1,2}}"
)  # 林委员子伦
_AGENCY = re.compile(r".{2,19}[部会局署处司院所厅办社]")
_ATTENDING = re.compile(r"(?:出席|列席|缺席|与会|参会|请假)")
_RUBRIC = re.compile(
    r"(?:报道|综合|访谈|专访|快讯|独家|摘要|提示|讯|视频|图集|直播|实录|简介|介绍|要点|金句|话题|主题|议题|环节|背景|花絮|点评|观点|"
    r"全文|原文|更多|推荐|公告|通知|活动|福利|预告|回顾|声明|版权|须知|小贴士|手记|后记|按|链接|阅读|时间轴|目录|关键词|内容|重点)$"
)
_LATIN = re.compile(r"[a-z][\w.'’\-]*(?: [a-z0-9][\w.'’\-]*){0,3}")
_FOREIGN = re.compile(rf"[{_CJK}]{{1,8}}(?:[·‧•・][{_CJK}a-z.]{{1,10}}){{1,3}}")
_MACHINE = re.compile(r"(?:说话人|发言人|讲话人|演讲者|讲者|用户|声音|speaker|spk)[ _-]?(?:\d{1,3}|[a-z])")
_OFFICE = "|".join(sorted(lexicon.OFFICES, key=len, reverse=True))
_OFFICE_LAST = re.compile(f"(?:{_OFFICE})$")
_OFFICE_THEN_NAME = re.compile(f"(.*(?:{_OFFICE}))({_PERSON.pattern})")
_SURNAME_FIRST = re.compile(f"(?:.{{3,}}[处署局部会院])?[{''.join(lexicon.SURNAMES)}]副?(?:{_OFFICE})")  # 杜委员文苓
_OUTLET = re.compile(f"(?:{'|'.join(sorted(lexicon.OUTLETS, key=len, reverse=True))})$")
_CLAUSE_END = re.compile(f"(?:{'|'.join(sorted(lexicon.CLAUSE_ENDS, key=len, reverse=True))})$")
_CLAUSE_PART = re.compile("|".join(sorted(lexicon.CLAUSE_PARTS, key=len, reverse=True)))
_NOTE = re.compile(r"\s*[（(\[【]([^（()）【】\[\]]*)[)）\]】]$")
AROUND = "【】[]［］〔〕〖〗《》<>〈〉*_#|｜：: 　\t\u200b\ufeff\xa0"
"""What may stand around a name without being part of it."""

_BRACKETS = re.compile(r"[【】\[\]《》〈〉]")
_NO_OFFICE = re.compile(r"(?:大?笑|微笑|苦笑|哭|补充(?:说明)?|插话|续|译文|英文|中文|以下简称.*|下称.*|简称.*|.?)")
_SPACE_BESIDE_CJK = re.compile(rf"(?<=[{_CJK}·‧•・])\s+|\s+(?=[{_CJK}·‧•・])|(?<=[{_CJK}])\s+(?=\d)")
_SENTENCE = re.compile(r"[。！？!?…；~～]|[^\d.]\.\s*$")
_VALUE_PART = re.compile(r"[\s,，、/|（(]+")
_AMOUNT = re.compile(r"[\d.,:：/%年月日至约~\-\s]+.{0,4}")
_NUMBER_LAST = re.compile(r"(?:(?<=^[QAqa问答])|(?<=^问题))\s*[\d一二三四五六七八九十]{1,3}$")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return a name as it is compared and looked up: Simplified, half-width, small letters, no spaces beside Han."""
    return _SPACE_BESIDE_CJK.sub("", normalise(text.strip()).text)


@lru_cache(maxsize=4096)
def parted(printed: str) -> tuple[str, str]:
    """Return the speaker's name and the office printed beside it: 交通运输部副部长 方成 gives 方成 and the office.

    An office without a name stays as it is (主席, 总台央视记者); so does one behind the name, which is how members are
    called (梁國雄議員). Padded names are closed up (何　苗), question numbers go (Q1).
    """
    text, note = printed.strip(AROUND), ""
    if text[:1] in "“‘「『\"'" and text[-1:] in "”’」』\"'":
        text = text[1:-1]
    if (found := _NOTE.search(text)) and found.start():
        text, note = text[: found.start()].rstrip(AROUND), found[1].strip()
    name, office = _office_first(_BRACKETS.sub("", text))
    name = _NUMBER_LAST.sub("", closed_up(name.strip(AROUND)))
    return name, office or ("" if _NO_OFFICE.fullmatch(fold(note)) or fold(name) in lexicon.ROLES else note)


def _office_first(text: str) -> tuple[str, str]:
    """Return name and office of a text in which the office comes first; the whole text where it does not."""
    pieces = text.split()
    for count in (1, 2):  # one piece, or a padded name of two
        name, rest = "".join(pieces[-count:]), " ".join(pieces[:-count])
        padded = count == 1 or all(len(piece) == 1 for piece in pieces[-2:])
        if rest and padded and is_person(fold(name)) and ends_with_office(fold(rest)):
            return name, rest
    folded = fold(text)
    known = folded in lexicon.HEAD or folded in lexicon.CONNECTING or folded in lexicon.TAIL_KEYS
    found = _OFFICE_THEN_NAME.fullmatch(folded) if len(folded) == len(text) and not known else None
    if found and _can_be_given(found[2]) and not _SURNAME_FIRST.fullmatch(found[1]):
        return text[found.start(2) :], text[: found.end(1)].strip(AROUND)
    return text, ""


def closed_up(name: str) -> str:
    """Return a name without the spaces that only set it: 何　苗, 说话人 3, 苏珊 · 林; Audrey Tang keeps its one."""
    return _SPACE_BESIDE_CJK.sub("", " ".join(name.split()))


def is_machine(printed: str) -> bool:
    """Tell whether a label is one that a machine gives: 说话人1, Speaker 2."""
    return bool(_MACHINE.fullmatch(fold(printed)))


def is_person(folded: str) -> bool:
    """Tell whether a folded text is built as a person's name: surname and one or two characters, or a foreign name."""
    return bool(_FOREIGN.fullmatch(folded)) or bool(_PERSON.fullmatch(folded) and _can_be_given(folded))


def ends_with_office(folded: str) -> bool:
    """Tell whether a folded text ends with an office: 市水务局局长, 经济日报记者."""
    return bool(_OFFICE_LAST.search(folded))


def is_value(text: str) -> bool:
    """Tell whether a text after a colon names somebody or counts something: 曹淑敏 …研究院, 90人; not 好的."""
    text = text.strip()
    if not text or len(text) > 80 or _SENTENCE.search(text):
        return False
    if _AMOUNT.fullmatch(fold(text)) or ends_with_office(fold(text)):
        return True
    parts = _VALUE_PART.split(text)
    return any(is_person(fold(parted(part)[0])) for part in (parts[0], parts[-1], text))


def _can_be_given(name: str) -> bool:
    return _NO_GIVEN.isdisjoint(name[1:]) and name not in _NEVER


@lru_cache(maxsize=4096)
def likeness(name: str) -> tuple[float, str]:
    """Return how much a name looks like a speaker's, from -6 (one of the words that never are) to 3, and the reason."""
    folded = fold(name)
    if folded in lexicon.ROLES or _MACHINE.fullmatch(folded):
        return 3.0, "names a part in a conversation"
    if folded in lexicon.CONNECTING:
        return -6.0, "opens an enumeration or a remark"
    if folded in lexicon.HEAD or _ATTENDING.match(folded):
        return -4.0, "heads head or tail matter"
    if not re.search(rf"[{_CJK}a-z]", folded):
        return -6.0, "has no letter"
    if _RUBRIC.search(folded) and folded not in lexicon.OUTLETS:
        return -4.0, "names a rubric"
    if _MEMBER.fullmatch(folded) or any(is_person(part) for part in re.split("[、和与&/]", folded)):
        return 2.0, "built as a person's name"
    return _by_ending(folded)


def _by_ending(folded: str) -> tuple[float, str]:
    """Return the likeness of a name that is neither a known word nor a person's."""
    if _OFFICE_LAST.search(folded) and len(folded) <= 20 and not _CLAUSE_PART.search(folded):
        return 2.0, "ends with an office"
    if _LATIN.fullmatch(folded):
        return (1.0, "a short word in Latin letters") if len(folded) <= 24 else (-2.0, "a phrase in Latin letters")
    if _CLAUSE_PART.search(folded) or (_CLAUSE_END.search(folded) and len(folded) > 2):
        return -4.0, "reads like a clause"
    if _OUTLET.search(folded) and len(folded) <= 14:
        return 1.5, "ends as a medium's name does"
    if _AGENCY.fullmatch(folded):
        return 1.0, "ends as an agency's name does"
    if len(folded) <= 3:
        return 1.0, "short"
    return (0.0, "a phrase") if len(folded) <= 8 else (-1.0 - (len(folded) - 8) / 4, "long for a name")
