"""The person to whom an article attributes a quotation, from the sentence around it. Pure.

郑志昊表示：“…”    “…”，郑志昊说。    邵启年对郑志昊说：“…” (邵启年)    “…”这是郑志昊的话    他说：“…” (nobody)
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indexer.parser import lexicon
from indexer.parser.names import is_person
from indexer.text.normalize import fold, normalize
from search_cli.models import SpokenTurn
from search_cli.quotations.named_people import POINTS, Passage, Person, SpeakersByName
from search_cli.quotations.person_names import SAYS, TITLES, is_name
from search_cli.quotations.quotation import Quotation
from search_cli.search.known_names import KnownNames

SAID = (
    r"\b(?:said|says?|told|tells|add(?:s|ed)|not(?:es|ed)|argue[sd]|explain(?:s|ed)|wrote|writes|ask(?:s|ed)"
    r"|repl(?:ies|ied)|answer(?:s|ed)|state[sd]|stress(?:es|ed)|claim(?:s|ed)|warn(?:s|ed)|recall(?:s|ed)"
    r"|remark(?:s|ed)|insist(?:s|ed)|announce[sd]|declare[sd]|admit(?:s|ted)|respond(?:s|ed)|comment(?:s|ed)"
    r"|conclude[sd]|continue[sd]|suggest(?:s|ed))\b"
)
_GENERIC_LABELS = "本刊记者 媒体 编辑 译者 匿名 年代 众 更 网民 民众 业者 报告人"
_NOBODY = lexicon.ROLE_WORDS | TITLES | frozenset(_GENERIC_LABELS.split())
_TITLE = lexicon.alternatives(TITLES)
_LEADS = re.compile(
    rf"(?::|(?:{SAYS})[了过着道]?,?|告诉[^,:]{{1,8}},?|{SAID}(?: [^,:]{{1,30}})?,?|\baccording to [^,:]+,)\s*$"
)
_SAYING = re.compile(rf"[^,、:]{{0,16}}?(?:{SAYS}|{SAID})")
_SAYING_THAT = re.compile(rf"[^,、:]{{0,8}}?(?:{SAYS}|{SAID})[了过着]?[,:]")
_NEAR = 12  # characters beside a quotation in which the name of a speaker is enough
_POINTED = re.compile("[一-鿿]·[一-鿿]")
_OBJECT = re.compile(
    r"(?:对|向|跟|与|和|同|给|替|被|把|告诉|针对|关于|(?<![访顾])问|批评|回应|回复|质疑|提醒|感谢|反驳|质询|称赞|痛批"
    r"|\bto |\bwith |\btold |\basked |\bof |\babout |\bfrom )$"
)
_SOURCE = re.compile(r"according to $")
_TOGETHER = re.compile(r"(?:和|与|跟|同|及|、| and )")
_OF = re.compile(
    rf"(?:{_TITLE})?(?:的(?!话|说法|看法|观点|主张|名言|金句|回答|回应|解释|意见|发言|原话)|办公室|团队|幕僚|发言人|支持者|粉丝|律师"
    r"|母亲|父亲|妈妈|爸爸|妻子|丈夫|'s )"
)
_WORDS_OF = re.compile(r"(?:那|这)[一]?[句番]|的(?:原?话|说法|看法|观点|主张|名言|金句|回答|发言)")
_SOMEBODY = re.compile(
    r"(?<![对向跟给诉问其])(?:[他她它牠我你您咱]|自己|有人|某人|大家|人们|众人|网友|民众|记者|主持人|专家|学者|业者|官员|人士|发言人|幕僚|同事"
    r"|朋友|受访者|观众|媒体)|\b(?:he|she|they|i|we)\b"
)
_INVERTED = re.compile(rf"{SAID}|according to |[—─―–-]+|\(|出自|引自")
_BESIDE = re.compile(rf"(?:[^\W]{{0,8}}(?:{_TITLE}))?|[a-z .,]{{0,40}}|\s*")
_HAN = re.compile("[一-鿿]+")
_NUMERALS = frozenset("一二三四五六七八九十")
_ORGANISATION = re.compile("[部会局署处司院社报台]$")
_NAMES_SOMEBODY = re.compile(rf"^[小老阿]|(?:{_TITLE})$|{_ORGANISATION.pattern}")
_ENDED = re.compile(r"[。！？!?…]\s*$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whom an article names for a quotation; nobody by default."""

    people: tuple[Person, ...] = ()

    @property
    def printed(self) -> tuple[str, ...]:
        """Return the names as the article has them."""
        return tuple(dict.fromkeys(person.printed for person in self.people))

    @property
    def speakers(self) -> tuple[str, ...]:
        """Return the names of these people in the archive; of those whom it does not know, the printed ones."""
        return tuple(dict.fromkeys(name for one in self.people for name in one.speakers or (one.printed,)))

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the printed names of people whom the archive does not know; 陈先生 may be anybody of that surname."""
        return tuple(dict.fromkeys(one.printed for one in self.people if not one.speakers and not one.surname))

    def is_by(self, turn: SpokenTurn) -> bool:
        """Tell whether one of these people speaks a turn, by name or by printed label, or for an organisation."""
        named = any(_is(person, name) for person in self.people for name in {turn.speaker, turn.label} - {""})
        return named or any(_speaks_for(person, turn) for person in self.people)


def named_speakers(names: Iterable[str]) -> Attribution:
    """Return the attribution to speakers of the archive."""
    return Attribution(tuple(Person(0, 0, name, (name,)) for name in names))


def _is(person: Person, name: str) -> bool:
    """Tell whether a person may be the one of this name: 杜文苓 is 杜委员文苓, 陈先生 any 陈 and every nickname."""
    own = _key(name)
    if person.speakers or not own:
        return own in map(_key, person.speakers)
    bare = re.sub(_TITLE, "", own)
    if person.surname:
        return bare.startswith(person.surname) or not (is_person(bare) or len(bare) == 1)
    printed = _key(person.printed)
    return printed in {own, bare} or (len(bare) > 4 and len(printed) > 1 and printed in bare)


def _speaks_for(organisation: Person, turn: SpokenTurn) -> bool:
    """Tell whether the speaker of a turn belongs to an organisation that is a speaker too: 国发会, 国发会张处长."""
    own = _key(f"{turn.speaker} {turn.label} {turn.affiliation}")
    return any(_ORGANISATION.search(_key(name)) and _key(name) in own for name in organisation.speakers)


def _bare(key: str) -> str:
    """Return a name without titles and organisation, in normal form: 杜委员文苓, 数位部唐凤部长; "" if none remains."""
    if len(key) < 4 or not re.search(_TITLE, key):
        return key
    bare = re.sub(_TITLE, "", key)
    ends = (bare, bare[-3:]) if len(bare) > 4 else (bare,)
    return next((end for end in ends if is_person(end) and is_name(end)), "")


def _is_phrase(key: str) -> bool:
    """Tell whether a label is made of words, and names neither a person nor an organisation: 现场补充, 发言一."""
    from rjieba import cut, has_word

    if _SOMEBODY.search(key):
        return True
    if not _HAN.fullmatch(key) or is_person(key) or _NAMES_SOMEBODY.search(key):
        return False
    return all((len(word) > 1 and has_word(word)) or word in _NUMERALS for word in cut(key))


def _key(name: str) -> str:
    return fold(name).translate(POINTS)


def speakers_by_name(known: KnownNames, aliases: Mapping[str, str] = {}) -> SpeakersByName:
    """Map the names by which an article may call a speaker, with the aliases of each; 记者 and the like are left out.

    Parts of a name are separated by a space or a point, and have several characters: 乔丹, tang.
    """
    named: dict[str, dict[str, None]] = {}
    speakers = known.names.get("speaker", ())
    others = ((alias, speaker) for alias, name in aliases.items() for speaker in known.like("speaker", name))
    for name, speaker in (*((name, name) for name in speakers), *others):
        normal = normalize(name).text.translate(POINTS)
        key = "".join(normal.split())
        parts = re.split(r"[\s·.]+", normal)
        for word in () if _is_phrase(key) else {key, _bare(key), *parts}:
            if len(word) > 1 and word not in _NOBODY and not word.endswith("记者"):
                named.setdefault(word, {})[speaker] = None
    return {word: tuple(names) for word, names in named.items()}


def attribution(quotation: Quotation, named: SpeakersByName) -> Attribution:
    """Return whom the sentence around a quotation names as its speaker."""
    lead, tail = Passage(quotation.before, named), Passage(quotation.after, named)
    if _LEADS.search(lead.text):
        return Attribution(_subjects(lead))
    ended = bool(_ENDED.search(quotation.text))
    spoken, clause = _spoken_after(tail, ended), _clause(tail.text)
    if spoken or (_SOMEBODY.search(clause) and _SAYING.match(clause)):
        return Attribution(spoken)
    start, end = max(_last_mark(lead.text), len(lead.text) - _NEAR), min(len(clause) + 2, _NEAR)
    before = _mentioned(lead, slice(start, len(lead.text)))
    after = () if ended else _mentioned(tail, slice(0, end))  # after the end of a sentence is another one
    return Attribution((*before, *after))


def is_attributed(quotation: Quotation) -> bool:
    """Tell whether the text around a quotation does no more than name its speaker, known to the archive or not."""
    lead = normalize(quotation.before).text
    if _SOMEBODY.search(lead + normalize(quotation.after).text) or not (_LEADS.search(lead) or not lead.strip()):
        return False
    return bool(attribution(quotation, {}).people)


def _subjects(lead: Passage) -> tuple[Person, ...]:
    """Return the subject of the last clause that has one; none if that is a pronoun, or somebody without a name."""
    end = len(lead.text.rstrip(" ,:"))
    while end > 0:
        start = _last_mark(lead.text[:end])
        if found := tuple(_subjects_between(lead, start, end)):
            return found
        if _SOMEBODY.search(lead.text, start, end):
            return ()
        end = start - 1
    return ()


def _subjects_between(passage: Passage, start: int, end: int) -> Iterator[Person]:
    """Yield the people between two offsets who are neither an object nor the owner of something."""
    last: Person | None = None
    for person in passage.people:
        if not start <= person.start < end:
            continue
        before = passage.text[start : person.start]
        joined = last is not None and _TOGETHER.fullmatch(passage.text, last.end, person.start)
        spoken_to = _OBJECT.search(before) and not _SOURCE.search(before)
        if (joined or not spoken_to) and not _OF.match(passage.text, person.end):
            last = person
            yield person


def _last_mark(text: str) -> int:
    """Return the offset after the last comma or semicolon of a text."""
    return max(text.rfind(mark) for mark in ",;") + 1


def _clause(text: str) -> str:
    """Return the first clause of a text after a quotation."""
    return re.split("[,:;]", text.lstrip(" ,"), maxsplit=1)[0]


def _spoken_after(tail: Passage, ended: bool) -> tuple[Person, ...]:
    """Return the people of a clause of saying after a quotation; `ended` if that ends like a sentence."""
    clause = _clause(tail.text)
    start = len(tail.text) - len(tail.text.lstrip(" ,"))
    if ended and tail.text.rstrip().endswith(":") and start + len(clause) + 1 >= len(tail.text.rstrip()):
        return ()  # “…。”郑志昊说：“…” is about the next one
    people = tuple(_subjects_between(tail, start, start + len(clause)))
    if inverted := _INVERTED.match(clause):
        beside = people and _BESIDE.fullmatch(tail.text, start + inverted.end(), people[0].start)
        translated = clause.startswith("(") and not all(one.speakers or _HAN.match(one.printed) for one in people)
        return people if beside and not translated else ()  # “共同知识”（Common Knowledge）
    first = next((one for one in people if one.start - start <= 12), None)
    if (
        first is None
        or _SOMEBODY.search(tail.text, start, first.start)
        or re.search(SAYS, tail.text[start : first.start])
    ):
        return ()
    return people if _SAYING.match(tail.text[: start + len(clause)], first.end) else ()


def _mentioned(passage: Passage, near: slice) -> tuple[Person, ...]:
    """Return the people who say something, or whose words it is; otherwise a speaker in the span `near` a quotation."""
    people = tuple(_subjects_between(passage, 0, len(passage.text)))
    if saying := tuple(one for one in people if _says(one, passage.text)):
        return saying
    return tuple(one for one in people if near.start <= one.start < near.stop and any(map(_is_persons, one.speakers)))


def _says(person: Person, text: str) -> bool:
    """Tell whether a person says something after the name; one whom the archive does not know, at once."""
    saying = _SAYING if person.speakers else _SAYING_THAT
    return any(pattern.match(text, person.end) for pattern in (saying, _WORDS_OF))


def _is_persons(name: str) -> bool:
    """Tell whether a speaker's name is that of a person, not of an organisation or a web page."""
    return bool(
        is_person(_key(name)) or _POINTED.search(_key(name)) or re.fullmatch(r"[A-Z][\w'’\- ]*", name, re.ASCII)
    )
