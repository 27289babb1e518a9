"""Speakers' names: cleaned, compared, and scored by their likeness to a name."""

import re
from functools import lru_cache

from indexer.language.messages import gettext_noop
from indexer.parser import lexicon
from indexer.text import name_lexicon
from indexer.text.normalize import normalize

_CJK = "㐀-鿿"
_HAN = re.compile(f"[{_CJK}]+")
_EXCLUDED = lexicon.NAME_LIKE_WORDS | lexicon.DISCOURSE_MARKERS | lexicon.HEADER_KEYS
_NOT_IN_GIVEN_NAMES = frozenset("的了是在和与也就都这那我你他她们说个吗呢吧啊不没会能把被让给对")
ATTENDING = ("出席", "列席", "缺席", "与会", "参会", "请假")
_AGENCY_ABBREVIATIONS = frozenset(["", *"部会局署处司院"])
_AGENCIES = tuple("部会局署处司院所厅办社")
# as tuples for startswith and endswith: no pattern to compile, and as fast
_JOB_TITLES, _OUTLETS = tuple(name_lexicon.JOB_TITLES), tuple(lexicon.OUTLET_ENDINGS)
_RUBRICS, _CLAUSE_ENDS = tuple(lexicon.RUBRIC_ENDINGS), tuple(lexicon.CLAUSE_ENDINGS)
_LATIN_WORD = rf"(?:(?![{_CJK}])[\w.'’\-])*"
_LATIN = re.compile(rf"[a-z]{_LATIN_WORD}(?: [a-z0-9]{_LATIN_WORD}){{0,3}}")
_ROLE_AND_NAME = re.compile(r"(?P<role>[^·・•/／\-]{1,6}?)\s*[·・•/／\-]\s*(?P<name>[^·・•/／]{2,8})")  # 主持人·林深
_GLOSS = re.compile(r"(?<=[㐀-鿿])[a-z][a-z .'’\-]*$")  # 林深 Lin Shen
_LATIN_FIRST = re.compile(r"[a-z][\w.'’\-]{1,13}")  # picupi挑品
_FOREIGN = re.compile(rf"[{_CJK}]{{1,8}}(?:[·‧•・][{_CJK}a-z.]{{1,10}}){{1,3}}")
_MACHINE = re.compile(r"(?:说话人|发言人|讲话人|演讲者|讲者|用户|声音|speaker|spk)[ _-]?(?:\d{1,3}|[a-z])")
_LETTER = re.compile(rf"[{_CJK}a-z]")
_PARENTHESIS = re.compile(r"\s*[（(\[【]([^（()）【】\[\]]*)[)）\]】]$")
SURROUNDING = "【】[]［］〔〕〖〗《》<>〈〉*_#|｜：: 　\t\u200b\ufeff\xa0"
"""Characters around a name that are not part of it."""

OUTLET_ENDING = gettext_noop("ends like the name of an outlet")
"""The reason that `likeness` gives for the name of an outlet."""

