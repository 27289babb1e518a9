"""Legends: where a transcript says who its labels are. They are no turns; they give names and roles.

    問：記者　　張：張超雄                      pairs on one line, or one on each of several lines
    （Q：律師白景行；A：霍宜之）                in brackets
    文中 Q 代表本刊记者，A 代表何苗。           in words
    何苗（Miao，以下简称何）                    an abbreviation in the lead; all three are one person
    原告：张三，男，1970年生，住渡口街1号。     the parties of a court record

A legend names labels that the text uses, and says nothing else: 问：去哪里 答：码头 is a conversation.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from indexer.model import Role
from indexer.parser import lexicon, names
from indexer.parser.labels import Label
from indexer.readers.script import Line

_MAX_LENGTH = 100  # characters of a line of pairs
_MAX_LINES = 60  # lines in which an abbreviation is searched, which is introduced in the head or lead
_SPACE = " \t　\xa0\u200b"
_MARKS = "“”\"「」『』‘’'"
_SIGN = rf"[{_SPACE}{_MARKS}]*(?:[：:＝=]|代表|代指|即为|即|为|為|是|指)[{_SPACE}{_MARKS}]*"
_PAIR = re.compile(
    rf"(?:^|[{_SPACE};；,，、/／|｜和])[{_MARKS}]?(?P<label>[^{_SPACE}{_MARKS}：:＝=;；,，、/|。（(]{{1,6}}?){_SIGN}"
)
_INTRODUCTION = re.compile(
    r"(?:(?:以下|下文|文中|其中)[^，,：:]{1,6}[，,]\s*)?"
    r"(?:(?:以下|下文|文中|其中|注|[說说]明|[圖图]例|[標标][註注]|[對对][話话]者|人物)[：:，,\s　]*)*"
)
_OPENING, _CLOSING = "（(【[〔", "）)】]〕。.；; 　"
_SENTENCE = re.compile(r"[。！？!?…]")
_NOT_A_VALUE = frozenset("，,。")
_SEPARATORS = f"{_SPACE}{_MARKS};；,，、/／|｜。."
_SHORT = re.compile(
    r"(?P<before>[^，。：、；！？,:;!?（(）)]{2,24})[（(]"
    r"(?P<others>[^（()）。]{0,30}?)(?:以下|下文|文中|下面|下)?(?:均)?(?:简称|簡稱|简作|簡作|稱|称|記作|记作|記為|记为|用|以)(?:為|为|作|之为|之為)?"
    rf"[：:{_SPACE}{_MARKS}]*(?P<short>[^（()），,。{_MARKS}]{{1,8}}?)[{_MARKS}]*(?:表示|代表|代称|代稱|指代)?[）)]"
)
_PARTY = re.compile(
    r"[\s　]*(?P<label>[^\s：:，。（(]{1,10})(?:[（(][^（）()]*[)）])?[：:]\s*"
    r"(?P<name>[^，,。；;\s（(]{2,24})(?:[（(][^（）()]*[)）])?[，,；;]"
    r"(?:(?:男|女)(?=[，,；;。])"
    r"|[^。]{0,40}?(?:出生|[汉漢]族|住所?地?|身份[证證]|公民身份|法定代表人|律[师師]事[务務]所|统一社会信用))"
)
_PARTY_NUMBER = re.compile(r"[\d一二三四五六七八九十]+$")  # 被告二
_LATIN = re.compile(r"[A-Za-z][A-Za-z.'’\- ]*[A-Za-z.]$")
_COLLECTIVE = re.compile(r"^(?:在场|在場|本报|本報|本刊|本网|本網|各位|多名|多位|现场|現場)")
_ROLE_KEYS = (
    (lexicon.HOST_KEYS, Role.HOST),
    (lexicon.INTERVIEWER_KEYS | {"本刊", "本报", "本网", "编者", "提问者"}, Role.INTERVIEWER),
    (lexicon.GUEST_KEYS, Role.INTERVIEWEE),
)


@dataclass(frozen=True, slots=True)
class Person:
    """What a legend says about a label: a name, "" if it gives only a role; an affiliation; a role, if any."""

    name: str
    affiliation: str = ""
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Legend:
    """The persons by folded label, and the indices of the lines that do nothing but name them."""

    persons: Mapping[str, Person] = field(default_factory=dict)
    lines: frozenset[int] = frozenset()

    def person(self, label: str) -> Person | None:
        """Return what is said about a label."""
        return self.persons.get(names.fold(label)) if self.persons else None

    def roles(self, labels: Iterable[str]) -> dict[str, Role]:
        """Return the roles given to these labels."""
        found = ((label, self.person(label)) for label in labels)
        return {label: person.role for label, person in found if person and person.role}


def find_legend(lines: Sequence[Line], candidates: Sequence[Label]) -> Legend:
    """Find what a text says about its labels; `candidates` are those at the starts of its lines."""
    used = _uses(candidates)
    again = {label.line_index for label in candidates if used[label.key[0]].start < label.line_index}
    persons: dict[str, Person] = {}
    found: set[int] = set()
    for line_indices, pairs in _lines_of_pairs(lines, used, again):
        found.update(line_indices)
        persons |= pairs
    for line_index, match in _parties(lines, {label.line_index for label in candidates}):
        found.add(line_index)
        label = names.fold(match["label"])
        persons[label] = Person("" if label in persons else match["name"])  # two plaintiffs are no one person
    return Legend({**_abbreviations(lines, used), **persons}, frozenset(found))


def with_roles(legend: Legend, labels: Sequence[Label]) -> Legend:
    """Return a legend with the role words that stand for one person: 主持人： for who is 主持人林深： elsewhere."""
    by_role: dict[str, set[str]] = {}
    for label in labels:
        if label.affiliation and (role := names.fold(label.affiliation)) in lexicon.ROLE_WORDS:
            by_role.setdefault(role, set()).add(label.name)
    found = {role: Person(next(iter(persons))) for role, persons in by_role.items() if len(persons) == 1}
    return replace(legend, persons={**found, **legend.persons}) if found else legend


def _uses(candidates: Sequence[Label]) -> dict[str, range]:
    """Return the first and the last line of each label."""
    used: dict[str, range] = {}
    for label in candidates:
        uses = used.get(label.key[0])
        used[label.key[0]] = range(uses.start if uses is not None else label.line_index, label.line_index)
    return used


def _parties(lines: Sequence[Line], labelled: Container[int]) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the lines of a court record that say who the parties are, up to the first that somebody speaks."""
    for index, line in enumerate(lines[:_MAX_LINES]):
        if index not in labelled or line.label is not None or line.start is not None:
            continue
        if (match := _PARTY.match(line.text)) and _PARTY_NUMBER.sub("", names.fold(match["label"])) in lexicon.PARTIES:
            yield index, match
        elif names.has_sentence(line.text):
            return


