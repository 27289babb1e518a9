"""People and outlets introduced in the header and the lead: guests, roles, authors, outlet."""

import re
from collections.abc import Iterator, Sequence

from indexer.media_address import is_media
from indexer.model import Guest, Role
from indexer.parser import dateline, lexicon, names, section_markers
from indexer.parser.names import fold
from indexer.text.normalize import normalize

_KEY_VALUE = re.compile(r"^[◎●■【\[\s]*(?P<key>[^：:|｜丨∣/／】\]]{1,10}?)[】\]\s]*[：:|｜丨∣/／】\]]\s*(?P<value>.*)$")
_BANNER = re.compile(r"[【\[〖#◎●■]")
_FIELD_SEPARATOR = re.compile(r"[\s　]{2,}|(?<=\S)[\s　]+(?=[^\s：:|｜丨∣/／]{1,6}[：:|｜丨∣/／])")
_URL = re.compile(r"https?://[^\s　，。；）)】」》\"'<>]+")
_ENTRY_SEPARATOR = re.compile(r"[、；;](?![^（()）]{0,200}[)）])")
_COMMA = re.compile(r"[，,](?![^（()）]{0,200}[)）])")  # not in parentheses: 张伟（骑手，从业3年），李敏
_LIST_SEPARATOR = re.compile(r"[、,，;；]|\s{2,}")
_INTERVIEW = r"(?:专访|采访|访谈|对话|访问|访|邀请|请到|请来|邀|对谈|连线)(?:到|了|过|的|是)*"
_CLAUSE_START = re.compile(
    rf".*(?:[，。；：！？,;:!?…“”\"]|{_INTERVIEW}|以下为|以下是|我们|我|与|和|由|对|于|让|请|听|当|为此|近日|日前|今天|本期)"
)
_INTERVIEW_VERB = re.compile(_INTERVIEW)
_NAME_END = re.compile(r"[，。,；;、（(和与就以\s]|$")
_LEAD_OUTLET = re.compile(
    r"(?:^|[，。；,;：:！？\s]|为此|近日|日前|今天|最近)《?(?P<outlet>[\w·]{2,14}?)》?(?:杂志|栏目)?的?(?:特约|本报|本刊)?"
    r"(?:记者|编辑部|编辑)?(?:[一-鿿]{2,3})?(?:独家|就此|就|有幸|近日|日前)?(?:专访|采访|访谈|对话)了"
)
_ROLE_KEYS = (
    (lexicon.HOST_KEYS, Role.HOST),
    (lexicon.INTERVIEWER_KEYS, Role.INTERVIEWER),
    (lexicon.GUEST_KEYS - {"出席", "出席人员", "出席者"}, Role.INTERVIEWEE),
)
_NOT_AN_OUTLET = frozenset(["我们", "本刊", "本报", "记者", "笔者", "本网", "我", "他", "她"])


def guests(header: Sequence[str], lead: str, speakers: Sequence[str], title: str = "") -> tuple[Guest, ...]:
    """Return the guests in the header, the lead and the title; `speakers` are the names of all speakers."""
    found: dict[str, str] = {}
    quoted = _person_quoted_in_title(title, lead)
    for name, affiliation in (
        *_guests_in_list(header, speakers),
        *_guests_introduced_in_lead(lead, (*speakers, *quoted)),
        *_persons_interviewed_in_lead(lead),
    ):
        if affiliation or name not in found:
            found[name] = found.get(name) or affiliation
    return tuple(Guest(name, affiliation) for name, affiliation in found.items())


def roles(header: Sequence[str], speakers: Sequence[str]) -> dict[str, Role]:
    """Return the roles assigned in the header: 主持人：…宁小乔, 采访：林深, 受访者：….

    `speakers` are the names of all speakers, which need not look like names (主播：李叔, 嘉宾：Melody).
    """
    found: dict[str, Role] = {}
    for key, value in _fields(header):
        role = _role_of_key(key)
        for entry in _LIST_SEPARATOR.split(value) if role else ():
            if role and (pair := _name_and_affiliation(entry, speakers)):
                found.setdefault(pair[0], role)
    for key, line in _lines_below_key(header):
        role = _role_of_key(key)
        if role and (pair := _name_and_affiliation(line, speakers)):
            found.setdefault(pair[0], role)
    return found


def _role_of_key(key: str) -> Role | None:
    """Return the role that a key of the header assigns."""
    return next((role for keys, role in _ROLE_KEYS if key in keys), None)