_BRACKETS = re.compile(r"[【】\[\]《》〈〉]")
_NOT_AN_AFFILIATION = re.compile(
    r"(?:大?笑|微笑|苦笑|哭|补充(?:说明)?|插话|续|译文|英文|中文|以下简称.*|下称.*|简称.*|.?)"
)
_SPACE_BESIDE_CJK = re.compile(rf"(?<=[{_CJK}·‧•・])\s+|(?<!\s)\s++(?=[{_CJK}·‧•・])|(?<=[{_CJK}])\s+(?=\d)")
_POSITION = re.compile(
    r"\d岁|[员者师长人生家工手商民友主]$|(?:公司|大学|学院|医院|集团|中心|协会|基金会|书屋|书店|工作室|研究[所院]|[部局委署处院所厅社])$"
)
_SENTENCE = re.compile(r"[。！？!?…；~～]|[^\d.]\.\s*$")
_VALUE_PART = re.compile(r"[\s,，、/|（(]+")
_AMOUNT = re.compile(r"[\d.,:：/%年月日至约~\-\s]+.{0,4}")
_NUMBER_FIRST = re.compile(r"第?[\d一二三四五六七八九十]{1,3}\s*(?=[问答問]$)")  # 一问：, 第二问：
_NUMBER_LAST = re.compile(  # Q1, 问题三, 提問（2）
    r"(?:(?<=^[QAqa问答問])|(?<=^[提疑追][问問])|(?<=^问题|^問題|^回答))"
    r"\s*(?:之?第?[\d一二三四五六七八九十]{1,3}|[(（][\d一二三四五六七八九十]{1,3}[)）])$"
)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Normalize a name for comparison: Simplified, half-width, lower case, no spaces beside Han characters."""
    normal = normalize(text.strip()).text
    return _SPACE_BESIDE_CJK.sub("", normal) if any(map(str.isspace, normal)) else normal


@lru_cache(maxsize=16384)
def split_affiliation(printed: str) -> tuple[str, str]:
    """Split a printed label into name and affiliation: 交通运输部副部长 方成 gives 方成 and 交通运输部副部长.

    A job title without a name is kept as the name (主席, 总台央视记者); so is one after the name, as members are
    addressed (梁國雄議員). Padding is removed (何　苗), and so are question numbers (Q1).
    """
    text, parenthesis = printed.strip(SURROUNDING), ""
    if text[:1] in "“‘「『\"'" and text[-1:] in "”’」』\"'":
        text = text[1:-1]
    if (found := _PARENTHESIS.search(text)) and found.start():
        text, parenthesis = text[: found.start()].rstrip(SURROUNDING), found[1].strip()
    if (joined := _ROLE_AND_NAME.fullmatch(text)) and fold(joined["role"]) in lexicon.ROLE_WORDS:
        name = without_padding(joined["name"])
        if is_person(fold(name)):
            return name, joined["role"]
    name, job_title = _job_title_first(_BRACKETS.sub("", text))
    name = _NUMBER_FIRST.sub("", _NUMBER_LAST.sub("", without_padding(name.strip(SURROUNDING))))
    return name, job_title or (
        "" if _NOT_AN_AFFILIATION.fullmatch(fold(parenthesis)) or fold(name) in lexicon.ROLE_WORDS else parenthesis
    )


def _job_title_first(text: str) -> tuple[str, str]:
    """Return name and job title of a text that begins with the job title, else the whole text and ""."""
    pieces = text.split()
    for count in (1, 2):  # one piece, or a padded name of two pieces
        name, rest = "".join(pieces[-count:]), " ".join(pieces[:-count])
        padded = count == 1 or all(len(piece) == 1 for piece in pieces[-2:])
        if (
            rest
            and padded
            and is_person(fold(name))
            and (ends_with_job_title(_PARENTHESIS.sub("", fold(rest))) or _is_description(fold(rest)))
        ):
            return name, rest
    folded = fold(text)
    if (
        len(folded) != len(text)
        or folded in lexicon.HEADER_KEYS
        or folded in lexicon.DISCOURSE_MARKERS
        or folded in lexicon.CREDIT_KEYS
    ):
        return text, ""
    for length in (2, 3, 4):  # the shortest name first, as the job title before it is then the longest
        job_title = _PARENTHESIS.sub("", folded[:-length])  # 公关科主任（传讯）方成
        is_name = is_person(folded[-length:]) or _is_rare_name(folded[-length:])
        if is_name and ends_with_job_title(job_title) and not _contains_surname(job_title):
            return text[-length:], text[:-length].strip(SURROUNDING)
    return text, ""


def _is_rare_name(folded: str) -> bool:
    """Return whether a folded text is a rare surname and two characters, which is a name behind a job title."""
    return len(folded) == 3 and folded[0] in name_lexicon.RARE_SURNAMES and _NOT_IN_GIVEN_NAMES.isdisjoint(folded[1:])


def _is_description(folded: str) -> bool:
    """Return whether a folded text can describe a person, before a gap and the name: 老船工 秦有水, 居民 王女士."""
    if folded in lexicon.ROLE_WORDS:
        return True
    plain = 3 <= len(folded) <= 14 and bool(_HAN.fullmatch(folded)) and not is_person(folded)
    return plain and _NOT_IN_GIVEN_NAMES.isdisjoint(folded) and not any(part in folded for part in lexicon.CLAUSE_WORDS)


def _contains_surname(job_title: str) -> bool:
    """Return whether a job title follows a surname, as in 杜委员文苓: the given name comes after it."""
    for suffix in _JOB_TITLES:
        if job_title.endswith(suffix):
            before = job_title[: -len(suffix)].removesuffix("副")
            if before[-1:] in name_lexicon.SURNAMES and before[-2:-1] in _AGENCY_ABBREVIATIONS:
                return True
    return False


def without_padding(name: str) -> str:
    """Remove the spaces that only pad a name: 何　苗, 说话人 3, 苏珊 · 林; Audrey Tang keeps its space."""
    return _SPACE_BESIDE_CJK.sub("", " ".join(name.split()))


def is_machine_label(printed: str) -> bool:
    """Return whether a label was assigned by a machine: 说话人1, Speaker 2."""
    return bool(_MACHINE.fullmatch(fold(printed)))


def is_person(folded: str) -> bool:
    """Return whether a folded text has the form of a person's name: surname and one or two characters, or foreign."""
    if not 2 <= len(folded) <= 4 or not _HAN.fullmatch(folded):
        return bool(_FOREIGN.fullmatch(folded))
    surname = 2 if folded[:2] in name_lexicon.COMPOUND_SURNAMES and len(folded) > 2 else 1
    known = surname == 2 or (folded[0] in name_lexicon.SURNAMES and len(folded) < 4)
    return known and _NOT_IN_GIVEN_NAMES.isdisjoint(folded[1:]) and folded not in _EXCLUDED


def ends_with_job_title(folded: str) -> bool:
    """Return whether a folded text ends with a job title: 市水务局局长, 经济日报记者."""
    return folded.endswith(_JOB_TITLES)