def _lines_of_pairs(
    lines: Sequence[Line], used: Mapping[str, range], again: Container[int]
) -> Iterator[tuple[list[int], dict[str, Person]]]:
    """Yield the lines of pairs: one with several, or several in a row with one each.

    `again` are the lines of labels that are used above already, which no legend follows.
    """
    run: list[int] = []
    single: dict[str, Person] = {}
    for index, line in enumerate(lines):
        pairs = _pairs(line.text, used, index) if index not in again and _can_be_pairs(line) else {}
        if len(pairs) > 1:
            yield [index], pairs
        elif pairs and not pairs.keys() & single.keys():
            run.append(index)
            single |= pairs
            continue
        if len(run) > 1:
            yield run, single
        run, single = [], {}
    if len(run) > 1:
        yield run, single


def _can_be_pairs(line: Line) -> bool:
    """Return whether a line may have pairs of label and name: a quick test for the many that do not."""
    text = line.text
    if len(text) > _MAX_LENGTH or line.label is not None or line.start is not None:
        return False
    return "：" in text or ":" in text or "＝" in text or "=" in text or text.startswith(("文中", "以下", "下文"))


def _pairs(text: str, used: Mapping[str, range], index: int) -> dict[str, Person]:
    """Return the persons that a line gives to labels used below it only, {} if it says anything else."""
    text = text.strip(f"{_SPACE}*")
    if text[:1] in _OPENING:
        text = text[1:].rstrip(_CLOSING)
    start = _start(text)
    text = text[start:].rstrip("。") if start else text
    if _SENTENCE.search(text):
        return {}
    matches = [match for match in _PAIR.finditer(text) if _is_below(used.get(names.fold(match["label"])), index)]
    if not matches or matches[0].start():
        return {}
    ends = [match.start() for match in matches[1:]] + [len(text)]
    values = [text[match.end() : end].strip(_SEPARATORS) for match, end in zip(matches, ends, strict=True)]
    persons = {
        names.fold(match["label"]): person
        for match, value in zip(matches, values, strict=True)
        if (person := _person(match["label"], value))
    }
    return persons if len(persons) == len(matches) else {}


