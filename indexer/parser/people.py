"""Who is introduced before the talk: guests with their affiliation, authors, and the outlet that asks."""

import re
from collections.abc import Iterator, Sequence

from indexer.model import Guest, Role
from indexer.parser import dateline, lexicon, names, section_markers
from indexer.parser.names import fold
from indexer.text.normalize import normalize

_KEYED = re.compile(r"^[◎●■【\[\s]*(?P<key>[^：:|｜丨∣/／】\]]{1,10}?)[】\]\s]*[：:|｜丨∣/／】\]]\s*(?P<value>.*)$")
_BANNER = re.compile(r"[【\[〖#◎●■]")
_FIELDS = re.compile(r"[\s　]{2,}|(?<=\S)[\s　]+(?=[^\s：:|｜丨∣/／]{1,6}[：:|｜丨∣/／])")
_URL = re.compile(r"https?://[^\s　，。；）)】」》\"'<>]+")
_SEVERAL = re.compile(r"[、；;](?![^（()）]*[)）])")
_COMMA = re.compile(r"[，,](?![^（()）]*[)）])")  # not inside brackets: 张伟（骑手，从业3年），李敏
_MANY = re.compile(r"[、,，;；]|\s{2,}")
_ASK = r"(?:专访|采访|访谈|对话|访问|访|邀请|请到|请来|邀|对谈|连线)(?:到|了|过|的|是)*"
_CLAUSE_START = re.compile(
    rf".*(?:[，。；：！？,;:!?…“”\"]|{_ASK}|以下为|以下是|我们|我|与|和|由|对|于|让|请|听|当|为此|近日|日前|今天|本期)"
)
_ASKED = re.compile(_ASK)
_NAME_ENDS = re.compile(r"[，。,；;、（(和与就以\s]|$")
_LEAD_OUTLET = re.compile(
    r"(?:^|[，。；,;：:！？\s]|为此|近日|日前|今天|最近)《?(?P<outlet>[\w·]{2,14}?)》?(?:杂志|栏目)?的?(?:特约|本报|本刊)?"
    r"(?:记者|编辑部|编辑)?(?:[一-鿿]{2,3})?(?:独家|就此|就|有幸|近日|日前)?(?:专访|采访|访谈|对话)了"
)
_PARTS = (
    (lexicon.HOST_KEYS, Role.HOST),
    (lexicon.ASKER_KEYS, Role.INTERVIEWER),
    (lexicon.GUEST_KEYS - {"出席", "出席人员", "出席者"}, Role.INTERVIEWEE),
)
_NO_OUTLET = frozenset(["我们", "本刊", "本报", "记者", "笔者", "本网", "我", "他", "她"])


def guests(head: Sequence[str], lead: str, speakers: Sequence[str], title: str = "") -> tuple[Guest, ...]:
    """Return the guests named by the head, the lead and the title; `speakers` are the names of those who speak."""
    found: dict[str, str] = {}
    quoted = _quoted(title, lead)
    for name, office in (*_listed(head, speakers), *_introduced(lead, (*speakers, *quoted)), *_interviewed(lead)):
        if office or name not in found:
            found[name] = found.get(name) or office
    return tuple(Guest(name, office) for name, office in found.items())


def roles(head: Sequence[str], speakers: Sequence[str]) -> dict[str, Role]:
    """Return what the head says that somebody does: 主持人：…宁小乔 leads, 采访：林深 asks, 受访者：… answers.

    `speakers` are the names of those who speak, which need not be built as names are (主播：李叔, 嘉宾：Melody).
    """
    told: dict[str, Role] = {}
    for key, value in _fields(head):
        role = _part(key)
        for part in _MANY.split(value) if role else ():
            if role and (pair := _person(part, speakers)):
                told.setdefault(pair[0], role)
    for key, line in _below(head):
        role = _part(key)
        if role and (pair := _person(line, speakers)):
            told.setdefault(pair[0], role)
    return told


def _part(key: str) -> Role | None:
    """Return what those do whom a key of the head lists."""
    return next((role for words, role in _PARTS if key in words), None)