def has_sentence(text: str) -> bool:
    """Return whether a text has the end of a sentence."""
    return bool(_SENTENCE.search(text))


def is_position(folded: str) -> bool:
    """Return whether a folded text beside a name is a position or a description of a person: 创办人, 渡口书屋, 23岁."""
    return bool(folded) and (ends_with_job_title(folded) or bool(_POSITION.search(folded)))


def is_introduced(name: str, rest: str) -> bool:
    """Return whether a text behind a name and a comma is a position: 何苗，渡口书屋创办人 and 王女士，45岁."""
    folded = fold(rest)
    return likeness(name)[0] == 2.0 and is_position(folded) and not any(one in folded for one in lexicon.CLAUSE_WORDS)


def is_value(text: str) -> bool:
    """Return whether a text after a colon is a name or an amount: 曹淑敏 …研究院, 90人; not 好的."""
    text = text.strip()
    if not text or len(text) > 80 or _SENTENCE.search(text):
        return False
    if _AMOUNT.fullmatch(fold(text)) or ends_with_job_title(fold(text)):
        return True
    parts = _VALUE_PART.split(text)
    return any(is_person(fold(split_affiliation(part)[0])) for part in (parts[0], parts[-1], text))


@lru_cache(maxsize=65536)
def likeness(name: str) -> tuple[float, str]:
    """Return the likeness of a name to a speaker's, from -6 (never a speaker) to 3, and the reason."""
    folded = fold(name)
    if folded in lexicon.ROLE_WORDS or _MACHINE.fullmatch(folded) or _is_numbered_role(folded):
        return 3.0, gettext_noop("names a role")
    if folded in lexicon.DISCOURSE_MARKERS:
        return -6.0, gettext_noop("starts an enumeration or a remark")
    if folded in lexicon.HEADER_KEYS or folded.startswith(ATTENDING):
        return -4.0, gettext_noop("is a key of a header or footer")
    if not _LETTER.search(folded):
        return -6.0, gettext_noop("has no letters")
    if folded.endswith(_RUBRICS) and folded not in lexicon.OUTLET_ENDINGS:
        return -4.0, gettext_noop("names a column or section")
    if (
        _is_form_of_address(folded)
        or _has_job_title_inside(folded)
        or any(is_person(part) for part in re.split("[、和与&/]", folded))
        or is_person(_GLOSS.sub("", folded))
    ):
        return 2.0, gettext_noop("built like a person's name")
    return _by_ending(folded)


def _is_numbered_role(folded: str) -> bool:
    """Return whether a folded text is a role word with a number or letter: 受访者A, 男1, 村民甲."""
    word = folded.rstrip("0123456789abcdefgh甲乙丙丁戊一二三四五六")
    return word in lexicon.ROLE_WORDS and 0 < len(folded) - len(word) < 3


def _is_form_of_address(folded: str) -> bool:
    """Return whether a folded text is a form of address: 小周, 老钱, 阿青, 王总, 陈姐."""
    if len(folded) != 2 or not _HAN.fullmatch(folded) or folded in _EXCLUDED:
        return False
    before = folded[0] == "阿" or (folded[0] in "小老大" and folded[1] in name_lexicon.SURNAMES)
    return before or (folded[0] in name_lexicon.SURNAMES and folded[1] in "总导工哥姐叔姨爷奶嫂伯婶")


def _has_job_title_inside(folded: str) -> bool:
    """Return whether a folded text has a job title inside a name: 林委员子伦."""
    if folded[:1] not in name_lexicon.SURNAMES or len(folded) > 9:
        return False
    return any(ends_with_job_title(folded[1:-given]) and len(folded) > given + 2 for given in (1, 2))


def _by_ending(folded: str) -> tuple[float, str]:
    """Return the likeness of a name that is neither a known word nor a person's name."""
    is_clause = any(word in folded for word in lexicon.CLAUSE_WORDS)
    if folded.endswith("记者") and 4 <= len(folded) <= 20 and not is_clause:
        return 2.5, gettext_noop("names a journalist of an outlet")
    if ends_with_job_title(folded) and len(folded) <= 20 and not is_clause:
        return 2.0, gettext_noop("ends with a job title")
    if _LATIN.fullmatch(folded):
        if len(folded) <= 24:
            return 1.0, gettext_noop("a short word in Latin letters")
        return -2.0, gettext_noop("a phrase in Latin letters")
    if is_clause or (folded.endswith(_CLAUSE_ENDS) and len(folded) > 2):
        return -4.0, gettext_noop("reads like a clause")
    if folded.endswith(_OUTLETS) and len(folded) <= 14:
        return 1.5, OUTLET_ENDING
    if folded.endswith(_AGENCIES) and 3 <= len(folded) <= 20:
        return 1.0, gettext_noop("ends like the name of an agency")
    if len(folded) <= 3 or _LATIN_FIRST.fullmatch(folded):
        return 1.0, gettext_noop("short")
    if len(folded) <= 8:
        return 0.0, gettext_noop("a phrase")
    return -1.0 - (len(folded) - 8) / 4, gettext_noop("long for a name")
