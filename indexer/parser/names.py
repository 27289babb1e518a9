"""Speakers' names: as they are printed, as turns are grouped by them, and how much they look like a name."""

import re
from functools import lru_cache

from indexer.parser import lexicon
from indexer.text.normalize import normalize

_CJK = "㐀-鿿"
_HAN = re.compile(f"[{_CJK}]+")
_NEVER = lexicon.NOT_NAMES | lexicon.CONNECTING | lexicon.HEAD
_NO_GIVEN = frozenset("的了是在和与也就都这那我你他她们说个吗呢吧啊不没会能把被让给对")
_ATTENDING = ("出席", "列席", "缺席", "与会", "参会", "请假")
_BODIES = frozenset(["", *"部会局署处司院"])
_AGENCIES = tuple("部会局署处司院所厅办社")
# as tuples for startswith and endswith: no pattern to compile, and as fast
_OFFICES, _OUTLETS = tuple(lexicon.OFFICES), tuple(lexicon.OUTLETS)
_RUBRICS, _CLAUSE_ENDS = tuple(lexicon.RUBRICS), tuple(lexicon.CLAUSE_ENDS)
_LATIN = re.compile(r"[a-z][\w.'’\-]*(?: [a-z0-9][\w.'’\-]*){0,3}")
_FOREIGN = re.compile(rf"[{_CJK}]{{1,8}}(?:[·‧•・][{_CJK}a-z.]{{1,10}}){{1,3}}")
_MACHINE = re.compile(r"(?:说话人|发言人|讲话人|演讲者|讲者|用户|声音|speaker|spk)[ _-]?(?:\d{1,3}|[a-z])")
_LETTER = re.compile(rf"[{_CJK}a-z]")
_NOTE = re.compile(r"\s*[（(\[【]([^（()）【】\[\]]*)[)）\]】]$")
AROUND = "【】[]［］〔〕〖〗《》<>〈〉*_#|｜：: 　\t\u200b\ufeff\xa0"
"""What may stand around a name without being part of it."""

_BRACKETS = re.compile(r"[【】\[\]《》〈〉]")
_NO_OFFICE = re.compile(r"(?:大?笑|微笑|苦笑|哭|补充(?:说明)?|插话|续|译文|英文|中文|以下简称.*|下称.*|简称.*|.?)")
_SPACE_BESIDE_CJK = re.compile(rf"(?<=[{_CJK}·‧•・])\s+|\s+(?=[{_CJK}·‧•・])|(?<=[{_CJK}])\s+(?=\d)")
_SENTENCE = re.compile(r"[。！？!?…；~～]|[^\d.]\.\s*$")
_VALUE_PART = re.compile(r"[\s,，、/|（(]+")
_AMOUNT = re.compile(r"[\d.,:：/%年月日至约~\-\s]+.{0,4}")
_NUMBER_FIRST = re.compile(r"第?[一二三四五六七八九十]{1,3}(?=[问答]$)")  # 一问：, 第二问：
_NUMBER_LAST = re.compile(r"(?:(?<=^[QAqa问答])|(?<=^问题))\s*[\d一二三四五六七八九十]{1,3}$")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return a name as it is compared and looked up: Simplified, half-width, small letters, no spaces beside Han."""
    return _SPACE_BESIDE_CJK.sub("", normalize(text.strip()).text)


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
    name = _NUMBER_FIRST.sub("", _NUMBER_LAST.sub("", closed_up(name.strip(AROUND))))
    return name, office or ("" if _NO_OFFICE.fullmatch(fold(note)) or fold(name) in lexicon.ROLES else note)


def _office_first(text: str) -> tuple[str, str]:
    """Return name and office of a text in which the office comes first; the whole text where it does not."""
    pieces = text.split()
    for count in (1, 2):  # one piece, or a padded name of two
        name, rest = "".join(pieces[-count:]), " ".join(pieces[:-count])
        padded = count == 1 or all(len(piece) == 1 for piece in pieces[-2:])
        if rest and padded and is_person(fold(name)) and (ends_with_office(fold(rest)) or _is_epithet(fold(rest))):
            return name, rest
    folded = fold(text)
    if (
        len(folded) != len(text)
        or folded in lexicon.HEAD
        or folded in lexicon.CONNECTING
        or folded in lexicon.TAIL_KEYS
    ):
        return text, ""
    for length in (2, 3, 4):  # the shortest name, as the office before it is the longest
        office = folded[:-length]
        if ends_with_office(office) and is_person(folded[-length:]) and not _is_member(office):
            return text[-length:], text[:-length].strip(AROUND)
    return text, ""


def _is_epithet(folded: str) -> bool:
    """Tell whether a folded text can say who somebody is, before a gap and the name: 老船工 秦有水, 居民 王女士."""
    if folded in lexicon.ROLES:
        return True
    plain = 3 <= len(folded) <= 14 and bool(_HAN.fullmatch(folded)) and not is_person(folded)
    return plain and _NO_GIVEN.isdisjoint(folded) and not any(part in folded for part in lexicon.CLAUSE_PARTS)


def _is_member(office: str) -> bool:
    """Tell whether an office has a surname before it, as in 杜委员文苓: the name goes on behind it."""
    for one in _OFFICES:
        if office.endswith(one):
            before = office[: -len(one)].removesuffix("副")
            if before[-1:] in lexicon.SURNAMES and before[-2:-1] in _BODIES:
                return True
    return False


def closed_up(name: str) -> str:
    """Return a name without the spaces that only set it: 何　苗, 说话人 3, 苏珊 · 林; Audrey Tang keeps its one."""
    return _SPACE_BESIDE_CJK.sub("", " ".join(name.split()))


def is_machine(printed: str) -> bool:
    """Tell whether a label is one that a machine gives: 说话人1, Speaker 2."""
    return bool(_MACHINE.fullmatch(fold(printed)))


def is_person(folded: str) -> bool:
    """Tell whether a folded text is built as a person's name: surname and one or two characters, or a foreign name."""
    if not 2 <= len(folded) <= 4 or not _HAN.fullmatch(folded):
        return bool(_FOREIGN.fullmatch(folded))
    surname = 2 if folded[:2] in lexicon.COMPOUND_SURNAMES and len(folded) > 2 else 1
    known = surname == 2 or (folded[0] in lexicon.SURNAMES and len(folded) < 4)
    return known and _NO_GIVEN.isdisjoint(folded[1:]) and folded not in _NEVER


