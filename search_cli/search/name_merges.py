"""Suggest which speakers are one person, with the evidence, and who the numbered voices of a recogniser may be.

    唐鳳召集人   唐鳳     title      the name with 召集人
    张志浩       張志豪   sound      both zhang zhi hao
    发言人2@a    林晓岚   introduced  #4 says so

Both scripts, padding and case are joined without being asked (`indexer.enrich.name_forms`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from indexer.enrich import speakers
from indexer.model import OF_INTERVIEW, unqualified
from indexer.parser.names import ends_with_job_title, fold, is_machine_label, is_person
from indexer.text.chinese_names import TITLES, given_name_likelihood, has_form_of_name
from indexer.text.normalize import normalize
from search_cli.client import ArchiveClient
from search_cli.models import SpokenTurn
from search_cli.query.bodies import HIDDEN
from search_cli.search import responses
from search_cli.search.every_value import every_value
from search_cli.search.known_names import pinyin, sound_key, sounds_alike

_TITLE_ENDINGS = ("召集人", "特助", "主委", "次长", "立委")
"""Ends of titles that do not tell a label from other words where transcripts are parsed, but do beside a name."""
_LONGEST_TITLE = 14
_NOT_THE_PERSON = re.compile("办公室|团队|小组|幕僚|助理|随行|夫人|太太|家属|妈妈|爸爸|代表$")
"""What stands beside the name of somebody whose office, or whose people, speak: 唐凤政委办公室代表 is not 唐凤."""

_LINES = 3
_FEW_VOICES = 200
_LAST_WORDS = 80
"""Characters at the end of a turn in which the next speaker is called."""
_READ = 40
"""First turns of a voice that are read for an introduction."""
_INTRODUCTION = re.compile(
    r"(?:我是|我叫|我的名字是|我的名字叫|敝姓|我姓|my name is|i am|i'm)\W?(?P<name>[\w·]{2,12})", re.IGNORECASE
)


_CALLED = re.compile("(?:有请|请|欢迎|下面由|接下来由|交给)(?:到|一下)?(?P<after>[一-鿿]{2,12})")
"""What introduces the next speaker: 下面请林晓岚老师发言."""


class Evidence(StrEnum):
    """Why two speakers may be one person."""

    TITLE = "title"
    SOUND = "sound"
    INTRODUCED = "introduced"

    @property
    def is_strong(self) -> bool:
        """Tell whether it is hardly ever another person: not for names that only sound alike."""
        return self is not Evidence.SOUND


@dataclass(frozen=True, slots=True)
class NameMerge:
    """A speaker who may be another: `name` would become an alias of `canonical`, or for a voice its label.

    `detail` is what the evidence is: the title, the sound, the address of an introduction. `turns` and
    `canonical_turns` count both; `shared` is the number of interviews in which both speak: two people, or one who is
    misspelt there.
    """

    name: str
    canonical: str
    evidence: Evidence
    detail: str
    turns: int
    canonical_turns: int
    shared: int = 0


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker known only by a number (发言人2@meeting), a few turns to recognise them by, the number of the first."""

    name: str
    label: str
    interview_id: str
    turns: int
    lines: tuple[SpokenTurn, ...]
    first: int


@dataclass(frozen=True, slots=True)
class SpeakerSuggestions:
    """Merges, those with the strongest evidence first, and the numbered voices, those with most turns first."""

    merges: tuple[NameMerge, ...] = ()
    voices: tuple[Voice, ...] = ()


