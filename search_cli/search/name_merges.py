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
from search_cli.client import ArchiveClient
from search_cli.json_types import Response
from search_cli.models import SpokenTurn
from search_cli.query.bodies import HIDDEN
from search_cli.search import responses
from search_cli.search.known_names import pinyin, sound_key, sounds_alike

_TITLE_ENDINGS = ("召集人", "特助", "主委", "次长", "立委")
"""Ends of titles that do not tell a label from other words where transcripts are parsed, but do beside a name."""
_LONGEST_TITLE = 14
_LINES = 3
_FEW_VOICES = 200
_READ = 40
"""First turns of a voice that are read for an introduction."""
_INTRODUCTION = re.compile(
    r"(?:我是|我叫|我的名字是|我的名字叫|敝姓|我姓|my name is|i am|i'm)\W?(?P<name>[\w·]{2,12})", re.IGNORECASE
)


class Evidence(StrEnum):
    """Why two speakers may be one person."""

    TITLE = "title"
    SOUND = "sound"
    INTRODUCED = "introduced"


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
    """A speaker known only by a number (发言人2@meeting), and a few turns to recognise them by."""

    name: str
    label: str
    interview_id: str
    turns: int
    lines: tuple[SpokenTurn, ...]


@dataclass(frozen=True, slots=True)
class SpeakerSuggestions:
    """Merges, those with the strongest evidence first, and the numbered voices, those with most turns first."""

    merges: tuple[NameMerge, ...] = ()
    voices: tuple[Voice, ...] = ()


def speaker_suggestions(client: ArchiveClient) -> SpeakerSuggestions:
    """Return what to write to speakers.toml."""
    everyone = client.buckets(client.names.turns, {"exists": {"field": "speaker"}}, "speaker")
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
    return SpeakerSuggestions((*_introduced(voices, turns), *merged), voices)


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
        yield from ((base, title) for base, title in ways if is_person(base) and _is_title(title))


def _is_title(text: str) -> bool:
    return ends_with_job_title(text) or text.endswith(_TITLE_ENDINGS)


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
        yield Voice(name, label, interview_id, turns[name], tuple(_telling(response)))


def _telling(response: Response) -> list[SpokenTurn]:
    """Return the turns that introduce the speaker, then the longest, in reading order."""
    read = list(responses.turns(response))
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


def _names_in(text: str) -> Iterator[str]:
    """Yield the names that a text may begin with, the longest first, or end with after a title: 记者李明."""
    for length in (3, 2):
        if len(text) == length and is_person(fold(text)):
            yield text
    for length in (3, 2):
        if len(text) > length and ends_with_job_title(fold(text[:-length])) and is_person(fold(text[-length:])):
            yield text[-length:]