def ends_with_office(folded: str) -> bool:
    """Tell whether a folded text ends with an office: 市水务局局长, 经济日报记者."""
    return folded.endswith(_OFFICES)


def is_value(text: str) -> bool:
    """Tell whether a text after a colon names somebody or counts something: 曹淑敏 …研究院, 90人; not 好的."""
    text = text.strip()
    if not text or len(text) > 80 or _SENTENCE.search(text):
        return False
    if _AMOUNT.fullmatch(fold(text)) or ends_with_office(fold(text)):
        return True
    parts = _VALUE_PART.split(text)
    return any(is_person(fold(parted(part)[0])) for part in (parts[0], parts[-1], text))


@lru_cache(maxsize=4096)
def likeness(name: str) -> tuple[float, str]:
    """Return how much a name looks like a speaker's, from -6 (one of the words that never are) to 3, and the reason."""
    folded = fold(name)
    if folded in lexicon.ROLES or _MACHINE.fullmatch(folded) or _is_numbered_role(folded):
        return 3.0, "names a part in a conversation"
    if folded in lexicon.CONNECTING:
        return -6.0, "opens an enumeration or a remark"
    if folded in lexicon.HEAD or folded.startswith(_ATTENDING):
        return -4.0, "heads head or tail matter"
    if not _LETTER.search(folded):
        return -6.0, "has no letter"
    if folded.endswith(_RUBRICS) and folded not in lexicon.OUTLETS:
        return -4.0, "names a rubric"
    if (
        _is_form_of_address(folded)
        or _names_member(folded)
        or any(is_person(part) for part in re.split("[、和与&/]", folded))
    ):
        return 2.0, "built as a person's name"
    return _by_ending(folded)


def _is_numbered_role(folded: str) -> bool:
    """Tell whether a folded text is a word for a part with a number or letter: 受访者A, 男1, 村民甲."""
    word = folded.rstrip("0123456789abcdefgh甲乙丙丁戊一二三四五六")
    return word in lexicon.ROLES and 0 < len(folded) - len(word) < 3


def _is_form_of_address(folded: str) -> bool:
    """Tell whether a folded text calls somebody: 小周, 老钱, 阿青, 王总, 陈姐."""
    if len(folded) != 2 or not _HAN.fullmatch(folded) or folded in _NEVER:
        return False
    before = folded[0] == "阿" or (folded[0] in "小老大" and folded[1] in lexicon.SURNAMES)
    return before or (folded[0] in lexicon.SURNAMES and folded[1] in "总导工哥姐叔姨爷奶嫂伯婶")


def _names_member(folded: str) -> bool:
    """Tell whether a folded text has an office inside a name: 林委员子伦."""
    if folded[:1] not in lexicon.SURNAMES or len(folded) > 9:
        return False
    return any(ends_with_office(folded[1:-given]) and len(folded) > given + 2 for given in (1, 2))


def _by_ending(folded: str) -> tuple[float, str]:
    """Return the likeness of a name that is neither a known word nor a person's."""
    clause = any(part in folded for part in lexicon.CLAUSE_PARTS)
    if folded.endswith("记者") and 4 <= len(folded) <= 20 and not clause:
        return 2.5, "a journalist of a medium"
    if ends_with_office(folded) and len(folded) <= 20 and not clause:
        return 2.0, "ends with an office"
    if _LATIN.fullmatch(folded):
        return (1.0, "a short word in Latin letters") if len(folded) <= 24 else (-2.0, "a phrase in Latin letters")
    if clause or (folded.endswith(_CLAUSE_ENDS) and len(folded) > 2):
        return -4.0, "reads like a clause"
    if folded.endswith(_OUTLETS) and len(folded) <= 14:
        return 1.5, "ends as a medium's name does"
    if folded.endswith(_AGENCIES) and 3 <= len(folded) <= 20:
        return 1.0, "ends as an agency's name does"
    if len(folded) <= 3:
        return 1.0, "short"
    return (0.0, "a phrase") if len(folded) <= 8 else (-1.0 - (len(folded) - 8) / 4, "long for a name")