def speaker_suggestions(client: ArchiveClient) -> SpeakerSuggestions:
    """Return what to write to speakers.toml."""
    everyone = every_value(client, client.names.turns, {"exists": {"field": "speaker"}}, "speaker")
    turns = {bucket["key"]: int(bucket["doc_count"]) for bucket in everyone}
    people = {name: count for name, count in turns.items() if OF_INTERVIEW not in name}
    known = speakers.load(client.settings.data_file("speakers.toml"))
    found = (*_titled(people), *_sounding(people))
    # two people of the file are two people
    merges = [one for one in found if not (known.has(one.name) and known.has(one.canonical))]
    numbered = [name for name in turns if OF_INTERVIEW in name and is_machine_label(unqualified(name))]
    voices = tuple(_voices(client, numbered[:_FEW_VOICES], turns))
    shared = _interviews(client, {name for one in merges for name in (one.name, one.canonical)})
    counted = (_with_shared(one, shared) for one in merges)
    merged = sorted(counted, key=lambda one: (list(Evidence).index(one.evidence), -one.turns, one.name))
    introduced = list(_introduced(voices, turns))
    others = [voice for voice in voices if voice.name not in {one.name for one in introduced}]
    return SpeakerSuggestions((*introduced, *_called(client, others, turns), *merged), voices)


def _titled(people: Mapping[str, int]) -> Iterator[NameMerge]:
    """Yield the names that are another name with a title before, after or within: 唐鳳召集人, 唐召集人鳳."""
    by_form = {fold(name): name for name in people}
    for form, name in by_form.items():
        for base, title in _split(form):
            canonical = by_form.get(base, "")
            if canonical and canonical != name:
                yield NameMerge(name, canonical, Evidence.TITLE, title, people[name], people[canonical])
                break


def _split(form: str) -> Iterator[tuple[str, str]]:
    """Yield (name, title) of each way in which a name may have a title."""
    for length in (4, 3, 2):
        title_length = len(form) - length
        if not 2 <= title_length <= _LONGEST_TITLE:
            continue
        ways = (
            (form[-length:], form[:-length]),
            (form[:length], form[length:]),
            (form[0] + form[1 + title_length :], form[1 : 1 + title_length]),
        )
        yield from ((base, title) for base, title in ways if has_form_of_name(base) and _is_title(title))


def _is_title(text: str) -> bool:
    is_title = ends_with_job_title(text) or text.endswith(_TITLE_ENDINGS)
    return is_title and not _NOT_THE_PERSON.search(text)


def _sounding(people: Mapping[str, int]) -> Iterator[NameMerge]:
    """Yield the names that sound alike, n and ng, z and zh not told apart: spellings of a recogniser."""
    by_sound: defaultdict[str, list[str]] = defaultdict(list)
    for name in people:
        if is_person(form := fold(name)) and len(form) > 2:
            by_sound[sound_key(form)].append(name)
    for names in by_sound.values():
        for one, other in combinations(sorted(names, key=lambda name: (-people[name], name)), 2):
            if _is_near(fold(one), fold(other)):
                yield NameMerge(other, one, Evidence.SOUND, _sounds(other, one), people[other], people[one])


def _is_near(one: str, other: str) -> bool:
    """Tell whether two names that sound near each other differ in one character, or sound the same after a surname."""
    same = sum(a == b for a, b in zip(one, other, strict=False))
    return same >= len(one) - 1 or (one[0] == other[0] and sounds_alike(one, other))


def _sounds(name: str, canonical: str) -> str:
    """Return the pinyin of two names: wu jia lin, or wu jia lin / wu jia ling."""
    return " / ".join(dict.fromkeys((pinyin(fold(name)), pinyin(fold(canonical)))))


def _interviews(client: ArchiveClient, names: Iterable[str]) -> dict[str, set[str]]:
    """Return the interviews in which each name speaks."""
    found: dict[str, set[str]] = {name: set() for name in names}
    query = {"terms": {"speakers": sorted(found)}}
    body = {"query": query, "sort": [{"interview_id": "asc"}], "_source": ["interview_id", "speakers"]}
    for page in client.pages(client.names.interviews, body) if found else ():
        for hit in page["hits"]["hits"]:
            for name in found.keys() & set(hit["_source"].get("speakers", ())):
                found[name].add(hit["_source"]["interview_id"])
    return found