def _lines_below_key(header: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the lines below a key on its own line, with the key: 【主播】 and below it 阿青：美食作者."""
    key = ""
    for line in header:
        if section_markers.participant_key(line):
            key = section_markers.participant_key(line)
        elif _BANNER.match(line.strip()):
            key = ""
        elif key:
            yield key, line


def _guests_in_list(header: Sequence[str], speakers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield name and affiliation of the guests in a list: after a key, or one per line below it."""
    in_list = False
    for line in header:
        match = _KEY_VALUE.match(line.strip())
        if match:
            in_list = fold(match["key"]) in lexicon.GUEST_KEYS
            if in_list and match["value"]:
                yield from (
                    pair for entry in _list_entries(match["value"]) if (pair := _name_and_affiliation(entry, speakers))
                )
        elif in_list and (pair := _name_and_affiliation(line, speakers)):
            yield pair
        else:
            in_list = False


def _list_entries(value: str) -> Iterator[str]:
    """Yield the entries of a list on one line; a comma separates two persons, or a person and an affiliation."""
    for part in _ENTRY_SEPARATOR.split(value):
        pieces = _COMMA.split(part)
        if all(names.is_person(fold(names.split_affiliation(piece)[0])) for piece in pieces):
            yield from pieces
        else:
            yield part


def _name_and_affiliation(text: str, speakers: Sequence[str]) -> tuple[str, str] | None:
    """Return name and affiliation of one entry: 何　苗　　创办人, 公路局局长 何岚, 何岚（局长）, 何岚，局长."""
    name, affiliation = names.split_affiliation(text)
    if _is_name(name, speakers):
        return name, affiliation
    pieces = re.split(r"[，,:：]|[\s　]{2,}", text.strip(), maxsplit=1)
    first = names.without_padding(pieces[0])
    if not _is_name(first, speakers):
        pieces = text.split(maxsplit=1)
        first = pieces[0] if pieces else ""
    if _is_name(first, speakers):
        return first, pieces[1].strip() if len(pieces) > 1 else ""
    return None


def _is_name(name: str, speakers: Sequence[str]) -> bool:
    """Return whether a text is a person's name or the name of a speaker."""
    return names.is_person(fold(name)) or (name in speakers and fold(name) not in lexicon.ROLE_WORDS)


def _guests_introduced_in_lead(lead: str, speakers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the speakers whose affiliation the lead prints before or after the name."""
    for name in speakers:
        position = lead.find(name)
        if position < 0 or not names.is_person(fold(name)):
            continue
        before = lead[max(0, position - 60) : position]
        affiliation = _CLAUSE_START.sub("", before.rstrip("—-“” "), count=1)
        if names.ends_with_job_title(fold(affiliation)) and len(affiliation) <= 40:
            yield name, _without_relative_clause(affiliation.strip(" 　“”"))
            continue
        after = lead[position + len(name) : position + len(name) + 40]
        match = re.match(r"[（(，,]\s*(?:是|现任|时任)?([^（()），,。；]{2,30})", after)
        if match and names.ends_with_job_title(fold(match[1])):
            yield name, match[1].strip()


def _without_relative_clause(affiliation: str) -> str:
    """Remove a relative clause before a job title: 负责总体设计的云泽大学教授 gives 云泽大学教授."""
    last = affiliation.rpartition("的")[2]
    return last if len(last) >= 4 and names.ends_with_job_title(fold(last)) else affiliation


def _person_quoted_in_title(title: str, lead: str) -> tuple[str, ...]:
    """Return the person quoted in the title, if the lead names the same person: 梁叙白：老厂房不是背景板."""
    name, colon, _ = title.partition("：")
    return (name,) if colon and names.is_person(fold(name)) and name in lead else ()


def _persons_interviewed_in_lead(lead: str) -> Iterator[tuple[str, str]]:
    """Yield the persons interviewed according to the lead, with their affiliation."""
    normal = normalize(lead)  # surnames are listed Simplified
    for verb in _INTERVIEW_VERB.finditer(normal.text):
        for end in _NAME_END.finditer(normal.text, verb.end(), min(verb.end() + 64, len(normal.text))):
            if spans := _job_title_and_name(normal.text, verb.end(), end.start()):
                affiliation, name = (lead[slice(*normal.original_span(*span))] for span in spans)
                yield name, affiliation.strip()
                break


def _job_title_and_name(text: str, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return the spans of job title and name, None if the text is not these two."""
    for length in (2, 3, 4):
        name_start = end - length
        if name_start <= start or not names.is_person(text[name_start:end]):
            continue
        if names.ends_with_job_title(text[start:name_start]):
            return (start, name_start), (name_start, end)
    return None


def authors(header: Sequence[str]) -> tuple[str, ...]:
    """Return the authors in the header: 文｜本报记者 罗子期."""
    found: list[str] = []
    for key, value in _fields(header):
        if key in lexicon.AUTHOR_KEYS:
            parts = [names.split_affiliation(part)[0] for part in _LIST_SEPARATOR.split(value)] or [value]
            found += [part for part in parts if 1 < len(part) <= 12 and part not in found]
    return tuple(found) or dateline.authors(header)


def outlet(header: Sequence[str], lead: str) -> str:
    """Return the outlet in the header or the lead: 来源：市政府门户网站; 为此,搜狐IT独家专访了…."""
    for key, value in _fields(header):
        if key in lexicon.OUTLET_KEYS and value:
            return re.split(r"[\s　|｜（(]", value.strip(" 《》"))[0].strip("《》")
    if beside_date := dateline.outlet(header):
        return beside_date
    match = _LEAD_OUTLET.search(lead)
    return match["outlet"].strip("《》") if match and match["outlet"] not in _NOT_AN_OUTLET else ""


def outlet_among_speakers(speakers: Sequence[str]) -> str:
    """Return the only outlet among the speakers, "" if there is none or several: 三联生活周刊."""
    outlets = [name for name in speakers if names.likeness(name)[1] == names.OUTLET_ENDING]
    return outlets[0] if len(outlets) == 1 else ""


def _fields(header: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the keys and values of the header; a line may have several: 文｜罗子期　　编辑｜佟　月."""
    for line in header:
        for field in _FIELD_SEPARATOR.split(line.strip()):
            if match := _KEY_VALUE.match(field):
                for key in re.split("[、&]", fold(match["key"])):
                    yield key, match["value"].strip()


def media(header: Sequence[str]) -> str:
    """Return the recording that the header names, a file or a web address: 录音：talk.mp3."""
    named = (value for key, value in _fields(header) if key in lexicon.RECORDING_KEYS)
    return next((value for value in named if is_media(value)), "")


def url(header: Sequence[str]) -> str:
    """Return the first URL in the header."""
    return next((match[0] for line in header if (match := _URL.search(line))), "")