def _is_below(uses: range | None, index: int) -> bool:
    """Return whether a label is used below a line, and not above it."""
    return uses is not None and uses.start >= index < uses.stop


def _start(text: str) -> int:
    """Return the index behind the words that introduce a legend: 文中, 以下：."""
    match = _INTRODUCTION.match(text)
    return match.end() if match else 0


def _person(label: str, value: str) -> Person | None:
    """Return the person that a value names, None if it can be something that was said."""
    folded = names.fold(value)
    if not value or folded == names.fold(label) or len(value) > 30 or not _NOT_A_VALUE.isdisjoint(value):
        return None
    if role := _role(_COLLECTIVE.sub("", folded) or folded):
        return Person("", role=role)
    name, affiliation = names.split_affiliation(value)
    likely = names.is_person(names.fold(name)) or names.likeness(name)[0] in (1.5, 2.5)
    extends = len(label) < len(name) <= 20 and name.casefold().startswith(label.casefold())
    return Person(name, affiliation) if likely or extends else None


def _role(folded: str) -> Role | None:
    """Return the role that a word names."""
    return next((role for words, role in _ROLE_KEYS if folded in words), None)


def _abbreviations(lines: Sequence[Line], used: Mapping[str, range]) -> dict[str, Person]:
    """Return the persons whose abbreviation the head or the lead introduces: 何苗（Miao，以下简称何）."""
    found: dict[str, Person] = {}
    for line in lines[:_MAX_LINES]:
        if "称" not in line.text and "稱" not in line.text and "以下" not in line.text:
            continue
        for match in _SHORT.finditer(line.text):
            short = match["short"].strip(_SEPARATORS)
            name = _name_before(match["before"].strip(_SPACE), short)
            others = [part.strip(_SEPARATORS) for part in re.split("[，,；;]", match["others"])]
            aliases = [one for one in (short, *others, name) if one and names.fold(one) in used]
            found |= {names.fold(one): _named(name) for one in aliases}
    return found


def _named(name: str) -> Person:
    """Return the person of a name; an outlet keeps its name too."""
    bare, affiliation = names.split_affiliation(name)
    if role := _role(names.fold(bare)):
        return Person("", affiliation, role)
    is_outlet = names.likeness(bare)[1] == names.OUTLET_ENDING
    return Person(bare, affiliation, Role.INTERVIEWER if is_outlet else None)


def _name_before(text: str, short: str) -> str:
    """Return the name at the end of a text before its abbreviation: 何苗 of 本刊对话何苗 for 何."""
    if text.endswith("》") and (start := text.rfind("《")) >= 0:
        return text[start + 1 : -1]
    if (start := text.rfind(short[:1])) >= 0 and 1 < len(text) - start <= 8:
        return text[start:]
    if latin := _LATIN.search(text):
        return latin[0]
    for length in (3, 2, 4):
        if names.is_person(names.fold(text[-length:])):
            return text[-length:]
    return text