def _with_shared(merge: NameMerge, interviews: Mapping[str, set[str]]) -> NameMerge:
    """Return a merge with the number of interviews in which both speak."""
    shared = interviews[merge.name] & interviews[merge.canonical]
    return NameMerge(
        merge.name, merge.canonical, merge.evidence, merge.detail, merge.turns, merge.canonical_turns, len(shared)
    )


def _voices(client: ArchiveClient, names: Sequence[str], turns: Mapping[str, int]) -> Iterator[Voice]:
    """Yield the numbered voices with the lines to recognise them by."""
    searches = [
        (
            client.names.turns,
            {
                "query": {"term": {"speaker": name}},
                "sort": [{"turn": "asc"}],
                "size": _READ,
                "track_total_hits": False,
                "_source": {"excludes": HIDDEN},
            },
        )
        for name in names
    ]
    for name, response in zip(names, client.searches(searches).responses, strict=True):
        label, _, interview_id = name.partition(OF_INTERVIEW)
        read = list(responses.turns(response))
        yield Voice(name, label, interview_id, turns[name], tuple(_telling(read)), min(one.turn for one in read))


def _telling(read: Sequence[SpokenTurn]) -> list[SpokenTurn]:
    """Return the turns that introduce the speaker, then the longest, in reading order."""
    ranked = sorted(read, key=lambda one: (not _INTRODUCTION.search(one.text), -len(one.text), one.turn))
    return sorted(ranked[:_LINES], key=lambda one: one.turn)


def _introduced(voices: Iterable[Voice], turns: Mapping[str, int]) -> Iterator[NameMerge]:
    """Yield the voices that say their name."""
    for voice in voices:
        for line in voice.lines:
            said = (found["name"] for found in _INTRODUCTION.finditer(line.text))
            name = next((one for text in said for one in _names_in(text)), "")
            if name:
                evidence = Evidence.INTRODUCED
                yield NameMerge(voice.name, name, evidence, line.address, voice.turns, turns.get(name, 0))
                break


def _called(client: ArchiveClient, voices: Sequence[Voice], turns: Mapping[str, int]) -> Iterator[NameMerge]:
    """Yield the voices whom the turn before their first one calls by name."""
    before = {f"{voice.interview_id}#{voice.first - 1}": voice for voice in voices}
    body = {"query": {"ids": {"values": list(before)}}, "size": len(before), "_source": {"excludes": HIDDEN}}
    by_form = {fold(name): name for name in turns}
    found = responses.turns(client.search(client.names.turns, body)) if before else ()
    for turn in sorted(found, key=lambda one: one.address):
        voice, said = before[turn.address], _last_called(turn.text[-_LAST_WORDS:])
        if said and turn.speaker != voice.name:
            name = by_form.get(fold(said), said)
            yield NameMerge(voice.name, name, Evidence.INTRODUCED, turn.address, voice.turns, turns.get(name, 0))


def _last_called(text: str) -> str:
    """Return the name that the end of a turn calls, as printed, or ""."""
    normal = normalize(text)
    for found in reversed(list(_CALLED.finditer(normal.text))):
        if length := _name_length(found["after"]):
            return text[slice(*normal.original_span(found.start("after"), found.start("after") + length))]
    return ""


def _name_length(text: str) -> int:
    """Return the length of the name that a normal text begins with: 3 for 林晓岚老师发言; 0 if there is none."""
    for length in (3, 2):
        name, is_titled = text[:length], text[length:].startswith(tuple(TITLES))
        if has_form_of_name(name) and (is_titled or (length > 2 and given_name_likelihood(name[1:]) > 0)):
            return length
    return 0


def _names_in(text: str) -> Iterator[str]:
    """Yield the names that a text may begin with, the longest first, or end with after a title: 记者李明."""
    for length in (3, 2):
        if len(text) == length and is_person(fold(text)):
            yield text
    for length in (3, 2):
        if len(text) > length and ends_with_job_title(fold(text[:-length])) and is_person(fold(text[-length:])):
            yield text[-length:]