def _below(head: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the lines below a key that stands alone, with that key: 【主播】 and below it 阿青：美食作者."""
    key = ""
    for line in head:
        if section_markers.lists_people(line):
            key = section_markers.lists_people(line)
        elif _BANNER.match(line.strip()):
            key = ""
        elif key:
            yield key, line


def _listed(head: Sequence[str], speakers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the names of a list of guests: behind a key on one line, or a name a line below it."""
    open_list = False
    for line in head:
        keyed = _KEYED.match(line.strip())
        if keyed:
            open_list = fold(keyed["key"]) in lexicon.GUEST_KEYS
            if open_list and keyed["value"]:
                yield from (pair for part in _entries(keyed["value"]) if (pair := _person(part, speakers)))
        elif open_list and (pair := _person(line, speakers)):
            yield pair
        else:
            open_list = False


def _entries(value: str) -> Iterator[str]:
    """Yield the entries of a list on one line; a comma parts two persons, or a person from the office."""
    for part in _SEVERAL.split(value):
        pieces = _COMMA.split(part)
        if all(names.is_person(fold(names.parted(piece)[0])) for piece in pieces):
            yield from pieces
        else:
            yield part


def _person(text: str, speakers: Sequence[str]) -> tuple[str, str] | None:
    """Return name and office of one entry of a list: 何　苗　　创办人, 公路局局长 何岚, 何岚（局长）, 何岚，局长."""
    name, office = names.parted(text)
    if _is_somebody(name, speakers):
        return name, office
    pieces = re.split(r"[，,:：]|[\s　]{2,}", text.strip(), maxsplit=1)
    first = names.closed_up(pieces[0])
    if not _is_somebody(first, speakers):
        pieces = text.split(maxsplit=1)
        first = pieces[0] if pieces else ""
    if _is_somebody(first, speakers):
        return first, pieces[1].strip() if len(pieces) > 1 else ""
    return None


def _is_somebody(name: str, speakers: Sequence[str]) -> bool:
    return names.is_person(fold(name)) or (name in speakers and fold(name) not in lexicon.ROLES)


def _introduced(lead: str, speakers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the speakers whose office the lead prints before or behind the name."""
    for name in speakers:
        place = lead.find(name)
        if place < 0 or not names.is_person(fold(name)):
            continue
        before = lead[max(0, place - 60) : place]
        office = _CLAUSE_START.sub("", before.rstrip("—-“” "), count=1)
        if names.ends_with_office(fold(office)) and len(office) <= 40:
            yield name, _without_clause(office.strip(" 　“”"))
            continue
        behind = re.match(
            r"[（(，,]\s*(?:是|现任|时任)?([^（()），,。；]{2,30})", lead[place + len(name) : place + len(name) + 40]
        )
        if behind and names.ends_with_office(fold(behind[1])):
            yield name, behind[1].strip()


def _without_clause(office: str) -> str:
    """Return an office without what the person does: 负责总体设计的云泽大学教授 gives 云泽大学教授."""
    last = office.rpartition("的")[2]
    return last if len(last) >= 4 and names.ends_with_office(fold(last)) else office


def _quoted(title: str, lead: str) -> tuple[str, ...]:
    """Return whom the title quotes, where the lead speaks of the same person: 梁叙白：老厂房不是背景板."""
    name, colon, _ = title.partition("：")
    return (name,) if colon and names.is_person(fold(name)) and name in lead else ()


def _interviewed(lead: str) -> Iterator[tuple[str, str]]:
    """Yield the persons of whom the lead says that they were interviewed, with their office."""
    normal = normalize(lead)  # surnames are listed Simplified
    for asked in _ASKED.finditer(normal.text):
        for end in _NAME_ENDS.finditer(normal.text, asked.end(), min(asked.end() + 64, len(normal.text))):
            if found := _office_and_name(normal.text, asked.end(), end.start()):
                office, name = (lead[slice(*normal.original_span(*span))] for span in found)
                yield name, office.strip()
                break


def _office_and_name(text: str, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return where an office and the name behind it stand, if that is what a stretch consists of."""
    for length in (2, 3, 4):
        place = end - length
        if place > start and names.is_person(text[place:end]) and names.ends_with_office(text[start:place]):
            return (start, place), (place, end)
    return None


def authors(head: Sequence[str]) -> tuple[str, ...]:
    """Return the persons the head names as authors: 文｜本报记者 罗子期."""
    found: list[str] = []
    for key, value in _fields(head):
        if key in lexicon.AUTHOR_KEYS:
            parts = [names.parted(part)[0] for part in _MANY.split(value)] or [value]
            found += [part for part in parts if 1 < len(part) <= 12 and part not in found]
    return tuple(found) or dateline.authors(head)


def outlet(head: Sequence[str], lead: str) -> str:
    """Return the medium the head or the lead names: 来源：市政府门户网站; 为此,搜狐IT独家专访了…."""
    for key, value in _fields(head):
        if key in lexicon.OUTLET_KEYS and value:
            return re.split(r"[\s　|｜（(]", value.strip(" 《》"))[0].strip("《》")
    if medium := dateline.outlet(head):
        return medium
    found = _LEAD_OUTLET.search(lead)
    return found["outlet"].strip("《》") if found and found["outlet"] not in _NO_OUTLET else ""


def asking_outlet(speakers: Sequence[str]) -> str:
    """Return the one medium among those who speak, "" where there is none or several: 三联生活周刊."""
    media = [name for name in speakers if names.likeness(name)[1].startswith("ends as a medium")]
    return media[0] if len(media) == 1 else ""


def _fields(head: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the keys and values of the head; a line may hold several: 文｜罗子期　　编辑｜佟　月."""
    for line in head:
        for part in _FIELDS.split(line.strip()):
            if keyed := _KEYED.match(part):
                for key in re.split("[、&]", fold(keyed["key"])):
                    yield key, keyed["value"].strip()


def url(head: Sequence[str]) -> str:
    """Return the first address the head prints."""
    found = next((match for line in head if (match := _URL.search(line))), None)
    return found[0] if found else ""
